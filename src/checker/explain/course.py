"""The window of an instance as days, for whoever draws it: from where, to where, what moved its end."""

import datetime as dt
from typing import NamedTuple

from checker.engines.facts import Clock
from checker.engines.instance import Adjustment, Instance, Timing
from checker.model.requirements import Exclude, Extend


class Course(NamedTuple):
    """All dates as they stand at the as-of date; None where there is none or it is unknown.

    ``start`` is the day counted from, else the first day of the window, else the day of what opened it. ``original``
    is the last day before anything moved it, ``due`` the last day that counts; ``excluded`` are first and last days
    that were not counted; ``extended`` are the days of the events that prolonged. ``restarted`` is the day from which
    the count began anew, ``stopped`` that on which it stopped and has not gone on.
    """

    start: dt.date | None = None
    original: dt.date | None = None
    due: dt.date | None = None
    excluded: tuple[tuple[dt.date, dt.date], ...] = ()
    extended: tuple[dt.date, ...] = ()
    restarted: dt.date | None = None
    stopped: dt.date | None = None


def course_of(instance: Instance) -> Course | None:
    """The course of a window; None for a norm without one."""
    timing = instance.timing
    if timing is None:
        return None
    opened = timing.first if timing.first is not None else instance.anchor.day
    applied = [one for one in timing.adjustments if one.applied]
    return Course(
        _date(timing.start if timing.start is not None else opened),
        _date(timing.original.day if timing.original is not None else None),
        _date(timing.due.day if timing.due is not None else None),
        tuple(_excluded(applied)),
        tuple(_extended(applied)),
        _date(timing.origin if timing.origin_event is not None else None),
        _stopped(timing, applied),
    )


def _excluded(applied: list[Adjustment]) -> list[tuple[dt.date, dt.date]]:
    return [
        (dt.date.fromordinal(one.first), dt.date.fromordinal(one.end - 1))
        for one in applied
        if isinstance(one.rule, Exclude) and one.first and one.end is not None and one.end > one.first
    ]


def _extended(applied: list[Adjustment]) -> list[dt.date]:
    grants = [one.events[0] for one in applied if isinstance(one.rule, Extend) and one.events]
    return [event.date for event in grants if event.date is not None]


def _stopped(timing: Timing, applied: list[Adjustment]) -> dt.date | None:
    if timing.clock is not Clock.STOPPED:
        return None
    opened = [one.first for one in applied if isinstance(one.rule, Exclude) and one.first and one.end is None]
    return _date(min(opened)) if opened else None


def _date(day: int | None) -> dt.date | None:
    return None if day is None else dt.date.fromordinal(day)
