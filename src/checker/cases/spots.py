"""Cells of sheets by name: A1 and so on."""

from functools import reduce
from typing import Final, NamedTuple

from checker.model.place import Place

LAST_COLUMN: Final = 16_384
"""XFD, the last column that a sheet of Excel has."""


class Spot(NamedTuple):
    """A cell: its sheet, row and column from 1."""

    sheet: str
    row: int
    column: int

    def place(self, file: str) -> Place:
        """As messages name it."""
        return Place(file=file, sheet=self.sheet, cell=f"{letters(self.column)}{self.row}")


def letters(column: int) -> str:
    """The name of a column: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def column_number(name: bytes) -> int:
    """The column of a name: A is 1, AA is 27."""
    return reduce(lambda total, letter: 26 * total + letter - ord("A") + 1, name, 0)
