"""What 不计入 takes out of single periods of a batch, with the caps of the clauses (semantics §6.5)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from checker.calendars.amount import Amount
from checker.calendars.calendar import Calendar
from checker.calendars.due import shift
from checker.calendars.grid import OutOfRange
from checker.calendars.spans import Span
from checker.engines.archive.periods import Ask, PeriodTerm
from checker.engines.archive.scope import Scope
from checker.engines.archive.truth import Bools, Ints
from checker.engines.ground.exclusions import Stretch, capped


class DaysOut(NamedTuple):
    """Closed stretches that count, and the first day of an exclusion still open."""

    spans: tuple[Span, ...]
    open_from: int | None


@dataclass(slots=True)
class _Clause:
    """The intervals of one clause for one instance, each with the events to cite: start, end, what it rests on."""

    cap: Amount | None
    intervals: list[Stretch] = field(default_factory=list)
    events: list[Sequence[int]] = field(default_factory=list)


class Excluded:
    """The exclusions of the instances of one norm, by row and clause."""

    def __init__(self, calendar: Calendar, as_of: int) -> None:
        self._calendar = calendar
        self._as_of = as_of
        self._rows: dict[int, dict[int, _Clause]] = {}

    def add(self, row: int, clause: int, cap: Amount | None, interval: Stretch, events: Sequence[int]) -> None:
        """One more interval."""
        held = self._rows.setdefault(row, {}).setdefault(clause, _Clause(cap))
        held.intervals.append(interval)
        held.events.append(events)

    def drop(self, row: int) -> None:
        """Forget them, when the count begins anew."""
        self._rows.pop(row, None)

    def rows(self) -> Iterable[int]:
        """The rows that have any."""
        return self._rows

    def days(self, row: int, first_day: int) -> DaysOut:
        """The days they take out of a period whose day 1 is ``first_day``."""
        out = [one for clause in self._rows.get(row, {}).values() for one in self._left(clause, first_day)]
        spans = tuple((first, end) for first, end in out if end is not None and end > first)
        still = [max(first, first_day) for first, end in out if end is None]
        return DaysOut(spans, min(still, default=None))

    def events(self, row: int, first_day: int) -> Iterable[int]:
        """The events of the intervals of which a cap leaves anything."""
        for clause in self._rows.get(row, {}).values():
            for (_, end), cited in zip(self._left(clause, first_day), clause.events, strict=True):
                if end != 0:
                    yield from cited

    def _left(self, clause: _Clause, first_day: int) -> list[Stretch]:
        return capped(self._calendar, clause.intervals, clause.cap, first_day, self._as_of)


def fixed_end(at: Scope, length: PeriodTerm, ask: Ask, calendar: Calendar) -> tuple[Ints, Ints, Bools]:
    """Exclusions of a length from events on: first day, end, and where that is not certain.

    From the day after the event to the corresponding day of the length.
    """
    bases = length.resolve(at, ask)
    end, unclear = np.zeros(len(at), np.int64), np.zeros(len(at), np.bool_)
    for place, (choice, day, known) in enumerate(
        zip(bases.choice.tolist(), at.day.tolist(), bases.known.tolist(), strict=True)
    ):
        last = _last_day(calendar, day, bases.amounts[choice]) if known and choice >= 0 else None
        unclear[place] = last is None
        end[place] = 0 if last is None else last + 1
    return at.day + 1, end, unclear


def _last_day(calendar: Calendar, day: int, length: Amount) -> int | None:
    """The corresponding day of a length; None beyond the calendar, and where the working-day table lacks the year."""
    try:
        moved = shift(calendar, day, length, backward=False)
    except OutOfRange:
        return None
    return None if moved.provisional else moved.day
