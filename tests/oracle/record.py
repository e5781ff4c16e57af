"""Section 1: the record as it is seen, and the order of what stands in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from checker.calendars.calendar import Calendar
from checker.model.case import Case, Event
from checker.model.norm import Norm, RuleSet
from oracle.truth import NO, YES, Truth, known, unknown, unknown_for

BEFORE_ALL, AMONG, AFTER_ALL = -1, 0, 1

Key = tuple[dt.date, int, tuple[int, int]]


@dataclass(frozen=True, eq=False)
class Item:
    """An event as seen, or a deemed one (``deemed`` names the norm; ``position`` 0)."""

    id: str
    act: str
    position: int
    date: dt.date | None
    time: dt.time | None
    actors: tuple[str, ...] | None
    document: tuple[str, ...] | None
    attributes: Mapping[str, Any]
    key: Key | None
    sure: bool = True
    deemed: str | None = None


@dataclass(frozen=True, eq=False)
class Point:
    """Where something is read: an event, or a synthetic anchor with the root event it goes back to (or none)."""

    item: Item | None
    date: dt.date | None
    key: Key | None
    printed: str
    synthetic: bool = False

    @property
    def undated_name(self) -> str:
        return f"{self.item.id if self.item else self.printed}.日期"


@dataclass
class World:
    """All that is known while one case is evaluated; ``instances`` by position of the norm, of earlier strata."""

    rules: RuleSet
    calendar: Calendar
    case: Case
    as_of: dt.date
    items: list[Item]
    instances: dict[int, list[Any]] = field(default_factory=dict)

    def of_family(self, norm: str) -> list[Any]:
        """Every instance of all versions of the norm."""
        return [i for p, found in sorted(self.instances.items()) if self.rules.norms[p].id == norm for i in found]

    def is_covered(self, act: str) -> bool:
        return self.case.covers is None or act in self.case.covers

    def uncovered(self, acts: tuple[str, ...]) -> frozenset[str]:
        return frozenset(f"行为.{act}" for act in acts if not self.is_covered(act))

    def closing_of(self, norm: Norm) -> Any:
        return self.rules.pack(norm.pack).closing


def see(case: Case, as_of: dt.date) -> list[Item]:
    """1.1 and 1.3: the visible events, in record order, each with its key."""
    seen = [e for e in case.events if e.date is None or e.date <= as_of]
    ranks = _ranks(seen)
    return [_item(event, ranks.get(event.id)) for event in seen]


def _ranks(seen: list[Event]) -> dict[str, int]:
    dated = sorted((e for e in seen if e.date is not None), key=lambda e: (e.date, e.position))
    order: list[Event] = []
    for day in sorted({e.date for e in dated}):
        same = [e for e in dated if e.date == day]
        timed = sorted((e for e in same if e.time is not None), key=lambda e: e.time)
        order += [e if e.time is None else timed.pop(0) for e in same]
    return {event.id: rank for rank, event in enumerate(order)}


def _item(e: Event, rank: int | None) -> Item:
    key = None if rank is None else (e.date, AMONG, (rank, 0))
    return Item(e.id, e.act, e.position, e.date, e.time, e.actors, e.document, e.attributes, key)


def at(item: Item) -> Point:
    return Point(item, item.date, item.key, item.id)


def in_order(items: Any) -> list[Item]:
    """Dated events by key, then undated ones by position."""
    items = list(items)
    dated = sorted((i for i in items if i.key is not None), key=lambda i: i.key)
    return dated + sorted((i for i in items if i.key is None), key=lambda i: i.position)


def is_same(a: Point, b: Point) -> bool:
    return not a.synthetic and not b.synthetic and a.item is b.item


def before(world: World, a: Point, b: Point) -> Truth:
    """1.3 and 1.4: whether a stands before b."""
    if is_same(a, b):
        return NO
    undated = frozenset(p.undated_name for p in (a, b) if p.key is None)
    if undated:
        return unknown_for(undated)
    if a.date == b.date and a.key[1] == AMONG == b.key[1] and not world.case.ordered and not _timed_apart(a, b):
        first, second = sorted((a.item, b.item), key=lambda i: i.position)
        return unknown(f"先后.{first.id}.{second.id}")
    return known(a.key < b.key)


def _timed_apart(a: Point, b: Point) -> bool:
    return a.item.time is not None and b.item.time is not None and a.item.time != b.item.time


def at_or_after(world: World, a: Point, b: Point) -> Truth:
    """Whether a is b itself, or b does not stand behind it."""
    if is_same(a, b):
        return YES
    other = before(world, a, b)
    return other if other.maybe else known(not other.value)
