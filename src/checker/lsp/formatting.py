"""Formatting: the layout of ``checker fmt``, or nothing where the file has faults."""

from checker.language.source import Source
from checker.language.tidying import tidied


def formatted(name: str, text: str) -> str | None:
    """The text laid out anew, with the line ends it has; None where it is so already, or cannot be read."""
    data = text.encode(errors="replace")
    found = tidied(Source(name, data)).data
    return None if found is None or found == data else found.decode()
