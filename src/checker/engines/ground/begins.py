"""Where a window begins: after a place in the order, after a date, or on a date (semantics §5)."""

import datetime as dt
from typing import Protocol

from checker.engines.facts import Truth
from checker.engines.ground.order import Matches, Side, dated_side, from_day, standing_after
from checker.engines.ground.patterns import Pattern
from checker.engines.ground.scope import Scope
from checker.engines.ground.truth import MAYBE, NO, YES
from checker.engines.ground.view import Seen, View


class Begin(Protocol):
    """The open side of a window."""

    def side(self, scope: Scope, pattern: Pattern, matches: Matches) -> Side:
        """The matches that certainly and possibly lie after the beginning."""

    def truth(self, view: View, pattern: Pattern | None, seen: Seen) -> Truth:
        """Whether one event lies after the beginning."""

    def missing(self, view: View, pattern: Pattern | None, seen: Seen, out: set[str]) -> None:
        """Name why that is unknown."""


class AfterPlace:
    """After an event or an anchor, in order."""

    __slots__ = ("spot",)

    def __init__(self, spot: Seen) -> None:
        self.spot = spot

    def side(self, scope: Scope, _: Pattern, matches: Matches) -> Side:
        """By keys."""
        return standing_after(scope.view, matches, self.spot)

    def truth(self, view: View, _: Pattern | None, seen: Seen) -> Truth:
        """By keys."""
        if seen is self.spot:
            return NO
        return view.key_before(self.spot.key, self.spot.time, seen.key, seen.time)

    def missing(self, view: View, __: Pattern | None, seen: Seen, out: set[str]) -> None:
        """The order of the two."""
        view.order_missing(self.spot, seen, out)


class AfterDay:
    """Later than a date; the event's own date counts."""

    __slots__ = ("day",)

    def __init__(self, day: int) -> None:
        self.day = day

    def side(self, _: Scope, __: Pattern, matches: Matches) -> Side:
        """By dates."""
        return from_day(matches, self.day + 1)

    def truth(self, _: View, __: Pattern | None, seen: Seen) -> Truth:
        """By dates."""
        if seen.day is None:
            return MAYBE
        return YES if seen.day > self.day else NO

    def missing(self, _: View, __: Pattern | None, seen: Seen, out: set[str]) -> None:
        """The date of the event."""
        out.add(f"{seen.id}.日期")


class OnDay:
    """On a date or later, as the pattern dates the event; ``low``..``high`` where the table lacks a ``year``."""

    __slots__ = ("high", "low", "year")

    def __init__(self, low: int, high: int, year: int | None = None) -> None:
        self.low = low
        self.high = high
        self.year = year

    def side(self, scope: Scope, pattern: Pattern, matches: Matches) -> Side:
        """By dates that may be attributes, so every match is looked at."""
        return dated_side(matches, lambda seen: self.truth(scope.view, pattern, seen))

    def truth(self, _: View, pattern: Pattern | None, seen: Seen) -> Truth:
        """By dates."""
        day = seen.day if pattern is None else pattern.day(seen)
        if day is None:
            return MAYBE
        return YES if day >= self.high else MAYBE if day >= self.low else NO

    def missing(self, _: View, pattern: Pattern | None, seen: Seen, out: set[str]) -> None:
        """The year that moves the limit; a date that the event lacks is named with the end of the window."""
        day = seen.day if pattern is None else pattern.day(seen)
        if day is not None:
            out.add(f"历法.{self.year}")


def instants(time: dt.time | None, day: int) -> tuple[dt.datetime, dt.datetime]:
    """Earliest and latest instant of an act on a day: its time if it has one, else the whole day."""
    midnight = dt.datetime.combine(dt.date.fromordinal(day), dt.time())
    if time is not None:
        moment = dt.datetime.combine(dt.date.fromordinal(day), time.replace(tzinfo=None))
        return moment, moment
    return midnight, midnight + dt.timedelta(days=1) if day < dt.date.max.toordinal() else dt.datetime.max
