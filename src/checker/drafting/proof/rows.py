"""What the findings of a norm at one anchor say, compared between two rule sets, as formulas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from checker.drafting.proof import terms as t
from checker.drafting.proof.instance import Acted, Instance, Timing
from checker.drafting.proof.terms import Bool, Day
from checker.drafting.proof.world import Ev, Options, merged
from checker.model import requirements as r
from checker.model.finding import Verdict


class Pair(NamedTuple):
    """One instance of either rule set at one anchor."""

    old: Instance
    new: Instance


def differing(old: Sequence[Instance], new: Sequence[Instance]) -> Bool:
    """Whether, at one anchor, a finding is there in one rule set only, or says something else in the other.

    Of several versions one is in force; instances at different acts of one event exclude each other.
    """
    presence = t.differ(_listed(old), _listed(new))
    pairs = (Pair(one, other) for one in old for other in new if one.spot.act == other.spot.act)
    return t.disj(presence, *(t.conj(p.old.listed, p.new.listed, _fields(p)) for p in pairs))


def _listed(instances: Iterable[Instance]) -> Bool:
    return t.disj(*(one.listed for one in instances))


def _fields(pair: Pair) -> Bool:
    old, new = pair
    verdicts = dict.fromkeys((*old.verdicts, *new.verdicts))
    return t.disj(
        *(t.differ(old.is_(v), new.is_(v)) for v in verdicts),
        _dues(old.timing, new.timing),
        _breaches(pair),
        _remaining(pair),
        _fulfilments(pair),
        t.conj(old.violated, old.norm.breach != new.norm.breach),
        _bearers(pair),
    )


def _dues(old: Timing | None, new: Timing | None) -> Bool:
    if old is None or new is None:
        return False if old is new else (old or new).timed  # type: ignore[union-attr]
    there = t.differ(old.timed, new.timed)
    if old.timed is False or new.timed is False:
        return there
    if old.due.is_one(new.due):
        return there
    apart = t.disj(t.neg(t.same(old.due.day, new.due.day)), _unlike(old.due.hour, new.due.hour))
    return t.disj(there, t.conj(old.timed, apart))


def _breaches(pair: Pair) -> Bool:
    """The dates of breach; those of windows follow from the due dates."""
    old, new = pair
    there = t.differ(old.is_breached, new.is_breached)
    if old.timing is not None and new.timing is not None:
        return there
    both = t.conj(old.is_breached, new.is_breached)
    return there if both is False else t.disj(there, t.conj(both, t.neg(t.same(old.breached_on, new.breached_on))))


def _remaining(pair: Pair) -> Bool:
    """The days left while a period is stopped; all other numbers of days follow from dates compared elsewhere."""
    old, new = pair
    if old.timing is None or new.timing is None:
        return False
    both = t.conj(old.timing.stopped, new.timing.stopped, old.is_(Verdict.PENDING))
    if both is False:
        return False
    return t.conj(both, t.neg(t.same(old.timing.remaining(), new.timing.remaining())))


def _fulfilments(pair: Pair) -> Bool:
    """Which event is cited, and on which day it counts."""
    old, new = pair
    mine, its = cited(old), cited(new)
    fulfilled = t.disj(old.is_(Verdict.MET), old.is_(Verdict.LATE))
    apart = [t.differ(mine.get(e, _NOBODY)[0], its.get(e, _NOBODY)[0]) for e in dict.fromkeys((*mine, *its))]
    late = [
        t.conj(guard, t.neg(t.same(day, its[event][1])))
        for event, (guard, day) in mine.items()
        if event in its and not t.is_one(day, its[event][1])
    ]
    return t.disj(t.conj(fulfilled, t.disj(*apart)), t.conj(old.is_(Verdict.LATE), t.disj(*late)))


_NOBODY: tuple[Bool, Day] = (False, t.day(0))


def cited(one: Instance) -> dict[Ev, tuple[Bool, Day]]:
    """The events that a met or late finding may cite, each with whether it does and the day it counts on."""
    acted: Acted | None = one.acted
    if acted is None:
        return {}
    timely = acted.timely if isinstance(one.norm.requirement, r.Deem) else True
    rows = ((event, t.conj(timely, guard), day) for event, guard, day in acted.chosen)
    return {event: (guard, day) for event, guard, day in rows if guard is not False}


def _bearers(pair: Pair) -> Bool:
    old, new = pair
    if _names_alike(old, new):
        return False
    return _unlike(old.bearer(), new.bearer())


def _unlike(old: Options, new: Options) -> Bool:
    """Whether two values differ."""
    mine, its = (dict(_by_value(one)) for one in (old, new))
    values = dict.fromkeys((*mine, *its))
    return t.disj(*(t.differ(mine.get(v, False), its.get(v, False)) for v in values))


def _by_value(options: Options) -> list[tuple[Any, Bool]]:
    return [(value, guard) for guard, value in merged(options)]


def _names_alike(old: Instance, new: Instance) -> bool:
    """Whether both name the bearer in the same way: no formula is needed then."""
    mine, its = old.norm.requirement, new.norm.requirement
    if not isinstance(mine, r.Occur | r.Deem) and not isinstance(its, r.Occur | r.Deem):
        return True
    return isinstance(mine, r.Occur) and isinstance(its, r.Occur) and _actor(mine) == _actor(its)


def _actor(requirement: r.Occur) -> object:
    return next((p.actor for group in requirement.groups for p in group if p.actor is not None), None)
