"""Duties that can be overdue on the day they arise: the last day may lie before the anchor."""

import datetime as dt
from collections.abc import Iterator
from itertools import islice
from typing import Final

from checker.drafting.analysis.desk import Desk
from checker.drafting.analysis.doubt import ask
from checker.drafting.analysis.logic.values import type_of
from checker.drafting.analysis.openings import here, opening
from checker.drafting.analysis.results import Result, named
from checker.drafting.analysis.showing import replayed, shown
from checker.drafting.analysis.worlds.acting import ROOT, Actor
from checker.drafting.analysis.worlds.stating import Spot, declared, restated
from checker.drafting.analysis.worlds.trying import Tried, first_found, settled
from checker.drafting.analysis.worlds.world import World
from checker.drafting.answers import Undecided, Witness
from checker.drafting.proof.claims import DueBeforeAnchor
from checker.model import expressions as x
from checker.model import requirements as r
from checker.model.dependencies import parts_of
from checker.model.norm import Norm, OnEvent
from checker.model.values import Unit

NAME: Final = "early-deadline"
TITLE: Final = "期限早于触发"
IS_GRAVE: Final = True
_EARLY: Final = (-30, -1, 2, -4000)
"""Days from the anchor on which a stated date may fall."""
_BACK: Final = (40, 400, 1500)
"""Days before it on which the period of another norm may have begun."""


def look(desk: Desk) -> Iterator[Result]:
    """Only where the last day is stated or another norm's can it come first; there a case, or the prover."""
    for position, norm in desk.mine():
        window = norm.requirement.window if isinstance(norm.requirement, r.Occur | r.Deem) else None
        if window is None or not isinstance(norm.anchor, OnEvent) or not _is_loose(desk, window):
            continue
        found = _case(desk, position)
        if found is not None:
            claim = f"「{norm.id}」的期限可能在触发之前就已经届满，一触发就已经逾期。"
            case = shown(desk, found, [position], "期限的最后一日早于触发之日")
            yield Result(kind=NAME, norms=named(norm), claim=claim, shown=(case,))
        elif not _follows(desk, norm, window):
            yield from _asked(desk, position, norm)


def _is_loose(desk: Desk, window: r.Window) -> bool:
    """Whether a date that is stated, or that is another norm's, bounds the window."""
    if isinstance(window, r.UntilClose | r.InPeriod):
        return False
    stated = [part for part in parts_of(window) if isinstance(part, x.Attribute)]
    dates = [one for one in stated if (kind := type_of(one, desk.rules.vocabulary)) is None or kind.name != "期间"]
    return bool(dates) or any(isinstance(part, r.UntilExpiry | x.Expiry) for part in parts_of(window))


def _case(desk: Desk, position: int) -> Tried | None:
    actor = Actor(desk, position)

    def early(one: Tried) -> bool:
        return any(
            instance.timing is not None
            and instance.timing.due is not None
            and instance.anchor.day is not None
            and instance.anchor.certain
            and instance.timing.due.day < instance.anchor.day
            and finding.verdict.is_violation
            for finding, instance in one.of(position)
        )

    return first_found(_worlds(actor), lambda world: settled(desk, world, [position]), early)


def _worlds(actor: Actor) -> Iterator[World]:
    window = actor.norm.requirement.window  # type: ignore[union-attr]
    dates = [p for p in parts_of(window) if isinstance(p, x.Attribute)]
    running = [p.norm for p in parts_of(window) if isinstance(p, x.Expiry | r.UntilExpiry)]
    for world in islice(actor.undefeated(), 8):
        for early in _EARLY:
            yield from (_dated(actor, one, dates, early) for one in islice(actor.unkept(world), 2))
        for norm in running:
            yield from (
                late for one in islice(_waiting(actor, world, norm), 6) for late in islice(actor.unkept(one), 2)
            )


def _dated(actor: Actor, world: World, dates: list[x.Attribute], early: int) -> World:
    for one in dates:
        spot = Spot(ROOT, one.name)
        kind = declared(spot, world, actor.builder.vocabulary)
        if kind is None or kind.name != "日期":
            continue
        day = world.date_of(world.event(ROOT).day) + dt.timedelta(days=early)
        world = restated(world, spot, day)
    return world


def _waiting(actor: Actor, world: World, norm: str) -> Iterator[World]:
    for one in actor.desk.rules.norms:
        if one.id == norm and isinstance(one.anchor, OnEvent):
            for name in actor.builder.earlier(world, one.anchor.pattern, ROOT):
                made = world.event(name)
                yield from (world.changed(made._replace(day=made.day - back)) for back in _BACK)
            for grown, name in islice(actor.builder.make(world, one.anchor.pattern, ROOT), 3):
                made = grown.event(name)
                for back in _BACK:
                    yield grown.changed(made._replace(day=made.day - back))


def _follows(desk: Desk, norm: Norm, window: r.Window) -> bool:
    """Whether the conditions of the anchor keep the last day behind it."""
    if isinstance(window, r.Within) and isinstance(window.period, r.UntilExpiry):
        return _begins_with(desk, norm, window.period.norm)
    limit = _limit(window)
    if limit is None:
        return False
    base, ahead = limit
    own = x.DateOf(of=x.SelfEvent())
    least: x.Expression = own if ahead is None else x.Shift(base=own, period=ahead.period, backward=False)
    wanted = x.Compare.model_validate({"op": "ge", "left": base, "right": least})
    return desk.reasoning.implies(opening(norm), here(wanted))


def _begins_with(desk: Desk, norm: Norm, other: str) -> bool:
    """Whether the same event opens the other norm's period, which runs on from there."""
    assert isinstance(norm.anchor, OnEvent)
    for position in desk.versions.get(other, ()):
        one = desk.rules.norms[position]
        window = one.requirement.window if isinstance(one.requirement, r.Occur | r.Deem) else None
        if not isinstance(one.anchor, OnEvent) or not isinstance(window, r.Within) or _is_loose(desk, window):
            return False
        same = desk.reasoning.narrower(norm.anchor.pattern, one.anchor.pattern)
        if not same or not desk.reasoning.implies(opening(norm), one.applies):
            return False
    return True


def _limit(window: r.Window) -> tuple[x.Expression, x.Shift | None] | None:
    """A stated date, and how far before it the last day lies."""
    match window:
        case r.Within(start=r.AtDate(attribute=attribute), period=r.Fixed()):
            return attribute, None
        case r.Within(period=r.FromAttribute(attribute=attribute)):
            return attribute, None
        case r.By(limit=x.Shift(backward=True) as limit):
            is_plain = all(part.unit is Unit.DAY for part in limit.period.parts)
            return (limit.base, limit) if is_plain else None
        case r.By(limit=limit) | r.During(last=limit):
            return (limit.base, None) if isinstance(limit, x.Shift) else (limit, None)
        case _:
            return None


def _asked(desk: Desk, position: int, norm: Norm) -> Iterator[Result]:
    answer = ask(desk, DueBeforeAnchor(norm=norm.id))
    match answer:
        case Undecided(reason=reason):
            claim = f"没有找到「{norm.id}」的期限早于触发的案件，也没有证明没有。"
            yield Result(kind=NAME, norms=named(norm), claim=claim, open=reason)
        case Witness(case=case, as_of=as_of):
            claim = f"「{norm.id}」的期限可能在触发之前就已经届满，一触发就已经逾期。"
            cases = (replayed(desk, case, as_of, [position], "期限的最后一日早于触发之日"),)
            yield Result(kind=NAME, norms=named(norm), claim=claim, shown=cases)
        case _:
            return
