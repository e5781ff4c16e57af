"""Two rule sets and one norm: a smallest case in which they find something else, or a proof that there is none."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Collection, Iterator

from checker.calendars.calendar import Calendar
from checker.drafting.answers import Answer, Bound, Proved, Undecided, Witness
from checker.drafting.proof import rows
from checker.drafting.proof import terms as t
from checker.drafting.proof.cone import cone_of, is_same
from checker.drafting.proof.evaluating import Evaluation
from checker.drafting.proof.instance import Instance
from checker.drafting.proof.replaying import replayed
from checker.drafting.proof.solving import find
from checker.drafting.proof.universe import Universe, universe_of
from checker.drafting.proof.unsupported import OutOfTime, Unsupported
from checker.drafting.proof.world import World
from checker.model.norm import RuleSet

LEAD = 60
"""Days before a date at which something changes, that a bound moved there begins."""


def differing(old: RuleSet, new: RuleSet, norm: str, bound: Bound, calendar: Calendar) -> Answer:
    """See :func:`checker.drafting.proof.asking.difference`."""
    cones = cone_of(old, (norm,)), cone_of(new, (norm,))
    if is_same(*cones):
        return Proved()
    deadline = time.process_time() + bound.seconds
    try:
        universe = universe_of(*cones)
        for one in bounds(*cones, (norm,), bound, universe):
            for size in sizes(universe, one):
                found = _smallest(cones, norm, World(universe, one, size), calendar, deadline)
                if found is not None:
                    return found
    except OutOfTime:
        return Undecided(reason="超时")
    except Unsupported as unsupported:
        return Undecided(reason=f"不支持的形式：{unsupported.form}")
    return Proved(bound=bound)


def sizes(universe: Universe, bound: Bound) -> range:
    """The numbers of events to try, from few to many."""
    first = 0 if universe.has_periods else 1
    return range(first, bound.events + 1 if universe.acts else 1)


def _smallest(
    cones: tuple[RuleSet, RuleSet], norm: str, world: World, calendar: Calendar, deadline: float
) -> Witness | None:
    evaluations = [Evaluation(cone, world, calendar, deadline) for cone in cones]
    old, new = (_by_anchor(one.past.of(norm)) for one in evaluations)
    apart = [rows.differing(old.get(printed, ()), new.get(printed, ())) for printed in dict.fromkeys((*old, *new))]
    asked = t.disj(*apart)
    if asked is False:
        return None
    model = find(world, [asked], deadline)
    if model is None:
        return None
    return Witness(case=replayed(model, evaluations, calendar, "反例"), as_of=model.as_of)


def _by_anchor(instances: list[Instance]) -> dict[str, list[Instance]]:
    found: dict[str, list[Instance]] = {}
    for one in instances:
        found.setdefault(one.printed, []).append(one)
    return found


def bounds(old: RuleSet, new: RuleSet, norms: Collection[str], bound: Bound, universe: Universe) -> Iterator[Bound]:
    """The bound itself, then the same moved to where a version begins, ends or a date is named outside it."""
    yield bound
    last = bound.first + dt.timedelta(days=bound.days)
    moved = {day for day in universe.days if not bound.first < day < last}
    limits = [{day for n in cone.norms for day in (n.valid.first, n.valid.last) if day} for cone in (old, new)]
    moved |= {day for day in limits[0] ^ limits[1] if not bound.first < day < last}
    for one in (*old.norms, *new.norms):
        first, end = one.valid.first, one.valid.last
        if one.id in norms and ((first and first > last) or (end and end < bound.first)):
            moved.add(first or end or bound.first)
    for day in sorted(moved):
        if day.year > 1950:
            yield bound.model_copy(update={"first": day - dt.timedelta(days=LEAD)})
