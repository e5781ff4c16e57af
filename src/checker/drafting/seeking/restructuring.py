"""The same case with an event less, one more, or two in the other order."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice

from checker.drafting.seeking.candidates import (
    Candidate,
    fresh_id,
    with_event,
    with_events,
    with_more,
    without_event,
)
from checker.drafting.seeking.wishes import Draft, happening
from checker.drafting.seeking.words import Words
from checker.model.expressions import Pattern

_DAY = dt.timedelta(days=1)
_WAYS = 2


def fewer_or_twice(candidate: Candidate) -> Iterator[Candidate]:
    """Each event left out, done a second time, and exchanged with the next."""
    events = candidate.case.events
    for place in range(len(events)):
        yield without_event(candidate, place)
    for event in events:
        for by in (0, 1, -1, 5) if event.date is not None else (0,):
            day = event.date if event.date is None else event.date + by * _DAY
            yield with_more(candidate, event.model_copy(update={"id": fresh_id(candidate.case), "date": day}))
    for place in range(len(events) - 1):
        one, other = events[place], events[place + 1]
        swapped = with_event(with_event(candidate, place, date=other.date), place + 1, date=one.date)
        changed = list(swapped.case.events)
        changed[place], changed[place + 1] = changed[place + 1], changed[place]
        yield with_events(candidate, changed)


def more_events(candidate: Candidate, dues: Iterable[dt.date], words: Words) -> Iterator[Candidate]:
    """An event for each pattern of the norms: just before and after the events there are, and about the last days."""
    dated = [event for event in candidate.case.events if event.date is not None]
    days = {event.date + by * _DAY for event in dated if event.date is not None for by in (-1, 0, 1, 3)}
    days |= {due + by * _DAY for due in dues for by in (0, 1)}
    for event in dated[:1]:
        for pattern in _single_acts(words.patterns):
            for day in sorted(days):
                away = (day - (event.date or day)).days
                yield from islice(_added(candidate, event.id, pattern, (away,), words), _WAYS)


def _single_acts(patterns: Iterable[Pattern]) -> Iterator[Pattern]:
    for pattern in patterns:
        for act in pattern.acts:
            yield pattern if len(pattern.acts) == 1 else pattern.model_copy(update={"acts": (act,)})


def often(candidate: Candidate, words: Words) -> Iterator[Candidate]:
    """Events for one pattern as often as a number in the norms asks, day after day, before and after each event."""
    for event in candidate.case.events:
        if event.date is not None:
            for pattern, times in words.repeated:
                for days in (range(1, times + 1), range(-times, 0)):
                    yield from islice(_added(candidate, event.id, pattern, tuple(days), words), 1)


def _added(candidate: Candidate, at: str, pattern: Pattern, days: tuple[int, ...], words: Words) -> Iterator[Candidate]:
    """One more event for the pattern on each of the days, counted from the event ``at``."""
    if not days:
        yield candidate
        return
    draft = Draft(candidate.case, at, at, words)
    for found in happening(pattern, draft, days[0]):
        yield from _added(candidate._replace(case=found.case), at, pattern, days[1:], words)
