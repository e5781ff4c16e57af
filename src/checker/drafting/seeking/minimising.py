"""A smaller case that still shows the same."""

from collections.abc import Callable, Iterator

from checker.drafting.seeking.candidates import (
    Candidate,
    with_case,
    with_event,
    with_events,
    without_event,
    without_value,
)
from checker.model.case import Answer

Holds = Callable[[Candidate], bool]


def minimised(candidate: Candidate, holds: Holds) -> Candidate:
    """Events, attributes, answers, actors left out one by one as long as it holds; then ids and order made plain."""
    current, again = candidate, True
    while again:
        again = False
        for smaller in _smaller(current):
            if holds(smaller):
                current, again = smaller, True
                break
    plain = _plain(current)
    return plain if holds(plain) else current


def _smaller(candidate: Candidate) -> Iterator[Candidate]:
    """One thing less each; the last events first, they rest on the earlier ones."""
    case = candidate.case
    for place in reversed(range(len(case.events))):
        yield without_event(candidate, place)
    for n in range(len(case.answers)):
        yield with_case(candidate, answers=(*case.answers[:n], *case.answers[n + 1 :]))
    if case.covers is not None:
        yield with_case(candidate, covers=None)
    if not case.ordered:
        yield with_case(candidate, ordered=True)
    if case.extent is not None:
        yield with_case(candidate, extent=None)
    if case.kind is not None:
        yield with_case(candidate, kind=None)
    for name in case.attributes:
        yield with_case(candidate, attributes=without_value(case.attributes, name))
    for place in range(len(case.events)):
        yield from _plainer_event(candidate, place)


def _plainer_event(candidate: Candidate, place: int) -> Iterator[Candidate]:
    event = candidate.case.events[place]
    for name in event.attributes:
        yield with_event(candidate, place, attributes=without_value(event.attributes, name))
    if event.document is not None:
        yield with_event(candidate, place, document=None)
    if event.time is not None:
        yield with_event(candidate, place, time=None)
    if event.actors is not None and len(event.actors) > 1:
        for name in event.actors:
            yield with_event(candidate, place, actors=(name,))


def _plain(candidate: Candidate) -> Candidate:
    """Events in the order of their dates, named by their places."""
    case = candidate.case
    events = list(case.events)
    if all(event.date is not None for event in events):
        events.sort(key=lambda event: (event.date, event.position))
    names = {event.id: f"e{n}" for n, event in enumerate(events, 1)}
    renamed = with_events(candidate, (event.model_copy(update={"id": names[event.id]}) for event in events))
    return with_case(renamed, answers=tuple(_renamed(one, names) for one in case.answers))


def _renamed(answer: Answer, names: dict[str, str]) -> Answer:
    head, mark, last = answer.event.rpartition("@")
    return answer.model_copy(update={"event": f"{head}{mark}{names.get(last, last)}"})
