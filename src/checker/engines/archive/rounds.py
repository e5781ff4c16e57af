"""Phase 3 over batches, round by round: the k-th event of every instance meets its clause (semantics §6.5)."""

from __future__ import annotations

from typing import Final, assert_never

import numpy as np

from checker.calendars.amount import Amount
from checker.engines.archive.days import Days
from checker.engines.archive.deadlines import is_known
from checker.engines.archive.excluding import Excluded, fixed_end
from checker.engines.archive.instants import Origins
from checker.engines.archive.matching import Condition, Pairs
from checker.engines.archive.periods import Ask, Bases
from checker.engines.archive.scope import Scope, at_events
from checker.engines.archive.terms import ExcludeTerm, ExtendTerm, Folded, Items, Phase3, RestartTerm, Term
from checker.engines.archive.truth import MAYBE, NO, YES, Bools, Ints
from checker.engines.archive.windows import Start, first_from
from checker.model.norm import Counting

MOST: Final = 24
"""Events folded for one instance; one with more is the row evaluator's."""


class Rounds:
    """The fold of the instances that meet an event or a condition."""

    def __init__(
        self, phase3: Phase3, scope: Scope, start: Start, bases: Bases, rolling: Bools, result: Folded, going: Bools
    ) -> None:
        self.phase3, self.scope, self.bases, self.rolling, self.result = phase3, scope, bases, rolling, result
        self.going = going
        size = len(scope)
        self.first = start.first
        self.origin = start.day.copy()
        self.added = np.zeros((size, len(phase3.terms), 3), np.int64)
        self.times = np.zeros((size, len(phase3.terms)), np.int64)
        self.at = np.full(size, -1)
        self.excluded = Excluded(phase3.deadlines.calendar, scope.columns.as_of)
        self.open_from = np.full(size, -1)
        self.events: dict[int, list[int]] = {}
        self.restarts: dict[int, list[int]] = {}
        self.discharge = self._first_candidates()
        amounts = [[one.months, one.days, one.workdays] for one in bases.amounts]
        self.amounts = np.array(amounts or [[0, 0, 0]], np.int64)

    def fold(self, items: Items) -> None:
        """Extensions by a condition alone, then the events."""
        for number, term in enumerate(self.phase3.terms):
            if isinstance(term, ExtendTerm) and term.grant is None:
                self._extend_at_once(number, term)
        items = items.take(self.going[items.row])
        turn = np.arange(len(items.row)) - np.searchsorted(items.row, items.row)
        self.result.odd[items.row[turn >= MOST]] = True
        for step in range(min(MOST, int(turn.max(initial=-1)) + 1)):
            self._round(items.take(turn == step))
        self._finish()

    def _round(self, items: Items) -> None:
        """One event of each instance: stop where the duty was discharged before it, else try its clause."""
        items = items.take(self.going[items.row] & ~self.result.odd[items.row] & ~self.result.idle[items.row])
        # Asked once an event: what one clause does there does not end what the next may do.
        done = self._discharged(items) & (self.at[items.row] != items.event)
        self.at[items.row] = items.event
        self.going[items.row[done]] = False
        items = items.take(~done)
        for number, term in enumerate(self.phase3.terms):
            mine = items.take(items.clause == number)
            if not len(mine.row):
                continue
            late_too = isinstance(term, ExtendTerm) and term.after_expiry
            mine = self._tested(mine, term.condition, late_too=late_too)
            if len(mine.row):
                self._apply(mine, number, term)

    def _apply(self, items: Items, number: int, term: Term) -> None:
        match term:
            case ExtendTerm():
                self._extend(items, number, term)
            case ExcludeTerm():
                self._exclude(items, number, term)
            case RestartTerm():
                self._restart(items, number, term)
            case _:
                assert_never(term)

    def _first_candidates(self) -> list[list[Ints]]:
        """For each group and pattern the first certain candidate, -1 without one."""
        scope, end = self.scope, self.scope.columns.end[self.scope.case]
        first = scope.free(np.where(self.first >= 0, self.first, end))
        return [[one.matches(scope).first_sure(first, end) for one in group] for group in self.phase3.groups]

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
        return items.take((holds == YES) & (in_time == YES))

    def _support(self, items: Items, condition: Condition) -> list[tuple[int, int]]:
        """What the condition of an applied clause rests on: places of the items, each with an event."""
        at = at_events(self.scope.columns, items.event, self.scope.root[items.row])
        found = condition.support(at, True)
        return [pair for one in found for pair in zip(one.row.tolist(), one.event.tolist(), strict=True)]

    def _extend_at_once(self, number: int, term: ExtendTerm) -> None:
        scope = self.scope
        rows = np.flatnonzero(self.going & (term.condition.truth(scope) == YES))
        if not len(rows):
            return
        chosen = scope.take(rows)
        more = term.period.resolve(chosen, self._asking(rows, self.origin[rows]))
        kept = self._granted(rows, number, term, more)
        held = term.condition.support(scope, True)
        is_kept = np.zeros(len(scope), np.bool_)
        is_kept[kept] = True
        for one in held:
            self._note(one.row[is_kept[one.row]], one.event[is_kept[one.row]])

    def _extend(self, items: Items, number: int, term: ExtendTerm) -> None:
        if term.times is not None:
            items = items.take(self.times[items.row, number] < term.times)
        at = at_events(self.scope.columns, items.event, self.scope.root[items.row])
        more = term.period.resolve(at, self._asking(items.row, self.origin[items.row]))
        kept = np.isin(items.row, self._granted(items.row, number, term, more))
        granted = items.take(kept)
        self._note(granted.row, granted.event)
        for place, event in self._support(granted, term.condition):
            self.events.setdefault(int(granted.row[place]), []).append(event)

    def _asking(self, rows: Ints, day: Ints) -> Ask:
        """What a period alone comes to for some rows, counted from days."""
        deadlines, counting = self.phase3.deadlines, self.phase3.counting
        rolling = self.rolling[rows] if counting.roll else np.ones(len(rows), np.bool_)

        def ask(bases: Bases) -> Days:
            due = bases.due(deadlines, Origins(day), counting)
            if rolling.all():
                return due
            flat = bases.due(deadlines, Origins(day), counting.model_copy(update={"roll": False}))
            return due.choose(~rolling, flat)

        return ask

    def _granted(self, rows: Ints, number: int, term: ExtendTerm, more: Bases) -> Ints:
        """Add what is granted to the periods; the rows where that broke no cap. Each row stands there once."""
        if not len(rows):
            return rows
        self.result.odd[rows[~more.known | (more.choice < 0) | more.in_hours()]] = True
        amounts = np.array([[one.months, one.days, one.workdays] for one in more.amounts] or [[0, 0, 0]], np.int64)
        added = amounts[np.clip(more.choice, 0, None)]
        keep = ~self.result.odd[rows]
        if term.times is not None:
            keep &= self.times[rows, number] < term.times
        if term.total is not None:
            keep &= self._within_total(rows, number, added, term.total)
        rows, added = rows[keep], added[keep]
        self.added[rows, number] += added
        self.times[rows, number] += 1
        self._recount(rows)
        return rows

    def _within_total(self, rows: Ints, number: int, added: Ints, total: Amount) -> Bools:
        """Whether the extensions of a clause and one more lead no further than its total, from the raw period, flat."""
        flat = self.phase3.counting.model_copy(update={"roll": False})
        reached = self._counted(rows, self.added[rows, number] + added, flat)
        limit = np.tile([total.months, total.days, total.workdays], (len(rows), 1))
        allowed = self._counted(rows, limit, flat)
        self.result.odd[rows[~is_known(reached) | ~is_known(allowed)]] = True
        return reached.day <= allowed.day

    def _exclude(self, items: Items, number: int, term: ExcludeTerm) -> None:
        columns, first, end = self.scope.columns, items.first, items.end
        if term.length is not None:
            at = at_events(columns, items.event, self.scope.root[items.row])
            ask = self._asking(items.row, at.day)
            first, end, unclear = fixed_end(at, term.length, ask, self.phase3.deadlines.calendar)
            self.result.odd[items.row[unclear]] = True
        else:
            # One that is over before a restarted period begins takes nothing out.
            kept = (end < 0) | (end > self.origin[items.row])
            items, first, end = items.take(kept), first[kept], end[kept]
        events = [
            [event] if closer < 0 else [event, closer]
            for event, closer in zip(items.event.tolist(), items.closer.tolist(), strict=True)
        ]
        for place, event in self._support(items, term.condition):
            events[place].append(event)
        for row, begin, stop, cited in zip(items.row.tolist(), first.tolist(), end.tolist(), events, strict=True):
            self.excluded.add(row, number, term.cap, (begin, None if stop < 0 else stop), cited)
        self._recount(items.row)

    def _restart(self, items: Items, number: int, term: RestartTerm) -> None:
        """Drop what was folded so far and count anew from the event, or from the first origin at or after it."""
        if term.times is not None:
            items = items.take(self.times[items.row, number] < term.times)
        columns = self.scope.columns
        origin = items.event
        if term.origin is not None:
            at = at_events(columns, items.event, self.scope.root[items.row])
            origin, unknown = first_from(at, term.origin)
            self.result.odd[items.row[unknown]] = True
        found = origin >= 0
        self.result.idle[items.row[~found]] = True
        for row, event, source in zip(items.row.tolist(), items.event.tolist(), origin.tolist(), strict=True):
            self.excluded.drop(row)
            self.events.pop(row, None)
            self.restarts.setdefault(row, []).extend([event, source] if source >= 0 else [event])
        again = [n for n, one in enumerate(self.phase3.terms) if not isinstance(one, RestartTerm)]
        self.added[items.row] = 0
        for other in again:
            self.times[items.row, other] = 0
        self.times[items.row, number] += 1
        rows = items.row[found]
        self.origin[rows] = columns.day[origin[found]]
        for place, event in self._support(items, term.condition):
            self.restarts[int(items.row[place])].append(event)
        self._recount(rows)

    def _note(self, rows: Ints, events: Ints) -> None:
        for row, event in zip(rows.tolist(), events.tolist(), strict=True):
            self.events.setdefault(row, []).append(event)

    def _recount(self, rows: Ints) -> None:
        """The due dates of the rows from what was folded so far."""
        rows = np.unique(rows)
        if not len(rows):
            return
        first_days = (self.origin[rows] + self.phase3.counting.next_day).tolist()
        found = [self.excluded.days(row, first) for row, first in zip(rows.tolist(), first_days, strict=True)]
        self.open_from[rows] = [-1 if one.open_from is None else one.open_from for one in found]
        spanned = np.array([bool(one.spans) for one in found], np.bool_)
        plain = rows[~spanned]
        self._put(plain, self._rolled(plain))
        some = rows[spanned]
        rolled, flat = self.phase3.counting, self.phase3.counting.model_copy(update={"roll": False})
        self._put(
            some,
            self.phase3.deadlines.lengthened(
                self.origin[some],
                [Amount(*one) for one in self._totals(some, self.added[some].sum(axis=1)).tolist()],
                [rolled if rolls else flat for rolls in self.rolling[some].tolist()],
                [one.spans for one in found if one.spans],
            ),
        )

    def _put(self, rows: Ints, due: Days) -> None:
        if len(rows):
            self.result.due = self.result.due.placed(rows, due)
            self.result.odd[rows[~is_known(due)]] = True

    def _rolled(self, rows: Ints) -> Days:
        added = self.added[rows].sum(axis=1)
        rolled = self._counted(rows, added, self.phase3.counting)
        if self.rolling[rows].all() or not self.phase3.counting.roll:
            return rolled
        flat = self._counted(rows, added, self.phase3.counting.model_copy(update={"roll": False}))
        return rolled.choose(~self.rolling[rows], flat)

    def _totals(self, rows: Ints, added: Ints) -> Ints:
        total: Ints = self.amounts[self.bases.choice[rows]] + added
        return total

    def _counted(self, rows: Ints, added: Ints, counting: Counting) -> Days:
        distinct, inverse = np.unique(self._totals(rows, added), axis=0, return_inverse=True)
        nowhere = Days.plain(np.zeros(len(rows), np.int64), np.zeros(len(rows), np.int64))
        amounts = tuple(Amount(*one) for one in distinct.tolist())
        bases = Bases(np.ones(len(rows), np.bool_), inverse.reshape(-1), amounts, nowhere)
        return bases.due(self.phase3.deadlines, Origins(self.origin[rows]), counting)

    def _finish(self) -> None:
        """What is open, what was left when it began, and the events that counted in the end."""
        result = self.result
        result.open = self.open_from >= 0
        left = result.due.day - self.open_from + 1
        result.remaining = np.where(result.open, np.maximum(left, 0), 0)
        pairs = [(row, event) for kept in (self.events, self.restarts) for row, some in kept.items() for event in some]
        first_day = self.origin + self.phase3.counting.next_day
        pairs += [
            (row, event) for row in self.excluded.rows() for event in self.excluded.events(row, int(first_day[row]))
        ]
        if pairs:
            rows, events = np.array(pairs, np.int64).T
            result.support.append(Pairs(rows, events))
