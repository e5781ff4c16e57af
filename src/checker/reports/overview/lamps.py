"""Red, yellow, grey, green: what a finding, a case or a unit needs, told by a word and a shape beside the colour."""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from checker.model.finding import Finding, Verdict
from checker.reports.content import CaseReport

SOON: Final = 15
"""A duty that falls due within so many days lights yellow."""


class Lamp(StrEnum):
    """In the order in which one outshines the next."""

    RED = "红"
    YELLOW = "黄"
    GREY = "灰"
    GREEN = "绿"


SHAPES: Final = {Lamp.RED: "■", Lamp.YELLOW: "▲", Lamp.GREY: "◇", Lamp.GREEN: "●"}
MEANINGS: Final = {
    Lamp.RED: "有不符合规范的记录",
    Lamp.YELLOW: f"没有红的，有待履行的在 {SOON}日内（含第 {SOON}日）届满",
    Lamp.GREY: "没有红、黄的，有资料不足、待人工认定的，或者因程序故障没有结论",
    Lamp.GREEN: "其余的",
}


def lamp_of(finding: Finding, as_of: dt.date) -> Lamp:
    """The lamp of one finding."""
    if finding.verdict.is_violation:
        return Lamp.RED
    if finding.verdict is Verdict.PENDING:
        left = days_left(finding, as_of)
        return Lamp.YELLOW if left is not None and left <= SOON else Lamp.GREEN
    return Lamp.GREY if finding.verdict.is_open else Lamp.GREEN


def lamp_of_case(report: CaseReport, as_of: dt.date) -> Lamp:
    """The lamp of a case; what was not listed of it is met or exempt."""
    if report.failure is not None:
        return Lamp.GREY
    return brightest(lamp_of(shown.finding, as_of) for shown in report.shown)


def brightest(lamps: Iterable[Lamp]) -> Lamp:
    """The lamp that outshines the others; green for none."""
    found = set(lamps)
    return next((lamp for lamp in Lamp if lamp in found), Lamp.GREEN)


def days_left(finding: Finding, as_of: dt.date) -> int | None:
    """Calendar days until a duty falls due, 0 on the last day; None where the last day is not fixed."""
    if finding.due is None:
        return None
    due = finding.due.date() if isinstance(finding.due, dt.datetime) else finding.due
    return max(0, (due - as_of).days)
