"""Exceptions that change no finding: reasons in the words, and cases in which a clause acts."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from checker.calendars.amount import amount_of
from checker.drafting.analysis.desk import Desk
from checker.drafting.analysis.openings import effective, opening, seen_by_exceptions
from checker.drafting.analysis.worlds.acting import ROOT, Actor
from checker.drafting.analysis.worlds.world import World
from checker.model import expressions as x
from checker.model import requirements as r
from checker.model.norm import Norm, OnEvent
from checker.model.values import Period, Unit

_FEW: Final = 6
_GAPS: Final = (3, 20)
_SHIFTS: Final = (0, 2, 1, 3, 4, 5, 6)
"""Days by which a case is moved, so that a last day falls on a rest day."""


def idle(desk: Desk, norm: Norm, place: int) -> str | None:
    """Why the clause never changes anything; None where no reason is seen."""
    clause = norm.exceptions[place]
    return _never_true(desk, norm, clause) or _covered(desk, norm, place) or _without_effect(norm, clause)


def _never_true(desk: Desk, norm: Norm, clause: r.ExceptionClause) -> str | None:
    never = desk.reasoning.never
    hopeless = "它的条件没有一种情形能成立"
    match clause:
        case r.Extend(grant=x.Pattern() as grant):
            return hopeless if never(grant.where) or never(clause.when) else None
        case r.Exclude(start=pattern) | r.Restart(at=pattern):
            return hopeless if never(pattern.where) else None
        case r.Exclude() | r.Restart():
            return None
        case _:
            given = (*opening(norm), *seen_by_exceptions(norm))
            if never(*effective(clause)):
                return hopeless
            return "它的条件与触发的条件不能同时成立" if never(*given, *effective(clause)) else None


def _covered(desk: Desk, norm: Norm, place: int) -> str | None:
    """Whether earlier clauses of the same effect take everything from it."""
    clause = norm.exceptions[place]
    if not isinstance(clause, r.Defeat | r.Replace):
        return None
    earlier = [one for one in norm.exceptions[:place] if isinstance(one, type(clause))]
    if isinstance(clause, r.Defeat):
        earlier = [one for one in earlier if isinstance(one, r.Defeat) and one.afterwards >= clause.afterwards]
    if not earlier:
        return None
    missed = [x.Not(of=x.All(of=effective(one))) for one in earlier]
    given = (*opening(norm), *seen_by_exceptions(norm), *effective(clause))
    return "合于它的情形，前面的例外都已经包括" if desk.reasoning.never(*given, *missed) else None


def _without_effect(norm: Norm, clause: r.ExceptionClause) -> str | None:
    window = norm.requirement.window if isinstance(norm.requirement, r.Occur | r.Deem) else None
    base = window.period if isinstance(window, r.Within) else None
    match clause:
        case r.Extend(period=r.Fixed(period=period), total=total):
            if not _days(period) or clause.times == 0:
                return "延长的是零"
            return "延长的比累计的上限还长，一次也不能用" if total and _exceeds(period, total) else None
        case r.Replace(period=r.Fixed(period=period)) if isinstance(base, r.Fixed) and period == base.period:
            others = [one for one in norm.exceptions if isinstance(one, r.Replace)]
            return "换成的期限与原来的相同" if others[-1] is clause else None
        case r.NoRoll():
            return _no_roll(norm, base)
        case r.Exclude(cap=Period() as cap) if not _days(cap):
            return "不计入的以零为限"
        case _:
            return None


def _no_roll(norm: Norm, base: r.PeriodExpr | None) -> str | None:
    if not norm.counting.roll:
        return "末日本来就不顺延"
    replaced = any(isinstance(one, r.Replace | r.Extend) for one in norm.exceptions)
    if (
        isinstance(base, r.Fixed)
        and not replaced
        and any(p.unit in (Unit.WORKDAY, Unit.HOUR) for p in base.period.parts)
    ):
        return "按工作日、小时计算的期间本来就不顺延"
    return None


def _days(period: Period) -> bool:
    return any(part.n for part in period.parts)


def _exceeds(one: Period, other: Period) -> bool:
    """Whether the one is longer in every calendar."""
    mine, most = amount_of(one), amount_of(other)
    return all(a >= b for a, b in zip(mine, most, strict=True)) and mine != most


# ------------------------------------------------------------------------------------------------------ cases for trial


def acted(desk: Desk, position: int, place: int) -> Iterator[World]:
    """Cases in which the clause may make a difference."""
    actor = Actor(desk, position)
    clause = actor.norm.exceptions[place]
    if not isinstance(clause, r.Exclude | r.Restart) and not isinstance(getattr(clause, "grant", None), x.Pattern):
        wanted = (*_clear(actor.norm, clause), *effective(clause))
        for world in islice(Actor(desk, position, wanted).opened(), _FEW):
            yield from _outcomes(actor, world, clause)
    cleared = Actor(desk, position, _clear(actor.norm, clause))
    for world in islice((one for some in (cleared, actor) for one in islice(some.opened(), _FEW)), 2 * _FEW):
        for met in islice(_met(actor, world, clause), 4 * _FEW):
            yield from _outcomes(actor, met, clause)


def _outcomes(actor: Actor, world: World, clause: r.ExceptionClause) -> Iterator[World]:
    if not isinstance(clause, r.Defeat):
        yield from (world._replace(base=world.date_of(days)) for days in _SHIFTS)
        return
    yield from islice(actor.unkept(world), _FEW)
    yield world
    yield from islice(actor.observed(world), 2)


def _met(actor: Actor, world: World, clause: r.ExceptionClause) -> Iterator[World]:
    """With the clause's condition true, or the events it meets there."""
    match clause:
        case r.Extend(grant=x.Pattern() as grant):
            for late in (1, 60):
                for grown, name in _added(actor, world, grant, late):
                    yield from islice(actor.builder.satisfy(grown, x.All(of=effective(clause)), True, name), _FEW)
        case r.Exclude(start=start, end=end):
            yield from _spans(actor, world, start, end)
        case r.Restart(at=at, origin=origin):
            yield from _spans(actor, world, at, origin)
        case _:
            yield from _true(actor, world, clause)


def _added(actor: Actor, world: World, pattern: x.Pattern, late: int) -> Iterator[tuple[World, int]]:
    for started in islice(actor.started(world), 2):
        yield from islice(actor.builder.make_on(started, pattern, started.last_day + late), _FEW)


def _spans(actor: Actor, world: World, start: x.Pattern, end: x.Pattern | None) -> Iterator[World]:
    for grown, _ in _added(actor, world, start, 2):
        yield grown
        if end is None:
            continue
        for gap in _GAPS:
            yield from (w for w, _ in islice(actor.builder.make_on(grown, end, grown.last_day + gap), _FEW))


def _clear(norm: Norm, clause: r.ExceptionClause) -> tuple[x.Condition, ...]:
    """Nothing else takes the norm away."""
    others = [one for one in norm.exceptions if isinstance(one, r.Defeat) and one is not clause]
    return tuple(x.Not(of=x.All(of=effective(one))) for one in others)


def _true(actor: Actor, world: World, clause: r.Defeat | r.Replace | r.NoRoll | r.Extend) -> Iterator[World]:
    """The condition true at the anchor, or in what follows it; first with nothing else that takes the norm away."""
    clear = _clear(actor.norm, clause)
    at = ROOT if isinstance(actor.norm.anchor, OnEvent) else None
    for wanted in (x.All(of=(*effective(clause), *clear)), x.All(of=effective(clause))):
        for where in dict.fromkeys((at, None)):
            yield from islice(actor.builder.satisfy(actor.behind(world), wanted, True, where), 2 * _FEW)
