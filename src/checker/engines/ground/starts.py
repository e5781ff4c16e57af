"""What a period is counted from (semantics §6.1)."""

import datetime as dt
from typing import NamedTuple, Protocol

from checker.engines.facts import Clock
from checker.engines.ground.begins import AfterDay, AfterPlace, Begin
from checker.engines.ground.limits import Limit
from checker.engines.ground.order import First, first_from
from checker.engines.ground.patterns import Pattern
from checker.engines.ground.scope import Expression, Scope
from checker.engines.ground.truth import MAYBE
from checker.engines.ground.view import Seen
from checker.engines.instance import Anchor


class Start(NamedTuple):
    """The start, or why there is none: ``clock`` is RUNNING where it is known, else IDLE or UNKNOWN.

    ``event`` is the event found (of ``AtFirst``), ``timed`` the one whose time of day hours are counted from;
    ``untimed`` names the date that has no time of day.
    """

    clock: Clock
    day: int = 0
    begin: Begin | None = None
    event: Seen | None = None
    timed: Seen | None = None
    untimed: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()

    @property
    def time(self) -> dt.time | None:
        """The time of day, if the record says so."""
        return self.timed.time if self.timed else None


class StartTerm(Protocol):
    """A compiled start."""

    def find(self, scope: Scope, anchor: Anchor) -> Start:
        """Where the period of one instance starts."""


class AnchorStart:
    """At the anchor."""

    def find(self, scope: Scope, _: Anchor) -> Start:
        """The anchor's date."""
        return _at(scope.spot)


class FirstStart:
    """At the first match at or after the anchor."""

    def __init__(self, pattern: Pattern) -> None:
        self.pattern = pattern

    def find(self, scope: Scope, _: Anchor) -> Start:
        """Idle while there is none."""
        first = first_from(scope.view, self.pattern.matches(scope), scope.spot)
        if first.doubtful:
            return Start(Clock.UNKNOWN, missing=frozenset(first_names(scope, self.pattern, first, scope.spot)))
        if first.event is None:
            return Start(Clock.IDLE)
        return _at(first.event)._replace(event=first.event)


class DateStart:
    """On a date attribute."""

    def __init__(self, attribute: Expression) -> None:
        self.attribute = attribute

    def find(self, scope: Scope, _: Anchor) -> Start:
        """Unknown where missing or null."""
        limit = Limit.of(self.attribute.value(scope, scope.spot))
        out: set[str] = set()
        self.attribute.missing(scope, scope.spot, out)
        if limit is None:
            return Start(Clock.UNKNOWN, missing=frozenset(out))
        return Start(Clock.RUNNING, limit.day, AfterDay(limit.day), untimed=frozenset(out))


class PeriodEndStart:
    """On the last day of the calendar period."""

    def find(self, _: Scope, anchor: Anchor) -> Start:
        """Always known."""
        assert anchor.last is not None
        return Start(Clock.RUNNING, anchor.last, AfterDay(anchor.last))


def untimed_of(event: str, time: dt.time | None) -> frozenset[str]:
    """The name of the date of an event that has no time of day."""
    return frozenset() if time is not None else frozenset({f"{event}.日期"})


def _at(spot: Seen) -> Start:
    if spot.day is None:
        return Start(Clock.UNKNOWN, missing=frozenset({f"{spot.id}.日期"}))
    return Start(Clock.RUNNING, spot.day, AfterPlace(spot), None, spot, untimed_of(spot.id, spot.time))


def first_names(scope: Scope, pattern: Pattern, first: First, spot: Seen) -> set[str]:
    """Name what keeps the first match at or after a place unknown."""
    out: set[str] = set()
    for seen in first.doubtful:
        if pattern.truth(scope, seen) is MAYBE:
            pattern.missing(scope, seen, out)
        if seen is not spot and scope.view.before(seen, spot) is MAYBE:
            scope.view.order_missing(spot, seen, out)
        if first.event is not None and scope.view.before(seen, first.event) is MAYBE:
            scope.view.order_missing(seen, first.event, out)
    return out
