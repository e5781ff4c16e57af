"""Cases that drafters wrote, changed at random in a few places: real norms meet what nobody thought of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from random import Random

from checker.model.case import Case, Event
from checker.model.values import Value, ValueType
from checker.model.vocabulary import Vocabulary

TIMES = (dt.time(0, 0), dt.time(8, 30), dt.time(8, 30), dt.time(23, 59))


def changed(originals: Sequence[Case], numbers: Sequence[int], vocabulary: Vocabulary) -> list[Case]:
    """For each number one of the cases, changed; the same every time."""
    found = []
    for place, number in enumerate(numbers):
        random = Random(number)
        one, other = random.choice(originals), random.choice(originals)
        found.append(altered(one, other, vocabulary, random).model_copy(update={"id": f"案{place}"}))
    return found


def altered(case: Case, other: Case, vocabulary: Vocabulary, random: Random) -> Case:
    """The case with up to four things changed; now and then the events of the other stand in it too."""
    if random.random() < 0.15:
        case = joined(case, other)
    for _ in range(random.choice((0, 1, 1, 2, 2, 3, 4))):
        if case.events and random.random() < 0.8:
            case = _with_one_changed(case, vocabulary, random)
        else:
            case = random.choice(_OF_CASE)(case, vocabulary, random)
    return case


def joined(case: Case, other: Case) -> Case:
    """The events of both, in order of time where they have one, under new ids."""
    both = [*case.events, *other.events]
    both.sort(key=lambda event: event.date or dt.date.min)
    known = {**other.attributes, **case.attributes}
    covers = None if case.covers is None or other.covers is None else case.covers | other.covers
    listed = [event.model_copy(update={"id": f"e{n}"}) for n, event in enumerate(both, 1)]
    return case.model_copy(update={"events": numbered(listed), "attributes": known, "covers": covers})


def numbered(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events with their positions counted anew; ids stay."""
    return tuple(event.model_copy(update={"position": n}) for n, event in enumerate(events, 1))


def _with_one_changed(case: Case, vocabulary: Vocabulary, random: Random) -> Case:
    place = random.randrange(len(case.events))
    change = random.choice(_OF_EVENT)
    event = change(case.events[place], vocabulary, random)
    return case.model_copy(update={"events": (*case.events[:place], event, *case.events[place + 1 :])})


def _moved(event: Event, _: Vocabulary, random: Random) -> Event:
    by = dt.timedelta(days=random.choice((-400, -31, -7, -3, -1, 1, 1, 2, 5, 10, 30, 365)))
    return event if event.date is None else event.model_copy(update={"date": event.date + by})


def _undated(event: Event, _: Vocabulary, __: Random) -> Event:
    return event.model_copy(update={"date": None, "time": None})


def _timed(event: Event, _: Vocabulary, random: Random) -> Event:
    return event if event.date is None else event.model_copy(update={"time": random.choice(TIMES)})


def _done_by_others(event: Event, vocabulary: Vocabulary, random: Random) -> Event:
    anybody = [*vocabulary.organs, *vocabulary.persons]
    known = tuple(random.sample(anybody, min(len(anybody), random.choice((1, 1, 2)))))
    return event.model_copy(update={"actors": random.choice((None, known or None))})


def _written_otherwise(event: Event, vocabulary: Vocabulary, random: Random) -> Event:
    parts = vocabulary.acts[event.act].parts
    some = tuple(part for part in parts if random.random() < 0.7)
    return event.model_copy(update={"document": random.choice((None, some))})


def _with_other_act(event: Event, vocabulary: Vocabulary, random: Random) -> Event:
    act = vocabulary.acts[random.choice(list(vocabulary.acts))]
    kept = {n: v for n, v in event.attributes.items() if _fits(event.act, act.name, n, vocabulary)}
    return event.model_copy(update={"act": act.name, "attributes": kept, "document": None})


def _fits(here: str, there: str, name: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.acts[here].attributes[name] == vocabulary.acts[there].attributes.get(name)


def _described_otherwise(event: Event, vocabulary: Vocabulary, random: Random) -> Event:
    declared = vocabulary.acts[event.act].attributes
    return event.model_copy(update={"attributes": _changed(event.attributes, declared, vocabulary, random)})


def _changed(
    stated: Mapping[str, Value], declared: Mapping[str, ValueType], vocabulary: Vocabulary, random: Random
) -> Mapping[str, Value]:
    if not declared:
        return stated
    name = random.choice(list(declared))
    rest = {n: v for n, v in stated.items() if n != name}
    kind = random.randrange(6)
    if kind == 0:
        return rest
    if kind == 1:
        return {**rest, name: None}
    return {**rest, name: _value(declared[name], stated.get(name), vocabulary, random)}


def _value(kind: ValueType, stated: Value, vocabulary: Vocabulary, random: Random) -> Value:
    """Another value of the type, or the stated one where none is made up."""
    options: Mapping[str, Sequence[object]] = {
        "枚举": kind.choices,
        "机关": tuple(vocabulary.organs),
        "人员": tuple(vocabulary.persons),
        "是否": (True, False),
        "数": (0, 1, 2, 5, 30, 1000),
        "文本": ("甲", "乙", "a b"),
    }
    if isinstance(stated, dt.date):
        return stated + dt.timedelta(days=random.choice((-30, -1, 1, 2, 20)))
    several = (
        [random.choice(options[kind.name]) for _ in range(random.choice((1, 1, 2)))] if options.get(kind.name) else []
    )
    if not several:
        return stated
    return tuple(several) if kind.many else several[0]  # type: ignore[return-value]


def _without_one(case: Case, _: Vocabulary, random: Random) -> Case:
    place = random.randrange(len(case.events) + 1)
    return case.model_copy(update={"events": numbered((*case.events[:place], *case.events[place + 1 :]))})


def _with_one_twice(case: Case, _: Vocabulary, random: Random) -> Case:
    if not case.events:
        return case
    event = random.choice(case.events)
    again = event.model_copy(update={"id": f"又{len(case.events)}"})
    if any(each.id == again.id for each in case.events):
        return case
    place = random.randrange(len(case.events) + 1)
    return case.model_copy(update={"events": numbered((*case.events[:place], again, *case.events[place:]))})


def _out_of_order(case: Case, _: Vocabulary, random: Random) -> Case:
    return case.model_copy(update={"events": numbered(random.sample(case.events, len(case.events)))})


def _unordered(case: Case, _: Vocabulary, __: Random) -> Case:
    return case.model_copy(update={"ordered": not case.ordered})


def _covered(case: Case, vocabulary: Vocabulary, random: Random) -> Case:
    some = frozenset(act for act in vocabulary.acts if random.random() < 0.9)
    return case.model_copy(update={"covers": random.choice((None, some))})


def _of_another_kind(case: Case, vocabulary: Vocabulary, random: Random) -> Case:
    return case.model_copy(update={"kind": random.choice((None, *vocabulary.kinds))})


def _known_otherwise(case: Case, vocabulary: Vocabulary, random: Random) -> Case:
    known = _changed(case.attributes, vocabulary.case_attributes, vocabulary, random)
    return case.model_copy(update={"attributes": known})


def _without_extent(case: Case, _: Vocabulary, __: Random) -> Case:
    return case.model_copy(update={"extent": None})


def _on_one_day(case: Case, _: Vocabulary, random: Random) -> Case:
    """Everything that is dated happens on one of two days."""
    days = [event.date for event in case.events if event.date is not None][:2]
    moved = (e if e.date is None else e.model_copy(update={"date": random.choice(days)}) for e in case.events)
    return case.model_copy(update={"events": tuple(moved)})


_OF_EVENT: tuple[Callable[[Event, Vocabulary, Random], Event], ...] = (
    _moved,
    _moved,
    _moved,
    _undated,
    _timed,
    _done_by_others,
    _written_otherwise,
    _with_other_act,
    _described_otherwise,
    _described_otherwise,
    _described_otherwise,
)
_OF_CASE: tuple[Callable[[Case, Vocabulary, Random], Case], ...] = (
    _without_one,
    _without_one,
    _with_one_twice,
    _out_of_order,
    _unordered,
    _covered,
    _of_another_kind,
    _known_otherwise,
    _without_extent,
    _on_one_day,
)
