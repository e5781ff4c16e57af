"""Periods in hours: instants, naive and local. An event with a date only stands for its whole day.

Hour periods never roll over: 刑诉105 and 民法典203 speak of a last day. Excluded intervals are whole days.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from checker.calendars import steps as s
from checker.calendars.amount import Amount
from checker.calendars.grid import OutOfRange
from checker.calendars.spans import Span, union
from checker.model.norm import Counting

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)


class DueInstant(NamedTuple):
    """The earliest and the latest instant the period can end; equal where the start's time of day is known."""

    low: datetime
    high: datetime


def due_instant(
    start: date,
    clock: time | None,
    amount: Amount,
    counting: Counting,
    exclusions: Sequence[Span] = (),
    steps: list[s.Step] | None = None,
) -> DueInstant:
    """The end of an hour period that starts on a day, at ``clock`` if the record says so.

    ``next_hour``: the hour the start falls in is not counted (10:20 and 10:00 both count from 11:00, 民诉解释125);
    otherwise natural hours. ``exclusions`` are day ordinals as for ``due_day``. OutOfRange past 9999-12-31.
    """
    try:
        low, high = _begin(start, clock, counting.next_hour)
        if steps is not None:
            steps.append(s.BeganAt(low=low, high=high, next_hour=counting.next_hour))
        length = timedelta(hours=amount.hours)
        due = DueInstant(low + length, high + length)
        if steps is not None:
            steps.append(s.AddedHours(hours=amount.hours, low=due.low, high=due.high))
        for span in union(exclusions, start.toordinal()):
            longer = DueInstant(_lengthened(low, due.low, span), _lengthened(high, due.high, span))
            if steps is not None and longer != due:
                first, last = (date.fromordinal(day) for day in (span[0], span[1] - 1))
                steps.append(s.ExcludedDays(first=first, last=last, high=longer.high))
            due = longer
    except OverflowError as error:
        raise OutOfRange("晚于 9999-12-31") from error
    return due


def _begin(start: date, clock: time | None, next_hour: bool) -> DueInstant:
    midnight = datetime.combine(start, time())
    if clock is None:
        # The day ends before 24:00, so the last hour that can hold the start is 23:00, and the next begins at 24:00.
        return DueInstant(midnight + _HOUR if next_hour else midnight, midnight + _DAY)
    moment = datetime.combine(start, clock.replace(tzinfo=None))
    if next_hour:
        moment = moment.replace(minute=0, second=0, microsecond=0) + _HOUR
    return DueInstant(moment, moment)


def _lengthened(begin: datetime, end: datetime, span: Span) -> datetime:
    first, resumed = (datetime.combine(date.fromordinal(day), time()) for day in span)
    first = max(first, begin)
    return end + (resumed - first) if first < min(resumed, end) else end
