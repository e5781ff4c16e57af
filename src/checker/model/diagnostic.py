"""One message to the user about his rules, his data or his arguments."""

from enum import StrEnum

from checker.model.node import Node
from checker.model.place import Place, Span


class Level(StrEnum):
    """How grave: an error spoils the unit it stands in (a norm, a case), a warning does not, a note asks nothing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Note(Node):
    """A second place that explains the first (the earlier declaration, the conflicting norm)."""

    at: Span | Place
    text: str


class Diagnostic(Node):
    """One Chinese sentence about one place.

    ``code`` is stable ASCII (``unknown-act``); ``quote`` is the user's own text at the place; ``expected`` says what
    could stand there; ``help`` is the smallest edit that would mend it; ``meanwhile`` is what the program did.
    """

    code: str
    level: Level = Level.ERROR
    message: str
    at: Span | Place | None = None
    quote: str = ""
    expected: str = ""
    help: str = ""
    meanwhile: str = ""
    notes: tuple[Note, ...] = ()


class CheckerError(Exception):
    """Base of what this package raises on purpose; carries every diagnostic known at that moment."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        """Keep the diagnostics; the text of the exception is their messages."""
        self.diagnostics = diagnostics
        super().__init__("\n".join(d.message for d in diagnostics))


class RulesError(CheckerError):
    """The rules are broken; nothing can be checked with them."""


class DataError(CheckerError):
    """The data, or an argument, cannot be used."""


class EngineFault(CheckerError):
    """Our own bug, or an engine that died: never a verdict."""
