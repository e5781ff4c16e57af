"""From the raw due dates to the final ones: 期限为, 不顺延, then phase 3 (semantics §6.3 to §6.7)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from checker.engines.archive.days import Days
from checker.engines.archive.deadlines import Deadlines, is_known, nothing
from checker.engines.archive.folding import folded
from checker.engines.archive.instances import Timing
from checker.engines.archive.matching import Condition, Pairs
from checker.engines.archive.periods import Bases, PeriodTerm
from checker.engines.archive.scope import Scope
from checker.engines.archive.terms import Folded, Phase3
from checker.engines.archive.truth import MAYBE, NO, YES, Bools, Ints, Truths, filled
from checker.engines.archive.windows import Start, clock_of
from checker.engines.facts import Clock
from checker.model.norm import Counting


@dataclass(slots=True, frozen=True)
class ReplaceTerm:
    """期限为."""

    condition: Condition
    period: PeriodTerm


@dataclass(slots=True, frozen=True, eq=False)
class ClauseAdjuster:
    """The clauses of one norm that change a due date, by phase."""

    deadlines: Deadlines
    counting: Counting
    replaces: tuple[ReplaceTerm, ...]
    no_rolls: tuple[Condition, ...]
    phase3: Phase3 | None

    def adjusted(self, scope: Scope, start: Start, bases: Bases, raw: Days) -> tuple[Timing, Bools]:
        """The final windows, and where they are the row evaluator's."""
        size = len(scope)
        seen = up_to(scope, raw)
        support: list[Pairs] = list(start.support)
        bases, unsure = self._replaced(seen, start, bases, support)
        rolling, doubtful = self._rolling(seen, support)
        known = is_known(raw) & bases.known
        original = self._due(bases, start, rolling).choose(~known, nothing(size))
        known &= is_known(original)
        after = Folded.untouched(original, size)
        if self.phase3 is not None:
            after = folded(self.phase3, seen, start, bases, original, rolling & self.counting.roll)
        unsure |= after.unsure
        if doubtful.any():
            other = self._due(bases, start, ~rolling).choose(~known, nothing(size))
            touched = after.touched & doubtful
            after.odd |= touched
            unsure |= doubtful & known & (bases.choice >= 0) & (other.day != original.day)
        clock = np.where(after.open, Clock.STOPPED, clock_of(after.due, scope.columns.as_of))
        clock = np.where(known & is_known(after.due), clock, Clock.UNKNOWN)
        clock = np.where(known & after.idle, Clock.IDLE, clock)
        unsure &= clock != Clock.UNKNOWN
        undated = after.open | after.idle | (clock == Clock.UNKNOWN)
        due = after.due.choose(undated, nothing(size))
        instants = bases.instants(start.origin, self.counting)
        support += after.support
        return Timing(clock, due, original, start.first, unsure, after.remaining, support, instants), after.odd

    def _replaced(self, scope: Scope, start: Start, bases: Bases, support: list[Pairs]) -> tuple[Bases, Bools]:
        """The bases after 期限为, and where an unknown clause leaves them open."""
        size = len(scope)
        open_, unsure = np.ones(size, np.bool_), np.zeros(size, np.bool_)
        for clause in self.replaces:
            truth = clause.condition.truth(scope)
            unsure |= open_ & (truth == MAYBE)
            chosen = open_ & (truth == YES)
            if chosen.any():
                other = clause.period.resolve(scope, lambda one: one.due(self.deadlines, start.origin, self.counting))
                bases = bases.where(chosen, other)
                support += within(clause.condition.support(scope, True), chosen)
                open_ &= ~chosen
        return bases, unsure

    def _rolling(self, scope: Scope, support: list[Pairs]) -> tuple[Bools, Bools]:
        """Where the end still rolls, and where an unknown 不顺延 leaves that open."""
        size = len(scope)
        off = np.zeros(size, np.bool_)
        maybe = np.zeros(size, np.bool_)
        for condition in self.no_rolls:
            truth = condition.truth(scope)
            chosen = ~off & (truth == YES)
            if chosen.any():
                support += within(condition.support(scope, True), chosen)
            off |= chosen
            maybe |= truth == MAYBE
        return ~off, maybe & ~off & self.counting.roll

    def _due(self, bases: Bases, start: Start, rolling: Bools) -> Days:
        """The due date without phase 3."""
        due = bases.due(self.deadlines, start.origin, self.counting)
        if rolling.all() or not self.counting.roll:
            return due
        flat = bases.due(self.deadlines, start.origin, self.counting.model_copy(update={"roll": False}))
        return due.choose(~rolling, flat)


def within(pairs: Sequence[Pairs], rows: Bools) -> list[Pairs]:
    """The pairs of some rows."""
    kept = [(one, rows[one.row]) for one in pairs]
    return [Pairs(one.row[keep], one.event[keep]) for one, keep in kept]


def up_to(scope: Scope, due: Days, discharge: Ints | None = None) -> Scope:
    """Let the scope see every event dated on or before a due date (as-of where there is none) and before a discharge.

    ``discharge`` is an event, -1 where the duty was not discharged in time.
    """
    columns = scope.columns
    known = is_known(due)
    end = columns.end[scope.case]
    if (~known).all():
        low = high = end
    else:
        low = np.where(known, columns.from_day(scope.case, due.low + 1), end)
        same = (due.low == due.high).all()
        high = low if same else np.where(known, columns.from_day(scope.case, due.high + 1), end)
    if discharge is not None:
        limit = np.where(discharge >= 0, discharge, end)
        low, high = np.minimum(low, limit), np.minimum(high, limit)
    return replace(scope, low=low, high=high)


def values_of(scope: Scope, conditions: Sequence[Condition]) -> tuple[Truths, Ints]:
    """The value of 不适用 clauses together, and the place of the first true one (-1)."""
    size = len(scope)
    value, by = filled(size, NO), np.full(size, -1)
    for place, condition in enumerate(conditions):
        truth = condition.truth(scope)
        by = np.where((by < 0) & (truth == YES), place, by)
        value = np.where(truth == YES, np.int8(YES), np.where((value == NO) & (truth == MAYBE), np.int8(MAYBE), value))
    return value, by
