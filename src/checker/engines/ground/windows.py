"""The window of an instance: start, due date and clock (semantics §6)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from checker.calendars.calendar import Calendar
from checker.calendars.grid import OutOfRange
from checker.engines.facts import Clock
from checker.engines.ground.acts import Group, Use
from checker.engines.ground.adjusting import Adjuster
from checker.engines.ground.begins import AfterPlace, Begin, OnDay
from checker.engines.ground.clauses import Clauses
from checker.engines.ground.limits import Limit
from checker.engines.ground.order import first_from
from checker.engines.ground.patterns import Pattern
from checker.engines.ground.periods import Base, PeriodTerm
from checker.engines.ground.reckoning import OUT_OF_RANGE, Origin, counted
from checker.engines.ground.scope import Expression, Scope
from checker.engines.ground.starts import Start, StartTerm, first_names, untimed_of
from checker.engines.instance import Anchor, Deadline, Reckoning, Timing
from checker.model.norm import Counting


class Timed(NamedTuple):
    """The timing, and where candidates begin (None: nowhere yet); ``untimed`` names a start without a time."""

    timing: Timing
    begin: Begin | None
    untimed: frozenset[str] = frozenset()


class WindowTerm(Protocol):
    """A compiled window; hashable by identity."""

    def time(self, scope: Scope, anchor: Anchor, use: Use) -> Timed:
        """The window of one instance."""


def clock_of(due: Deadline, as_of: int) -> Clock:
    """How the as-of date stands to a due date."""
    return Clock.RUNNING if as_of <= due.day else Clock.UNSURE if as_of <= due.high else Clock.PASSED


def unknown(missing: set[str] | frozenset[str]) -> Timing:
    """A clock that is unknown, and why."""
    return Timing(Clock.UNKNOWN, missing=frozenset(missing))


def fixed_end(scope: Scope, due: Deadline) -> Timing:
    """A due date of its own, that nothing adjusts."""
    return Timing(clock_of(due, scope.view.as_of), due=due, original=due)


@dataclass(slots=True, frozen=True, eq=False)
class WithinWindow:
    """自 X 起 P 内."""

    calendar: Calendar
    counting: Counting
    start: StartTerm
    period: PeriodTerm
    clauses: Clauses
    groups: tuple[Group, ...]

    def time(self, scope: Scope, anchor: Anchor, use: Use) -> Timed:
        """Start, raw due date, then the clauses that change it."""
        start = self.start.find(scope, anchor)
        if start.clock is not Clock.RUNNING:
            return Timed(Timing(start.clock, missing=start.missing), None)
        try:
            timing = self._timed(scope, start, use)
        except OutOfRange:
            timing = unknown({OUT_OF_RANGE})
        timing.start = start.day
        timing.start_event = start.event.event if start.event else None
        again = timing.origin_event
        return Timed(timing, start.begin, start.untimed if again is None else untimed_of(again.id, again.time))

    def _timed(self, scope: Scope, start: Start, use: Use) -> Timing:
        origin = Origin(start.day, start.time)
        ask = self._asking(origin)
        base = self.period.resolve(scope, scope.spot, ask)
        if base is None:
            names: set[str] = set()
            self.period.missing(scope, scope.spot, ask, names)
            return unknown(names)
        raw = ask(base)
        if self.clauses.adjust:
            assert start.begin is not None
            use.pick(scope, start.begin)
            adjuster = Adjuster(self.calendar, self.counting, self.clauses, self.groups)
            return adjuster.adjusted(scope, origin, start.begin, base, raw, use)
        timing = Timing(clock_of(raw, scope.view.as_of), due=raw, original=raw, period=base.period)
        timing.expression = base.expression
        timing.origin = start.day
        timing.reckoning = timing.original_reckoning = Reckoning(
            start.day, base.period, self.counting, base.limit, time=start.time
        )
        return timing

    def _asking(self, origin: Origin) -> Callable[[Base], Deadline]:
        calendar, counting = self.calendar, self.counting

        def ask(base: Base) -> Deadline:
            return counted(calendar, origin, base.amount, counting) if base.limit is None else base.limit

        return ask


@dataclass(slots=True, frozen=True, eq=False)
class UntilCloseWindow:
    """No period said: until the case closes [R9]."""

    closing: Pattern | None

    def time(self, scope: Scope, _: Anchor, __: Use) -> Timed:
        """Idle while no closing event is seen at or after the anchor."""
        begin = AfterPlace(scope.spot)
        if self.closing is None:
            return Timed(Timing(Clock.IDLE), begin)
        first = first_from(scope.view, self.closing.matches(scope), scope.spot)
        if first.doubtful:
            return Timed(unknown(first_names(scope, self.closing, first, scope.spot)), begin)
        if first.event is None:
            return Timed(Timing(Clock.IDLE), begin)
        if first.event.day is None:
            return Timed(unknown({f"{first.event.id}.日期"}), begin)
        day = first.event.day
        timing = fixed_end(scope, Deadline(day, day, day, day))
        timing.closing = first.event.event
        return Timed(timing, begin)


@dataclass(slots=True, frozen=True, eq=False)
class ByWindow:
    """届满5日前."""

    limit: Expression

    def time(self, scope: Scope, _: Anchor, __: Use) -> Timed:
        """Due on the date."""
        begin = AfterPlace(scope.spot)
        limit = Limit.of(self.limit.value(scope, scope.spot))
        if limit is None:
            return Timed(unknown(names_of(scope, self.limit)), begin)
        return Timed(fixed_end(scope, limit.deadline()), begin)


@dataclass(slots=True, frozen=True, eq=False)
class DuringWindow:
    """届满前5日内."""

    first: Expression
    last: Expression

    def time(self, scope: Scope, _: Anchor, __: Use) -> Timed:
        """Due on the last day; unknown if either end is."""
        ends = [Limit.of(end.value(scope, scope.spot)) for end in (self.first, self.last)]
        first, last = ends
        if first is None or last is None:
            pairs = zip(ends, (self.first, self.last), strict=True)
            missing = {name for end, said in pairs if end is None for name in names_of(scope, said)}
            return Timed(unknown(missing), None if first is None else OnDay(first.low, first.high, first.year))
        timing = fixed_end(scope, last.deadline())
        timing.first = first.day
        return Timed(timing, OnDay(first.low, first.high, first.year))


@dataclass(slots=True, frozen=True, eq=False)
class PeriodWindow:
    """Within the calendar period of a 每 anchor."""

    def time(self, scope: Scope, anchor: Anchor, _: Use) -> Timed:
        """Due on its last day."""
        assert anchor.first is not None
        assert anchor.last is not None
        timing = fixed_end(scope, Deadline(anchor.last, anchor.last, anchor.last, anchor.last))
        timing.first = anchor.first
        return Timed(timing, OnDay(anchor.first, anchor.first))


def names_of(scope: Scope, expression: Expression) -> set[str]:
    """What keeps an expression at the anchor unknown."""
    out: set[str] = set()
    expression.missing(scope, scope.spot, out)
    return out
