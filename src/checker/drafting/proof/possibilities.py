"""Whether a case exists in which a claim about norms holds."""

from __future__ import annotations

import time
from collections.abc import Iterable

from checker.calendars.calendar import Calendar
from checker.drafting.answers import Answer, Bound, Proved, Undecided, Witness
from checker.drafting.proof import terms as t
from checker.drafting.proof.claims import (
    BothKept,
    Claim,
    ClauseMatters,
    DoubleBind,
    DueBeforeAnchor,
    Reaches,
    Unimplied,
)
from checker.drafting.proof.cone import cone_of
from checker.drafting.proof.differences import bounds, differing, sizes
from checker.drafting.proof.evaluating import Evaluation
from checker.drafting.proof.instance import Instance
from checker.drafting.proof.replaying import replayed
from checker.drafting.proof.scenarios import bound_twice
from checker.drafting.proof.solving import find
from checker.drafting.proof.terms import Bool
from checker.drafting.proof.universe import universe_of
from checker.drafting.proof.unsupported import OutOfTime, Unsupported
from checker.drafting.proof.world import World
from checker.model.finding import Verdict
from checker.model.norm import Norm, RuleSet

Plain = Reaches | Unimplied | BothKept | DueBeforeAnchor


def possible(rules: RuleSet, claim: Claim, bound: Bound, calendar: Calendar) -> Answer:
    """See :func:`checker.drafting.proof.asking.possible`."""
    match claim:
        case ClauseMatters():
            return differing(rules, _without(rules, claim), claim.norm, bound, calendar)
        case DoubleBind():
            return bound_twice(rules, claim, bound, calendar).answer
        case _:
            return _found(rules, claim, bound, calendar)


def _found(rules: RuleSet, claim: Plain, bound: Bound, calendar: Calendar) -> Answer:
    norms = _norms(claim)
    cone = cone_of(rules, norms)
    deadline = time.process_time() + bound.seconds
    try:
        universe = universe_of(cone)
        for one in bounds(cone, cone, norms, bound, universe):
            for size in sizes(universe, one):
                world = World(universe, one, size)
                evaluation = Evaluation(cone, world, calendar, deadline)
                asked = _asked(evaluation, claim)
                model = None if asked is False else find(world, [asked], deadline)
                if model is not None:
                    return Witness(case=replayed(model, [evaluation], calendar, "例证"), as_of=model.as_of)
    except OutOfTime:
        return Undecided(reason="超时")
    except Unsupported as unsupported:
        return Undecided(reason=f"不支持的形式：{unsupported.form}")
    return Proved(bound=bound)


def _norms(claim: Plain) -> tuple[str, ...]:
    match claim:
        case Reaches() | DueBeforeAnchor():
            return (claim.norm,)
        case Unimplied():
            return (claim.weaker, claim.stronger)
        case BothKept():
            return (claim.one, claim.other)


def _asked(evaluation: Evaluation, claim: Plain) -> Bool:
    of = evaluation.past.of
    match claim:
        case Reaches():
            mine = [one for one in of(claim.norm) if claim.version in (None, one.norm.version)]
            return t.disj(*(one.is_(verdict) for one in mine for verdict in claim.verdicts))
        case DueBeforeAnchor():
            return t.disj(*(_is_early(one) for one in of(claim.norm)))
        case Unimplied():
            return t.conj(_violated(of(claim.weaker)), t.neg(_violated(of(claim.stronger))))
        case BothKept():
            both = (of(claim.one), of(claim.other))
            met = (t.disj(*(one.is_(Verdict.MET) for one in instances)) for instances in both)
            return t.conj(*met, *(t.neg(_violated(instances)) for instances in both))


def _violated(instances: Iterable[Instance]) -> Bool:
    return t.disj(*(one.violated for one in instances))


def _is_early(one: Instance) -> Bool:
    if one.timing is None or one.timing.timed is False:
        return False
    return t.conj(one.listed, one.timing.timed, t.lt(one.timing.due.day, one.spot.day))


def _without(rules: RuleSet, claim: ClauseMatters) -> RuleSet:
    return rules.model_copy(update={"norms": tuple(_dropped(norm, claim) for norm in rules.norms)})


def _dropped(norm: Norm, claim: ClauseMatters) -> Norm:
    if (norm.id, norm.version) != (claim.norm, claim.version):
        return norm
    kept = (clause for number, clause in enumerate(norm.exceptions) if number != claim.position)
    return norm.model_copy(update={"exceptions": tuple(kept)})
