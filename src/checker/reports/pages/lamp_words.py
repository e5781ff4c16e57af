"""What the lamp of a case stands for, in words with the counts behind it."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from checker.model.finding import GRAVEST_FIRST, VERDICT_NAMES, Finding, Verdict
from checker.reports.content import CaseReport
from checker.reports.overview.lamps import SOON, Lamp, days_left, lamp_of_case

NEAR: Final = 30
"""Days before a due date from which on it is listed as coming."""


def lamp_words(one: CaseReport, as_of: dt.date) -> str:
    """``红：待核实（逾期未履行 2，违反 1；另有 资料不足 3）``."""
    lamp = lamp_of_case(one, as_of)
    if one.failure is not None:
        return f"{lamp}：没有结论"
    if not one.verdicts.total():
        return f"{lamp}：没有规范触发"
    parts = [part for part in _parts(one, as_of, lamp) if part]
    told = parts[0] + (f"；另有 {'，'.join(parts[1:])}" if parts[1:] else "")
    return f"{lamp}：待核实（{told}）" if lamp is Lamp.RED else f"{lamp}：{told}"


def coming(finding: Finding, as_of: dt.date, within: int = NEAR) -> int | None:
    """Days until a duty that is still open falls due, if they are so few."""
    left = days_left(finding, as_of) if finding.verdict is Verdict.PENDING else None
    return left if left is not None and left <= within else None


def _parts(one: CaseReport, as_of: dt.date, lamp: Lamp) -> Iterator[str]:
    """What the lamp says itself, then what stands behind it."""
    near = sum(coming(shown.finding, as_of, SOON) is not None for shown in one.shown)
    later = sum(coming(shown.finding, as_of) is not None for shown in one.shown) - near
    yield _counts(one, *(verdict for verdict in GRAVEST_FIRST if verdict.is_violation))
    yield f"{SOON}日内届满 {near}" if near else ""
    yield _counts(one, Verdict.UNDETERMINED, Verdict.REVIEW)
    yield "未见不符" if lamp is Lamp.GREEN else ""
    yield f"{NEAR}日内届满 {later}" if later else ""


def _counts(one: CaseReport, *verdicts: Verdict) -> str:
    return "，".join(
        f"{VERDICT_NAMES[verdict]} {one.verdicts[verdict]}" for verdict in verdicts if one.verdicts[verdict]
    )
