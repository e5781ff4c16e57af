"""Section 6.5, exclusions: which days one clause takes out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from checker.model.norm import Counting
from checker.model.requirements import Exclude
from checker.model.values import Period, Unit
from oracle.matching import Scope, match
from oracle.periods import base_of
from oracle.reckoning import DAY, Origin, count
from oracle.record import Item, World, at, before, in_order
from oracle.truth import YES, Truth, conjunction, disjunction, negation

DAYS_IN = {Unit.YEAR: 360, Unit.MONTH: 30, Unit.DAY: 1, Unit.WORKDAY: 1, Unit.HOUR: 0}


@dataclass(frozen=True, eq=False)
class Interval:
    """Days from ``first`` on are out, ``again`` counts again (None: still open). ``doubts``: of its end."""

    start: Item
    first: dt.date
    again: dt.date | None
    end: Item | None
    test: Truth
    doubts: frozenset[str] | None = None


def intervals_of(scope: Scope, each: Exclude, fits: Callable[[Any, Item], Truth]) -> list[Interval]:
    """The intervals of the whole record; a start certainly inside an earlier interval is merged into it."""
    found: list[Interval] = []
    for item in in_order(i for i in scope.world.items if i.date is not None):
        inside = disjunction([_is_inside(scope.world, interval, item) for interval in found if interval.test.yes])
        test = conjunction([fits(each, item), negation(inside)])
        if test.possible:
            support = fits(each, item).support if test.yes else frozenset()
            found.append(_interval(scope, each, item, Truth(test.value, support, test.missing)))
    return found


def _is_inside(world: World, interval: Interval, item: Item) -> Truth:
    after = before(world, at(interval.start), at(item))
    return after if interval.end is None else conjunction([after, before(world, at(item), at(interval.end))])


def _interval(scope: Scope, each: Exclude, start: Item, test: Truth) -> Interval:
    world = scope.world
    ends = [
        (item, conjunction([match(scope, each.end, item), before(world, at(start), at(item))])) for item in world.items
    ]
    certain = in_order(item for item, fits in ends if fits.yes)
    end = certain[0] if certain else None
    doubts = []
    for item, fits in ends:
        later = YES if end is None else negation(before(world, at(end), at(item)))
        both = conjunction([fits, later])
        if fits.maybe and both.possible:
            doubts.append(both.missing)
    names = frozenset().union(*doubts) if doubts else None
    return Interval(start, start.date, end.date if end else None, end, test, names)


def capped(
    world: World, cap: Period | None, interval: Interval, taken: Sequence[Interval], first: dt.date
) -> Interval | None:
    """What the cap leaves of the interval: cut before the first day that would exceed it."""
    if cap is None:
        return interval
    is_working = any(part.unit is Unit.WORKDAY for part in cap.parts)
    room = sum(part.n * DAYS_IN[part.unit] for part in cap.parts)
    before_it = {day for mine in taken for day in _days(mine, first, None)}

    def cost(day: dt.date) -> int:
        return int(day not in before_it and (not is_working or world.calendar.is_workday(day)))

    room -= sum(not is_working or world.calendar.is_workday(day) for day in before_it)
    begun = max(interval.first, first)
    if interval.again is None:
        reached = [day for day in _days(interval, first, world.as_of + DAY) if cost(day)]
        if len(reached) < room:
            return interval
        return replace(interval, again=reached[room - 1] + DAY) if room > 0 else None
    if interval.again <= begun:
        return interval
    day = begun
    while day < interval.again and cost(day) <= room:
        room -= cost(day)
        day += DAY
    return replace(interval, again=min(day, interval.again)) if day > begun else None


def _days(interval: Interval, first: dt.date, again: dt.date | None) -> list[dt.date]:
    stop = interval.again or again
    day, days = max(interval.first, first), []
    while stop is not None and day < stop:
        days.append(day)
        day += DAY
    return days


def length_of(scope: Scope, expression: Any, item: Item, counting: Counting) -> tuple[dt.date | None, frozenset[str]]:
    """The last day of an exclusion of fixed length that begins on the day after the event.

    Beside it what keeps it unknown, or, where it is only provisional, the year that the table lacks.
    """
    base, names = base_of(scope, expression, Origin(item.date), counting)
    if base is None:
        return None, names
    end = count(scope.world, Origin(item.date), base, (), (), Counting(roll=False))
    return end.day, end.names if base.end is None else frozenset()
