"""Deadlines as bars under the line, one row each: from where it was counted to the last day, and what moved it."""

import datetime as dt
from collections.abc import Callable
from typing import Final, NamedTuple

from checker.explain.values import moment_text
from checker.model.finding import VERDICT_NAMES, Finding
from checker.reports.heading import days_text
from checker.reports.timeline.facts import Window
from checker.reports.timeline.flags import cut, room_of

LONGEST: Final = 72
"""Columns of the words over a bar."""

Place = Callable[[dt.date], float]


class Part(NamedTuple):
    """A stretch of a row."""

    x: float
    width: float


class Bar(NamedTuple):
    """One row. Parts and marks that a finding does not have are None or empty.

    ``plain`` is the period as it first was, ``moved`` what was added to it, ``excluded`` days not counted, ``over``
    the days beyond the limit, ``stopped`` the days since the count stopped.
    """

    text: str
    text_x: float
    full: str
    finding: Finding
    plain: Part | None = None
    moved: Part | None = None
    excluded: tuple[Part, ...] = ()
    over: Part | None = None
    stopped: Part | None = None
    due: float | None = None
    done: float | None = None
    breach: float | None = None
    restarted: float | None = None


def bar_of(window: Window, place: Place, as_of: dt.date, right: float) -> Bar:
    """The row of a window; ``right`` is where the picture ends."""
    course, finding = window.course, window.finding
    full = words(finding)
    text = cut(full, LONGEST)
    marks = [day for day in (course.start, course.due, course.stopped, finding.breached_on) if day is not None]
    turn = _turn(window)
    begin = course.start if course.start is not None and turn is not None and course.start <= turn else turn
    return Bar(
        text,
        round(max(0.0, min(*map(place, marks), right - room_of(text))), 1),
        full,
        finding,
        _part(place, begin, turn),
        _part(place, turn, course.due) if course.stopped is None else None,
        tuple(part for first, last in course.excluded if (part := _part(place, first, last, whole=True)) is not None),
        _part(place, course.due, window.done or as_of) if window.over else None,
        _part(place, course.stopped, as_of),
        _mark(place, course.due),
        _mark(place, window.done),
        _mark(place, finding.breached_on if finding.verdict.is_violation else None),
        _mark(place, course.restarted),
    )


def words(finding: Finding) -> str:
    """What stands over a bar: verdict, norm, due date, days."""
    parts = [VERDICT_NAMES[finding.verdict], finding.norm.rpartition("/")[2]]
    if finding.due is not None:
        parts.append(f"届满 {moment_text(finding.due)}{'（暂定）' if finding.provisional else ''}")
    elif finding.breached_on is not None and finding.verdict.is_violation:
        parts.append(f"自 {finding.breached_on} 起")
    if finding.days is not None:
        parts.append(days_text(finding.verdict, finding.days))
    return " · ".join(parts)


def _turn(window: Window) -> dt.date | None:
    """Where the plain part of the bar ends: at the first due date, unless a later one takes its place without trace."""
    course = window.course
    if course.stopped is not None:
        return course.stopped
    if course.original is None or course.due is None or course.restarted is not None:
        return course.due
    return min(course.original, course.due)


def _part(place: Place, first: dt.date | None, last: dt.date | None, whole: bool = False) -> Part | None:
    """The stretch between two days; with ``whole`` both are inside, so that a single day is seen."""
    if first is None or last is None or last < first:
        return None
    x = place(first)
    wide = round(place(last) - x, 1)
    if whole:
        wide = max(wide, 2.0)
    return Part(round(x, 1), wide) if wide > 0 else None


def _mark(place: Place, day: dt.date | None) -> float | None:
    return None if day is None else round(place(day), 1)
