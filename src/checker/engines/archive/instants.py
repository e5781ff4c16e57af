"""Instants of hour periods over batches, in microseconds, those of day 1 from one day on (semantics §5, Hours)."""

from __future__ import annotations

import datetime as dt
from typing import Final, NamedTuple

import numpy as np

from checker.calendars.amount import Amount
from checker.engines.archive.columns import Columns
from checker.engines.archive.days import KNOWN, MISSING, Days
from checker.engines.archive.truth import Bools, Ints
from checker.model.norm import Counting

HOUR: Final = 3_600_000_000
DAY: Final = 24 * HOUR


class Origins(NamedTuple):
    """What periods are counted from: days, and the times of day in microseconds (-1: unknown; None: all unknown)."""

    day: Ints
    time: Ints | None = None

    def take(self, rows: Bools | Ints) -> Origins:
        """Some of them."""
        return Origins(self.day[rows], None if self.time is None else self.time[rows])


class Instants(NamedTuple):
    """The earliest and the latest instants; -1 where no period in hours ends."""

    first: Ints
    last: Ints

    def days(self) -> Days:
        """The days on which the latest instants fall; unknown beyond the last day that a date can be."""
        day = self.last // DAY
        return Days.plain(day, np.where(day <= dt.date.max.toordinal(), KNOWN, MISSING))


def instants_of(origin: Origins, amount: Amount, counting: Counting) -> Instants:
    """The ends of a period in hours; an origin without a time of day stands for its whole day."""
    first, last = whole(origin.day, origin.time)
    if counting.next_hour:
        # The day ends before 24:00, so the last hour that can hold an origin is 23:00, and the next begins at 24:00.
        is_known = first == last
        first = first - first % HOUR + HOUR
        last = np.where(is_known, first, last)
    return Instants(first + amount.hours * HOUR, last + amount.hours * HOUR)


def whole(day: Ints, time: Ints | None) -> tuple[Ints, Ints]:
    """The earliest and latest instants of acts on days: their times where they have one, else the whole days."""
    midnight = day * DAY
    if time is None:
        return midnight, midnight + DAY
    return np.where(time >= 0, midnight + time, midnight), np.where(time >= 0, midnight + time, midnight + DAY)


def times_of(columns: Columns, events: Ints) -> Ints | None:
    """The times of day of events (-1: none, also of no event)."""
    if columns.time is None or not len(columns.time):
        return None
    return np.where(events >= 0, columns.time[events], -1)
