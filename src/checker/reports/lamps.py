"""One lamp a case: what a supervisor looks at first."""

import datetime as dt
from enum import StrEnum
from typing import Final

from checker.model.finding import VERDICT_NAMES, Finding, Verdict
from checker.reports.content import CaseReport
from checker.reports.sums import ORDER

NEAR: Final = 30
"""Days before a due date from which on it is told as coming."""


class Lamp(StrEnum):
    """The word stands beside the colour wherever one is shown."""

    RED = "红"
    YELLOW = "黄"
    GREEN = "绿"
    GREY = "灰"


LEGEND: Final = {
    Lamp.RED: "记录与规范不符，待核实",
    Lamp.YELLOW: f"资料不足、待人工认定，或者有期限在 {NEAR}日内届满",
    Lamp.GREEN: "所查规范未见不符",
    Lamp.GREY: "没有结论：未读入、程序故障，或者没有一条规范触发",
}


def lamp_of(one: CaseReport, as_of: dt.date) -> Lamp:
    """The lamp of a case."""
    if one.failure is not None or not one.verdicts.total():
        return Lamp.GREY
    if any(verdict.is_violation and n for verdict, n in one.verdicts.items()):
        return Lamp.RED
    if one.verdicts[Verdict.UNDETERMINED] or one.verdicts[Verdict.REVIEW]:
        return Lamp.YELLOW
    if any(left is not None for left in (days_left(shown.finding, as_of) for shown in one.shown)):
        return Lamp.YELLOW
    return Lamp.GREEN


def days_left(finding: Finding, as_of: dt.date) -> int | None:
    """Calendar days until a duty that is still open falls due, if that is within :data:`NEAR` days."""
    if finding.verdict is not Verdict.PENDING or finding.due is None:
        return None
    due = finding.due.date() if isinstance(finding.due, dt.datetime) else finding.due
    left = (due - as_of).days
    return left if left <= NEAR else None


def lamp_words(one: CaseReport, as_of: dt.date) -> str:
    """``红：待核实（逾期未履行 2，违反 1）``: the lamp, what it stands for here, and the counts behind it."""
    lamp = lamp_of(one, as_of)
    match lamp:
        case Lamp.RED:
            beside = _counts(one, violations=False)
            return f"{lamp}：待核实（{_counts(one, violations=True)}{f'；另有 {beside}' if beside else ''}）"
        case Lamp.YELLOW:
            near = sum(days_left(shown.finding, as_of) is not None for shown in one.shown)
            counts = [_counts(one, violations=False), f"{NEAR}日内届满 {near}" if near else ""]
            return f"{lamp}：请补充或者留意（{'，'.join(filter(None, counts))}）"
        case Lamp.GREEN:
            return f"{lamp}：未见不符"
        case _:
            return f"{lamp}：没有结论" if one.failure is not None else f"{lamp}：没有规范触发"


def _counts(one: CaseReport, violations: bool) -> str:
    waiting = (Verdict.UNDETERMINED, Verdict.REVIEW)
    wanted = [v for v in ORDER if (v.is_violation if violations else v in waiting)]
    return "，".join(f"{VERDICT_NAMES[v]} {one.verdicts[v]}" for v in wanted if one.verdicts[v])
