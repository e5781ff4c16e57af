"""A cell of a column of dates: whether it tells the act, and on which day; unclear cells tell less, never more."""

import datetime as dt
from typing import Final, NamedTuple

from checker.cases.ledger.reading.values import ABSENT
from checker.cases.ledger.values.dates import read_date
from checker.cases.problems import Refusal

_SOME_DAY: Final = frozenset(
    (
        *("month-only", "year-only", "no-year", "two-digit-year", "order-unclear", "impossible-date"),
        *("impossible-time", "wrong-weekday", "lunar-date", "other-era", "offset", "two-dates"),
    )
)
"""What is written is a date, though not which: the act took place. Of all else it is not known whether it did."""


class Day(NamedTuple):
    """``is_told``: the act took place, on ``date``, None where the day is unknown; ``is_unsure``: perhaps (again)."""

    is_told: bool
    date: object = None
    is_unsure: bool = False
    refusal: Refusal | None = None


_NOTHING: Final = Day(False)


def day_of(raw: object, *, date1904: bool) -> Day:
    """What a cell of a column of dates tells."""
    if raw is None:
        return _NOTHING
    found = read_date(raw, serial=True, date1904=date1904)
    if not isinstance(found, Refusal):
        date, time = found
        return Day(True, date if time is None else dt.datetime.combine(date, time))
    if found.code in ABSENT:
        return _NOTHING
    is_told = found.code in _SOME_DAY
    return Day(is_told, None, not is_told or found.code == "two-dates", found)


def meanwhile(act: str, day: Day) -> str:
    """What an unclear cell came to."""
    if day.is_told and not day.is_unsure:
        return f"本案已读入，「{act}」按有记录、日期不明处理"
    return f"本案已读入，有没有「{act}」按不知道处理"
