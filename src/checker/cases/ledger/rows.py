"""Rows while they are read: cells set one by one, merges filled."""

from collections.abc import Iterable

from checker.cases.ledger.grid import Merge


def put(rows: list[list[object]], row: int, column: int, value: object) -> None:
    """Set a cell, from 1, making room for it."""
    rows.extend([] for _ in range(row - len(rows)))
    cells = rows[row - 1]
    cells.extend([None] * (column - len(cells)))
    cells[column - 1] = value


def fill(rows: list[list[object]], merged: Iterable[Merge]) -> None:
    """What stands in cells merged downwards in one column stands in each of their rows, as far as there are rows.

    Of merges that lie over each other, which no program writes, only the first is filled.
    """
    filled: dict[int, int] = {}
    for merge in sorted(merge for merge in merged if merge.is_downwards):
        if merge.top <= filled.get(merge.left, 0) or merge.top > len(rows):
            continue
        filled[merge.left] = merge.bottom
        first = rows[merge.top - 1]
        value = first[merge.left - 1] if merge.left <= len(first) else None
        if value is not None:
            for row in range(merge.top + 1, min(merge.bottom, len(rows)) + 1):
                put(rows, row, merge.left, value)
