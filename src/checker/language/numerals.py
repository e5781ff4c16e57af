"""Numbers, dates and periods as drafters write them, in Arabic and Chinese numerals."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

from checker.model.values import Part, Period, Unit

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_GROUPS = {"万": 10_000, "亿": 100_000_000}

_NUM = r"(?:[0-9]+|[零〇一二两三四五六七八九十百千]+)"
_DATE = re.compile(r"(\d{4})[-年](\d{1,2})[-月](\d{1,2})日?")
_PART = re.compile(
    rf"({_NUM})(个半月|年半|个工作日|工作日|个自然日|自然日|个小时|小时|时|个季度|季度|个月|月|日|天|年)"
)

DayUnit = Callable[[int], Unit]
"""What ``n 日`` of an instrument counts: natural or working days."""


def natural(_: int, /) -> Unit:
    """日 is a natural day."""
    return Unit.DAY


def read_number(text: str) -> int | Decimal | None:
    """The number a word stands for; None if it is none."""
    if re.fullmatch(r"[0-9]+", text):
        return int(text)
    if re.fullmatch(r"[0-9]+\.[0-9]+", text):
        return Decimal(text)
    return _chinese(text)


def read_count(text: str) -> int:
    """The whole number in 三次, 第2次, 首次."""
    if text == "首次":
        return 1
    return int(read_number(text.strip("第次")) or 0)


def read_date(text: str) -> dt.date | None:
    """2024-01-01 or 2024年1月1日; None if there is no such day."""
    found = _DATE.fullmatch(text)
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def read_period(text: str, day: DayUnit = natural) -> Period | None:
    """A written period: 30日, 五个工作日, 半年, 一个半月, 1年6个月; None if it mixes hours with other units."""
    if text == "半年":
        return Period(parts=(Part(n=6, unit=Unit.MONTH),))
    if text in ("半个月", "半月"):
        return Period(parts=(Part(n=15, unit=Unit.DAY),))
    parts: list[Part] = []
    for found in _PART.finditer(text):
        parts += _parts(int(read_number(found[1]) or 0), found[2].removeprefix("个"), day)
    units = {part.unit for part in parts}
    return None if not parts or (Unit.HOUR in units and len(units) > 1) else Period(parts=tuple(parts))


def _parts(n: int, unit: str, day: DayUnit) -> list[Part]:
    match unit:
        case "半月":
            return [Part(n=n, unit=Unit.MONTH), Part(n=15, unit=Unit.DAY)]
        case "年半":
            return [Part(n=n, unit=Unit.YEAR), Part(n=6, unit=Unit.MONTH)]
        case "季度":
            return [Part(n=3 * n, unit=Unit.MONTH)]
        case "日" | "天":
            return [Part(n=n, unit=day(n))]
        case "自然日":
            return [Part(n=n, unit=Unit.DAY)]
        case "小时" | "时":
            return [Part(n=n, unit=Unit.HOUR)]
        case _:
            return [Part(n=n, unit=Unit(unit))]


def _chinese(text: str) -> int | None:
    if not text or any(c not in _DIGITS and c not in _TENS and c not in _GROUPS for c in text):
        return None
    if all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _TENS:
            section, digit = section + (digit or 1) * _TENS[char], 0
        else:
            total, section, digit = (total + section + digit) * _GROUPS[char], 0, 0
    return total + section + digit
