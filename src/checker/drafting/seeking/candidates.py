"""A case at a date that is tried, and the small changes one can make to it."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from checker.model.case import Case, Event, Fixture
from checker.model.values import Value


class Candidate(NamedTuple):
    """A case and the date it is checked at."""

    case: Case
    as_of: dt.date


def candidate_of(fixture: Fixture) -> Candidate:
    """The case of a fixture, without the places it was read from."""
    events = tuple(event.model_copy(update={"place": None}) for event in fixture.case.events)
    return Candidate(fixture.case.model_copy(update={"events": events, "place": None, "remarks": ()}), fixture.as_of)


def with_case(candidate: Candidate, **changes: Any) -> Candidate:  # noqa: ANN401 - fields of a case
    """The candidate with fields of its case changed."""
    return candidate._replace(case=candidate.case.model_copy(update=changes))


def with_event(candidate: Candidate, place: int, **changes: Any) -> Candidate:  # noqa: ANN401 - fields of an event
    """The candidate with fields of one event changed; ``place`` counts from 0."""
    events = list(candidate.case.events)
    events[place] = events[place].model_copy(update=changes)
    return with_case(candidate, events=tuple(events))


def with_events(candidate: Candidate, events: Iterable[Event]) -> Candidate:
    """The candidate with these events, their positions counted anew."""
    numbered = (
        event if event.position == n else event.model_copy(update={"position": n}) for n, event in enumerate(events, 1)
    )
    return with_case(candidate, events=tuple(numbered))


def without_event(candidate: Candidate, place: int) -> Candidate:
    """The candidate without one event."""
    events = candidate.case.events
    return with_events(candidate, (*events[:place], *events[place + 1 :]))


def with_more(candidate: Candidate, event: Event) -> Candidate:
    """The candidate with one more event, put where its date belongs; its act is covered then."""
    events = candidate.case.events
    place = next((n for n, one in enumerate(events) if one.date and event.date and one.date > event.date), len(events))
    more = with_events(candidate, (*events[:place], event, *events[place:]))
    covers = candidate.case.covers
    return more if covers is None or event.act in covers else with_case(more, covers=covers | {event.act})


def with_value(values: Mapping[str, Value], name: str, value: Value) -> Mapping[str, Value]:
    """The attributes with one of them changed."""
    return {**values, name: value}


def without_value(values: Mapping[str, Value], name: str) -> Mapping[str, Value]:
    """The attributes without one of them."""
    return {key: value for key, value in values.items() if key != name}


def shifted(candidate: Candidate, days: int) -> Candidate:
    """The whole case and its date moved by so many days, dates among the attributes too."""
    by = dt.timedelta(days=days)
    case = candidate.case
    events = tuple(
        event.model_copy(
            update={
                "date": None if event.date is None else event.date + by,
                "attributes": _each(event.attributes, lambda value: _moved(value, by)),
            }
        )
        for event in case.events
    )
    extent = case.extent
    if extent is not None:
        last = None if extent.last is None else extent.last + by
        extent = extent.model_copy(update={"first": extent.first + by, "last": last})
    answers = tuple(
        one.model_copy(update={"date": None if one.date is None else one.date + by}) for one in case.answers
    )
    attributes = _each(case.attributes, lambda value: _moved(value, by))
    changed = with_case(candidate, events=events, extent=extent, answers=answers, attributes=attributes)
    return changed._replace(as_of=candidate.as_of + by)


def _each(values: Mapping[str, Value], change: Callable[[Value], Value]) -> Mapping[str, Value]:
    return {name: change(value) for name, value in values.items()}


def _moved(value: Value, by: dt.timedelta) -> Value:
    return value + by if isinstance(value, dt.date) else value


def fresh_id(case: Case) -> str:
    """An event id that the case does not have."""
    taken = {event.id for event in case.events}
    return next(name for n in range(1, len(taken) + 2) if (name := f"n{n}") not in taken)
