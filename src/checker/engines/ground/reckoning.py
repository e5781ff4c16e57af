"""Due dates of instances: a Reckoning handed to the calendar (semantics §6)."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from checker.calendars.amount import Amount, amount_of
from checker.calendars.calendar import Calendar
from checker.calendars.due import due_day
from checker.calendars.grid import OutOfRange
from checker.calendars.hours import due_instant
from checker.calendars.spans import Span, union
from checker.calendars.steps import Step
from checker.engines.instance import Deadline, Reckoning
from checker.model.norm import Counting
from checker.model.values import Period

OUT_OF_RANGE = "日期超出范围"
NOTHING = Amount()


def reckon(calendar: Calendar, reckoning: Reckoning, steps: list[Step] | None = None) -> Deadline:
    """The due date; with ``steps``, the derivation is written there. OutOfRange beyond the calendar."""
    if reckoning.base is None:
        return _lengthened(calendar, reckoning, steps)
    start = Origin(reckoning.origin, reckoning.time)
    total = amount_of(reckoning.base, *reckoning.additions)
    return counted(calendar, start, total, reckoning.counting, reckoning.exclusions, steps)


class Origin(NamedTuple):
    """What a period is counted from: a day, and the time of day if the record says so."""

    day: int
    time: dt.time | None


def counted(
    calendar: Calendar,
    origin: Origin,
    total: Amount,
    counting: Counting,
    exclusions: Sequence[Span] = (),
    steps: list[Step] | None = None,
) -> Deadline:
    """The end of an amount counted from a day, or from an instant if it is in hours."""
    if not total.hours:
        due = due_day(calendar, origin.day, total, counting, exclusions, steps)
        return Deadline(due.day, due.low, due.high, due.raw, due.provisional, due.missing_year)
    end = due_instant(dt.date.fromordinal(origin.day), origin.time, total, counting, exclusions, steps)
    day = end.high.toordinal()
    return Deadline(day, day, day, day, first=end.low, last=end.high)


def unrolled(calendar: Calendar, origin: int, periods: tuple[Period, ...], counting: Counting) -> int:
    """The end of periods counted from a day, without roll-over and exclusions; for hours, the day it falls on."""
    total = amount_of(*periods)
    flat = counting.model_copy(update={"roll": False})
    return counted(calendar, Origin(origin, None), total, flat).raw


def _lengthened(calendar: Calendar, reckoning: Reckoning, steps: list[Step] | None) -> Deadline:
    """A limit that is a date of its own: extensions count on from it, exclusions lengthen it; it never rolls."""
    limit = reckoning.limit
    assert limit is not None
    if not reckoning.additions and not reckoning.exclusions:
        return limit
    total = amount_of(*reckoning.additions)
    if total.hours:
        raise ValueError("hours cannot lengthen a limit that is a date")
    on = Counting(roll=False, month_end=reckoning.counting.month_end)
    day, low, high = (due_day(calendar, one, total, on) for one in (limit.day, limit.low, limit.high))
    if steps is not None and total != NOTHING:
        due_day(calendar, limit.day, total, on, (), steps)
    out = union(reckoning.exclusions, reckoning.origin + reckoning.counting.next_day)
    end = _inside(_longer(day.day, out))
    missing = limit.missing_year if limit.provisional else day.missing_year
    provisional = limit.provisional or day.provisional
    return Deadline(end, _longer(low.low, out), _inside(_longer(high.high, out)), end, provisional, missing)


def _longer(end: int, spans: Sequence[Span]) -> int:
    for first, resumed in spans:
        if first <= end:
            end += resumed - first
    return end


def _inside(day: int) -> int:
    if not 1 <= day <= dt.date.max.toordinal():
        raise OutOfRange("晚于 9999-12-31")
    return day
