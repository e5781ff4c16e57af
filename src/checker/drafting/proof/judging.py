"""From what is known of an instance to its verdict: the truth tables as formulas (semantics §5, §10)."""

from __future__ import annotations

from collections.abc import Mapping

from checker.drafting.proof import terms as t
from checker.drafting.proof.instance import VIOLATIONS, Instance
from checker.drafting.proof.terms import Bool, Day
from checker.model import requirements as r
from checker.model.finding import Verdict

_OPEN = (Verdict.UNDETERMINED, Verdict.REVIEW)


def inner_of(one: Instance, as_of: Day) -> dict[Verdict, Bool]:
    """The verdict of the requirement alone."""
    if one.answer is not None:
        return {Verdict.MET: one.answer.yes, Verdict.BREACHED: one.answer.no, Verdict.REVIEW: one.answer.unknown}
    if one.timing is None:
        return {Verdict.MET: one.holds.yes, Verdict.BREACHED: one.holds.no, Verdict.UNDETERMINED: one.holds.unknown}
    timing, acted = one.timing, one.acted
    assert acted is not None
    reached = timing.due.reaches(as_of)
    running, passed = t.conj(timing.timed, reached), t.conj(timing.timed, t.neg(reached))
    unknown = timing.unknown
    waiting = t.conj(t.neg(acted.timely), t.disj(timing.idle, timing.stopped))
    found = {
        Verdict.MET: t.conj(t.neg(unknown), acted.timely),
        Verdict.PENDING: t.disj(waiting, t.conj(running, t.disj(acted.maybe, acted.none))),
        Verdict.UNDETERMINED: t.disj(unknown, t.conj(running, acted.late), t.conj(passed, acted.maybe)),
    }
    untimely = t.disj(acted.late, acted.none)
    if isinstance(one.norm.requirement, r.Deem):
        return found | {Verdict.MET: t.disj(found[Verdict.MET], t.conj(passed, untimely))}
    return found | {Verdict.LATE: t.conj(passed, acted.late), Verdict.OVERDUE: t.conj(passed, acted.none)}


def judge(one: Instance, as_of: Day) -> None:
    """Write the verdict of an instance, and whether and when it was breached."""
    inner = inner_of(one, as_of)
    anchor, maybe = one.anchored.yes, one.anchored.unknown
    exempt = t.disj(one.defeated.yes, one.prior.yes)
    free = t.neg(exempt)
    doubtful = t.conj(free, t.disj(one.defeated.unknown, one.prior.unknown))
    clear = t.conj(free, t.neg(doubtful))
    violation = t.disj(*(inner.get(verdict, False) for verdict in VIOLATIONS))
    review = inner.get(Verdict.REVIEW, False)
    stands = t.conj(clear, one.cured.no)
    cured, half_cured = t.conj(clear, violation, one.cured.yes), t.conj(clear, violation, one.cured.unknown)
    kept = {verdict: t.conj(anchor, stands, inner.get(verdict, False)) for verdict in VIOLATIONS}
    kept[Verdict.REVIEW] = t.conj(anchor, clear, review)
    for verdict, holds in inner.items():
        if verdict not in kept and verdict is not Verdict.UNDETERMINED:
            kept[verdict] = t.conj(anchor, free, holds)
    open_ = inner.get(Verdict.UNDETERMINED, False)
    undecided = t.disj(t.conj(doubtful, t.disj(violation, review)), half_cured, t.conj(free, open_))
    unanchored = t.conj(free, t.disj(open_, review, t.conj(violation, t.neg(cured))))
    kept[Verdict.UNDETERMINED] = t.disj(t.conj(anchor, undecided), t.conj(maybe, unanchored))
    kept[Verdict.EXEMPT] = t.conj(anchor, t.disj(exempt, cured))
    one.inner = inner
    one.verdicts = {verdict: holds for verdict, holds in kept.items() if holds is not False}
    _date(one, violation, cured)


def _date(one: Instance, violation: Bool, cured: Bool) -> None:
    one.is_breached = t.conj(violation, t.disj(one.violated, t.conj(one.anchored.yes, cured)))


def deems(one: Instance, as_of: Day) -> t.Kleene:
    """Whether what the norm deems happens, once the period has passed without the act."""
    timing, acted = one.timing, one.acted
    assert timing is not None
    assert acted is not None
    passed = t.conj(timing.timed, t.neg(timing.due.reaches(as_of)))
    silent = t.Kleene(t.conj(passed, t.disj(acted.late, acted.none)), t.conj(passed, t.neg(acted.timely)))
    return t.both(silent, one.anchored, t.opposite(t.any_of(one.defeated, one.prior)))


def is_answered(verdicts: Mapping[Verdict, Bool]) -> Bool:
    """Whether a person or the record has decided it."""
    return t.neg(t.disj(*(verdicts.get(verdict, False) for verdict in _OPEN)))
