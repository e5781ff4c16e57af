"""Cells of sheets by name: A1 and so on."""

from typing import NamedTuple

from checker.model.place import Place, letters


class Spot(NamedTuple):
    """A cell: its sheet, row and column from 1."""

    sheet: str
    row: int
    column: int

    def place(self, file: str) -> Place:
        """As messages name it."""
        return Place(file=file, sheet=self.sheet, cell=f"{letters(self.column)}{self.row}")
