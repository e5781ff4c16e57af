"""Why a text is no date that can be read for certain: each way of being unclear by its own code."""

import re
from collections.abc import Callable
from typing import Final

from checker.cases.ledger.values.numerals import NUMERAL, count_of
from checker.cases.ledger.values.years import EXPECTED
from checker.cases.problems import Refusal, named

_N: Final = rf"[0-9{NUMERAL}]"
_S: Final = r" ?[-/.、] ?"
DATE: Final = (
    rf"(?:(?P<y>{_N}{{4}}) ?年 ?(?P<mo>{_N}{{1,3}}) ?月 ?(?P<d>{_N}{{1,4}}) ?(?P<day>[日号])"
    r"|(?P<y2>[0-9]{4}) ?(?P<sep>[-/.、]) ?(?P<mo2>[0-9]{1,2}) ?(?P=sep) ?(?P<d2>[0-9]{1,2})(?: ?(?P<day2>[日号]))?"
    r"|(?P<y3>[0-9]{4})(?P<mo3>[0-9]{2})(?P<d3>[0-9]{2}))"
)
"""A date in full: 2024年3月5日, 2024.3.5, 20240305."""
_INSIDE: Final = re.compile(rf"(?<![0-9])(?:{DATE})(?![0-9])")
_FURTHER: Final = re.compile(
    rf"{_N}{{1,3}} ?月 ?{_N}{{1,4}} ?[日号]|[0-9]{{1,2}}[-/.][0-9]{{1,2}}|[至到~] ?{_N}{{1,4}} ?[日号]"
)
"""A second date, without its year."""
_OFFSET: Final = re.compile(r"[0-9]:[0-9]{2}(?::[0-9.]+)? ?(?:Z|[+-][0-9]{2}:?[0-9]{2})$")
_LUNAR: Final = re.compile(r"农历|阴历|旧历|正月|腊月|冬月|闰|初[一二三四五六七八九十0-9]|月廿.?$|除夕")
_ERA: Final = re.compile(r"民国|公元前|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年|昭和|平成|令和")
_SHORT_YEAR: Final = re.compile(
    rf"['’]?(?:[0-9]{{2}}{_S}[0-9]{{1,2}}{_S}[0-9]{{1,2}}|[0-9]{{6}}"
    rf"|{_N}{{2}} ?年 ?{_N}{{1,3}} ?月(?: ?{_N}{{1,4}} ?[日号]?)?)"
)
_DAY_FIRST: Final = re.compile(rf"([0-9]{{1,2}}){_S}([0-9]{{1,2}}){_S}([0-9]{{4}})")
_NO_YEAR: Final = re.compile(rf"{_N}{{1,3}} ?月 ?{_N}{{1,4}} ?[日号]?|[0-9]{{1,2}}{_S}[0-9]{{1,2}}|{_N}{{1,4}} ?[日号]")
_PART: Final = r"(?:份|初|底|末|中|[上中下]旬)?"
_MONTH: Final = re.compile(
    rf"{_N}{{4}} ?年 ?{_N}{{1,3}} ?月? ?{_PART}|[0-9]{{4}}{_S}[0-9]{{1,2}}|(?:19|20)[0-9]{{2}}(?:0[1-9]|1[0-2])"
)
_YEAR: Final = re.compile(rf"{_N}{{4}} ?年?(?:初|底|末|上半年|下半年|第?[一二三四1-4]季度)?")


def why_not(text: str, words: str) -> Refusal:
    """The reason for ``text``; ``words`` is the same made plain (half-width, single blanks)."""
    if _OFFSET.search(words):
        return _said("offset", f"{named(text)}带有时区偏移", "写当地的日期和时刻，不带时区")
    inside = [found.group() for found in _INSIDE.finditer(words) if _is_plausible(found)]
    if len(inside) > 1 or (inside and _FURTHER.search(words.replace(inside[0], "", 1))):
        return _said("two-dates", f"{named(text)}里不止一个日期", "一格只写一个日期，其余另起一列或一行")
    if _LUNAR.search(words):
        return _said("lunar-date", f"{named(text)}像是农历日期", "换算成公历日期")
    if _ERA.search(words):
        return _said("other-era", f"{named(text)}不是公历纪年", "换算成公历日期")
    if inside:
        return _said("more-than-date", f"{named(text)}在日期之外还有别的字", f"只留「{inside[0]}」，其余写到备注列")
    for form, reason in _FORMS:
        found = form.fullmatch(words)
        if found is not None:
            return reason(text, found)
    return _said("bad-date", f"{named(text)}不是能认的日期", "按年、月、日写明")


def _is_plausible(found: re.Match[str]) -> bool:
    month = count_of(found["mo"] or found["mo2"] or found["mo3"])
    day = count_of(found["d"] or found["d2"] or found["d3"])
    return month is not None and day is not None and 1 <= month <= 12 and 1 <= day <= 31


def _short_year(text: str, _found: re.Match[str]) -> Refusal:
    return _said("two-digit-year", f"{named(text)}的年份只有两位，年、月、日的次序不能确定", "写明四位年份")


def _day_first(text: str, found: re.Match[str]) -> Refusal:
    first, second, year = (int(piece) for piece in found.groups())
    ways = [f"{year}年{m}月{d}日" for m, d in ((first, second), (second, first)) if m <= 12 and d <= 31]
    help_text = f"是「{'」还是「'.join(dict.fromkeys(ways))}」？写明年、月、日" if ways else "按年、月、日的次序写"
    return _said("order-unclear", f"{named(text)}的月和日次序不明", help_text)


def _no_year(text: str, _found: re.Match[str]) -> Refusal:
    return _said("no-year", f"{named(text)}没有写年份", "补上四位年份")


def _month(text: str, _found: re.Match[str]) -> Refusal:
    return _said("month-only", f"{named(text)}只写到月份，没有写哪一日", "补上日")


def _year(text: str, _found: re.Match[str]) -> Refusal:
    return _said("year-only", f"{named(text)}只写到年份，没有写月和日", "补上月和日")


_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[[str, re.Match[str]], Refusal]], ...]] = (
    (_MONTH, _month),
    (_YEAR, _year),
    (_SHORT_YEAR, _short_year),
    (_DAY_FIRST, _day_first),
    (_NO_YEAR, _no_year),
)


def _said(code: str, message: str, help_text: str) -> Refusal:
    return Refusal(code, message, EXPECTED, help_text)
