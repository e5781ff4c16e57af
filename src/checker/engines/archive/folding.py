"""Phase 3 over batches: extensions and exclusions folded in the order of events (semantics §6.5).

The k-th event that may set a clause off is folded for all instances at once. What is not certain in every respect, what
restarts the count and what a cap cuts is left to the row evaluator.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from checker.calendars.amount import Amount
from checker.calendars.due import shift
from checker.calendars.grid import OutOfRange
from checker.engines.archive.days import Days
from checker.engines.archive.deadlines import Deadlines, is_known
from checker.engines.archive.intervals import Intervals, intervals_of
from checker.engines.archive.matching import Condition, Pairs, Pattern, uncovered
from checker.engines.archive.periods import Bases, PeriodTerm
from checker.engines.archive.scope import Scope, at_events
from checker.engines.archive.truth import MAYBE, NO, YES, Bools, Ints
from checker.engines.archive.windows import Start
from checker.model.norm import Counting

MOST: int = 12
"""Events folded for one instance; one with more is the row evaluator's."""


@dataclass(slots=True, frozen=True)
class ExtendTerm:
    """延长. ``grant`` None: by its condition alone."""

    grant: Pattern | None
    condition: Condition
    period: PeriodTerm
    times: int | None
    total: Amount | None
    after_expiry: bool


@dataclass(slots=True, frozen=True)
class ExcludeTerm:
    """不计入. ``end`` None: a length from the start on. ``is_capped``: the row evaluator's wherever it is met."""

    start: Pattern
    end: Pattern | None
    length: PeriodTerm | None
    condition: Condition
    is_capped: bool


@dataclass(slots=True, frozen=True)
class RestartTerm:
    """重新计算: the row evaluator's wherever it is met."""

    at: Pattern


Term = ExtendTerm | ExcludeTerm | RestartTerm


@dataclass(slots=True)
class Folded:
    """What phase 3 made of the periods. ``odd`` rows are the row evaluator's; ``touched`` ones met an event."""

    due: Days
    open: Bools
    remaining: Ints
    unsure: Bools
    odd: Bools
    touched: Bools
    support: list[Pairs] = field(default_factory=list)

    @staticmethod
    def untouched(due: Days, size: int) -> Folded:
        """Nothing happened."""
        flags = [np.zeros(size, np.bool_) for _ in range(4)]
        return Folded(due, flags[0], np.zeros(size, np.int64), flags[1], flags[2], flags[3])


@dataclass(slots=True, frozen=True)
class Items:
    """Events meeting clauses: rows of the scope, the event, the clause's place, the interval's end (-1 open)."""

    row: Ints
    event: Ints
    clause: Ints
    first: Ints
    end: Ints
    closer: Ints

    def take(self, places: Ints | Bools) -> Items:
        """Some of them."""
        return Items(*(getattr(self, name)[places] for name in ("row", "event", "clause", "first", "end", "closer")))


def _items(row: Ints, event: Ints, clause: int, intervals: Intervals | None = None) -> Items:
    nothing = np.full(len(row), -1)
    of = np.full(len(row), clause)
    if intervals is None:
        return Items(row, event, of, nothing, nothing, nothing)
    return Items(row, event, of, intervals.first, intervals.end, intervals.closer)


@dataclass(slots=True, frozen=True, eq=False)
class Fold:
    """The phase-3 clauses of one norm, in written order, with the groups whose fulfilment ends the fold."""

    deadlines: Deadlines
    counting: Counting
    terms: tuple[Term, ...]
    groups: tuple[tuple[Pattern, ...], ...]

    def folded(self, scope: Scope, start: Start, bases: Bases, original: Days, rolling: Bools) -> Folded:
        """Fold every clause into periods whose due dates so far are ``original``."""
        result = Folded.untouched(original, len(scope))
        items = self._collected(scope, start, result)
        at_once = [n for n, term in enumerate(self.terms) if isinstance(term, ExtendTerm) and term.grant is None]
        for number in at_once:
            self._maybe_at_once(scope, number, result)
        rows = np.unique(items.row)
        result.touched[rows] = True
        if len(rows):
            if any(pattern.dated_by for group in self.groups for pattern in group):
                result.odd[rows] = True
            rows = rows[~result.odd[rows] & is_known(original)[rows]]
        if len(rows):
            _Run(self, scope, start, bases, rolling, result, rows).fold(items)
        return result

    def _maybe_at_once(self, scope: Scope, number: int, result: Folded) -> None:
        """An extension by a condition alone: mostly it does not hold, and else it is left to the row evaluator."""
        term = self.terms[number]
        assert isinstance(term, ExtendTerm)
        result.odd |= term.condition.truth(scope) != NO

    def _collected(self, scope: Scope, start: Start, result: Folded) -> Items:
        """Every event that may set a clause off, in order; what is doubtful makes its row odd."""
        end = scope.columns.end[scope.case]
        first = np.where(start.first >= 0, start.first, end)
        found: list[Items] = []
        for number, term in enumerate(self.terms):
            match term:
                case ExtendTerm(grant=None):
                    continue
                case ExtendTerm(grant=grant):
                    assert grant is not None
                    found.append(self._after(scope, grant, number, first, end, result))
                case ExcludeTerm(end=None):
                    found.append(self._after(scope, term.start, number, first, end, result))
                    if term.is_capped:
                        result.odd[found[-1].row] = True
                case ExcludeTerm():
                    found.append(self._spans(scope, term, number, start, result))
                case RestartTerm():
                    restarts = self._after(scope, term.at, number, first, end, result)
                    result.odd[restarts.row] = True
        joined = [np.concatenate([getattr(one, name) for one in found]) for name in _NAMES] if found else [_EMPTY] * 6
        items = Items(*joined)
        order = np.lexsort((items.clause, items.event, items.row))
        return items.take(order)

    def _after(self, scope: Scope, pattern: Pattern, number: int, first: Ints, end: Ints, result: Folded) -> Items:
        matches = pattern.matches(scope)
        result.unsure |= uncovered(scope, pattern)
        result.odd |= matches.loose_any(first, end)
        pairs = matches.sure_pairs(first, end)
        return _items(pairs.row, pairs.event, number)

    def _spans(self, scope: Scope, term: ExcludeTerm, number: int, start: Start, result: Folded) -> Items:
        assert term.end is not None
        columns, opened = scope.columns, term.start.matches(scope)
        first, end = columns.first[scope.case], columns.end[scope.case]
        result.odd |= opened.loose_any(first, end)
        starts = opened.sure_pairs(first, end)
        # A start that 除非 rules out begins nothing, so that later ones are not merged into it.
        holds = term.condition.truth(at_events(columns, starts.event, scope.root[starts.row]))
        result.odd[starts.row[holds == MAYBE]] = True
        effective = holds == YES
        intervals, odd = intervals_of(scope, Pairs(starts.row[effective], starts.event[effective]), term.end)
        result.odd |= odd
        over = (intervals.end >= 0) & (intervals.end <= start.day[intervals.row])
        kept = intervals.take(~over)
        if term.is_capped:
            result.odd[kept.row] = True
        return _items(kept.row, kept.event, number, kept)


_NAMES = ("row", "event", "clause", "first", "end", "closer")
_EMPTY: Ints = np.zeros(0, np.int64)


class _Run:
    """The fold of the instances that met an event."""

    def __init__(
        self, fold: Fold, scope: Scope, start: Start, bases: Bases, rolling: Bools, result: Folded, rows: Ints
    ) -> None:
        self.fold_ = fold
        self.scope = scope
        self.start = start
        self.bases = bases
        self.rolling = rolling
        self.result = result
        size = len(scope)
        self.going = np.zeros(size, np.bool_)
        self.going[rows] = True
        self.added = np.zeros((size, 3), np.int64)
        self.times = np.zeros((size, len(fold.terms)), np.int64)
        self.spans: dict[int, list[tuple[int, int]]] = {}
        self.open_from = np.full(size, -1)
        self.at = np.full(size, -1)
        self.discharge = self._first_candidates()

    def fold(self, items: Items) -> None:
        """Round by round: the k-th event of every instance."""
        items = items.take(self.going[items.row])
        number = np.arange(len(items.row)) - np.searchsorted(items.row, items.row)
        self.result.odd[items.row[number >= MOST]] = True
        for step in range(min(MOST, int(number.max(initial=-1)) + 1)):
            self._round(items.take(number == step))
        self._finish()

    def _round(self, items: Items) -> None:
        """One event of each instance: stop where the duty was discharged before it, else try its clause."""
        items = items.take(self.going[items.row] & ~self.result.odd[items.row])
        # Asked once an event: what one clause does there does not end what the next may do.
        done = self._discharged(items) & (self.at[items.row] != items.event)
        self.at[items.row] = items.event
        self.going[items.row[done]] = False
        items = items.take(~done)
        for number, term in enumerate(self.fold_.terms):
            mine = items.take(items.clause == number)
            if not len(mine.row):
                continue
            assert not isinstance(term, RestartTerm)
            mine = self._tested(mine, term.condition, late_too=isinstance(term, ExtendTerm) and term.after_expiry)
            if len(mine.row):
                if isinstance(term, ExtendTerm):
                    self._extend(mine, number, term)
                else:
                    self._exclude(mine, term)

    def _first_candidates(self) -> list[list[Ints]]:
        """For each group and pattern the first certain candidate, -1 without one."""
        scope, end = self.scope, self.scope.columns.end[self.scope.case]
        first = scope.free(np.where(self.start.first >= 0, self.start.first, end))
        return [[one.matches(scope).first_sure(first, end) for one in group] for group in self.fold_.groups]

    def _discharged(self, items: Items) -> Bools:
        """Whether every group has a timely candidate before the event; while an exclusion is open, all are timely."""
        row, day, due = items.row, self.scope.columns.day, self.result.due.day[items.row]
        result = np.ones(len(row), np.bool_)
        is_open = self.open_from[row] >= 0
        for group in self.discharge:
            done = np.zeros(len(row), np.bool_)
            for candidates in group:
                event = candidates[row]
                done |= (event >= 0) & (event < items.event) & (is_open | (day[event] <= due))
            result &= done
        return result & bool(self.discharge)

    def _tested(self, items: Items, condition: Condition, *, late_too: bool) -> Items:
        """The events that pass the tests of their clause; where one is unknown, its row becomes odd."""
        columns = self.scope.columns
        holds = condition.truth(at_events(columns, items.event, self.scope.root[items.row]))
        day, due = columns.day[items.event], self.result.due
        in_time = np.where(day <= due.low[items.row], YES, np.where(day <= due.high[items.row], MAYBE, NO))
        in_time = np.where((self.open_from[items.row] >= 0) | late_too, YES, in_time)
        self.result.odd[items.row[(holds != NO) & (in_time != NO) & ((holds == MAYBE) | (in_time == MAYBE))]] = True
        passed = items.take((holds == YES) & (in_time == YES))
        if len(passed.row):
            at = at_events(columns, passed.event, self.scope.root[passed.row])
            pairs = condition.support(at, True)
            self.result.support += [Pairs(passed.row[one.row], one.event) for one in pairs]
        return passed

    def _extend(self, items: Items, number: int, term: ExtendTerm) -> None:
        if term.times is not None:
            items = items.take(self.times[items.row, number] < term.times)
        at = at_events(self.scope.columns, items.event, self.scope.root[items.row])
        more = term.period.resolve(at, lambda bases: bases.due(self.fold_.deadlines, at.day, self.fold_.counting))
        self.result.odd[items.row[~more.known | (more.choice < 0)]] = True
        amounts = np.array([[one.months, one.days, one.workdays] for one in more.amounts] or [[0, 0, 0]], np.int64)
        added = amounts[np.clip(more.choice, 0, None)]
        if term.total is not None:
            keep = self._within_total(items, added, term.total)
            items, added = items.take(keep), added[keep]
        self.added[items.row] += added
        self.times[items.row, number] += 1
        self.result.support.append(Pairs(items.row, items.event))
        self._recount(items.row)

    def _within_total(self, items: Items, added: Ints, total: Amount) -> Bools:
        """Whether the extensions so far and one more lead no further than the total from the raw period, unrolled."""
        fold = self.fold_
        others = sum(isinstance(term, ExtendTerm) for term in fold.terms) > 1
        limited = self.bases.choice[items.row] < 0
        if others:
            # The total is that of one clause; where others have extended too, the row evaluator tells them apart.
            mixed = self.added[items.row].any(axis=1)
            self.result.odd[items.row[mixed]] = True
        self.result.odd[items.row[limited]] = True
        flat = fold.counting.model_copy(update={"roll": False})
        reached = self._counted(items.row, self.added[items.row] + added, flat)
        allowed = self._counted(
            items.row, np.tile([total.months, total.days, total.workdays], (len(items.row), 1)), flat
        )
        return (reached.day <= allowed.day) & is_known(reached) & is_known(allowed)

    def _exclude(self, items: Items, term: ExcludeTerm) -> None:
        first, end = items.first, items.end
        if term.length is not None:
            first, end = self._length(items, term.length)
        for row, begin, stop in zip(items.row.tolist(), first.tolist(), end.tolist(), strict=True):
            if stop >= 0:
                self.spans.setdefault(row, []).append((begin, stop))
        is_open = end < 0
        rows = items.row[is_open]
        first_day = self.start.day[rows] + self.fold_.counting.next_day
        begins = np.maximum(first[is_open], first_day)
        known = self.open_from[rows] >= 0
        self.open_from[rows] = np.where(known, np.minimum(self.open_from[rows], begins), begins)
        self.result.support.append(Pairs(items.row, items.event))
        closed = items.closer >= 0
        self.result.support.append(Pairs(items.row[closed], items.closer[closed]))
        self._recount(items.row)

    def _length(self, items: Items, length: PeriodTerm) -> tuple[Ints, Ints]:
        """The days a fixed exclusion takes out: from the next day to the corresponding day of its length."""
        at = at_events(self.scope.columns, items.event, self.scope.root[items.row])
        counting = self.fold_.counting
        bases = length.resolve(at, lambda one: one.due(self.fold_.deadlines, at.day, counting))
        end = np.zeros(len(items.row), np.int64)
        for place, (choice, day, known) in enumerate(
            zip(bases.choice.tolist(), at.day.tolist(), bases.known.tolist(), strict=True)
        ):
            moved = None
            if known and choice >= 0:
                try:
                    moved = shift(self.fold_.deadlines.calendar, day, bases.amounts[choice], backward=False)
                except OutOfRange:
                    moved = None
            if moved is None or moved.provisional:
                self.result.odd[items.row[place]] = True
            else:
                end[place] = moved.day + 1
        return at.day + 1, end

    def _recount(self, rows: Ints) -> None:
        """The due dates of the rows from what was folded so far."""
        rows = np.unique(rows)
        limited = rows[self.bases.choice[rows] < 0]
        self.result.odd[limited] = True
        rows = rows[self.bases.choice[rows] >= 0]
        spanned = np.array([row in self.spans for row in rows.tolist()], np.bool_)
        self._put(rows[~spanned], self._plain(rows[~spanned]))
        self._put(rows[spanned], self._spanned(rows[spanned]))

    def _put(self, rows: Ints, due: Days) -> None:
        if not len(rows):
            return
        self.result.due = self.result.due.placed(rows, due)
        self.result.odd[rows[~is_known(due)]] = True

    def _plain(self, rows: Ints) -> Days:
        rolled = self._counted(rows, self.added[rows], self.fold_.counting)
        if self.rolling[rows].all() or not self.fold_.counting.roll:
            return rolled
        flat = self._counted(rows, self.added[rows], self.fold_.counting.model_copy(update={"roll": False}))
        return rolled.choose(~self.rolling[rows], flat)

    def _totals(self, rows: Ints, added: Ints) -> Ints:
        amounts = np.array([[one.months, one.days, one.workdays] for one in self.bases.amounts], np.int64)
        total: Ints = amounts[self.bases.choice[rows]] + added
        return total

    def _counted(self, rows: Ints, added: Ints, counting: Counting) -> Days:
        totals = self._totals(rows, added)
        distinct, inverse = np.unique(totals, axis=0, return_inverse=True)
        bases = Bases(
            np.ones(len(rows), np.bool_),
            inverse.reshape(-1),
            tuple(Amount(*one) for one in distinct.tolist()),
            Days.plain(np.zeros(len(rows), np.int64), np.zeros(len(rows), np.int64)),
        )
        return bases.due(self.fold_.deadlines, self.start.day[rows], counting)

    def _spanned(self, rows: Ints) -> Days:
        rolled, flat = self.fold_.counting, self.fold_.counting.model_copy(update={"roll": False})
        return self.fold_.deadlines.lengthened(
            self.start.day[rows],
            [Amount(*one) for one in self._totals(rows, self.added[rows]).tolist()],
            [rolled if rolls else flat for rolls in self.rolling[rows].tolist()],
            [tuple(self.spans[row]) for row in rows.tolist()],
        )

    def _finish(self) -> None:
        self.result.open = self.open_from >= 0
        left = self.result.due.day - self.open_from + 1
        self.result.remaining = np.where(self.result.open, np.maximum(left, 0), 0)
