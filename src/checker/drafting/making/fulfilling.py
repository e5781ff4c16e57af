"""Cases made from a case in which a norm has an instance: what it asks for is done, or is not; on its last day."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from checker.drafting.seeking.candidates import Candidate, with_event, with_value
from checker.drafting.seeking.observing import Findings, due_days
from checker.drafting.seeking.wishes import Draft, happening, ways
from checker.drafting.seeking.words import Words
from checker.model.case import Event
from checker.model.dependencies import parts_of
from checker.model.expressions import AnchorActor, AnchorEvent, Attribute, Pattern, SelfEvent
from checker.model.norm import Norm
from checker.model.requirements import AtFirst, Contain, Hold, Occur, Precede, Within
from checker.model.values import Part, Period, Unit, Value, ValueType

_STATED: Final = Period(parts=(Part(n=30, unit=Unit.DAY),))
_AHEAD: Final = dt.timedelta(days=60)
_LATER: Final = (1, 0, 30)
"""Days after the root at which an act is tried where no last day is known."""
_BEFORE: Final = (-1, 0, -45)
_WAYS: Final = 4


def stated(candidate: Candidate, norm: Norm, words: Words) -> Candidate:
    """The root event with every attribute that the norm reads of it: whom it binds, how long, until when."""
    root = candidate.case.events[0] if candidate.case.events else None
    if root is None or root.act not in words.vocabulary.acts:
        return candidate
    declared = words.vocabulary.acts[root.act].attributes
    attributes = root.attributes
    for name in _read_of_root(norm):
        value = _value(name, declared[name], words, root) if name in declared else None
        if value is not None and name not in attributes:
            attributes = with_value(attributes, name, value)
    return with_event(candidate, 0, attributes=attributes)


def _read_of_root(norm: Norm) -> list[str]:
    found: list[str] = [*norm.correlate]
    for part in parts_of(norm):
        if isinstance(part, AnchorActor) and not part.is_doer:
            found.append(part.attribute)
        elif isinstance(part, Attribute) and isinstance(part.of, SelfEvent | AnchorEvent):
            found.append(part.name)
    return list(dict.fromkeys(found))


def _value(name: str, declared: ValueType, words: Words, root: Event) -> Value:
    """A plain one; of organs another than the one that acts, for hardly anybody hands a matter to itself."""
    if declared.name == "日期":
        return None if root.date is None else root.date + _AHEAD
    if declared.name == "期间":
        return _STATED
    values = words.values(name, declared)
    others = [one for one in values if declared.name == "机关" and one not in (root.actors or ())]
    return next(iter((*others, *values)), None)


def done(candidate: Candidate, findings: Findings, norm: Norm, words: Words) -> Iterator[Candidate]:
    """What the norm asks for, done in several ways and on several days; then what it forbids."""
    root = candidate.case.events[0] if candidate.case.events else None
    if root is None or root.date is None:
        return
    draft = Draft(candidate.case, root.id, root.id, words)
    match norm.requirement:
        case Occur():
            days = [(day - root.date).days for day in due_days(findings)[-1:]]
            yield from _afterwards(candidate, draft, norm.requirement, days)
        case Precede(groups=groups):
            for before in _BEFORE:
                yield from _cases(candidate, _each(groups, draft, before))
        case Hold(condition=condition):
            for want in (True, False):
                yield from _cases(candidate, ways(condition, draft, want))
        case Contain(parts=parts):
            for document in (parts, parts[1:]):
                yield with_event(candidate, 0, document=document)
        case _:
            return


def _afterwards(candidate: Candidate, draft: Draft, asked: Occur, days: Sequence[int]) -> Iterator[Candidate]:
    """What is asked for, after what its period starts from."""
    window = asked.window
    start = window.start.pattern if isinstance(window, Within) and isinstance(window.start, AtFirst) else None
    for begun in _each(((start,),), draft, 0) if start is not None else iter((draft,)):
        for after in dict.fromkeys((*days, *_LATER)):
            yield from _cases(candidate, _each(asked.groups, begun, after))


def _each(groups: Sequence[Sequence[Pattern]], draft: Draft, days: int) -> Iterator[Draft]:
    """One act of each group, one after another; the first group in several ways."""
    if not groups:
        yield draft
        return
    for pattern in groups[0]:
        for found in islice(happening(pattern, draft, days), _WAYS):
            yield from islice(_each(groups[1:], found, days), 1)


def _cases(candidate: Candidate, drafts: Iterator[Draft]) -> Iterator[Candidate]:
    for draft in islice(drafts, 4 * _WAYS):
        last = max((event.date for event in draft.case.events if event.date is not None), default=candidate.as_of)
        yield Candidate(draft.case, max(candidate.as_of, last))
