"""Events as flags over the line: a pole at the day, the words to its right, on a height of its own."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from checker.reports.layout import clean, width

COLUMN: Final = 7.0
"""How wide one column of text is at most, in the units of the picture; a Chinese character takes two."""
LONGEST: Final = 44
"""Columns of a label; the table beside the picture has all of it."""
MOST_FLAGS: Final = 80
"""Events with words; more are marked on the line only."""
_GAP: Final = 10.0


class Flag(NamedTuple):
    """One event: where its pole stands, how high its words are (from 0), the words."""

    x: float
    lane: int
    text: str
    full: str
    is_later: bool


def room_of(text: str) -> float:
    """How much room a text takes."""
    return width(text) * COLUMN


def cut(text: str, columns: int) -> str:
    """The text in at most so many columns; the end that does not fit becomes …."""
    shown = clean(" ".join(text.split()))
    if width(shown) <= columns:
        return shown
    while width(shown) > columns - 2:
        shown = shown[: min(len(shown) - 1, columns)]
    return f"{shown}…"


def lanes(places: Sequence[float], rooms: Sequence[float]) -> list[int]:
    """A height for each flag, given in order of place.

    A pole never crosses the words of another flag: whoever stands under the words of an earlier one is lower.
    """
    found = [0] * len(places)
    for n in reversed(range(len(places))):
        reach = places[n] + rooms[n] + _GAP
        below = -1
        for other in range(n + 1, len(places)):
            if places[other] >= reach:
                break
            below = max(below, found[other])
        found[n] = below + 1
    return found
