"""Rows while they are read: cells set one by one, merges filled."""

from collections.abc import Sequence

from checker.cases.ledger.grid import Merge


def put(rows: list[list[object]], row: int, column: int, value: object) -> None:
    """Set a cell, from 1, making room for it."""
    rows.extend([] for _ in range(row - len(rows)))
    cells = rows[row - 1]
    cells.extend([None] * (column - len(cells)))
    cells[column - 1] = value


def fill(rows: list[list[object]], merged: Sequence[Merge]) -> None:
    """What stands in cells merged downwards in one column stands in each of their rows, as far as there are rows."""
    for merge in merged:
        first = rows[merge.top - 1] if merge.is_downwards and merge.top <= len(rows) else []
        value = first[merge.left - 1] if merge.left <= len(first) else None
        if value is not None:
            for row in range(merge.top + 1, min(merge.bottom, len(rows)) + 1):
                put(rows, row, merge.left, value)
