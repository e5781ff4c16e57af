"""Calendar months, quarters, half years and years, as an organ reports by them."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple


class Calendared(NamedTuple):
    """One calendar period, days as ordinals, and its printed form (``2024Q1``)."""

    first: int
    last: int
    printed: str


def periods_of(first: int, last: int | None, as_of: int, months: int) -> Iterator[Calendared]:
    """The whole periods of a length inside [first, last] (None: no limit) that have begun by the as-of date."""
    day = dt.date.fromordinal(first)
    index = (day.year * 12 + day.month - 1) // months
    if _first_day(index * months) < first:
        index += 1
    while index * months // 12 <= dt.MAXYEAR:
        begin = _first_day(index * months)
        end = _last_day(index * months + months)
        if begin > as_of or (last is not None and end > last):
            return
        yield Calendared(begin, end, _printed(index * months, months))
        index += 1


def index_at(day: int, months: int) -> int:
    """A number for the period of a length in which the day lies; the next period has the next number."""
    date = dt.date.fromordinal(day)
    return (date.year * 12 + date.month - 1) // months


def printed_at(index: int, months: int) -> str:
    """The printed form of that period."""
    return _printed(index * months, months)


def _first_day(month: int) -> int:
    return dt.date(month // 12, month % 12 + 1, 1).toordinal()


def _last_day(next_month: int) -> int:
    return dt.date.max.toordinal() if next_month // 12 > dt.MAXYEAR else _first_day(next_month) - 1


def _printed(month: int, months: int) -> str:
    year, place = month // 12, month % 12
    match months:
        case 1:
            return f"{year:04d}-{place + 1:02d}"
        case 3:
            return f"{year:04d}Q{place // 3 + 1}"
        case 6:
            return f"{year:04d}H{place // 6 + 1}"
        case _:
            return f"{year:04d}"
