"""Numbers of binary workbooks that their format makes dates or times of day."""

import datetime as dt
import re
import struct
from typing import Final

_BUILT_IN: Final = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""Formats of dates that have a number and no text; 27 to 36 and 50 to 58 are those of East Asia."""
_LITERAL: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]')
_DATE: Final = re.compile(r"[ymdhs]|e(?![+-])")
_YEAR: Final = re.compile(r"y|e(?![+-])")
_DAY_OR_TIME: Final = re.compile(r"[dhs]")
_ELAPSED: Final = re.compile(r"\[(?:h+|m+|s+)\]")
_MONTHS_BUILT_IN: Final = frozenset((17, 27, 36, 50, 52, 57))
"""Mar-24, and 2024年3月 as the Chinese edition has it."""
_LAST: Final = 2_958_466
"""One day after 9999-12-31."""
_DAY: Final = 86_400_000
"""In milliseconds: finer fractions are noise of the float."""


def is_date(number: int, text: str | None) -> bool:
    """Whether a format shows dates or times; ``text`` is None for those built in."""
    if text is None:
        return number in _BUILT_IN
    first = text.lower().partition(";")[0]
    return first.strip() != "general" and _DATE.search(_LITERAL.sub("", first)) is not None


def is_elapsed(text: str | None) -> bool:
    """Whether a format shows hours beyond a day: [h]:mm."""
    return text is not None and _ELAPSED.search(text.lower()) is not None


def hides_day(number: int, text: str | None) -> str:
    """年 or 月, if the least that a format of dates shows is that; "" for any other."""
    if text is None:
        return "月" if number in _MONTHS_BUILT_IN else ""
    tokens = _LITERAL.sub("", text.lower().partition(";")[0])
    if (
        not is_date(number, text)
        or _ELAPSED.search(tokens)
        or not re.search(r"y|e(?![+-])", tokens)
        or re.search(r"[dhs]", tokens)
    ):
        return ""
    return "月" if "m" in tokens else "年"


def without_day(moment: object, least: str) -> str | None:
    """How a first day of the month (or year) shows where its format hides the day; None where nothing is hidden.

    Spreadsheets make 2024年3月 the first of March by themselves. Any other day was typed in full.
    """
    if not least or type(moment) is not dt.date or moment.day != 1 or (least == "年" and moment.month != 1):
        return None
    return f"{moment.year}年{moment.month}月" if least == "月" else f"{moment.year}年"


def moment_of(value: float, date1904: bool, elapsed: bool) -> object:
    """The date, time of day or length that a number shows as; the number itself where it can be none."""
    if not 0 <= value < _LAST:
        return value
    if elapsed:
        return dt.timedelta(milliseconds=round(value * _DAY))
    day, part = divmod(round(value * _DAY), _DAY)
    if not day and not date1904:
        return (dt.datetime.min + dt.timedelta(milliseconds=part)).time()
    first = dt.datetime(1904, 1, 1) if date1904 else dt.datetime(1899, 12, 31 if day < 60 else 30)
    moment = first + dt.timedelta(days=day, milliseconds=part)
    return moment if part else moment.date()


def compressed(number: int) -> float:
    """Thirty bits of a float, or a whole number; perhaps a hundredth of it."""
    if number & 2:
        value = float((number >> 2) - (1 << 30 if number & 0x80000000 else 0))
    else:
        value = struct.unpack("<d", struct.pack("<Q", (number & 0xFFFFFFFC) << 32))[0]
    return value / 100 if number & 1 else value
