"""How the required acts stand to many windows, and what stands before many anchors (semantics §5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from checker.calendars.amount import Amount
from checker.calendars.calendar import Calendar
from checker.calendars.due import back
from checker.calendars.grid import OutOfRange
from checker.engines.archive.columns import DAYS, Columns
from checker.engines.archive.days import Days
from checker.engines.archive.deadlines import is_known
from checker.engines.archive.instances import Timing
from checker.engines.archive.instants import times_of, whole
from checker.engines.archive.matching import Pairs, Pattern, uncovered
from checker.engines.archive.scope import Scope
from checker.engines.archive.truth import MAYBE, NO, YES, Bools, Ints, Truths
from checker.engines.facts import Act
from checker.model.requirements import Lead

LAST = 1 << 40
"""Beyond every event."""


@dataclass(slots=True, frozen=True)
class Standing:
    """One group at every instance: how it stands, the chosen event (-1: none) and the day that counts for it."""

    act: Ints
    chosen: Ints
    day: Ints


def stand(scope: Scope, group: Sequence[Pattern], timing: Timing) -> Standing:
    """How one group stands to the windows."""
    size = len(scope)
    bare = np.zeros(size, np.bool_)
    found = _Found(size)
    for pattern in group:
        bare |= uncovered(scope, pattern)
        if pattern.dated_by is None and timing.instants is None:
            _by_order(scope, pattern, timing, found)
        else:
            _by_date(scope, pattern, timing, found)
    maybe = found.near | bare | (found.far & (found.late == LAST))
    act = np.where(
        found.timely < LAST,
        Act.TIMELY,
        np.where(maybe, Act.MAYBE, np.where(found.late < LAST, Act.LATE, Act.NONE)),
    )
    timely, late = act == Act.TIMELY, act == Act.LATE
    chosen = np.where(timely, found.timely, np.where(late, found.late, -1))
    day = np.where(timely, found.timely_day, np.where(late, found.late_day, -1))
    return Standing(act, chosen, day)


class _Found:
    """The candidates of a group: the first timely and the first late one, and whether doubtful ones are near or far."""

    def __init__(self, size: int) -> None:
        self.timely = np.full(size, LAST)
        self.timely_day = np.full(size, -1)
        self.late = np.full(size, LAST)
        self.late_day = np.full(size, -1)
        self.near = np.zeros(size, np.bool_)
        self.far = np.zeros(size, np.bool_)

    def put_timely(self, event: Ints, day: Ints) -> None:
        """Take the events (LAST: none) that are earlier than those so far."""
        earlier = event < self.timely
        self.timely, self.timely_day = np.where(earlier, event, self.timely), np.where(earlier, day, self.timely_day)

    def put_late(self, event: Ints, day: Ints) -> None:
        """The same of late ones."""
        earlier = event < self.late
        self.late, self.late_day = np.where(earlier, event, self.late), np.where(earlier, day, self.late_day)


def _by_order(scope: Scope, pattern: Pattern, timing: Timing, found: _Found) -> None:
    """Dates ascend with the order of events, so the first candidate on either side of the due date decides."""
    columns, matches = scope.columns, pattern.matches(scope)
    end = columns.end[scope.case]
    first = scope.free(np.where(timing.first >= 0, timing.first, end))
    due = is_known(timing.due)
    on_time = np.where(due, columns.from_day(scope.case, timing.due.day + 1), end)
    possible = on_time
    if not (timing.due.day == timing.due.high).all():
        possible = np.where(due, columns.from_day(scope.case, timing.due.high + 1), end)
        low, high = matches.sure_range(np.maximum(first, on_time), possible)
        found.near |= low < high
    _put(columns.day, matches.first_sure(first, on_time), found.put_timely)
    _put(columns.day, matches.first_sure(np.maximum(first, possible), end), found.put_late)
    if len(matches.loose):
        found.near |= matches.loose_any(first, possible)
        found.far |= matches.loose_any(np.maximum(first, possible), end)


def _put(days: Ints, event: Ints, put: Callable[[Ints, Ints], None]) -> None:
    there = event >= 0
    day = np.where(there, days[event], -1) if len(days) else event
    put(np.where(there, event, LAST), day)


def _by_date(scope: Scope, pattern: Pattern, timing: Timing, found: _Found) -> None:
    """Hours, or another date that stands for the events' own (以 … 日为准): every candidate is looked at."""
    columns, matches = scope.columns, pattern.matches(scope)
    end = columns.end[scope.case]
    first = scope.free(np.where(timing.first >= 0, timing.first, end))
    size = len(scope)
    sure, loose = matches.sure_pairs(first, end), matches.loose_pairs(first, end)
    day = pattern.day(columns, sure.event)
    holds = np.where(day >= 0, _in_time(columns, pattern, sure, day, timing), np.int8(MAYBE))
    for wanted, put in ((YES, found.put_timely), (NO, found.put_late)):
        place = np.full(size, LAST)
        # Pairs stand in order, so the first of each row is written last.
        chosen = np.flatnonzero(holds == wanted)[::-1]
        place[sure.row[chosen]] = chosen
        there = place < LAST
        at = np.where(there, place, 0)
        put(np.where(there, sure.event[at], LAST) if len(sure.event) else place, day[at] if len(day) else place)
    found.near[sure.row[holds == MAYBE]] = True
    other = pattern.day(columns, loose.event)
    near = (other < 0) | (_in_time(columns, pattern, loose, other, timing) != NO)
    found.near[loose.row[near]] = True
    found.far[loose.row[~near]] = True


def _in_time(columns: Columns, pattern: Pattern, pairs: Pairs, day: Ints, timing: Timing) -> Truths:
    """Whether acts on days are in time; always, where there is no due date."""
    row, due = pairs.row, timing.due
    held = np.where(day <= due.day[row], np.int8(YES), np.where(day <= due.high[row], np.int8(MAYBE), np.int8(NO)))
    if timing.instants is not None:
        earliest, latest = whole(day, times_of(columns, pairs.event) if pattern.dated_by is None else None)
        first, last = timing.instants.first[row], timing.instants.last[row]
        by_hour = np.where(latest <= first, np.int8(YES), np.where(earliest > last, np.int8(NO), np.int8(MAYBE)))
        held = np.where(last >= 0, by_hour, held)
    return np.where(is_known(due)[row], held, np.int8(YES))


def joined(standings: Sequence[Standing]) -> Ints:
    """All groups together."""
    result = np.full(len(standings[0].act), Act.TIMELY)
    for act in (Act.LATE, Act.MAYBE, Act.NONE):
        for standing in standings:
            result = np.where(standing.act == act, act, result)
    return result


def latest_group(standings: Sequence[Standing]) -> Ints:
    """The group whose chosen event stands last; -1 unless every group has one.

    One event may serve two groups that date it differently: it served on the later of the two days.
    """
    chosen = np.stack([standing.chosen for standing in standings])
    day = np.stack([standing.day for standing in standings])
    return np.where((chosen >= 0).all(axis=0), (chosen * DAYS + np.maximum(day, 0)).argmax(axis=0), -1)


@dataclass(slots=True, frozen=True)
class PrecedeTerm:
    """A 之前 应当 有 B: how far before."""

    calendar: Calendar
    lead: Lead
    amount: Amount

    def stand(self, scope: Scope, group: Sequence[Pattern]) -> Standing:
        """How one group stands before the anchors: TIMELY (yes), MAYBE or NONE; the last certain event is chosen."""
        size = len(scope)
        chosen, maybe = np.full(size, -1), np.zeros(size, np.bool_)
        limit = self._limit(scope)
        for pattern in group:
            maybe |= uncovered(scope, pattern)
            event, possible = self._chosen(scope, pattern, limit)
            if scope.unused is None:
                chosen = np.maximum(chosen, event)
            else:
                chosen = np.where((chosen < 0) | ((event >= 0) & (event < chosen)), event, chosen)
            maybe |= possible
        act = np.where(chosen >= 0, Act.TIMELY, np.where(maybe, Act.MAYBE, Act.NONE))
        return Standing(act, chosen, np.full(size, -1))

    def _limit(self, scope: Scope) -> Days | None:
        """The last days that are early enough; None in order."""
        if self.lead.kind == "order":
            return None
        if self.lead.kind != "period":
            return Days.plain(scope.day - (self.lead.kind == "earlier_day"))
        distinct, inverse = np.unique(scope.day, return_inverse=True)
        rows = np.array([self._back(day) for day in distinct.tolist()], np.int64).reshape(-1, 4)[inverse]
        return Days(rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3], np.zeros(len(scope), np.bool_))

    def _back(self, day: int) -> tuple[int, int, int, int]:
        try:
            due = back(self.calendar, day, self.amount)
        except OutOfRange:
            return (0, 0, 0, 0)
        return (1, due.day, due.low, due.high)

    def _chosen(self, scope: Scope, pattern: Pattern, limit: Days | None) -> tuple[Ints, Bools]:
        """The last certain event early enough (逐一: the first unused; -1: none), and where a possible one is there."""
        columns, matches = scope.columns, pattern.matches(scope)
        first, end = columns.first[scope.case], columns.end[scope.case]
        pick = matches.last_sure if scope.unused is None else matches.first_sure
        free = scope.free(first)
        if limit is None:
            return pick(free, scope.cut), matches.loose_any(first, scope.cut)
        known = is_known(limit)
        if pattern.dated_by is not None:
            return self._last_dated(scope, pattern, limit)
        low = np.where(known, columns.from_day(scope.case, limit.low + 1), first)
        high = np.where(known, columns.from_day(scope.case, limit.high + 1), end)
        between, stop = matches.sure_range(scope.free(low), high)
        return pick(free, low), (between < stop) | matches.loose_any(first, high)

    def _last_dated(self, scope: Scope, pattern: Pattern, limit: Days) -> tuple[Ints, Bools]:
        columns, matches = scope.columns, pattern.matches(scope)
        first, end = columns.first[scope.case], columns.end[scope.case]
        event, possible = np.full(len(scope), -1), np.zeros(len(scope), np.bool_)
        for pairs, is_sure in ((matches.sure_pairs(first, end), True), (matches.loose_pairs(first, end), False)):
            truth = self._holds(pattern.day(columns, pairs.event), limit, pairs)
            if is_sure:
                np.maximum.at(event, pairs.row[truth == YES], pairs.event[truth == YES])
                possible[pairs.row[truth == MAYBE]] = True
            else:
                possible[pairs.row[truth != NO]] = True
        return event, possible

    def _holds(self, day: Ints, limit: Days, pairs: Pairs) -> Truths:
        unknown = (day < 0) | ~is_known(limit)[pairs.row]
        low, high = limit.low[pairs.row], limit.high[pairs.row]
        held = np.where(day <= low, np.int8(YES), np.where(day <= high, np.int8(MAYBE), np.int8(NO)))
        return np.where(unknown, np.int8(MAYBE), held)
