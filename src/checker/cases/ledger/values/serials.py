"""Numbers that may be dates: 20240305, and the days that spreadsheets count."""

import datetime as dt
from typing import Final

from checker.cases.dates import Moment
from checker.cases.ledger.values.years import EXPECTED, in_range
from checker.cases.problems import Refusal

_EPOCH: Final = dt.datetime(1899, 12, 30)
"""Day 0 of Excel for every day after February 1900, in which it counts a day that was none."""
_EPOCH_1904: Final = dt.datetime(1904, 1, 1)
_YEARS: Final = range(1990, 2051)
"""Narrower than for written dates: any number of five digits is the serial number of some day."""


def from_number(number: float, serial: bool, date1904: bool) -> Moment | Refusal:
    """The date that a bare number is, if the number can be nothing else."""
    whole = float(number).is_integer()
    if whole and 10_000_000 <= number <= 99_999_999:
        return _of_digits(int(number))
    written = str(int(number)) if whole and abs(number) < 1e15 else f"{number:g}"
    moment = _counted(number, date1904) if 0 < number < 100_000 else None
    if moment is None or moment[0].year not in _YEARS:
        return Refusal("number-not-date", f"数字「{written}」不是日期", EXPECTED, "按年、月、日写明")
    if not serial:
        help_text = f"这一列若是日期列，在列对应文件里写明；这个序号相当于 {moment[0].isoformat()}"
        return Refusal("serial-not-asked", f"数字「{written}」可能是日期序号，也可能只是数字", EXPECTED, help_text)
    return moment


def _of_digits(number: int) -> Moment | Refusal:
    year, month, day = number // 10_000, number // 100 % 100, number % 100
    try:
        return in_range((dt.date(year, month, day), None))
    except ValueError:
        return Refusal("impossible-date", f"日历上没有「{number}」这一天", "日历上实有的日期")


def _counted(number: float, date1904: bool) -> Moment:
    seconds = round(number * 86_400)
    moment = (_EPOCH_1904 if date1904 else _EPOCH) + dt.timedelta(seconds=seconds)
    return moment.date(), None if moment.time() == dt.time() else moment.time()
