"""The windows of many instances: start, due date and clock (semantics §6)."""

from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from checker.engines.archive.days import KNOWN, Days
from checker.engines.archive.deadlines import Deadlines, is_known, nothing, spread
from checker.engines.archive.expressions import Expression, as_days
from checker.engines.archive.instances import Timing
from checker.engines.archive.instants import Instants, Origins, times_of
from checker.engines.archive.matching import Pairs, Pattern
from checker.engines.archive.periods import Bases, PeriodTerm
from checker.engines.archive.scope import Scope
from checker.engines.archive.truth import Bools, Ints
from checker.engines.facts import Clock
from checker.model.norm import Counting


class Start(NamedTuple):
    """Where periods start: ``clock`` is RUNNING where that is known. ``first`` is the first possible candidate."""

    clock: Ints
    day: Ints
    first: Ints
    support: list[Pairs]
    time: Ints | None = None
    """Times of day, as of :class:`Origins`."""

    @property
    def origin(self) -> Origins:
        """What periods are counted from."""
        return Origins(self.day, self.time)


class StartTerm(Protocol):
    """A start over a scope."""

    def find(self, scope: Scope) -> Start:
        """Where the period of each instance starts."""


class AnchorStart:
    """At the anchor."""

    def find(self, scope: Scope) -> Start:
        """The anchor's date."""
        time = times_of(scope.columns, scope.spot)
        return Start(np.full(len(scope), Clock.RUNNING), scope.day, scope.after, [], time)


class FirstStart:
    """At the first match at or after the anchor."""

    def __init__(self, pattern: Pattern) -> None:
        self.pattern = pattern

    def find(self, scope: Scope) -> Start:
        """Idle while there is none."""
        event, unknown = first_from(scope, self.pattern)
        clock = np.where(unknown, Clock.UNKNOWN, np.where(event < 0, Clock.IDLE, Clock.RUNNING))
        found = clock == Clock.RUNNING
        day = np.where(found, scope.columns.day[event], 0) if len(scope.columns.day) else np.zeros(len(scope), np.int64)
        rows = np.flatnonzero(found)
        support = [Pairs(rows, event[rows])]
        return Start(clock, day, np.where(found, event + 1, -1), support, times_of(scope.columns, event))


class DateStart:
    """On a date attribute."""

    def __init__(self, attribute: Expression) -> None:
        self.attribute = attribute

    def find(self, scope: Scope) -> Start:
        """Unknown where missing or null."""
        days = as_days(self.attribute.column(scope))
        known = days.state == KNOWN
        first = np.where(known, scope.columns.from_day(scope.case, days.day + 1), -1)
        return Start(np.where(known, Clock.RUNNING, Clock.UNKNOWN), days.day, first, [])


def first_from(scope: Scope, pattern: Pattern) -> tuple[Ints, Bools]:
    """The first certain match at or after self (-1: none), and where a maybe-match could be it instead."""
    matches = pattern.matches(scope)
    end = scope.columns.end[scope.case]
    event = matches.first_sure(scope.cut, end)
    return event, matches.loose_any(scope.cut, np.where(event >= 0, event, end))


def clock_of(due: Days, as_of: int) -> Ints:
    """How the as-of date stands to known due dates."""
    return np.where(as_of <= due.day, Clock.RUNNING, np.where(as_of <= due.high, Clock.UNSURE, Clock.PASSED))


def timed(scope: Scope, due: Days, first: Ints, support: list[Pairs] | None = None) -> Timing:
    """Windows that nothing adjusts; the clock is unknown where there is no due date."""
    clock = np.where(is_known(due), clock_of(due, scope.columns.as_of), Clock.UNKNOWN)
    size = len(scope)
    return Timing(clock, due, due, first, np.zeros(size, np.bool_), np.zeros(size, np.int64), support or [])


class WindowTerm(Protocol):
    """A window over a scope."""

    def time(self, scope: Scope) -> tuple[Timing, Bools]:
        """The windows, and where they are the row evaluator's."""


class Adjuster(Protocol):
    """The clauses of a norm that change a due date."""

    def adjusted(self, scope: Scope, start: Start, bases: Bases, raw: Days) -> tuple[Timing, Bools]:
        """The windows after them, and where they are the row evaluator's."""


@dataclass(slots=True, frozen=True, eq=False)
class WithinWindow:
    """自 X 起 P 内."""

    deadlines: Deadlines
    counting: Counting
    start: StartTerm
    period: PeriodTerm
    adjuster: Adjuster | None

    def time(self, scope: Scope) -> tuple[Timing, Bools]:
        """Start, raw due date, then the clauses that change it."""
        start = self.start.find(scope)
        running = start.clock == Clock.RUNNING
        if running.all():
            return self._timed(scope, start)
        rows = np.flatnonzero(running)
        part, odd = self._timed(scope.take(rows), _some(start, rows))
        return _widened(part, odd, rows, start)

    def _timed(self, scope: Scope, start: Start) -> tuple[Timing, Bools]:
        def ask(bases: Bases) -> Days:
            return bases.due(self.deadlines, start.origin, self.counting)

        bases = self.period.resolve(scope, ask)
        raw = ask(bases)
        raw = raw.choose(~bases.known, nothing(len(scope)))
        if self.adjuster is None:
            timing = timed(scope, raw, start.first, start.support)
            timing.instants = bases.instants(start.origin, self.counting)
            return timing, np.zeros(len(scope), np.bool_)
        return self.adjuster.adjusted(scope, start, bases, raw)


def _some(start: Start, rows: Ints) -> Start:
    place = np.full(len(start.clock), -1)
    place[rows] = np.arange(len(rows))
    support = [Pairs(place[pairs.row], pairs.event) for pairs in start.support]
    time = None if start.time is None else start.time[rows]
    return Start(start.clock[rows], start.day[rows], start.first[rows], support, time)


def _widened(part: Timing, odd: Bools, rows: Ints, start: Start) -> tuple[Timing, Bools]:
    """Timing of some rows as timing of all; the others have the clock of their start, and no candidates."""
    size = len(start.clock)
    clock, first = start.clock.copy(), np.full(size, -1)
    unsure, remaining, asked = np.zeros(size, np.bool_), np.zeros(size, np.int64), np.zeros(size, np.bool_)
    clock[rows], first[rows], unsure[rows] = part.clock, part.first, part.unsure
    remaining[rows], asked[rows] = part.remaining, odd
    support = [Pairs(rows[pairs.row], pairs.event) for pairs in part.support]
    mask = start.clock == Clock.RUNNING
    due, original = spread(part.due, mask), spread(part.original, mask)
    instants = None
    if part.instants is not None:
        instants = Instants(np.full(size, -1), np.full(size, -1))
        instants.first[rows], instants.last[rows] = part.instants.first, part.instants.last
    return Timing(clock, due, original, first, unsure, remaining, support, instants), asked


@dataclass(slots=True, frozen=True, eq=False)
class UntilCloseWindow:
    """No period said: until the case closes [R9]."""

    closing: Pattern | None

    def time(self, scope: Scope) -> tuple[Timing, Bools]:
        """Idle while no closing event is seen at or after the anchor."""
        size = len(scope)
        never = np.zeros(size, np.bool_)
        if self.closing is None:
            timing = timed(scope, nothing(size), scope.after)
            timing.clock = np.full(size, Clock.IDLE)
            return timing, never
        event, unknown = first_from(scope, self.closing)
        found = (event >= 0) & ~unknown
        rows = np.flatnonzero(found)
        day = scope.columns.day[event[rows]]
        timing = timed(scope, spread(Days.plain(day), found), scope.after, [Pairs(rows, event[rows])])
        timing.clock = np.where(unknown, Clock.UNKNOWN, np.where(found, timing.clock, Clock.IDLE))
        return timing, never


class PeriodEndStart:
    """On the last day of the calendar period."""

    def find(self, scope: Scope) -> Start:
        """Always known."""
        assert scope.last is not None
        first = scope.columns.from_day(scope.case, scope.last + 1)
        return Start(np.full(len(scope), Clock.RUNNING), scope.last, first, [])


@dataclass(slots=True, frozen=True, eq=False)
class PeriodWindow:
    """Within the calendar period of a 每 anchor."""

    def time(self, scope: Scope) -> tuple[Timing, Bools]:
        """Due on its last day."""
        assert scope.last is not None
        return timed(scope, Days.plain(scope.last), scope.cut), np.zeros(len(scope), np.bool_)


@dataclass(slots=True, frozen=True, eq=False)
class ByWindow:
    """届满5日前."""

    limit: Expression

    def time(self, scope: Scope) -> tuple[Timing, Bools]:
        """Due on the date."""
        limit = as_days(self.limit.column(scope))
        due = limit.choose(limit.state != KNOWN, nothing(len(scope)))
        return timed(scope, due, scope.after), np.zeros(len(scope), np.bool_)


@dataclass(slots=True, frozen=True, eq=False)
class DuringWindow:
    """届满前5日内."""

    first: Expression
    last: Expression

    def time(self, scope: Scope) -> tuple[Timing, Bools]:
        """Due on the last day; unknown if either end is."""
        first, last = (as_days(end.column(scope)) for end in (self.first, self.last))
        known = (first.state == KNOWN) & (last.state == KNOWN)
        begin = np.where(known, scope.columns.from_day(scope.case, first.day), -1)
        timing = timed(scope, last.choose(~known, nothing(len(scope))), begin)
        return timing, known & (first.low < first.high)
