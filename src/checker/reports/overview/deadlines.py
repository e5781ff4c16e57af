"""Duties that fall due soon, by who owes them."""

import datetime as dt
from collections.abc import Iterable
from typing import Final, NamedTuple

from checker.explain.values import moment_text
from checker.model.case import Case
from checker.model.finding import Finding, Verdict
from checker.reports.content import CaseReport
from checker.reports.overview.lamps import days_left

LIMITS: Final = (7, 15, 30)
"""Days of the lists; what is further off is counted."""
MOST: Final = 300
"""Deadlines of one list that are written out."""


class Deadline(NamedTuple):
    """One duty with so many days left."""

    unit: str | None
    case: Case
    finding: Finding
    left: int

    @property
    def due(self) -> str:
        """The last day as it is written."""
        return "" if self.finding.due is None else moment_text(self.finding.due)


class Term(NamedTuple):
    """One list: deadlines ``first`` to ``last`` days off, by unit and date; ``left_out`` are later than these."""

    first: int
    last: int
    deadlines: tuple[Deadline, ...]
    left_out: int


class Coming(NamedTuple):
    """All that is pending: the lists, how many are further off, how many have no last day yet; and these by unit.

    A row of ``units`` has the unit and a number for each list, for further off, and for no day yet.
    """

    terms: tuple[Term, ...]
    further: int
    open: int
    units: tuple[tuple[str | None, tuple[int, ...]], ...]

    @property
    def total(self) -> int:
        """All pending findings."""
        return sum(sum(counts) for _, counts in self.units)


def coming(reports: Iterable[CaseReport], as_of: dt.date) -> Coming:
    """What is pending in a run."""
    slots: list[list[Deadline]] = [[] for _ in LIMITS]
    units: dict[str | None, list[int]] = {}
    for report in reports:
        for shown in report.shown:
            finding = shown.finding
            if finding.verdict is not Verdict.PENDING:
                continue
            left = days_left(finding, as_of)
            slot = _slot(left)
            units.setdefault(finding.bearer, [0] * (len(LIMITS) + 2))[slot] += 1
            if left is not None and slot < len(LIMITS):
                slots[slot].append(Deadline(finding.bearer, report.case, finding, left))
    rows = tuple((unit, tuple(counts)) for unit, counts in sorted(units.items(), key=lambda item: _by_name(item[0])))
    far = [sum(counts[n] for _, counts in rows) for n in (len(LIMITS), len(LIMITS) + 1)]
    return Coming(tuple(_term(n, found) for n, found in enumerate(slots)), far[0], far[1], rows)


def _slot(left: int | None) -> int:
    if left is None:
        return len(LIMITS) + 1
    return next((n for n, limit in enumerate(LIMITS) if left <= limit), len(LIMITS))


def _term(n: int, found: list[Deadline]) -> Term:
    nearest = sorted(found, key=lambda one: one.left)[:MOST]
    nearest.sort(key=lambda one: (*_by_name(one.unit), one.left))
    first = 0 if n == 0 else LIMITS[n - 1] + 1
    return Term(first, LIMITS[n], tuple(nearest), len(found) - len(nearest))


def _by_name(unit: str | None) -> tuple[bool, str]:
    """Nobody named comes last."""
    return unit is None, unit or ""
