"""What one run saw: which cases and norms it looked at, and what of it concerns a register."""

import datetime as dt
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

from checker.model.case import Case
from checker.model.diagnostic import DataError, Diagnostic
from checker.model.finding import GRAVEST_FIRST, Finding, Verdict
from checker.model.naming import identities, printed


class Basis(NamedTuple):
    """What a run rests on. ``norms`` are the ids of all norms that were asked."""

    as_of: dt.date
    version: str
    rules: str
    calendar: str
    norms: frozenset[str]


class Facts(NamedTuple):
    """What is kept of a finding: there may be many."""

    case: str
    norm: str
    version: str
    verdict: Verdict
    category: str | None
    severity: str | None
    bearer: str | None
    anchor: str
    due: str | None
    breached_on: str | None
    days: int | None


def facts_of(finding: Finding) -> Facts:
    """The same of a finding, dates as texts."""
    due, breached_on = finding.due, finding.breached_on
    return Facts(
        finding.case,
        finding.norm,
        finding.version,
        finding.verdict,
        finding.category,
        finding.severity,
        finding.bearer,
        finding.anchor,
        due.isoformat() if due is not None else None,
        breached_on.isoformat() if breached_on is not None else None,
        finding.days,
    )


class Sighting(NamedTuple):
    """A finding with what its id is made from."""

    identity: str
    finding: Facts


@dataclass(slots=True)
class Seen:
    """Filled case by case. Of findings that are no violations only those in ``known`` ids are kept.

    ``undated`` has (case, act) of events without a date. ``results`` is the digest of all
    findings of the run.
    """

    basis: Basis
    known: Collection[str] = frozenset()
    looked: set[str] = field(default_factory=set)
    left_out: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)
    sightings: dict[str, Sighting] = field(default_factory=dict)
    undated: set[tuple[str, str]] = field(default_factory=set)
    unread: int = 0
    results: str = ""

    def case(self, case: Case, findings: Sequence[Finding]) -> None:
        """A case that was concluded on, with all its findings."""
        self.looked.add(case.id)
        self.undated.update((case.id, event.act) for event in case.events if event.date is None)
        wanted = [f for f in findings if f.verdict.is_violation or self.known]
        for name, finding in zip(identities(case, wanted), wanted, strict=True):
            short = printed(name)
            if finding.verdict.is_violation or short in self.known:
                self._sight(short, Sighting(name, facts_of(finding)))

    def left(self, case_id: str | None) -> None:
        """A record that could not be read, with the id of its case where that is known."""
        self.unread += 1
        if case_id is not None:
            self.left_out.add(case_id)

    def _sight(self, short: str, sighting: Sighting) -> None:
        other = self.sightings.get(short)
        if other is None:
            self.sightings[short] = sighting
            return
        refuse_collision(short, other.identity, sighting.identity)
        # Two versions of a norm at one anchor are one matter: the graver counts, of equal ones the later version.
        if _rank(sighting.finding) <= _rank(other.finding):
            self.sightings[short] = sighting

    @property
    def key(self) -> str:
        """What tells this run from any that saw something else."""
        basis = self.basis
        parts = [str(basis.as_of), basis.version, basis.rules, basis.calendar, self.results, self.unread]
        sets = [sorted(of) for of in (self.looked, self.left_out, self.failed)]
        return sha256(json.dumps([parts, sets]).encode()).hexdigest()


def _rank(finding: Facts) -> int:
    return GRAVEST_FIRST.index(finding.verdict)


def refuse_collision(short: str, one: str, other: str) -> None:
    """DataError where one id would stand for two findings."""
    if one != other:
        message = f"编号 {short} 同时是两个事项：{one} 和 {other}"
        help_text = "把其中一件案件的编号改一个字，并报告给维护者"
        raise DataError((Diagnostic(code="id-collision", message=message, help=help_text, meanwhile="没有登记"),))
