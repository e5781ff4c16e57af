"""A case for a difference, if it can be had one on which a violation comes or goes: that is what a reader looks for."""

from collections.abc import Sequence

from checker.calendars.calendar import Calendar
from checker.drafting.answers import Answer, Bound, Proved, Witness
from checker.drafting.comparing.kinship import is_only_kin, kin_difference
from checker.drafting.differing import difference, proof
from checker.drafting.normal import is_same
from checker.drafting.seeking.candidates import Candidate
from checker.drafting.seeking.observing import Findings, half
from checker.drafting.seeking.pool import Pool
from checker.drafting.seeking.search import told
from checker.model.case import Fixture
from checker.model.norm import RuleSet


def telling_difference(
    old: RuleSet,
    new: RuleSet,
    norm: str,
    calendar: Calendar,
    seeds: Sequence[Fixture],
    bound: Bound,
    prove: bool,
) -> Answer:
    """As :func:`checker.drafting.differing.difference`; of two witnesses the one that tells more."""
    kin = kin_difference(old, new, norm, calendar, seeds)
    if kin is not None:
        return kin
    if is_only_kin(old, new, norm):
        return Proved() if is_same(old, new, norm) else proof(old, new, norm, bound, calendar, prove)
    answer = difference(old, new, norm, calendar, seeds, bound, prove)
    if not isinstance(answer, Witness):
        return answer
    pool, after = Pool(old, (new,), [norm], calendar, seeds), half(new, [norm], calendar)
    candidate = Candidate(answer.case, answer.as_of)
    sides = pool.old.findings(candidate), after.findings(candidate)
    if sides[0] is None or sides[1] is None or _violates(candidate, sides[0], sides[1]):
        return answer
    found = told(pool, after, _violates)
    return answer if found is None else Witness(case=found.case, as_of=found.as_of)


def _violates(candidate: Candidate, before: Findings, after: Findings) -> bool:  # noqa: ARG001 - one of the Tells
    """Whether some anchor has a violation on one side only."""
    return _violated(before) != _violated(after)


def _violated(findings: Findings) -> set[str]:
    return {one.anchor for one in findings if one.verdict.is_violation}
