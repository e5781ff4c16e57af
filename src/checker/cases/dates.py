"""Dates and times as records write them. Only forms that cannot be misread are taken; nothing is guessed."""

import datetime as dt
import re
from functools import lru_cache
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

from checker.cases.problems import Refusal, named

Moment: TypeAlias = tuple[dt.date, dt.time | None]
"""A local date, with a time of day where the record gives one."""

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199
"""Years outside are slips or placeholders (9999 for "never"), and periods counted from them leave the calendar."""

EXPECTED: Final = "2024-03-05、2024-03-05T09:30 或 2024年3月5日"
_ISO = re.compile(
    r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})"
    r"(?:[T ](?P<h>\d{2}):(?P<min>\d{2})(?::(?P<s>\d{2})(?:\.(?P<f>\d{1,9}))?)?"
    r" ?(?P<zone>Z|[+-](?:0\d|1[0-4]):?[0-5]\d)?)?",
    re.ASCII,
)
_CHINESE = re.compile(r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日", re.ASCII)
_LOOSE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)


def read_moment(raw: object, zone: str | None) -> Moment | Refusal:
    """The date, and the time if there is one, that a value gives.

    ``zone`` names the time zone in whose local calendar instants with a UTC offset are to be read; without it they
    are refused, since the date would depend on where the reader sits.
    """
    match raw:
        case str():
            return _from_text(str(raw), zone)
        case dt.datetime():
            return _localised(raw, zone)
        case dt.date():
            return _in_range((raw, None))
        case _:
            return Refusal("bad-date", f"日期应写成文字，现为{named(raw)}", expected=EXPECTED)


@lru_cache(maxsize=4096)
def _from_text(text: str, zone: str | None) -> Moment | Refusal:
    form = _ISO.fullmatch(text.strip()) or _CHINESE.fullmatch(text.strip())
    if form is None:
        return Refusal("bad-date", f"{named(text)}不是可识别的日期", expected=EXPECTED, help=_hint(text))
    part = form.groupdict()
    try:
        day = dt.date(int(part["y"]), int(part["m"]), int(part["d"]))
    except ValueError:
        return Refusal("impossible-date", f"日历上没有{named(text)}这一天", expected="日历上实有的日期")
    if part.get("h") is None:
        return _in_range((day, None))
    try:
        micro = int((part["f"] or "").ljust(6, "0")[:6])
        time = dt.time(int(part["h"]), int(part["min"]), int(part["s"] or 0), micro)
    except ValueError:
        return Refusal("impossible-time", f"{named(text)}的时刻不存在", expected="00:00:00 至 23:59:59")
    offset = part["zone"]
    if offset is None:
        return _in_range((day, time))
    return _localised(dt.datetime.combine(day, time, _offset(offset)), zone)


def _offset(text: str) -> dt.timezone:
    if text == "Z":
        return dt.UTC
    length = dt.timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return dt.timezone(-length if text[0] == "-" else length)


def _localised(instant: dt.datetime, zone: str | None) -> Moment | Refusal:
    if instant.tzinfo is None:
        return _in_range((instant.date(), instant.time()))
    if zone is None:
        return Refusal(
            "offset-without-zone",
            f"时刻{named(instant.isoformat())}带有时区偏移，须先说明按哪个时区的日历读取",
            help="指定时区，如 Asia/Shanghai，或只写当地日期",
        )
    if not FIRST_YEAR <= instant.year <= LAST_YEAR:
        return _in_range((instant.date(), None))
    local = instant.astimezone(ZoneInfo(zone))
    return _in_range((local.date(), local.time()))


def _in_range(moment: Moment) -> Moment | Refusal:
    if FIRST_YEAR <= moment[0].year <= LAST_YEAR:
        return moment
    return Refusal(
        "year-out-of-range",
        f"日期 {moment[0].isoformat()} 的年份超出可用范围",
        expected=f"{FIRST_YEAR} 年至 {LAST_YEAR} 年",
        help="没有日期的，删去这一项，不要用占位的年份",
    )


def _hint(text: str) -> str:
    loose = _LOOSE.fullmatch(text.strip())
    if loose is None:
        return ""
    year, month, day = (int(piece) for piece in loose.groups())
    return f"写作 {year:04}-{month:02}-{day:02}"
