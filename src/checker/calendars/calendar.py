"""A named calendar: which days are worked, which years its table knows, how bad an unknown year can be."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from checker.calendars.grid import MAX_ORDINAL, Grid, Week
from checker.calendars.table import Table


class Calendar:
    """Read-only; compared by identity. Days are ordinals (``date.toordinal()``) throughout.

    Everything heavier than the table itself is computed when first asked for.
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        self.name = table.name
        self._known = frozenset(y for y, row in table.years.items() if row.complete)
        self._low, self._high = self._latest_known_run()

    def __repr__(self) -> str:
        return f"Calendar({self.name!r})"

    def knows(self, year: int) -> bool:
        """Whether the table has the year; every year, if the weekend rule is the whole truth."""
        return self.table.all_years or year in self._known

    def missing(self, first: int, last: int) -> int | None:
        """The first year between two days, both included, that the table lacks; None if it lacks none."""
        if self._low <= first and last <= self._high:
            return None
        return next(self.missing_years(first, last), None)

    def missing_years(self, first: int, last: int) -> Iterator[int]:
        """The years between two days, both included, that the table lacks."""
        years = range(date.fromordinal(first).year, date.fromordinal(min(last, MAX_ORDINAL)).year + 1)
        return (year for year in years if not self.knows(year))

    def is_workday(self, day: int | date) -> bool:
        """Whether the day is worked; by weekends alone in a year the table lacks."""
        return self.grid.is_workday(day.toordinal() if isinstance(day, date) else day)

    def roll(self, day: int) -> int:
        """The first working day on or after the day (民法典203)."""
        return self.grid.roll(day)

    def after(self, day: int, n: int) -> int:
        """The n-th working day after the day; the day itself for n = 0."""
        return self.grid.nth(self.grid.rank(day) + n) if n else day

    def before(self, day: int, n: int) -> int:
        """The n-th working day before the day; the day itself for n = 0."""
        return self.grid.nth(self.grid.rank(day - 1) + 1 - n) if n else day

    def count(self, first: int, last: int) -> int:
        """Working days from the first day to the last, both included; 0 if the last lies before the first."""
        return self.grid.rank(last) - self.grid.rank(first - 1) if first <= last else 0

    @cached_property
    def grid(self) -> Grid:
        """Working days, an unknown year counted by its weekends."""
        return self._grid(strict=True)

    @cached_property
    def loose(self) -> Grid:
        """Working days as if every day of an unknown year were worked: the earliest any due date can be."""
        return self.grid if self.table.all_years else self._grid(strict=False)

    @cached_property
    def longest_rest(self) -> int:
        """The longest run of rest days in the table's own years (cn: 10, in 2020), at least that of the weekend."""
        week = "".join("1" if weekday in self.table.weekend else "0" for weekday in range(7))
        rows = "".join("01"[not works] for works in self._flags(strict=True)[1])
        return max(len(run) for run in f"{week}{week}0{rows}".split("0"))

    @cached_property
    def most_holidays(self) -> int:
        """The most days of the working week taken off in one year of the table (cn: 23, in 2013)."""
        weekend = self.table.weekend
        return max((sum(d.weekday() not in weekend for d in row.off) for row in self.table.years.values()), default=0)

    def _grid(self, *, strict: bool) -> Grid:
        week = Week([not strict or weekday not in self.table.weekend for weekday in range(7)])
        return Grid(week, *self._flags(strict=strict))

    def _flags(self, *, strict: bool) -> tuple[int, list[bool]]:
        """The first ordinal of the rows and one flag a day from there to the end of the last row."""
        years = self.table.years
        if not years:
            return 1, []
        first, last = date(min(years), 1, 1).toordinal(), date(max(years), 12, 31).toordinal()
        weekend = self.table.weekend
        flags = [(day - 1) % 7 not in weekend for day in range(first, last + 1)]
        for row in years.values():
            for day in row.off:
                flags[day.toordinal() - first] = False
            for day in row.work:
                flags[day.toordinal() - first] = True
        if not strict:
            self._loosen(first, flags)
        return first, flags

    def _loosen(self, first: int, flags: list[bool]) -> None:
        for year in range(min(self.table.years), max(self.table.years) + 1):
            if year not in self._known:
                january = date(year, 1, 1).toordinal() - first
                december = date(year, 12, 31).toordinal() - first
                flags[january : december + 1] = [True] * (december - january + 1)

    def _latest_known_run(self) -> tuple[int, int]:
        """First and last ordinal of the unbroken run of known years that ends with the last one."""
        if self.table.all_years:
            return 1, MAX_ORDINAL
        if not self._known:
            return 1, 0
        last = first = max(self._known)
        while first - 1 in self._known:
            first -= 1
        return date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal()
