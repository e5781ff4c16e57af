"""A ledger opened again for its annotated copy, by the same careful reader that its cases came through."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checker.cases.ledger.grid import Grid
    from checker.reports.content import Table


def tables_of(path: str) -> "tuple[Table, ...] | None":
    """The sheets of a ledger; None where it cannot be opened."""
    from checker.cases.ledger.opening import open_path
    from checker.cases.problems import BadCase

    book = open_path(path)
    return None if isinstance(book, BadCase) else tuple(map(_table, book.grids))


def _table(grid: "Grid") -> "Table":
    from checker.cases.ledger.grid import ErrorCell, Formula
    from checker.reports.content import Table

    rows: list[list[object]] = [list(row) for row in grid.rows]
    for merge in grid.merged:
        for row in range(merge.top, merge.bottom) if merge.is_downwards else ():
            if row < len(rows) and merge.left <= len(rows[row]):
                rows[row][merge.left - 1] = None  # filled for reading, blank for its user
    for cells in rows:
        for column, raw in enumerate(cells):
            if isinstance(raw, Formula):
                cells[column] = None
            elif isinstance(raw, ErrorCell):
                cells[column] = raw.code
    merges = tuple((one.top, one.left, one.bottom, one.right) for one in grid.merged)
    return Table(grid.title, rows, merges, "hidden" if grid.hidden else "visible", grid.lines)
