"""The exit codes of every command."""

from enum import IntEnum


class Exit(IntEnum):
    """A higher code wins over a lower one, but for the two that only a signal gives."""

    OK = 0
    FOUND = 1
    """Violations, or fixtures that fail."""
    WRONG = 2
    """The rules, some data or the arguments are wrong."""
    FAULT = 3
    """A fault of the program."""
    INTERRUPTED = 130
    """Ctrl-C, as shells count it."""
    NO_READER = 141
    """The reader of a pipe went away, as shells count it."""
