"""What the oracle asks of the calendar: days and instants a period ends on. Tested elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from checker.calendars.amount import Amount, amount_of
from checker.calendars.due import due_day, shift
from checker.calendars.grid import OutOfRange
from checker.calendars.hours import due_instant
from checker.calendars.spans import union
from checker.model.norm import Counting
from checker.model.values import Period
from oracle.record import World

DAY = dt.timedelta(days=1)
NOTHING = Amount()


@dataclass(frozen=True)
class End:
    """A due date: ``low`` to ``high`` is what it may be where the table lacks a year; instants only for hours."""

    day: dt.date
    low: dt.date
    high: dt.date
    names: frozenset[str] = frozenset()
    instants: tuple[dt.datetime, dt.datetime] | None = None

    @property
    def is_provisional(self) -> bool:
        return bool(self.names)

    @property
    def printed(self) -> dt.date:
        return self.day if self.instants is None else self.instants[1]


@dataclass(frozen=True)
class Origin:
    """What a period is counted from; ``name`` is what lacks where hours are counted and the time is not known."""

    day: dt.date
    time: dt.time | None = None
    name: str = ""


@dataclass(frozen=True)
class Base:
    """The raw or replaced period: an amount, or a date that is itself the due date."""

    amount: Amount = NOTHING
    end: End | None = None


def exactly(day: dt.date) -> End:
    return End(day, day, day)


def moved(world: World, day: dt.date, period: Period, backward: bool) -> End:
    """A date shifted by a period, never rolled."""
    return _end(shift(world.calendar, day.toordinal(), amount_of(period), backward=backward))


def count(
    world: World,
    origin: Origin,
    base: Base,
    extensions: Sequence[Period],
    exclusions: Sequence[tuple[dt.date, dt.date]],
    counting: Counting,
) -> End:
    """The due date; exclusions are [first day out, first day counted again)."""
    spans = [(first.toordinal(), again.toordinal()) for first, again in exclusions]
    more = amount_of(*extensions)
    if base.end is not None:
        return _from_date(world, origin, base.end, more, spans, counting)
    amount = base.amount.plus(more)
    if amount.hours:
        low, high = due_instant(origin.day, origin.time, amount, counting, spans)
        return End(high.date(), high.date(), high.date(), instants=(low, high))
    return _end(due_day(world.calendar, origin.day.toordinal(), amount, counting, spans))


def _from_date(
    world: World, origin: Origin, end: End, more: Amount, spans: Sequence[tuple[int, int]], counting: Counting
) -> End:
    """6.2: no counting, no roll; extensions count on from the date, exclusions lengthen it by calendar days."""
    plain = Counting(month_end=counting.month_end, roll=False)
    first = origin.day.toordinal() + counting.next_day
    results = []
    for day in (end.day, end.low, end.high):
        later = due_day(world.calendar, day.toordinal(), more, plain)
        results.append((*(_longer(each, spans, first) for each in (later.day, later.low, later.high)), later))
    names = end.names | _names(results[0][3].missing_year)
    days = (results[0][0], results[1][1], results[2][2])
    if max(days) > dt.date.max.toordinal():
        raise OutOfRange
    return End(*(dt.date.fromordinal(each) for each in days), names)


def _longer(end: int, spans: Sequence[tuple[int, int]], first: int) -> int:
    for start, again in union(spans, first):
        if start <= end:
            end += again - start
    return end


def _end(due: object) -> End:
    days = [dt.date.fromordinal(each) for each in (due.day, due.low, due.high)]
    return End(days[0], days[1], days[2], _names(due.missing_year))


def _names(year: int | None) -> frozenset[str]:
    return frozenset() if year is None else frozenset({f"历法.{year}"})


def instants_of(day: dt.date, time: dt.time | None) -> tuple[dt.datetime, dt.datetime]:
    """The stretch of time a date stands for: an instant if the time of day is known, else the whole day."""
    start = dt.datetime.combine(day, time or dt.time())
    return (start, start) if time is not None else (start, start + DAY)
