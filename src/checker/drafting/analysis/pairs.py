"""Two duties opened by one act, each of which can be fulfilled, but not both: limits let only one of them be done."""

from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from checker.drafting.analysis.desk import Desk
from checker.drafting.analysis.hopeless import reasons
from checker.drafting.analysis.lawful import Lawful, Search
from checker.drafting.analysis.modes import acts_of, limits_on
from checker.drafting.analysis.openings import opening
from checker.drafting.analysis.worlds.acting import ROOT, Actor
from checker.drafting.analysis.worlds.world import World
from checker.model import requirements as r
from checker.model.dependencies import parts_of
from checker.model.expressions import Pattern
from checker.model.norm import Norm, OnEvent

_FEW: Final = 3
_DAYS: Final = 4
_STARTS: Final = 40


class Pair(NamedTuple):
    """Two duties that exclude each other; ``alone`` are cases in which one of them is fulfilled lawfully."""

    first: int
    second: int
    together: Search
    alone: tuple[Search, ...]


def exclusive_pairs(desk: Desk) -> Iterator[Pair]:
    """Only those whose limits speak of each other's acts can exclude each other."""
    for position, norm in desk.mine():
        if not _is_duty(norm) or next(reasons(desk, norm), None) is not None:
            continue
        for other in _partners(desk, position, norm):
            pair = _tried(desk, position, other)
            if pair is not None:
                yield pair


def _is_duty(norm: Norm) -> bool:
    return isinstance(norm.requirement, r.Occur) and isinstance(norm.anchor, OnEvent)


def _partners(desk: Desk, position: int, norm: Norm) -> Iterator[int]:
    assert isinstance(norm.anchor, OnEvent)
    assert isinstance(norm.requirement, r.Occur)
    mentioned = {act for p in limits_on(desk, norm.requirement.groups) for act in _mentioned(desk.rules.norms[p])}
    for other in sorted({p for act in norm.anchor.pattern.acts for p in desk.by_act[act] if p > position}):
        second = desk.rules.norms[other]
        if not _is_duty(second) or next(reasons(desk, second), None) is not None:
            continue
        assert isinstance(second.anchor, OnEvent)
        assert isinstance(second.requirement, r.Occur)
        if (
            mentioned & set(acts_of(second.requirement.groups))
            and desk.reasoning.may_meet(norm.anchor.pattern, second.anchor.pattern)
            and not desk.reasoning.never(*opening(norm), *opening(second))
        ):
            yield other


def _mentioned(norm: Norm) -> set[str]:
    """The acts that a limit looks back at."""
    return {act for part in parts_of(norm.requirement) if isinstance(part, Pattern) for act in part.acts}


def _tried(desk: Desk, first: int, second: int) -> Pair | None:
    world = next(_opened(desk, first, second), None)
    if world is None:
        return None
    alone = tuple(Lawful(desk, [p]).search(islice(_done(desk, world, (p,)), _STARTS)) for p in (first, second))
    if any(one.kept is None for one in alone):
        return None
    lawful = Lawful(desk, [first, second])
    starts = list(islice(_done(desk, world, (first, second)), _STARTS + 1))
    lawful.is_whole = len(starts) <= _STARTS
    found = lawful.search(starts[:_STARTS])
    met = [one for one in found.offences if one.is_met]
    return Pair(first, second, found, alone) if found.kept is None and met else None


def _opened(desk: Desk, first: int, second: int) -> Iterator[World]:
    """Cases in which one event opens both."""
    other = desk.rules.norms[second]
    assert isinstance(other.anchor, OnEvent)
    actor = Actor(desk, second)
    for world in islice(Actor(desk, first).undefeated(), _FEW):
        for fitted in islice(actor.builder.fit(world, other.anchor.pattern, ROOT), _FEW):
            actor.builder.root = ROOT
            applies = other.applies
            yield from [fitted] if applies is None else actor.builder.satisfy(fitted, applies, True, None)


def _done(desk: Desk, world: World, positions: tuple[int, ...]) -> Iterator[tuple[World, set[int]]]:
    """The case with the duties fulfilled one after the other, on one day or another."""
    before = {made.name for made in world.events}
    for done in _each_done(desk, world, positions):
        yield done, {made.name for made in done.events} - before


def _each_done(desk: Desk, world: World, positions: tuple[int, ...]) -> Iterator[World]:
    if not positions:
        yield world
        return
    actor = Actor(desk, positions[0])
    actor.builder.root = ROOT
    requirement = actor.norm.requirement
    assert isinstance(requirement, r.Occur)
    for started in islice(actor.started(world), 2):
        for day in dict.fromkeys((*actor.days(started)[:_DAYS], world.last_day + 1)):
            for done in islice(actor.done(started, requirement.groups, day), _FEW):
                yield from _each_done(desk, done, positions[1:])
