"""Dates as people type them. What can be read in two ways, or only in part, is refused with the reason."""

import datetime as dt
import re
from functools import lru_cache
from typing import Final

from checker.cases.dates import Moment
from checker.cases.ledger.grid import shown
from checker.cases.ledger.values.absent import no_value
from checker.cases.ledger.values.characters import narrow, plain_dashes
from checker.cases.ledger.values.clock import TIME, read_time, time_of
from checker.cases.ledger.values.doubtful_dates import DATE, why_not
from checker.cases.ledger.values.numerals import count_of, year_of
from checker.cases.ledger.values.serials import from_number
from checker.cases.ledger.values.years import EXPECTED, FIRST_YEAR, LAST_YEAR, in_range
from checker.cases.problems import Refusal, named

__all__ = ["EXPECTED", "FIRST_YEAR", "LAST_YEAR", "read_date", "read_time"]

_WEEKDAY: Final = r"(?P<open>\()?(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])(?(open)\))"
_WHOLE: Final = re.compile(rf"{DATE}(?: ?{_WEEKDAY})?(?:(?P<gap> ?T?){TIME})?\.?")
_SERIAL: Final = re.compile(r"[0-9]{5}(?:\.[0-9]{1,12})?")
_BLANKS: Final = re.compile(r" {2,}")
_SIGNS: Final = str.maketrans("。·", "..")
_DAYS: Final = "一二三四五六日"
_LONGEST: Final = 60
_LONG: Final = 200
"""What is longer is not kept in memory for the next cell."""


def read_date(raw: object, *, serial: bool = False, date1904: bool = False) -> Moment | Refusal:
    """The date, and the time of day where the cell gives one (midnight gives none: spreadsheets write it unasked).

    ``serial``: a bare number may be a day as Excel counts days, because the column is one of dates; ``date1904``: as
    the workbook says (``Book.date1904``). The refusals ``blank``, ``not-yet``, ``none`` and ``not-known`` say that
    there is no date to be read; all others, that there is something that cannot be read for certain.
    """
    match raw:
        case str() if len(raw) > _LONG:
            return _from_text.__wrapped__(raw, serial, date1904)
        case str():
            return _from_text(raw, serial, date1904)
        case dt.datetime():
            return in_range(_moment(raw.date(), raw.time()))
        case dt.date():
            return in_range((raw, None))
        case int() | float() if not isinstance(raw, bool):
            return from_number(raw, serial, date1904)
        case _:
            return no_value(raw, "日期") or Refusal("bad-date", f"{named(shown(raw))}不是日期", EXPECTED)


@lru_cache(maxsize=65536)
def _from_text(text: str, serial: bool, date1904: bool) -> Moment | Refusal:
    words = _BLANKS.sub(" ", plain_dashes(narrow(text)).translate(_SIGNS))
    if len(words) > _LONGEST:
        return Refusal("more-than-date", f"{named(text)}太长，不是日期", EXPECTED, "只留日期，其余写到备注列")
    found = _WHOLE.fullmatch(words)
    if found is not None:
        return _read(found, text) or why_not(text, words)
    if _SERIAL.fullmatch(words):
        return from_number(float(words), serial, date1904)
    return no_value(text, "日期") or why_not(text, words)


def _read(found: re.Match[str], text: str) -> Moment | Refusal | None:
    """None where the pieces only look like those of a date."""
    year = year_of(found["y"] or found["y2"] or found["y3"])
    month, day = (
        count_of(found["mo"] or found["mo2"] or found["mo3"]),
        count_of(found["d"] or found["d2"] or found["d3"]),
    )
    if year is None or month is None or day is None or _runs_on(found):
        return None
    try:
        date = dt.date(year, month, day)
    except ValueError:
        return Refusal("impossible-date", f"日历上没有{named(text)}这一天", "日历上实有的日期", "查对月份和日")
    weekday = found["weekday"]
    if weekday and _DAYS.index(weekday.replace("天", "日")) != date.weekday():
        right = f"{date.isoformat()} 是星期{_DAYS[date.weekday()]}"
        return Refusal("wrong-weekday", f"{named(text)}的星期与日期不合：{right}", EXPECTED, "查对日期")
    time = time_of(found, text) if found["h"] else dt.time()
    return time if isinstance(time, Refusal) else in_range(_moment(date, time))


def _runs_on(found: re.Match[str]) -> bool:
    """Figures of the day and of the hour with nothing between them: 2024-3-59:30 is the 5th, or the 59th."""
    parted = found["gap"] or found["half"] or found["weekday"] or found["day"] or found["day2"]
    return found["h"] is not None and not parted


def _moment(date: dt.date, time: dt.time) -> Moment:
    return date, None if time == dt.time() else time
