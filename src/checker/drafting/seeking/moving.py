"""The same case on other days: at the edges of its periods, of versions, of holidays."""

import datetime as dt
from collections.abc import Iterable, Iterator

from checker.calendars.calendar import Calendar
from checker.drafting.seeking.candidates import Candidate, shifted, with_event, with_events, with_value
from checker.drafting.seeking.words import Words

_DAY = dt.timedelta(days=1)
_WEEK = 7
_HOLIDAY = (10, 1)
"""A day at which a long run of rest days begins in the shipped calendar."""


def looked_at_other_times(candidate: Candidate, dues: Iterable[dt.date]) -> Iterator[Candidate]:
    """The same case seen a day before and after each last day and each event."""
    days = {day + by * _DAY for day in dues for by in (-1, 0, 1, 2)}
    dated = [event.date for event in candidate.case.events if event.date is not None]
    days |= {day + by * _DAY for day in dated for by in (-1, 0, 1)}
    latest = max([*days, candidate.as_of])
    for day in (*sorted(days - {candidate.as_of}), latest + 400 * _DAY):
        yield candidate._replace(as_of=day)


def events_moved(candidate: Candidate, dues: Iterable[dt.date], words: Words) -> Iterator[Candidate]:
    """Each event on the last days, on the days of other events and on the borders of versions, one off each way."""
    events = candidate.case.events
    dated = {event.date for event in events if event.date is not None}
    marks = sorted(dated | set(dues) | set(words.days))
    for place, event in enumerate(events):
        days = {mark + by * _DAY for mark in marks for by in (-1, 0, 1)}
        for day in sorted(days - {event.date}):
            yield _seen(with_event(candidate, place, date=day), day)
        stated = [name for name, value in event.attributes.items() if isinstance(value, dt.date)]
        for name in stated:
            for day in sorted(days - {event.attributes[name]}):
                yield with_event(candidate, place, attributes=with_value(event.attributes, name, day))


def events_reordered(candidate: Candidate) -> Iterator[Candidate]:
    """Each event on the day of another, just before it and just after it in the record."""
    events = candidate.case.events
    for place, event in enumerate(events):
        rest = (*events[:place], *events[place + 1 :])
        for n, other in enumerate(rest):
            moved = event.model_copy(update={"date": other.date, "time": None})
            for at in (n, n + 1):
                yield with_events(candidate, (*rest[:at], moved, *rest[at:]))


def at_borders(candidate: Candidate, dues: Iterable[dt.date], words: Words) -> Iterator[Candidate]:
    """The whole case moved so that an event, or the day after a last day, falls on a version's border, or one off."""
    dated = {event.date for event in candidate.case.events if event.date is not None}
    marks = sorted(dated | {due + _DAY for due in dues})
    for border in words.days:
        for mark in marks:
            for by in (-1, 0, 1):
                yield shifted(candidate, (border - mark).days + by)


def cases_shifted(candidate: Candidate, dues: Iterable[dt.date], calendar: Calendar) -> Iterator[Candidate]:
    """The whole case some days later or earlier: over a week, so that its periods end on rest days."""
    for due in dues:
        yield from (shifted(candidate, by) for by in _to_rest_days(due, calendar))
    for by in range(1, _WEEK):
        yield shifted(candidate, by)


def _to_rest_days(due: dt.date, calendar: Calendar) -> Iterator[int]:
    """How far to move so that the last day meets a weekend and the days of a long holiday."""
    for by in range(_WEEK):
        if not calendar.is_workday(due + by * _DAY):
            yield by
    holiday = dt.date(due.year, *_HOLIDAY)
    for by in range(-1, _WEEK + 1):
        yield (holiday - due).days + by


def _seen(candidate: Candidate, day: dt.date) -> Candidate:
    """Looked at late enough to see the day."""
    return candidate if candidate.as_of >= day else candidate._replace(as_of=day + _DAY)
