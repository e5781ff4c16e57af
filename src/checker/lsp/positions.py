"""Columns of the protocol and ours: it counts code units from 0, we count code points from 1."""

import re
from typing import Final

UTF8: Final = "utf-8"
UTF16: Final = "utf-16"
UTF32: Final = "utf-32"

_LINE_END: Final = re.compile(r"\r\n|\r|\n")


def lines_of(text: str) -> list[str]:
    """The lines of a text as the protocol counts them; other separators of Unicode end no line."""
    return _LINE_END.split(text)


def units(text: str, encoding: str) -> int:
    """How many code units a text takes."""
    if encoding == UTF16:
        return len(text) + sum(char > "\uffff" for char in text)
    return len(text.encode("utf-8", "surrogatepass")) if encoding == UTF8 else len(text)


def to_client(line: str, column: int, encoding: str) -> int:
    """The character of the protocol for a column; a column past the end is the end."""
    return units(line[: max(column - 1, 0)], encoding)


def from_client(line: str, character: int, encoding: str) -> int:
    """The column for a character of the protocol; one inside a code point is its start, one past the end the end."""
    taken = 0
    for column, char in enumerate(line, 1):
        taken += units(char, encoding)
        if taken > character:
            return column
    return len(line) + 1
