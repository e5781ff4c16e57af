"""What a timeline tells: the dated events of a case, and the windows of its findings."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from checker.explain.context import event_text
from checker.explain.course import Course
from checker.model.case import Event
from checker.model.finding import GRAVEST_FIRST, Finding, Verdict
from checker.reports.content import CaseReport, Shown

MOST_WINDOWS: Final = 20
"""Windows drawn of one case; the graver come first."""


class Happening(NamedTuple):
    """A dated event: the words of its flag, what happened without the day, and with it.

    ``is_later``: after the as-of date, so that no finding has seen it.
    """

    id: str
    day: dt.date
    label: str
    what: str
    full: str
    is_later: bool


class Window(NamedTuple):
    """A finding with days of its own: the course of its window, when it was done, from when it was not met."""

    finding: Finding
    course: Course
    done: dt.date | None

    @property
    def over(self) -> bool:
        """Whether the picture shows days beyond the limit."""
        return self.course.due is not None and self.finding.verdict in (Verdict.LATE, Verdict.OVERDUE)


class Facts(NamedTuple):
    """Everything on one timeline; ``undated`` events are told apart, ``left_out`` counts windows beyond the most."""

    case: str
    as_of: dt.date
    happenings: tuple[Happening, ...]
    undated: tuple[str, ...]
    windows: tuple[Window, ...]
    left_out: int

    @property
    def days(self) -> tuple[dt.date, ...]:
        """Every day that has to find room on the line, in order."""
        found = {self.as_of, *(one.day for one in self.happenings)}
        for window in self.windows:
            found.update(_days_of(window))
        return tuple(sorted(found))


def facts_of(report: CaseReport, as_of: dt.date) -> Facts:
    """What there is to draw of a case."""
    dated = sorted((e for e in report.case.events if e.date is not None), key=_place)
    happenings = tuple(_happening(event, as_of) for event in dated)
    undated = tuple(_what(event) for event in report.case.events if event.date is None)
    days = {event.id: event.date for event in dated}
    windows = [window for shown in report.shown if (window := _window(shown, days)) is not None]
    windows.sort(key=lambda one: GRAVEST_FIRST.index(one.finding.verdict))
    drawn = sorted(windows[:MOST_WINDOWS], key=_order)
    return Facts(report.case.id, as_of, happenings, undated, tuple(drawn), len(windows) - len(drawn))


def _place(event: Event) -> tuple[dt.date, dt.time, int]:
    assert event.date is not None
    return event.date, event.time or dt.time.min, event.position


def _happening(event: Event, as_of: dt.date) -> Happening:
    assert event.date is not None
    actors = f" {'、'.join(event.actors)}" if event.actors else ""
    label = f"{event.date} {event.act}{actors}"
    return Happening(event.id, event.date, label, _what(event), event_text(event), event.date > as_of)


def _what(event: Event) -> str:
    time = f"{event.time:%H:%M} " if event.time is not None else ""
    actors = f"{'、'.join(event.actors)} " if event.actors else ""
    name = event.act if event.id == event.act else f"{event.act}（{event.id}）"
    return f"{time}{actors}{name}"


def _window(shown: Shown, days: Mapping[str, dt.date | None]) -> Window | None:
    finding, course = shown.finding, shown.course or Course()
    if course.due is None and course.stopped is None:
        if not finding.verdict.is_violation or finding.breached_on is None:
            return None
        course = Course()
    return Window(finding, course, days.get(finding.fulfilled_by or ""))


def _order(window: Window) -> tuple[dt.date, dt.date]:
    course = window.course
    end = course.due or course.stopped or window.finding.breached_on or dt.date.max
    return course.start or end, end


def _days_of(window: Window) -> Iterator[dt.date]:
    course = window.course
    alone = (course.start, course.original, course.due, course.restarted, course.stopped, window.done)
    yield from (day for day in (*alone, window.finding.breached_on) if day is not None)
    for first, last in course.excluded:
        yield from (first, last)
