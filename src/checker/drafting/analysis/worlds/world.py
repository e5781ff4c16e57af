"""A case being built: events under names of their own, in the order of the record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final, NamedTuple

from checker.model.case import Answer, Case, Event, Extent
from checker.model.values import Value

BASE: Final = dt.date(2025, 3, 5)
"""Where a case begins that no validity places elsewhere: a Wednesday in an ordinary week."""


class Made(NamedTuple):
    """One event; ``name`` is its own and never changes; ``day`` counts from the base of the world."""

    name: int
    act: str
    day: int
    actors: tuple[str, ...] | None = None
    attributes: Mapping[str, Value] = {}
    document: tuple[str, ...] | None = None
    time: dt.time | None = None


class World(NamedTuple):
    """The events so far, the case's own attributes, and a day from which ``Made.day`` counts."""

    base: dt.date = BASE
    events: tuple[Made, ...] = ()
    kind: str | None = None
    attributes: Mapping[str, Value] = {}
    extent: Extent | None = None
    answers: tuple[Answer, ...] = ()
    later: int = 0
    """No event is put at the end before this day: where the norm's anchor is no event, that stands here."""

    def event(self, name: int) -> Made:
        """The event of that name."""
        return next(one for one in self.events if one.name == name)

    def place(self, name: int) -> int:
        """Where it stands in the record, from 0."""
        return next(place for place, one in enumerate(self.events) if one.name == name)

    def id_of(self, name: int) -> str:
        """The id that the event has in the case."""
        return f"e{self.place(name) + 1}"

    def changed(self, made: Made) -> World:
        """The world with the event of that name as it is now, kept in order of days."""
        events = [made if one.name == made.name else one for one in self.events]
        return self._replace(events=tuple(sorted(events, key=lambda one: one.day)))

    def before(self, name: int | None, act: str, lead: int = 1) -> tuple[World, int]:
        """With one more event just before another (None: after all)."""
        place = len(self.events) if name is None else self.place(name)
        if name is None:
            day = max(self.last_day + (lead if self.events else 0), self.later)
        else:
            day = self.events[place].day - lead
            day = max(day, self.events[place - 1].day) if place else day
        return self._with(place, act, day)

    def after(self, act: str, day: int) -> tuple[World, int]:
        """With one more event on a day, after the others of that day."""
        place = sum(one.day <= day for one in self.events)
        return self._with(place, act, day)

    def _with(self, place: int, act: str, day: int) -> tuple[World, int]:
        name = max((one.name for one in self.events), default=0) + 1
        events = (*self.events[:place], Made(name, act, day), *self.events[place:])
        return self._replace(events=events), name

    @property
    def last_day(self) -> int:
        """The day of the last event; 0 without one."""
        return max((one.day for one in self.events), default=0)

    def date_of(self, day: int) -> dt.date:
        """A day of this world as a date."""
        return self.base + dt.timedelta(days=day)

    def case(self, title: str = "示例") -> Case:
        """The case record."""
        events = tuple(
            Event(
                id=f"e{position}",
                position=position,
                act=one.act,
                date=self.date_of(one.day),
                time=one.time,
                actors=one.actors,
                document=one.document,
                attributes=dict(one.attributes),
            )
            for position, one in enumerate(self.events, 1)
        )
        return Case(id=title, kind=self.kind, attributes=dict(self.attributes), events=events, extent=self.extent,
                    answers=self.answers)  # fmt: skip
