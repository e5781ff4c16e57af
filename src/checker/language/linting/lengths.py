"""Lengths of time in prose: 十五日内, 六个月, 一周. Natural and working days are not told apart."""

import re
from typing import Final, NamedTuple

from checker.language.numerals import read_number, read_period
from checker.model.values import Unit

_NUM: Final = r"(?:[0-9]+|[零〇一二两三四五六七八九十百千]+)"
_DATE: Final = re.compile(
    r"[0-9]{4}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?|[0-9]{1,2}月[0-9]{1,2}日|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
)
_LENGTH: Final = re.compile(
    rf"半年|半个?月|{_NUM}个?(?:周|星期)|(?<![第0-9零〇一二两三四五六七八九十百千]){_NUM}"
    r"(?:个半月|年半|个?(?:工作日|自然日|小时|季度|月)|日|天|时|年)"
)
_ENTITLED: Final = ("可以", "有权", "不得", "离任后")
_WEEK: Final = re.compile(rf"({_NUM})个?(?:周|星期)")


class Length(NamedTuple):
    """A length, and how it was written; compare ``amount``."""

    text: str
    amount: tuple[int, int, int]
    """Months, days, hours."""
    end: int = 0


def length_of(text: str) -> Length | None:
    """The length that a word stands for."""
    week = _WEEK.fullmatch(text)
    if week is not None:
        return Length(text, (0, 7 * int(read_number(week[1]) or 0), 0))
    period = read_period(text)
    if period is None:
        return None
    months = days = hours = 0
    for part in period.parts:
        match part.unit:
            case Unit.YEAR | Unit.MONTH:
                months += part.n * (12 if part.unit is Unit.YEAR else 1)
            case Unit.HOUR:
                hours += part.n
            case _:
                days += part.n
    return Length(text, (months, days, hours))


def lengths_in(text: str) -> tuple[Length, ...]:
    """Every length in the text, dates left out; ``end`` is where each ends."""
    free = _DATE.sub(lambda found: "・" * len(found[0]), text)
    read = ((length_of(found[0]), found.end()) for found in _LENGTH.finditer(free))
    return tuple(one._replace(end=end) for one, end in read if one is not None)


def deadlines_in(text: str) -> tuple[Length, ...]:
    """The lengths within which something has to be done: those followed by 内, where nobody is only entitled to it."""
    found = []
    for one in lengths_in(text):
        clause = re.split(r"[，；。！？\n]", text[: one.end])[-1]
        if re.match(r"(?:之|以)?内", text[one.end :]) and not any(word in clause for word in _ENTITLED):
            found.append(one)
    return tuple(found)
