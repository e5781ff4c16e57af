"""Days on which no version of a norm is in force, between two versions or before the pack ends."""

import datetime as dt
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import Final

from checker.drafting.analysis.desk import Desk
from checker.drafting.analysis.results import Expected, Result, Shown, named
from checker.drafting.analysis.showing import shown
from checker.drafting.analysis.worlds.acting import Actor
from checker.drafting.analysis.worlds.trying import settled, tried
from checker.drafting.analysis.worlds.world import World
from checker.model.finding import Verdict
from checker.model.norm import Norm

NAME: Final = "validity-gap"
TITLE: Final = "效力空档"
IS_GRAVE: Final = False
_DAY: Final = dt.timedelta(days=1)


def look(desk: Desk) -> Iterator[Result]:
    """Families in order of their versions."""
    for place, (norm, positions) in enumerate(desk.versions.items()):
        if desk.share.has(place):
            for one, other in pairwise(positions):
                yield from _between(desk, norm, one, other)


def _between(desk: Desk, norm: str, one: int, other: int) -> Iterator[Result]:
    first, second = desk.rules.norms[one], desk.rules.norms[other]
    end, start = first.valid.last, second.valid.first
    if end is None or start is None or start <= end + _DAY:
        return
    claim = f"「{norm}」自 {end + _DAY} 至 {start - _DAY} 没有有效的版本。"
    yield Result(kind=NAME, norms=named(first, second), claim=claim, shown=tuple(_cases(desk, one, (end, end + _DAY))))


def _cases(desk: Desk, position: int, days: tuple[dt.date, dt.date]) -> Iterator[Shown]:
    """The same case on the last day of the version, and on the day after."""
    norm = desk.rules.norms[position]
    for world in islice(Actor(desk, position).opened(days[0]), 8):
        for inside in settled(desk, _on(world, days[0]), [position]):
            if inside.verdicts(position) not in ([], [Verdict.UNDETERMINED]):
                yield shown(desk, inside, [position], f"{days[0]} 还有有效的版本")
                yield _silent(desk, norm, _on(inside.world, days[1]))
                return


def _on(world: World, day: dt.date) -> World:
    """The same case with the event at its root on a day."""
    first = world.events[0].day if world.events else 0
    return world._replace(base=day - dt.timedelta(days=first))


def _silent(desk: Desk, norm: Norm, world: World) -> Shown:
    found = tried(desk, world, desk.versions[norm.id])
    nothing = (Expected(norm=norm.id, verdict=None),)
    return Shown(says="次日就没有了", case=found.case, as_of=found.as_of, expect=nothing)
