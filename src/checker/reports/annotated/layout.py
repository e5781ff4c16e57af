"""Where the table of a sheet stands: its head, its columns by name, and the cells that stand for others."""

from collections.abc import Collection
from functools import cached_property
from typing import Any, Final

from checker.model.place import column_number, letters
from checker.reports.content import Table

_MOST: Final = 200_000
"""Cells under merges that are looked up one by one; a merge over whole columns is beside the point."""


class Layout:
    """One sheet of a ledger, with the rows in which records stand."""

    def __init__(self, grid: Table, rows: Collection[int], columns: Collection[int]) -> None:
        """``rows`` and ``columns`` are those in which places of records stand."""
        self.grid = grid
        self.first = min(rows, default=1)
        self.last = max(rows, default=0)
        self._columns = frozenset(columns)

    @cached_property
    def head(self) -> int | None:
        """The row of heads: above the first record, nearest to it, with a text over every column that is used."""
        above = range(self.first - 1, 0, -1)
        whole = (row for row in above if all(_is_text(self.value(row, column)) for column in self._columns))
        filled = (row for row in above if sum(_is_text(self.value(row, n)) for n in range(1, 60)) > 1)
        found = next(whole, None) if self._columns else None
        return found if found is not None else next(filled, None)

    @cached_property
    def heads(self) -> dict[str, int]:
        """The columns by the text of their heads; the first of two alike."""
        found: dict[str, int] = {}
        for column in range(1, self.width + 1) if self.head is not None else ():
            text = self.value(self.head or 0, column)
            if _is_text(text):
                found.setdefault("".join(text.split()), column)
        return found

    @cached_property
    def width(self) -> int:
        """Columns of the widest row of the table."""
        return max((len(row) for row in self.grid.rows[(self.head or 1) - 1 : self.last]), default=0)

    @cached_property
    def _covered(self) -> dict[tuple[int, int], tuple[int, int]]:
        found: dict[tuple[int, int], tuple[int, int]] = {}
        for top, left, bottom, right in self.grid.merges:
            if len(found) + (bottom - top + 1) * (right - left + 1) > _MOST:
                continue
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    found[row, column] = (top, left)
        return found

    def shown_at(self, row: int, column: int) -> tuple[int, int]:
        """The cell that shows what stands in this one, which may be covered by a merge."""
        return self._covered.get((row, column), (row, column))

    def value(self, row: int, column: int) -> Any:  # noqa: ANN401 - whatever a cell holds
        """What is shown there; a merge downwards shows it in each of its rows."""
        top, left = self.shown_at(row, column)
        if left == column:
            row = top
        cells = self.grid.rows[row - 1] if 1 <= row <= len(self.grid.rows) else ()
        return cells[column - 1] if 1 <= column <= len(cells) else ""

    def merged_edge(self) -> int:
        """The last column that a merge within the table reaches."""
        top = self.head or self.first
        return max((right for a, _, b, right in self.grid.merges if a <= self.last and b >= top), default=0)


def cell_of(address: str) -> tuple[int, int] | None:
    """Row and column of ``AB12``; None where it is no address."""
    column = address.rstrip("0123456789")
    digits = address[len(column) :]
    if not digits or not column.isascii() or not column.isalpha() or not column.isupper():
        return None
    return int(digits), column_number(column)


def address_of(row: int, column: int) -> str:
    """``AB12``."""
    return f"{letters(column)}{row}"


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
