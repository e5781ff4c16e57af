"""Sheets and ledgers made of lists."""

from checker.cases.ledger.grid import Book, Grid, Merge


def grid(rows, title="台账", merged=(), hidden=False):
    """A sheet of these rows; merges as ``A3:A4`` would be (top, left, bottom, right), filled as opening fills them."""
    cells = [list(row) for row in rows]
    for top, left, bottom, right in merged:
        for row in range(top, bottom) if left == right else ():
            cells[row][left - 1] = cells[top - 1][left - 1]
    return Grid(title, hidden, tuple(map(tuple, cells)), tuple(Merge(*one) for one in merged))


def book(*grids, kind="xlsx", name="台账.xlsx"):
    return Book(name, kind, grids)
