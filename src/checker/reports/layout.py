"""Text on a page of so many columns: a Chinese character is two wide, an ASCII word stays whole."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from wcwidth import wcwidth

WIDTH: Final = 100
"""No line of any report is wider."""

_NEVER_FIRST: Final = frozenset("，。；：、！？）」』》】”’…％%,.;:!?)]}")
_NEVER_LAST: Final = frozenset("（「『《【“‘([{")
_PIECE: Final = re.compile(r"[!-~]+|\s+|.", re.DOTALL)
_LEAST_COLUMN: Final = 6


@lru_cache(maxsize=8192)
def char_width(char: str) -> int:
    """Columns of one character."""
    return max(wcwidth(char), 0)


def width(text: str) -> int:
    """Columns of a text on one line."""
    return len(text) if text.isascii() else sum(map(char_width, text))


def clean(text: str) -> str:
    """User text that cannot move the cursor or turn the writing about: control and format characters are shown as �."""
    if text.isprintable():  # no such character is
        return text
    return "".join("�" if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") else c for c in text)


def pad(text: str, columns: int) -> str:
    """The text with spaces up to so many columns."""
    return text + " " * (columns - width(text))


def wrap(text: str, first: str = "", rest: str = "", columns: int = WIDTH) -> list[str]:
    """The text in lines of at most so many columns; ``first`` and ``rest`` are their prefixes."""
    lines: list[str] = []
    prefix, line = first, ""
    for piece in _pieces(clean(text), columns - max(width(first), width(rest))):
        if line and width(prefix) + width(line) + width(piece) > columns:
            lines.append((prefix + line).rstrip())
            prefix, line = rest, ""
        line += piece if line else piece.lstrip()
    lines.append((prefix + line).rstrip())
    return lines


def _pieces(text: str, room: int) -> Iterable[str]:
    """ASCII words, runs of blanks, single other characters; closing marks cling to what they close."""
    held = ""
    for found in _PIECE.findall(text):
        for piece in _cut(found, room):
            if held and (piece in _NEVER_FIRST or held[-1] in _NEVER_LAST) and width(held + piece) <= room:
                held += piece
                continue
            if held:
                yield held
            held = piece
    if held:
        yield held


def _cut(word: str, room: int) -> Iterable[str]:
    """A word wider than a whole line has to be cut; every other stays whole."""
    if word.isspace():
        return (" ",)
    return (word,) if len(word) <= room else [word[i : i + room] for i in range(0, len(word), room)]


def table(rows: Sequence[Sequence[str]], indent: str = "  ", columns: int = WIDTH) -> list[str]:
    """Rows in aligned columns two blanks apart; where they do not fit, the widest columns wrap."""
    if not rows:
        return []
    cells = [[clean(cell) for cell in row] for row in rows]
    widths = [max(width(row[i]) for row in cells) for i in range(len(cells[0]))]
    room = columns - width(indent) - 2 * (len(widths) - 1)
    while sum(widths) > room and max(widths) > _LEAST_COLUMN:
        widths[widths.index(max(widths))] -= 1
    return [line for row in cells for line in _row(row, widths, indent)]


def _row(row: Sequence[str], widths: Sequence[int], indent: str) -> list[str]:
    wrapped = [wrap(cell, columns=max(room, 2)) for cell, room in zip(row, widths, strict=True)]
    height = max(map(len, wrapped))
    filled = [cell + [""] * (height - len(cell)) for cell in wrapped]
    return [
        (indent + "  ".join(pad(cell[i], room) for cell, room in zip(filled, widths, strict=True))).rstrip()
        for i in range(height)
    ]
