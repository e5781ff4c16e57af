"""Whether the order of rows means anything: only where the dates of no case go back."""

import datetime as dt
from collections.abc import Iterable

from checker.cases.dates import Moment
from checker.cases.ledger.grid import Book, Grid
from checker.cases.ledger.headers import Header
from checker.cases.ledger.values.dates import read_date
from checker.cases.ledger.values.texts import is_blank
from checker.cases.problems import Refusal


def rows_in_order(book: Book, grid: Grid, header: Header, case: str | None, date: str | None) -> bool:
    """Whether the rows of every case go forward, and some case has two: of single rows there is no order to see."""
    if case not in header.columns or date not in header.columns:
        return False
    last: dict[str, Moment] = {}
    is_repeated = False
    for row in range(header.bottom + 1, len(grid.rows) + 1):
        name, raw = grid.cell(row, header.columns[case]), grid.cell(row, header.columns[date])
        found = read_date(raw, serial=True, date1904=book.date1904)
        if is_blank(name) or isinstance(found, Refusal):
            continue
        if str(name) in last and found[0] < last[str(name)][0]:
            return False
        is_repeated |= str(name) in last
        last[str(name)] = found
    return is_repeated


def go_forward(dates: Iterable[object]) -> bool:
    """Whether no date, or time of one day, is before the one above it; what is no date says nothing."""
    last: dt.date | None = None
    for date in dates:
        if not isinstance(date, dt.date):
            continue
        if last is not None and _is_before(date, last):
            return False
        last = date
    return True


def _is_before(one: dt.date, other: dt.date) -> bool:
    if isinstance(one, dt.datetime) and isinstance(other, dt.datetime):
        return one < other
    return _day(one) < _day(other)


def _day(date: dt.date) -> dt.date:
    return date.date() if isinstance(date, dt.datetime) else date
