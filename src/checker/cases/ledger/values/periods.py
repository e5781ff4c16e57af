"""Lengths of time as ledgers state them: 30日, 三十日, 一个月, 15个工作日."""

import datetime as dt
import re
from functools import lru_cache
from typing import Final

from checker.cases.ledger.grid import shown
from checker.cases.ledger.values.absent import no_value
from checker.cases.ledger.values.characters import compact
from checker.cases.ledger.values.texts import whole_number
from checker.cases.problems import Refusal, named
from checker.model.period_text import parse_numeral, parse_period
from checker.model.values import Part, Period, Unit

_EXPECTED: Final = "30日、15个工作日、一个月 或 1年"
_WITHIN: Final = re.compile(r"(?:之|以)?内$")
_MONTH_NAME: Final = re.compile(r"[0-9〇零一二三四五六七八九十]+月")
_LARGEST: Final = 100_000
_LONG: Final = 200


def read_period(raw: object, unit: Unit | None = None) -> Period | Refusal:
    """The length of time in a cell. A bare number is one only where ``unit`` says what the column counts."""
    refusal = no_value(raw, "期限")
    if refusal is not None:
        return refusal
    match raw:
        case str():
            return _from_text(raw, unit) if len(raw) <= _LONG else _bad(raw)
        case bool() | dt.date() | dt.time() | dt.timedelta():
            return Refusal("bad-period", f"{named(shown(raw))}不是期限", _EXPECTED, "写明多长时间，如 30日")
        case int() | float():
            number = whole_number(raw)
            whole = isinstance(number, int) and number >= 0
            return _bare(int(raw), unit) if whole else _bad(f"{raw:g}")
        case _:
            return _bad(str(raw))


@lru_cache(maxsize=1024)
def _from_text(text: str, unit: Unit | None) -> Period | Refusal:
    words = _WITHIN.sub("", compact(text))
    if not words or len(words) > 40:
        return _bad(text)
    number = parse_numeral(words)
    if number is not None:
        return _bare(number, unit)
    if _MONTH_NAME.fullmatch(words):
        return Refusal(
            "month-or-months",
            f"{named(text)}可能是几个月，也可能是月份",
            expected="3个月",
            help=f"指期限的，写作「{words[:-1]}个月」",
        )
    period = parse_period(words)
    if period is not None and any(part.unit is Unit.HOUR for part in period.parts):
        return Refusal("hours", f"记录里的期间不能以小时计，现为{named(text)}", _EXPECTED, "换算成日，或由规范写明小时")
    return _bad(text) if period is None else period


def _bare(number: int, unit: Unit | None) -> Period | Refusal:
    if unit is None:
        return Refusal(
            "no-unit", f"「{number}」没有写单位", _EXPECTED, f"写作「{number}日」，或在列对应文件里写明这一列的单位"
        )
    return Period(parts=(Part(n=number, unit=unit),)) if number <= _LARGEST else _bad(str(number))


def _bad(text: str) -> Refusal:
    return Refusal("bad-period", f"{named(text)}不是能认的期限", _EXPECTED, "只写多长时间，其余写到备注列")
