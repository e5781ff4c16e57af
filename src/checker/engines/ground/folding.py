"""The state of phase 3: what extensions, exclusions and restarts have made of a period so far (semantics §6.5)."""

from dataclasses import dataclass, field

from checker.calendars.calendar import Calendar
from checker.engines.facts import Truth
from checker.engines.ground.clauses import ExcludeRule
from checker.engines.ground.exclusions import Interval, capped
from checker.engines.ground.periods import Base
from checker.engines.ground.reckoning import Origin, reckon
from checker.engines.ground.truth import MAYBE, NO, YES
from checker.engines.ground.view import Seen
from checker.engines.instance import Adjustment, Deadline, Reason, Reckoning
from checker.model.norm import Counting
from checker.model.values import Period


@dataclass(slots=True)
class Period3:
    """One period being folded. ``idle``: a restart waits for its origin; ``lost``: that origin is unknown."""

    calendar: Calendar
    counting: Counting
    base: Base
    origin: Origin
    as_of: int
    origin_event: Seen | None = None
    idle: bool = False
    lost: frozenset[str] | None = None
    additions: list[tuple[int, Period]] = field(default_factory=list)
    intervals: dict[int, list[tuple[ExcludeRule, Interval, Adjustment]]] = field(default_factory=dict)
    restarts: dict[int, int] = field(default_factory=dict)
    adjustments: list[Adjustment] = field(default_factory=list)
    doubts: set[str] = field(default_factory=set)
    unsure: bool = False
    _due: Deadline | None = None
    _reckoning: Reckoning | None = None
    _days_out: list[tuple[Interval, int, int | None]] | None = None

    @property
    def first_day(self) -> int:
        """Day 1 of the period."""
        return self.origin.day + self.counting.next_day

    def due(self) -> Deadline:
        """The current due date, open exclusions left out. OutOfRange beyond the calendar."""
        if self._due is None:
            self._due = reckon(self.calendar, self.reckoning())
        return self._due

    def reckoning(self) -> Reckoning:
        """What the current due date is computed from; not to be changed by who asks."""
        if self._reckoning is None:
            self._reckoning = Reckoning(
                self.origin.day,
                self.base.period,
                self.counting,
                self.base.limit,
                tuple([period for _, period in self.additions]),
                tuple([(first, end) for _, first, end in self._out() if end is not None and end > first]),
                self.origin.time,
            )
        return self._reckoning

    def in_time(self, seen: Seen) -> Truth:
        """Whether an event stands on or before the current due date; an open exclusion counts as running."""
        if self.open() is not None:
            return YES
        if seen.day is None:
            return MAYBE
        due = self.due()
        return YES if seen.day <= due.low else MAYBE if seen.day <= due.high else NO

    def open(self) -> tuple[Seen, int] | None:
        """The first exclusion still open: its start, and its first day inside the period."""
        found = [(one.start, max(first, self.first_day)) for one, first, end in self._out() if end is None]
        return min(found, key=lambda item: item[1], default=None)

    def changed(self) -> None:
        """Forget what was computed last."""
        self._due = self._reckoning = self._days_out = None

    def doubt(self, names: set[str]) -> None:
        """Something is unknown: the adjustments are unsure."""
        self.unsure = True
        self.doubts |= names

    def extend(self, clause: int, period: Period) -> None:
        """Add an extension."""
        self.additions.append((clause, period))
        self.changed()

    def exclude(self, rule: ExcludeRule, interval: Interval, adjustment: Adjustment) -> None:
        """Add an interval."""
        self.intervals.setdefault(rule.clause, []).append((rule, interval, adjustment))
        self.changed()

    def restart(self, clause: int) -> None:
        """Drop what was folded so far and count anew."""
        for adjustment in self.adjustments:
            if adjustment.applied and adjustment.first is None and adjustment.amount is None:
                continue
            if adjustment.applied:
                adjustment.applied, adjustment.reason = False, Reason.DROPPED
        self.additions.clear()
        self.intervals.clear()
        self.restarts[clause] = self.restarts.get(clause, 0) + 1
        self.changed()

    def finish(self) -> None:
        """Write into the adjustments which days were excluded after all."""
        for rows in self.intervals.values():
            for (_, _, adjustment), (first, end) in zip(rows, self._capped(rows), strict=True):
                adjustment.first, adjustment.end = first, end
                if end == 0:
                    adjustment.applied, adjustment.reason = False, Reason.CAP

    def evidence(self) -> set[str]:
        """The ids of the events of the adjustments that were applied, and of those they rest on."""
        applied = [adjustment for adjustment in self.adjustments if adjustment.applied]
        return {id_ for one in applied for id_ in (*(event.id for event in one.events), *one.support)}

    def _out(self) -> list[tuple[Interval, int, int | None]]:
        """Every exclusion, with the days it takes out after its cap."""
        if self._days_out is None:
            self._days_out = [
                (interval, first, end)
                for rows in self.intervals.values()
                for (_, interval, _), (first, end) in zip(rows, self._capped(rows), strict=True)
            ]
        return self._days_out

    def _capped(self, rows: list[tuple[ExcludeRule, Interval, Adjustment]]) -> list[tuple[int, int | None]]:
        intervals = [(interval.first or 0, interval.end) for _, interval, _ in rows]
        return capped(self.calendar, intervals, rows[0][0].cap, self.first_day, self.as_of)
