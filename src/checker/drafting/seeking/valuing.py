"""The same case with other values: attributes, actors, documents, kinds, answers; then with less known."""

from collections.abc import Iterator, Mapping

from checker.drafting.seeking.candidates import Candidate, with_case, with_event, with_value, without_value
from checker.drafting.seeking.words import Words
from checker.model.case import Answer, Event
from checker.model.values import Value, ValueType


def revalued(candidate: Candidate, words: Words) -> Iterator[Candidate]:
    """Every attribute and actor the norms read with every value worth trying."""
    case = candidate.case
    for place in range(len(case.events)):
        yield from _other_attributes(candidate, place, words)
        yield from _other_actors(candidate, place, words)
        yield from _other_documents(candidate, place, words)
    yield from _other_case(candidate, words)
    for n, answer in enumerate(case.answers):
        turned = answer.model_copy(update={"answer": not answer.answer})
        yield with_case(candidate, answers=(*case.answers[:n], turned, *case.answers[n + 1 :]))


def answered(candidate: Candidate, norms: tuple[str, ...], anchors: tuple[str, ...]) -> Iterator[Candidate]:
    """A person's answer, both ways, to each question."""
    for norm in norms:
        for anchor in anchors:
            for answer in (False, True):
                given = Answer(norm=norm, event=anchor, answer=answer, by="审核员甲")
                yield with_case(candidate, answers=(*candidate.case.answers, given))


def less_known(candidate: Candidate, words: Words) -> Iterator[Candidate]:
    """The same case with something the record does not tell."""
    case = candidate.case
    covered = case.covers if case.covers is not None else frozenset(act for p in words.patterns for act in p.acts)
    for act in sorted(covered):
        yield with_case(candidate, covers=covered - {act})
    if case.covers is not None:
        yield with_case(candidate, covers=None)
    for place, event in enumerate(case.events):
        for name in event.attributes:
            yield with_event(candidate, place, attributes=without_value(event.attributes, name))
        for changes in ({"actors": None}, {"date": None}, {"document": None}):
            yield with_event(candidate, place, **changes)
    for name in case.attributes:
        yield with_case(candidate, attributes=without_value(case.attributes, name))
    if case.kind is not None:
        yield with_case(candidate, kind=None)
    yield with_case(candidate, ordered=not case.ordered)


def _other_attributes(candidate: Candidate, place: int, words: Words) -> Iterator[Candidate]:
    event = candidate.case.events[place]
    act = words.vocabulary.acts.get(event.act)
    for changed in _changed(event.attributes, act.attributes if act is not None else {}, words):
        yield with_event(candidate, place, attributes=changed)


def _other_case(candidate: Candidate, words: Words) -> Iterator[Candidate]:
    case = candidate.case
    for changed in _changed(case.attributes, words.vocabulary.case_attributes, words):
        yield with_case(candidate, attributes=changed)
    if "类型" in words.constants:
        named = [kind for kind in words.constants["类型"] if kind in words.vocabulary.kinds]
        for kind in dict.fromkeys((*named, *words.vocabulary.kinds)):
            if kind != case.kind:
                yield with_case(candidate, kind=kind)


def _changed(
    held: Mapping[str, Value], declared: Mapping[str, ValueType], words: Words
) -> Iterator[Mapping[str, Value]]:
    for name, kind in declared.items():
        if name in words.constants or name in words.correlated:
            for value in (*words.values(name, kind), None):
                if name not in held or held[name] != value:
                    yield with_value(held, name, value)


def _other_actors(candidate: Candidate, place: int, words: Words) -> Iterator[Candidate]:
    event = candidate.case.events[place]
    for name in (*words.organs(), *_stated_organs(event, candidate, words)):
        if event.actors != (name,):
            yield with_event(candidate, place, actors=(name,))


def _stated_organs(event: Event, candidate: Candidate, words: Words) -> tuple[str, ...]:
    """Those that other events of the case name."""
    held = words.vocabulary.organs
    told = (value for one in candidate.case.events for value in one.attributes.values())
    named = (value for value in told if isinstance(value, str) and value in held)
    doing = (name for one in candidate.case.events if one is not event for name in one.actors or ())
    return tuple(dict.fromkeys((*named, *doing)))


def _other_documents(candidate: Candidate, place: int, words: Words) -> Iterator[Candidate]:
    event = candidate.case.events[place]
    act = words.vocabulary.acts.get(event.act)
    parts = [part for part in words.parts if act is not None and part in act.parts]
    if not parts:
        return
    held = event.document if event.document is not None else tuple(parts)
    for n in range(len(held)):
        yield with_event(candidate, place, document=(*held[:n], *held[n + 1 :]))
    yield with_event(candidate, place, document=tuple(dict.fromkeys((*held, *parts))))
