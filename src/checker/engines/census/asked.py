"""What is to be counted: along which dimensions, and which stretch of time against the same a year before."""

import calendar
import datetime as dt
import re
from typing import Final, NamedTuple

from checker.engines.census.dimensions import Axis, Dimension
from checker.model.diagnostic import DataError, Diagnostic
from checker.model.finding import Verdict
from checker.model.statistics import Window

Along = tuple[Dimension, ...]

WHOLE: Final[Along] = ()
BY_NORM: Final[Along] = (Dimension("规范", Axis.NORM),)
BY_NORM_AND_UNIT: Final[Along] = (*BY_NORM, Dimension("承办单位", Axis.UNIT))
ALWAYS: Final = (WHOLE, BY_NORM, BY_NORM_AND_UNIT)
"""Counted whatever is asked for: the sums and the common problems are made from them."""

SPANS: Final = 3
"""All days; this period; the same period a year before."""

UNDUE: Final = (Verdict.EXEMPT, Verdict.UNDETERMINED)
"""Verdicts whose due date obliges nobody: they belong to the day of their anchor."""


class Asked(NamedTuple):
    """One census. ``tables`` are those to be shown; ``by_due`` as in :class:`checker.model.statistics.Statistics`."""

    tables: tuple[Along, ...]
    as_of: dt.date
    now: Window
    before: Window
    by_due: bool = True

    @property
    def counted(self) -> tuple[Along, ...]:
        """The tables that are counted, each once."""
        return tuple(dict.fromkeys((*ALWAYS, *self.tables)))

    @property
    def windows(self) -> tuple[tuple[int, int], ...]:
        """The two periods in ordinals."""
        return tuple((one.first.toordinal(), one.last.toordinal()) for one in (self.now, self.before))


FIRST_YEAR: Final = 2
"""The first year that has one before it."""
_PERIOD: Final = re.compile(r"(\d{4})(?:(H[12])|(Q[1-4])|-(0[1-9]|1[0-2]))?")


def windows(as_of: dt.date, period: str | None) -> tuple[Window, Window]:
    """The period and the same a year before; neither reaches beyond the as-of date, or its like a year before.

    ``2025``, ``2025H1``, ``2025Q3``, ``2025-11``; none: the year up to the as-of date. DataError for anything else.
    """
    found = _PERIOD.fullmatch(period or f"{as_of.year:04d}")
    if found is None or int(found[1]) < FIRST_YEAR:
        message = f"「{period}」不是时段"
        expected = "年 2025、半年 2025H1、季度 2025Q3 或者月 2025-11"
        raise DataError((Diagnostic(code="bad-period", message=message, expected=expected),))
    year, (first, last) = int(found[1]), _months(found)
    begin, end = dt.date(year, first, 1), _end(year, last)
    if begin > as_of:
        message = f"时段「{period}」在截至日期 {as_of} 以后"
        raise DataError((Diagnostic(code="bad-period", message=message, help="改截至日期，或者换一个时段"),))
    last_year = _end(year - 1, last) if end <= as_of else year_before(as_of)
    return _window(begin, min(end, as_of)), _window(dt.date(year - 1, first, 1), last_year)


def _months(found: re.Match[str]) -> tuple[int, int]:
    """The first and the last."""
    for text, length in ((found[2], 6), (found[3], 3), (found[4], 1)):
        if text:
            first = (int(text.lstrip("HQ")) - 1) * length + 1
            return first, first + length - 1
    return 1, 12


def year_before(day: dt.date) -> dt.date:
    """The same day a year before; of 29 February the 28th."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _window(first: dt.date, last: dt.date) -> Window:
    return Window(name=f"{first} 至 {last}", first=first, last=last)
