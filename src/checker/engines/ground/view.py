"""A case as it is seen on the as-of date: its events with their keys, by act (semantics §1)."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from checker.engines.facts import Truth
from checker.engines.ground.truth import MAYBE, NO, YES
from checker.engines.instance import Instance, Key
from checker.model.case import Case, Event
from checker.model.values import Value

EVENTS = 1
"""Side of a key on which real events stand."""


class Seen:
    """An event, or the place in the order where an anchor stands.

    For a synthetic anchor the attributes, actors and id are those of its root event, ``day`` and ``key`` its own, and
    ``root`` is the root. ``doubt`` is the id of the 视为 norm for an event that may or may not exist.
    """

    __slots__ = (
        "act",
        "actors",
        "attributes",
        "date",
        "day",
        "doubt",
        "event",
        "id",
        "key",
        "position",
        "root",
        "time",
    )

    def __init__(self, event: Event, day: int | None, key: Key | None, doubt: str | None = None) -> None:
        self.event: Event | None = event
        self.id = event.id
        self.act = event.act
        self.actors = event.actors
        self.attributes: Mapping[str, Value] = event.attributes
        self.date = event.date
        self.time = event.time
        self.position = event.position
        self.day = day
        self.key = key
        self.root = self
        self.doubt = doubt


def standing(printed: str, root: Seen | None, day: int | None, key: Key | None) -> Seen:
    """The place of a synthetic anchor in the order; a period anchor has no root, so nothing is known of it."""
    spot = Seen.__new__(Seen)
    spot.event = root.event if root else None
    spot.id = root.id if root else printed
    spot.act = root.act if root else ""
    spot.actors = root.actors if root else None
    spot.attributes = root.attributes if root else {}
    spot.date = dt.date.fromordinal(day) if day is not None else None
    spot.time = None
    spot.position = root.position if root else 0
    spot.day = day
    spot.key = key
    spot.root = root or spot
    spot.doubt = None
    return spot


class View:
    """One case at one as-of date.

    ``past`` holds the instances of the strata already decided, by norm id (all versions). ``memory`` caches what
    patterns and expressions found, until an event is added.
    """

    __slots__ = ("as_of", "by_act", "case", "events", "memory", "ordered", "past", "places")

    def __init__(self, case: Case, as_of: int) -> None:
        self.case = case
        self.as_of = as_of
        self.ordered = case.ordered
        self.past: dict[str, list[Instance]] = {}
        self.events = _in_order(case.events, as_of)
        self.by_act: dict[str, list[Seen]] = {}
        for seen in self.events:
            self.by_act.setdefault(seen.act, []).append(seen)
        self.memory: dict[Any, Any] = {}
        self.places: dict[str, tuple[int, Seen]] = {}

    def covers(self, act: str) -> bool:
        """Whether the absence of the act means something [R2]."""
        return self.case.covers is None or act in self.case.covers

    def find(self, event_id: str) -> Seen | None:
        """The event with this id, deemed ones included."""
        return self._places()[event_id][1] if event_id in self._places() else None

    def in_order(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Event ids, each once, in the order of keys (undated last by position)."""
        found = set(ids)
        if len(found) < 2:
            return tuple(found)
        places = self._places()
        return tuple(sorted(found, key=lambda one: places[one][0]))

    def answer(self, norm: str, printed: str) -> Truth:
        """The last visible answer to a question, in record order; MAYBE if there is none."""
        result = MAYBE
        for answer in self.case.answers:
            visible = answer.date is None or answer.date.toordinal() <= self.as_of
            if visible and answer.norm == norm and answer.event == printed:
                result = YES if answer.answer else NO
        return result

    def _places(self) -> dict[str, tuple[int, Seen]]:
        if not self.places:
            self.places = {seen.id: (place, seen) for place, seen in enumerate(by_key(self.events))}
        return self.places

    def add(self, deemed: Iterable[Seen]) -> None:
        """Deemed events join the case for later strata."""
        for seen in deemed:
            self.events.append(seen)
            peers = self.by_act.setdefault(seen.act, [])
            peers.append(seen)
            peers.sort(key=place_of)
            self.memory.clear()
            self.places.clear()

    def before(self, x: Seen, y: Seen) -> Truth:
        """Whether x stands before y [R3]; x is an event, y an event or the place of an anchor."""
        if x is y:
            return NO
        return self.key_before(x.key, x.time, y.key, y.time)

    def key_before(self, a: Key | None, at: dt.time | None, b: Key | None, bt: dt.time | None) -> Truth:
        """The same of two places given by their keys and times of day."""
        if a is None or b is None:
            return MAYBE
        if not self.ordered and a[0] == b[0] and a[1] == EVENTS == b[1] and a != b and not _apart(at, bt):
            return MAYBE
        return YES if a < b else NO

    def order_missing(self, x: Seen, y: Seen, out: set[str]) -> None:
        """Name what keeps the order of the two unknown."""
        for one in (x, y):
            if one.key is None:
                out.add(f"{one.id}.日期")
        if x.key is not None and y.key is not None:
            first, second = sorted((x, y), key=lambda e: e.position)
            out.add(f"先后.{first.id}.{second.id}")


def _apart(a: dt.time | None, b: dt.time | None) -> bool:
    return a is not None and b is not None and a != b


Place = tuple[bool, Key, int]
"""Where an event stands among all: dated ones by key, then undated ones by position."""


def place_of(seen: Seen) -> Place:
    """The place of an event."""
    return seen.key is None, seen.key or (0, 0, 0, 0), seen.position


def by_key(events: Iterable[Seen]) -> list[Seen]:
    """In the order of keys, undated last by position."""
    return sorted(events, key=place_of)


def _in_order(events: Iterable[Event], as_of: int) -> list[Seen]:
    dated: list[tuple[int, int, Event]] = []
    undated: list[Seen] = []
    for event in events:
        if event.date is None:
            undated.append(Seen(event, None, None))
        elif (day := event.date.toordinal()) <= as_of:
            dated.append((day, event.position, event))
    dated.sort(key=lambda item: item[:2])
    if any(item[2].time is not None for item in dated):
        dated = _by_time(dated)
    undated.sort(key=lambda seen: seen.position)
    return [Seen(event, day, (day, EVENTS, rank, 0)) for rank, (day, _, event) in enumerate(dated)] + undated


def _by_time(dated: list[tuple[int, int, Event]]) -> list[tuple[int, int, Event]]:
    """Within a day, let the events with a time change places among themselves until they stand in its order."""
    result = list(dated)
    days: dict[int, list[int]] = {}
    for place, (day, _, event) in enumerate(dated):
        if event.time is not None:
            days.setdefault(day, []).append(place)
    for places in days.values():
        if len(places) > 1:
            timed = sorted((dated[place] for place in places), key=lambda item: item[2].time or dt.time())
            for place, item in zip(places, timed, strict=True):
                result[place] = item
    return result
