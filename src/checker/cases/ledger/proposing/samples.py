"""What the cells of a column hold."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from checker.cases.ledger.grid import Book, Grid
from checker.cases.ledger.headers import Header
from checker.cases.ledger.lines import Kind, lines
from checker.cases.ledger.values.case_numbers import read_case_number
from checker.cases.ledger.values.dates import read_date
from checker.cases.problems import Refusal

MOST: Final = 500
"""Rows by which the sort of a column is told."""
_OF_HEADED: Final = 0.2
_OF_OTHERS: Final = 0.5
"""So many cells must be dates, in columns whose heads say so (where there are more than a few cells) and in others."""
_FEW: Final = 5
_REPEATED: Final = 0.8
"""So many of the numbers of cases are different at most, in a sheet of events."""
_ABSENT: Final = ("blank", "none", "not-yet", "not-known")


class Table(NamedTuple):
    """A sheet with its header; ``rows`` are those of cases or events in it; a column's sort is told by the first."""

    book: Book
    grid: Grid
    header: Header
    rows: tuple[int, ...]

    def cells(self, head: str) -> list[object]:
        """The filled cells of a column."""
        column = self.header.columns[head]
        return [raw for row in self.rows[:MOST] if (raw := self.grid.cell(row, column)) is not None]

    def texts(self, head: str) -> list[str]:
        """The different texts of a column, of all rows, in order; what a printed header repeats apart."""
        column = self.header.columns[head]
        found = (self.grid.cell(row, column) for row in self.rows)
        texts = dict.fromkeys(raw.strip() for raw in found if isinstance(raw, str))
        heads = {self.grid.cell(row, column) for row in range(self.header.top, self.header.bottom + 1)}
        return [text for text in texts if text not in heads]


def table(book: Book, grid: Grid, header: Header) -> Table:
    """The sheet with its rows."""
    rows = tuple(line.number for line in lines(grid, header, None) if line.kind is Kind.DATA)
    return Table(book, grid, header, rows)


def share(found: Sequence[bool]) -> float:
    """How many of them are true; 0 of none."""
    return sum(found) / len(found) if found else 0.0


def are_dates(held: Table, head: str, *, serial: bool) -> bool:
    """Whether a column is one of dates; ``serial``: its head says so."""
    cells = held.cells(head)
    found = [_is_date(raw, held.book, serial) for raw in cells]
    known = [one for one in found if one is not None]
    wanted = _OF_HEADED if serial and len(known) > _FEW else 0.0 if serial else _OF_OTHERS
    return share([bool(one) for one in known]) >= wanted if known else serial


def _is_date(raw: object, book: Book, serial: bool) -> bool | None:
    found = read_date(raw, serial=serial, date1904=book.date1904)
    if isinstance(found, Refusal):
        return None if found.code in _ABSENT else found.code in _PARTLY
    return True


_PARTLY: Final = ("month-only", "two-digit-year", "order-unclear", "no-year", "impossible-date", "more-than-date")


def different_numbers(held: Table, head: str) -> float:
    """How much a column looks like one of case numbers: the share of readable ones, less where few are different."""
    good = _numbers(held, head)
    return numbers(held, head) * min(1.0, 2 * len(set(good)) / len(good)) if good else 0.0


def numbers(held: Table, head: str) -> float:
    """The share of the filled cells that can be read as numbers of cases, be they different or not."""
    return len(_numbers(held, head)) / max(1, len(held.cells(head)))


def repeats(held: Table, head: str) -> bool:
    """Whether the numbers of a column come again, as those of cases do where each row is an event."""
    good = _numbers(held, head)
    return len(set(good)) <= _REPEATED * len(good)


def _numbers(held: Table, head: str) -> list[str]:
    found = (read_case_number(raw) for raw in held.cells(head))
    return [one for one in found if isinstance(one, str) and any(char.isdigit() for char in one)]
