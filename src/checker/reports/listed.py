"""What of a whole run a format lists where it lists only what was asked for."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from checker.model.finding import GRAVEST_FIRST
from checker.model.naming import finding_ids
from checker.reports.content import CaseReport, RunReport, Shown


class Listed(NamedTuple):
    """A finding of a case with its stable id."""

    id: str
    case: CaseReport
    shown: Shown


def listed(report: RunReport, case: CaseReport) -> list[Listed]:
    """The findings of a case that the user asked for, gravest first; what is open beside them is left out."""
    found = [one for one in case.shown if one.finding.verdict.is_violation or not report.head.only_violations]
    return _named(case, found)


def all_listed(report: RunReport) -> Iterator[Listed]:
    """The same of all cases, in the order of the input."""
    for case in report.cases:
        yield from listed(report, case)


def pending(report: RunReport) -> list[Listed]:
    """Duties with a day before them, the nearest first, whatever is listed besides."""
    found = [
        one
        for case in report.cases
        for one in _named(case, [s for s in case.shown if s.finding.verdict.value == "pending" and s.finding.due])
    ]
    return sorted(found, key=lambda one: str(one.shown.finding.due))


def _named(case: CaseReport, found: Sequence[Shown]) -> list[Listed]:
    ids = finding_ids(case.case, (one.finding for one in found))
    pairs = [Listed(name, case, one) for name, one in zip(ids, found, strict=True)]
    return sorted(pairs, key=lambda one: GRAVEST_FIRST.index(one.shown.finding.verdict))
