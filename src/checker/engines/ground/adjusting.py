"""From the raw due date to the final one: 期限为, 不顺延, then phase 3 (semantics §6.3 to §6.7)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from checker.calendars.calendar import Calendar
from checker.engines.facts import Clock, Truth
from checker.engines.ground.acts import Group, Use
from checker.engines.ground.adjustments import fold
from checker.engines.ground.begins import Begin
from checker.engines.ground.clauses import Clauses, NoRollRule, ReplaceRule
from checker.engines.ground.folding import Period3
from checker.engines.ground.horizons import up_to
from checker.engines.ground.periods import Base
from checker.engines.ground.reckoning import Origin, reckon
from checker.engines.ground.scope import Condition, Scope
from checker.engines.ground.truth import MAYBE, YES
from checker.engines.instance import ClauseValue, Deadline, Reckoning, Timing
from checker.model.norm import Counting


@dataclass(slots=True)
class Adjuster:
    """Applies the clauses of one norm to one period."""

    calendar: Calendar
    counting: Counting
    clauses: Clauses
    groups: tuple[Group, ...]

    def adjusted(self, scope: Scope, origin: Origin, begin: Begin, base: Base, raw: Deadline, use: Use) -> Timing:
        """The timing of one instance. OutOfRange beyond the calendar."""
        up_to(scope, raw)
        values = [clause_value(scope, rule) for rule in self.clauses.replaces]
        replaced, doubts = _deciding(values)
        missing: set[str] = set(doubts or ())
        unsure = doubts is not None
        if replaced is not None:
            new = self._replacement(scope, origin, replaced, missing)
            if new is None:
                return Timing(Clock.UNKNOWN, missing=frozenset(missing))
            base = new
        no_rolls = [clause_value(scope, rule) for rule in self.clauses.no_rolls]
        off = next((value for value in no_rolls if value.truth is YES), None)
        counting = self.counting if off is None else self.counting.model_copy(update={"roll": False})
        state = Period3(self.calendar, counting, base, origin, scope.view.as_of)
        timing = Timing(Clock.UNKNOWN, expression=base.expression, period=base.period, replaced=replaced, no_roll=off)
        timing.original_reckoning = state.reckoning()
        timing.original = state.due()
        fold(scope, state, begin, self.groups, use, self.clauses.phase3)
        if unsure:
            state.doubt(missing)
        self._finish(timing, state)
        if off is None and counting.roll and timing.clock is not Clock.UNKNOWN:
            self._doubtful_roll(state, no_rolls)
        timing.unsure, timing.doubts = state.unsure, frozenset(state.doubts)
        timing.clauses = (*values, *no_rolls)
        timing.support = self._support(timing, state)
        return timing

    def _replacement(self, scope: Scope, origin: Origin, by: ClauseValue, missing: set[str]) -> Base | None:
        """The period of the deciding clause; None, with its names, if unknown."""
        rule = next(rule for rule in self.clauses.replaces if rule.clause == by.clause)

        def ask(base: Base) -> Deadline:
            reckoning = Reckoning(origin.day, base.period, self.counting, base.limit, time=origin.time)
            return reckon(self.calendar, reckoning)

        base = rule.period.resolve(scope, scope.spot, ask)
        if base is None:
            rule.period.missing(scope, scope.spot, ask, missing)
        return base

    def _finish(self, timing: Timing, state: Period3) -> None:
        """Clock and due date from what the fold has left."""
        timing.adjustments = tuple(state.adjustments)
        timing.origin = state.origin.day
        timing.origin_event = state.origin_event.event if state.origin_event else None
        if state.lost is not None:
            timing.missing = state.lost
            return
        if state.idle:
            timing.clock = Clock.IDLE
            return
        due, still = state.due(), state.open()
        timing.reckoning = state.reckoning()
        if still is not None:
            start, first = still
            timing.clock = Clock.STOPPED
            timing.stopped_by = start.event
            timing.stopped_due = due
            timing.remaining = max(0, due.day - first + 1)
            return
        timing.due = due
        as_of = state.as_of
        timing.clock = Clock.RUNNING if as_of <= due.day else Clock.UNSURE if as_of <= due.high else Clock.PASSED

    def _doubtful_roll(self, state: Period3, values: Iterable[ClauseValue]) -> None:
        """An unknown 不顺延 matters only where rolling changes the day."""
        unknown = [value for value in values if value.truth is MAYBE]
        if not unknown or state.idle or state.base.period is None:
            return
        reckoning = replace(state.reckoning(), counting=self.counting.model_copy(update={"roll": False}))
        if reckon(self.calendar, reckoning).day != state.due().day:
            state.doubt({name for value in unknown for name in value.missing})

    @staticmethod
    def _support(timing: Timing, state: Period3) -> tuple[str, ...]:
        out = state.evidence()
        for value in (timing.replaced, timing.no_roll):
            if value is not None:
                out |= set(value.support)
        return tuple(sorted(out))


def clause_value(scope: Scope, rule: ReplaceRule | NoRollRule) -> ClauseValue:
    """The effective value of a clause read at the anchor."""
    return value_of(scope, rule.clause, rule, rule.condition)


def value_of(scope: Scope, clause: int, rule: ReplaceRule | NoRollRule, condition: Condition) -> ClauseValue:
    """The same, with what it rests on."""
    truth = condition.truth(scope, scope.spot)
    return ClauseValue(clause, rule.rule, truth, *_rest(scope, condition, truth))


def _rest(scope: Scope, condition: Condition, truth: Truth) -> tuple[tuple[str, ...], frozenset[str]]:
    out: set[str] = set()
    if truth is YES:
        condition.support(scope, scope.spot, True, out)
        return tuple(sorted(out)), frozenset()
    if truth is MAYBE:
        condition.missing(scope, scope.spot, out)
    return (), frozenset(out)


def _deciding(values: list[ClauseValue]) -> tuple[ClauseValue | None, frozenset[str] | None]:
    """The first true clause, and what the unknown ones before it (or all, if none is true) leave open."""
    doubts: set[str] = set()
    unknown = False
    for value in values:
        if value.truth is YES:
            return value, frozenset(doubts) if unknown else None
        if value.truth is MAYBE:
            unknown = True
            doubts |= value.missing
    return None, frozenset(doubts) if unknown else None
