"""What two rule sets say of one case, as far as some norms are concerned."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import Final, NamedTuple, TypeAlias

from checker.calendars.calendar import Calendar
from checker.drafting.seeking.candidates import Candidate
from checker.engines.ground.program import Program
from checker.engines.run import evaluate, prepare
from checker.model.finding import Finding
from checker.model.linking import limited
from checker.model.norm import RuleSet

COMPARED: Final = ("verdict", "due", "breached_on", "fulfilled_by", "days", "category", "severity", "bearer")
"""What of a finding must be the same, besides that there is one."""

Findings: TypeAlias = tuple[Finding, ...]
Tells: TypeAlias = Callable[[Candidate, Findings, Findings], bool]
"""Whether the findings of the old and the new rules on a candidate differ in the way that is sought."""


class Half(NamedTuple):
    """One rule set, cut down to what the norms need."""

    program: Program
    ids: frozenset[str]

    def findings(self, candidate: Candidate) -> Findings | None:
        """The findings on these norms; None where the engine fails on the case."""
        try:
            found = evaluate(self.program, candidate.case, candidate.as_of)
        except OverflowError:
            return None
        return None if found.failure is not None else tuple(one for one in found.findings if one.norm in self.ids)


def half(rules: RuleSet, ids: Collection[str], calendar: Calendar) -> Half:
    """Made ready for any number of candidates; norms that the rule set lacks have no findings."""
    known = {norm.id for norm in rules.norms}
    return Half(prepare(limited(rules, [one for one in ids if one in known]), calendar), frozenset(ids))


def differs(candidate: Candidate, before: Findings, after: Findings) -> bool:  # noqa: ARG001 - one of the Tells
    """Whether the findings are not the same ones."""
    return _seen(before) != _seen(after)


def change_of(before: Findings, after: Findings) -> Counter[tuple[str, str, str]]:
    """What changes, roughly: norm, verdict there was, verdict there is; a smaller case should still show that."""
    old, new = {(f.norm, f.anchor): f for f in before}, {(f.norm, f.anchor): f for f in after}
    return Counter(
        (key[0], _verdict(old.get(key)), _verdict(new.get(key)))
        for key in sorted(old.keys() | new.keys())
        if _shown(old.get(key)) != _shown(new.get(key))
    )


def due_days(findings: Sequence[Finding]) -> list[dt.date]:
    """The last days in the findings, each once, in order."""
    days = [one.due.date() if isinstance(one.due, dt.datetime) else one.due for one in findings if one.due is not None]
    return sorted(set(days))


def _verdict(finding: Finding | None) -> str:
    return "" if finding is None else finding.verdict.value


def _shown(finding: Finding | None) -> tuple[object, ...]:
    return () if finding is None else tuple(getattr(finding, key) for key in COMPARED)


def _seen(findings: Findings) -> Counter[tuple[object, ...]]:
    return Counter((one.norm, one.anchor, *_shown(one)) for one in findings)
