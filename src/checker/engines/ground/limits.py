"""A date that an expression gives, with the range it may fall in where the working-day table lacks a year."""

import datetime as dt
from typing import NamedTuple

from checker.calendars.amount import Amount
from checker.calendars.calendar import Calendar
from checker.calendars.due import Due, shift
from checker.calendars.grid import OutOfRange
from checker.engines.instance import Deadline


class Limit(NamedTuple):
    """Days as ordinals, ``low <= day <= high``; ``year`` is the first year the table lacks."""

    day: int
    low: int
    high: int
    provisional: bool = False
    year: int | None = None

    @staticmethod
    def of(value: object) -> "Limit | None":
        """The limit that a value of an expression is; None if it is no date."""
        if isinstance(value, Limit):
            return value
        if isinstance(value, dt.date):
            day = value.toordinal()
            return Limit(day, day, day)
        return None

    @staticmethod
    def due(deadline: Deadline) -> "Limit":
        """The due date of another instance."""
        return Limit(deadline.day, deadline.low, deadline.high, deadline.provisional, deadline.missing_year)

    def value(self) -> object:
        """A plain date where it rests on no missing year."""
        return self if self.provisional else dt.date.fromordinal(self.day)

    def deadline(self) -> Deadline:
        """As a due date of its own."""
        return Deadline(self.day, self.low, self.high, self.day, self.provisional, self.year)


def shifted(calendar: Calendar, limit: Limit, amount: Amount, *, backward: bool) -> Limit | None:
    """Calendar arithmetic on the day and both ends of its range; None outside the calendar."""
    try:
        first = _shift(calendar, limit.day, amount, backward)
        if not limit.provisional:
            return Limit(first.day, first.low, first.high, first.provisional, first.missing_year)
        low = _shift(calendar, limit.low, amount, backward).low
        high = _shift(calendar, limit.high, amount, backward).high
    except OutOfRange:
        return None
    return Limit(first.day, low, high, True, limit.year)


def _shift(calendar: Calendar, day: int, amount: Amount, backward: bool) -> Due:
    return shift(calendar, day, amount, backward=backward)
