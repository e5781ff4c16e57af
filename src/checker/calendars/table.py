"""A working-day table as data: what a file says, checked, before any arithmetic."""

from collections.abc import Mapping
from datetime import date

from checker.model.node import Node

SATURDAY_SUNDAY = frozenset({5, 6})
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Years a row may be about."""


class YearRow(Node):
    """One year. ``off``: rest days on days of the working week; ``work``: working days on days of the weekend.

    ``source`` is the notice or statute the row rests on. ``complete`` False: the row only adds local days, and the
    year counts as unknown unless the table below knows it.
    """

    year: int
    source: str
    off: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()
    complete: bool = True


class Table(Node):
    """Rows by year. ``weekend`` holds weekdays, Monday 0. ``all_years``: the weekend rule is the whole truth."""

    name: str
    weekend: frozenset[int] = SATURDAY_SUNDAY
    all_years: bool = False
    years: Mapping[int, YearRow] = {}

    def is_workday(self, day: date) -> bool:
        """Whether the day is worked, by the row of its year, else by the weekend."""
        row = self.years.get(day.year)
        if row is not None and day in row.off:
            return False
        return (row is not None and day in row.work) or day.weekday() not in self.weekend


def overlay(base: Table, name: str, rows: Mapping[int, YearRow]) -> Table:
    """The base with local days laid over it; where both speak of a day, the local row decides."""
    years = dict(base.years)
    for year, row in rows.items():
        below = base.years.get(year)
        years[year] = row if below is None else _joined(below, row)
    return Table(name=name, weekend=base.weekend, all_years=base.all_years, years=years)


def _joined(below: YearRow, row: YearRow) -> YearRow:
    return YearRow(
        year=row.year,
        source=f"{below.source}；{row.source}",
        off=(below.off - row.work) | row.off,
        work=(below.work - row.off) | row.work,
        complete=below.complete or row.complete,
    )
