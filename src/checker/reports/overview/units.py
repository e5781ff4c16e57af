"""Who owes what: the instances of a run by handling unit, with the lamp of each."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from checker.model.finding import Verdict
from checker.reports.content import CaseReport
from checker.reports.overview.lamps import Lamp, brightest, lamp_of

SETTLED = (Verdict.MET, Verdict.EXEMPT)


class Unit(NamedTuple):
    """A handling unit; ``name`` None: the norm or the record names nobody.

    ``soon`` are the pending instances that light yellow, ``later`` the others; all six numbers add up to its instances.
    """

    name: str | None
    lamp: Lamp
    cases: int
    violations: int
    soon: int
    undetermined: int
    review: int
    later: int
    settled: int


def units_of(reports: Iterable[CaseReport], as_of: dt.date) -> tuple[Unit, ...]:
    """Every unit by name; who is not named comes last."""
    verdicts: dict[str | None, Counter[Verdict]] = {}
    soon: Counter[str | None] = Counter()
    cases: Counter[str | None] = Counter()
    for report in reports:
        cases.update({name for name, _ in report.owed})
        for (name, verdict), count in report.owed.items():
            verdicts.setdefault(name, Counter())[verdict] += count
        for shown in report.shown:
            soon[shown.finding.bearer] += lamp_of(shown.finding, as_of) is Lamp.YELLOW
    found = [_unit(name, counts, cases[name], soon[name]) for name, counts in verdicts.items()]
    return tuple(sorted(found, key=lambda one: (one.name is None, one.name or "")))


def total_of(units: Sequence[Unit]) -> tuple[int, ...]:
    """The sums of the six numbers."""
    rows = [(one.violations, one.soon, one.undetermined, one.review, one.later, one.settled) for one in units]
    return tuple(map(sum, zip(*rows, strict=True)))


def _unit(name: str | None, counts: Counter[Verdict], cases: int, soon: int) -> Unit:
    violations = sum(count for verdict, count in counts.items() if verdict.is_violation)
    undetermined, review = counts[Verdict.UNDETERMINED], counts[Verdict.REVIEW]
    lit = [
        (Lamp.RED, violations),
        (Lamp.YELLOW, soon),
        (Lamp.GREY, undetermined + review),
    ]
    return Unit(
        name,
        brightest(lamp for lamp, count in lit if count),
        cases,
        violations,
        soon,
        undetermined,
        review,
        counts[Verdict.PENDING] - soon,
        sum(counts[verdict] for verdict in SETTLED),
    )
