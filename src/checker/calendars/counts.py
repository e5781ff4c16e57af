"""Counting working days across excluded intervals, and how far an unknown year can move the result.

An unknown year is counted by its weekends. The earliest end takes every one of its days as worked. The latest end takes
as many days off in each unknown year touched as the table ever saw in one year, all of them inside the period.
"""

from collections.abc import Callable, Sequence

from checker.calendars.calendar import Calendar
from checker.calendars.grid import MAX_ORDINAL, Grid, OutOfRange
from checker.calendars.spans import Span, gaps


def count(grid: Grid, day: int, n: int, spans: Sequence[Span]) -> int:
    """The n-th working day after ``day`` outside the spans; n ≥ 1, spans ordered and apart, after ``day``."""
    rank = grid.rank(day) + n
    for start, end in spans:
        if rank <= grid.rank(start - 1):
            break
        rank += grid.rank(end - 1) - grid.rank(start - 1)
    return grid.nth(rank)


def missing_outside(calendar: Calendar, first: int, last: int, spans: Sequence[Span]) -> int | None:
    """The first unknown year that a day of [first, last] outside the spans lies in."""
    if calendar.missing(first, last) is None:
        return None
    years = (calendar.missing(*stretch) for stretch in gaps(first, last, spans))
    return next((year for year in years if year is not None), None)


def earliest_count(calendar: Calendar, day: int, n: int, spans: Sequence[Span]) -> int:
    """The earliest the n-th working day can be."""
    return count(calendar.loose, day, n, spans)


def latest_count(calendar: Calendar, day: int, n: int, spans: Sequence[Span]) -> int:
    """The latest the n-th working day can be; 9999-12-31 at most."""

    def step(more: int) -> tuple[int, int]:
        end = count(calendar.grid, day, n + more, spans)
        return end, _unknown(calendar, day + 1, end, spans)

    return _settled(step, calendar.most_holidays, MAX_ORDINAL)


def earliest_back(calendar: Calendar, day: int, n: int) -> int:
    """The earliest the n-th working day before ``day`` can be; 0001-01-01 at least."""

    def step(more: int) -> tuple[int, int]:
        end = calendar.before(day, n + more)
        return end, _unknown(calendar, end, day - 1, ())

    return _settled(step, calendar.most_holidays, 1)


def latest_back(calendar: Calendar, day: int, n: int) -> int:
    """The latest the n-th working day before ``day`` can be."""
    loose = calendar.loose
    return loose.nth(loose.rank(day - 1) + 1 - n)


def latest_roll(calendar: Calendar, day: int) -> int:
    """The latest first working day on or after ``day``: past the longest run of rest days the table ever saw."""
    due = calendar.roll(day)
    if calendar.missing(day, due) is None:
        return due
    return min(max(due, day + calendar.longest_rest), MAX_ORDINAL)


def _settled(step: Callable[[int], tuple[int, int]], holidays: int, limit: int) -> int:
    # More days off carry the end into more unknown years, which bring more days off; stop when no year is added.
    years = 0
    try:
        while True:
            end, touched = step(years * holidays)
            if touched <= years:
                return end
            years = touched
    except OutOfRange:
        return limit


def _unknown(calendar: Calendar, first: int, last: int, spans: Sequence[Span]) -> int:
    return len({year for stretch in gaps(first, last, spans) for year in calendar.missing_years(*stretch)})
