"""A sheet as a table of values with what its cells are to look like."""

import datetime as dt
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from checker.model.place import Place
from checker.reports.overview.lamps import Lamp


class Tone(StrEnum):
    """What a colour says; a word always says it too."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    GREY = "grey"
    BLUE = "blue"
    HEAD = "head"
    PEOPLE = "people"
    """To be filled in by a person."""


TONES = {Lamp.RED: Tone.RED, Lamp.YELLOW: Tone.YELLOW, Lamp.GREEN: Tone.GREEN, Lamp.GREY: Tone.GREY}

Value: TypeAlias = str | int | float | dt.date | dt.datetime | None


class Styled(NamedTuple):
    """A value with a colour, or with a way to another cell (``'案件'!A2``)."""

    value: Value
    tone: Tone | None = None
    target: str = ""
    bold: bool = False


Item: TypeAlias = Value | Styled


class Column(NamedTuple):
    """``width`` is in characters of half width; ``people`` is left for a person to fill in."""

    head: str
    width: int
    people: bool = False


class Page(NamedTuple):
    """One sheet. ``table`` says that it is one with a head, to be filtered; else its rows are read like a letter.

    ``printed`` counts the columns that fit on paper; those after them are read on the screen. None: all.
    """

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Item]]
    table: bool = True
    printed: int | None = None


Target: TypeAlias = Callable[[Place | None], str]
"""Where a place is found in the workbook that the pages are put into; empty for none."""
