"""How letters say things: dates as official documents write them, numbers of headings, what a finding comes to."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from checker.model.finding import Finding, Verdict
from checker.reports.letters.addressees import Addressee

SITUATIONS: Final[Mapping[Verdict, str]] = {
    Verdict.BREACHED: "记录与规范不一致，待核实",
    Verdict.OVERDUE: "期限已过，未见办理记录，待核实",
    Verdict.LATE: "记录的日期在期限之后，待核实",
    Verdict.PENDING: "期限未到，未见办理记录",
    Verdict.UNDETERMINED: "资料不足，尚不能对照",
    Verdict.REVIEW: "待人工认定",
    Verdict.EXEMPT: "符合例外",
    Verdict.MET: "与规范一致",
}
"""What a finding comes to, in words that can go out: none of them concludes anything about anybody."""

_DIGITS: Final = "零一二三四五六七八九"
_PLACES: Final = ("", "十", "百", "千")


def day_text(day: dt.date) -> str:
    """``2026年3月2日``; months and days without a leading zero."""
    return f"{day.year}年{day.month}月{day.day}日"


def due_text(finding: Finding) -> str:
    """The due date; 待定 where the record does not yield one."""
    if finding.due is None:
        return "待定"
    hour = f"{finding.due:%H时%M分}" if isinstance(finding.due, dt.datetime) else ""
    return f"{day_text(finding.due)}{hour}{'（暂定）' if finding.provisional else ''}"


def ordinal(number: int) -> str:
    """The number of a heading: 一, 十二, 一百零五; figures from 10000 on."""
    if not 0 < number < 10_000:
        return str(number)
    text, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if gap else "") + _DIGITS[digit] + _PLACES[place]
            gap = False
        elif text:
            gap = True
    return text.removeprefix("一") if text.startswith("一十") else text


def called(to: Addressee) -> str:
    """How the text of a letter speaks of whom it goes to."""
    return "本机关" if to.is_own else "有关单位" if to.is_unknown else "贵单位"
