"""Dates, many at a time, each with the range it may fall in where the working-day table lacks a year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from checker.calendars.amount import Amount
from checker.calendars.calendar import Calendar
from checker.engines.archive.columns import Coded
from checker.engines.archive.truth import MAYBE as MAYBE_TRUTH
from checker.engines.archive.truth import NO as NO_TRUTH
from checker.engines.archive.truth import Bools, Ints, Truths, filled
from checker.engines.ground.limits import Limit, shifted
from checker.engines.ground.scope import UNKNOWN

MISSING: Final = 0
"""The state of a date that is unknown."""

KNOWN: Final = 1

NONE: Final = 2
"""The state of a date that is known to be none."""


@dataclass(slots=True, frozen=True)
class Days:
    """``low <= day <= high`` as ordinals, where ``state`` is KNOWN; ``provisional`` as of a due date."""

    state: Ints
    day: Ints
    low: Ints
    high: Ints
    provisional: Bools

    @staticmethod
    def plain(day: Ints, state: Ints | None = None) -> Days:
        """Days that are what they are."""
        known = np.full(len(day), KNOWN) if state is None else state
        return Days(known, day, day, day, np.zeros(len(day), np.bool_))

    def coded(self) -> Coded:
        """The same as values one by one."""
        rows = np.stack([self.state, self.day, self.low, self.high, self.provisional.astype(np.int64)], axis=1)
        distinct, inverse = np.unique(rows, axis=0, return_inverse=True)
        values = [UNKNOWN, None, *(_value(*row) for row in distinct.tolist())]
        return Coded(inverse.reshape(-1) + 2, values)

    def placed(self, rows: Ints | Bools, part: Days) -> Days:
        """The days of a part put at its rows."""
        state, day, low, high = self.state.copy(), self.day.copy(), self.low.copy(), self.high.copy()
        provisional = self.provisional.copy()
        state[rows], day[rows], low[rows], high[rows] = part.state, part.day, part.low, part.high
        provisional[rows] = part.provisional
        return Days(state, day, low, high, provisional)

    def choose(self, rows: Bools, other: Days) -> Days:
        """The other's where ``rows`` holds."""
        return Days(
            np.where(rows, other.state, self.state),
            np.where(rows, other.day, self.day),
            np.where(rows, other.low, self.low),
            np.where(rows, other.high, self.high),
            np.where(rows, other.provisional, self.provisional),
        )


def _value(state: int, day: int, low: int, high: int, provisional: int) -> object:
    if state == MISSING:
        return UNKNOWN
    return None if state == NONE else Limit(day, low, high, bool(provisional)).value()


def days_in(coded: Coded) -> Days | None:
    """The values as dates; None where some value is neither a date nor nothing."""
    table = np.zeros((len(coded.values), 5), np.int64)
    for code, value in enumerate(coded.values):
        if value is UNKNOWN:
            continue
        if value is None:
            table[code, 0] = NONE
        elif isinstance(value, dt.date | Limit):
            limit = Limit.of(value)
            assert limit is not None
            table[code] = (KNOWN, limit.day, limit.low, limit.high, limit.provisional)
        else:
            return None
    rows = table[coded.codes]
    return Days(rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3], rows[:, 4] != 0)


def shift_days(calendar: Calendar, days: Days, amount: Amount, *, backward: bool) -> Days:
    """Calendar arithmetic without roll-over; unknown where the base is unknown or none, or beyond the calendar."""
    known = days.state == KNOWN
    rows = np.stack([days.day, days.low, days.high, days.provisional.astype(np.int64)], axis=1)[known]
    out = [np.zeros(len(known), np.int64) for _ in range(5)]
    distinct, inverse = np.unique(rows, axis=0, return_inverse=True)
    moved = np.zeros((len(distinct), 5), np.int64)
    for n, (day, low, high, provisional) in enumerate(distinct.tolist()):
        limit = shifted(calendar, Limit(day, low, high, bool(provisional)), amount, backward=backward)
        if limit is not None:
            moved[n] = (KNOWN, limit.day, limit.low, limit.high, limit.provisional)
    for column, values in zip(out, moved.T, strict=True):
        column[known] = values[inverse.reshape(-1)]
    return Days(out[0], out[1], out[2], out[3], out[4] != 0)


def compare_days(op: str, left: Days, right: Days) -> Truths:
    """Whether the comparison holds for every pair of days the two may be, for none, or for some."""
    sure, possible = _RANGES[op](left, right)
    result = np.where(sure, np.int8(1), np.where(possible, np.int8(2), np.int8(0)))
    result = np.where((left.state == NONE) | (right.state == NONE), filled(len(sure), NO_TRUTH), result)
    unknown = (left.state == MISSING) | (right.state == MISSING)
    return np.where(unknown, filled(len(sure), MAYBE_TRUTH), result)


def _same(a: Days, b: Days) -> Bools:
    same: Bools = (a.low == a.high) & (a.high == b.low) & (b.low == b.high)
    return same


_RANGES: Final[dict[str, Callable[[Days, Days], tuple[Bools, Bools]]]] = {
    "lt": lambda a, b: (a.high < b.low, a.low < b.high),
    "le": lambda a, b: (a.high <= b.low, a.low <= b.high),
    "gt": lambda a, b: (a.low > b.high, a.high > b.low),
    "ge": lambda a, b: (a.low >= b.high, a.high >= b.low),
    "eq": lambda a, b: (_same(a, b), (a.low <= b.high) & (b.low <= a.high)),
    "ne": lambda a, b: ((a.high < b.low) | (b.high < a.low), ~_same(a, b)),
}
