"""One step of a computed date, as data, and the Chinese sentence that says it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from checker.model.node import Node


class Began(Node):
    """The day the counting starts from, and the day that is day 1 (民法典201)."""

    kind: Literal["began"] = "began"
    start: date
    first: date
    next_day: bool


class Stated(Node):
    """The record itself states the last day."""

    kind: Literal["stated"] = "stated"
    day: date


class AddedMonths(Node):
    """Years and months as one sum. ``how``: the corresponding day, the last day for want of one, month end to end."""

    kind: Literal["added_months"] = "added_months"
    months: int
    end: date
    how: Literal["corresponding", "no_such_day", "month_end"]


class AddedDays(Node):
    """Calendar days."""

    kind: Literal["added_days"] = "added_days"
    days: int
    end: date


class AddedWorkdays(Node):
    """Working days; ``rest`` is how many rest days were passed over."""

    kind: Literal["added_workdays"] = "added_workdays"
    days: int
    rest: int
    end: date


class SteppedBack(Node):
    """当日起算: the start is day 1, so the end is one day earlier."""

    kind: Literal["stepped_back"] = "stepped_back"
    end: date


class Excluded(Node):
    """Days not counted, ``first`` to ``last``; calendar days move the end on, working days are passed over.

    ``rolled_from``: the end had already rolled to a working day when the exclusion began on it or before it.
    """

    kind: Literal["excluded"] = "excluded"
    first: date
    last: date
    days: int
    working: bool
    end: date | None = None
    rolled_from: date | None = None


class Ignored(Node):
    """An exclusion that begins after the due date."""

    kind: Literal["ignored"] = "ignored"
    first: date
    due: date


class Rolled(Node):
    """The last day is a rest day; the first working day after it (民法典203)."""

    kind: Literal["rolled"] = "rolled"
    end: date
    due: date


class Stayed(Node):
    """The last day stays. ``why``: an adjusted working day of the weekend, or roll-over switched off."""

    kind: Literal["stayed"] = "stayed"
    end: date
    why: Literal["adjusted_workday", "no_roll"]


class Guessed(Node):
    """The table lacks the year: weekends alone were used; the date lies between the two."""

    kind: Literal["guessed"] = "guessed"
    year: int
    low: date
    high: date


class CountedBack(Node):
    """A limit before a day; never rolls."""

    kind: Literal["counted_back"] = "counted_back"
    start: date
    amount: str
    end: date


class BeganAt(Node):
    """The instant hours are counted from; two, earliest and latest, where only the day is known."""

    kind: Literal["began_at"] = "began_at"
    low: datetime
    high: datetime
    next_hour: bool


class AddedHours(Node):
    """Hours; earliest and latest end."""

    kind: Literal["added_hours"] = "added_hours"
    hours: int
    low: datetime
    high: datetime


class ExcludedDays(Node):
    """Whole days that do not count for an hour period; the latest end after them."""

    kind: Literal["excluded_days"] = "excluded_days"
    first: date
    last: date
    high: datetime


Step: TypeAlias = Annotated[
    Began
    | Stated
    | AddedMonths
    | AddedDays
    | AddedWorkdays
    | SteppedBack
    | Excluded
    | Ignored
    | Rolled
    | Stayed
    | Guessed
    | CountedBack
    | BeganAt
    | AddedHours
    | ExcludedDays,
    Field(discriminator="kind"),
]
