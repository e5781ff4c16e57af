"""A case that was built, tried: what the row evaluator finds, once nothing is missing any more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from checker.drafting.analysis.desk import Desk
from checker.drafting.analysis.worlds.choosing import some
from checker.drafting.analysis.worlds.stating import CASE, Spot, declared, state
from checker.drafting.analysis.worlds.world import World
from checker.engines.instance import Instance
from checker.engines.run import Evaluation
from checker.model.case import Case, Extent
from checker.model.finding import Finding, Verdict

LONG: Final = 2600
"""Days after the last event at which every ordinary period is over."""
_ROUNDS: Final = 4


class Tried(NamedTuple):
    """A case at a date, with what was found of the norms looked at."""

    world: World
    case: Case
    as_of: dt.date
    evaluation: Evaluation

    def of(self, position: int) -> Iterator[tuple[Finding, Instance]]:
        """The findings of one norm version."""
        for finding, instance in zip(self.evaluation.findings, self.evaluation.instances, strict=True):
            if instance.position == position:
                yield finding, instance

    def verdicts(self, position: int) -> list[Verdict]:
        """What was found of it, anchor by anchor."""
        return [finding.verdict for finding, _ in self.of(position)]


def tried(desk: Desk, world: World, positions: Sequence[int], as_of: dt.date | None = None) -> Tried:
    """The world as it is."""
    case = world.case()
    day = as_of or world.date_of(world.last_day + LONG)
    return Tried(world, case, day, desk.evaluation(case, day, positions))


def settled(
    desk: Desk, world: World, positions: Sequence[int], as_of: dt.date | None = None, wanted: Sequence[int] = ()
) -> Iterator[Tried]:
    """The world with what is found missing filled in, some value first, then with nothing (null).

    ``wanted`` are the norms of which nothing may be missing; all of them, if none are named.
    """
    asked = frozenset(p for one in wanted or positions for p in desk.closure(one))
    for is_null in (False, True):
        current = tried(desk, world, positions, as_of)
        for _ in range(_ROUNDS):
            missing = _missing(current, asked)
            filled = _filled(desk, current.world, missing, is_null) if missing else None
            if filled is None or filled == current.world:
                break
            current = tried(desk, filled, positions, as_of)
        yield current
        if current.world == world:
            return


def _missing(current: Tried, asked: frozenset[int]) -> list[str]:
    pairs = zip(current.evaluation.findings, current.evaluation.instances, strict=True)
    return [name for finding, one in pairs if one.position in asked for name in finding.missing]


def _filled(desk: Desk, world: World, missing: Iterable[str], is_null: bool) -> World:
    names = {world.id_of(one.name): one.name for one in world.events}
    for name in dict.fromkeys(missing):
        head, _, attribute = name.partition(".")
        if head in names:
            world = _stated(desk, world, Spot(names[head], attribute), is_null)
        elif head in ("期满", "违反", "优先"):
            world = _all_stated(desk, world, is_null)
        elif head == "案件" and attribute == "起止":
            year = world.base.year
            world = world._replace(extent=Extent(first=dt.date(year, 1, 1), last=dt.date(year, 12, 31)))
        elif head == "案件":
            world = _stated(desk, world, Spot(CASE, attribute), is_null)
    return world


def _all_stated(desk: Desk, world: World, is_null: bool) -> World:
    """Everything that may be stated of any event: what another norm waits for is not told."""
    for one in world.events:
        for attribute in desk.rules.vocabulary.acts[one.act].attributes:
            world = _stated(desk, world, Spot(one.name, attribute), is_null)
    return world


def _stated(desk: Desk, world: World, spot: Spot, is_null: bool) -> World:
    vocabulary = desk.rules.vocabulary
    if spot.name == "文书":
        made = world.event(spot.owner)
        return world.changed(made._replace(document=() if is_null else vocabulary.acts[made.act].parts))
    if spot.name in ("主体", "类型"):
        known = vocabulary.kinds if spot.name == "类型" else (*vocabulary.organs, *vocabulary.persons)
        return (state(world, spot, known[-1 if is_null else 0], vocabulary) if known else None) or world
    kind = declared(spot, world, vocabulary)
    if kind is None:
        return world
    day = world.base if spot.owner == CASE else world.date_of(world.event(spot.owner).day)
    return state(world, spot, None if is_null else some(kind, day, vocabulary), vocabulary) or world


def first_found(
    worlds: Iterable[World],
    trial: Callable[[World], Iterable[Tried]],
    wish: Callable[[Tried], bool],
    most: int = 60,
) -> Tried | None:
    """The first of the worlds that does what is wished for."""
    for world in islice(worlds, most):
        for one in trial(world):
            if wish(one):
                return one
    return None
