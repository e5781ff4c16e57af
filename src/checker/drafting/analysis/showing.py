"""A case that was tried, cut down to what it shows."""

import datetime as dt
from collections.abc import Sequence

from checker.drafting.analysis.desk import Desk
from checker.drafting.analysis.results import Expected, Shown
from checker.drafting.analysis.worlds.trying import Tried
from checker.model.case import Case
from checker.model.finding import Finding


def shown(desk: Desk, found: Tried, positions: Sequence[int], says: str) -> Shown:
    """The case with the findings of the norms concerned, at the earliest date at which they are the same."""
    return replayed(desk, found.case, _earliest(desk, found, positions), positions, says)


def replayed(desk: Desk, case: Case, as_of: dt.date, positions: Sequence[int], says: str) -> Shown:
    """A case at a date with what the row evaluator finds of the norms concerned."""
    listed = desk.evaluation(case, as_of, positions)
    expect = tuple(
        Expected(norm=finding.norm, verdict=finding.verdict, anchor=finding.anchor)
        for finding, instance in zip(listed.findings, listed.instances, strict=True)
        if instance.position in positions
    )
    silent = {p for p in positions if not any(instance.position == p for instance in listed.instances)}
    nothing = tuple(Expected(norm=desk.rules.norms[p].id, verdict=None) for p in sorted(silent))
    return Shown(says=says, case=case, as_of=as_of, expect=expect + nothing)


def _earliest(desk: Desk, found: Tried, positions: Sequence[int]) -> dt.date:
    """The day after the last that matters, if the verdicts are the same then as much later."""
    days = [event.date for event in found.case.events if event.date is not None]
    wanted = list(_verdicts(found.evaluation.findings))
    for finding in found.evaluation.findings:
        due = finding.due.date() if isinstance(finding.due, dt.datetime) else finding.due
        days += [due + dt.timedelta(days=1)] if due is not None else []
    day = max(days, default=found.as_of)
    if day < found.as_of and list(_verdicts(desk.evaluation(found.case, day, positions).findings)) == wanted:
        return day
    return found.as_of


def _verdicts(findings: Sequence[Finding]) -> list[tuple[str, str, str]]:
    return [(finding.norm, finding.anchor, finding.verdict.value) for finding in findings]
