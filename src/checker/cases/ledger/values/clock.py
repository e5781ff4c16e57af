"""Times of day: 9:30, 09:30:15, 上午9时30分, 下午3点半."""

import datetime as dt
import re
from typing import Final

from checker.cases.ledger.grid import shown
from checker.cases.ledger.values.absent import no_value
from checker.cases.ledger.values.characters import compact
from checker.cases.problems import Refusal, named

TIME: Final = (
    r"(?P<half>上午|下午|早上|早晨|凌晨|清晨|中午|晚上|晚|[AaPp][Mm])?"
    r"(?P<h>[0-9]{1,2})(?::(?P<m>[0-9]{2})(?::(?P<s>[0-9]{2})(?:\.(?P<f>[0-9]{1,6}))?)?"
    r"|[时点](?:(?P<cm>[0-9]{1,2})分?(?:(?P<cs>[0-9]{1,2})秒)?|(?P<semi>半)|整)?)(?: ?(?P<after>[AaPp][Mm]))?"
)
_TIME: Final = re.compile(TIME)
_EXPECTED: Final = "9:30、09:30:15 或 上午9时30分"
_BEFORE_NOON: Final = ("上午", "早上", "早晨", "凌晨", "清晨", "am")
_AFTER_NOON: Final = ("下午", "晚上", "晚", "pm")


def read_time(raw: object) -> dt.time | Refusal:
    """The time of day in a cell of its own."""
    refusal = no_value(raw, "时刻")
    if refusal is not None:
        return refusal
    match raw:
        case dt.time():
            return raw
        case str() if (found := _TIME.fullmatch(compact(raw))) is not None:
            return time_of(found, raw)
        case _:
            return Refusal("bad-time", f"{named(shown(raw))}不是能认的时刻", _EXPECTED)


def time_of(found: re.Match[str], text: str) -> dt.time | Refusal:
    """The time that groups of :data:`TIME` give; ``text`` is what the message quotes."""
    hour = _hour(int(found["h"]), (found["half"] or found["after"] or "").lower())
    if hour is None or (found["half"] and found["after"]):
        return Refusal("bad-time", f"{named(text)}的时段与钟点不合，或者有两种读法", _EXPECTED, "按 24 小时写")
    minute = "30" if found["semi"] else found["m"] or found["cm"] or "0"
    micro = int((found["f"] or "").ljust(6, "0"))
    try:
        return dt.time(hour, int(minute), int(found["s"] or found["cs"] or 0), micro)
    except ValueError:
        return Refusal("impossible-time", f"{named(text)}的时刻不存在", expected="00:00:00 至 23:59:59")


def _hour(hour: int, half: str) -> int | None:
    """The hour of 24; None where the part of the day contradicts it, or 12 o'clock could be either."""
    if half in _BEFORE_NOON:
        return hour if hour < 12 else None
    if half in _AFTER_NOON:
        return hour + 12 if hour < 12 else hour if hour > 12 or half == "下午" else None
    if half == "中午":
        return {11: 11, 12: 12, 1: 13, 13: 13, 2: 14, 14: 14}.get(hour)
    return hour
