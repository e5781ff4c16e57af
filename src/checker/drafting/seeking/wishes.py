"""A case changed so that a condition holds, or fails, of one of its events: simple guesses, tried afterwards."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from typing import Final, NamedTuple

from checker.drafting.seeking.candidates import fresh_id, with_value
from checker.drafting.seeking.words import PERSONS, Words, longer
from checker.model.case import Case, Event
from checker.model.expressions import (
    Actor,
    ActorIs,
    ActorOf,
    All,
    AnchorEvent,
    AnyOf,
    Attribute,
    CaseSubject,
    Compare,
    Condition,
    Contains,
    Count,
    DateOf,
    Expression,
    Inside,
    LastEvent,
    LiteralValue,
    Member,
    Not,
    NthEvent,
    Occurred,
    OrganActor,
    Pattern,
    Present,
    Same,
    SelfEvent,
    Subject,
)
from checker.model.values import Period, Scalar, Value, ValueType

_WAYS: Final = 10
"""So many ways to one condition are tried."""
_DEEP: Final = 6
"""Patterns inside patterns so deep, and no deeper."""


class Draft(NamedTuple):
    """A case in the making. ``at`` is the id of the event read as self, ``anchor`` that of the anchor's event."""

    case: Case
    at: str
    anchor: str
    words: Words
    depth: int = 0

    def event(self, name: str) -> Event:
        """The event of that id."""
        return next(event for event in self.case.events if event.id == name)

    def changed(self, name: str, **changes: object) -> "Draft":
        """With fields of one event changed."""
        events = tuple(e.model_copy(update=changes) if e.id == name else e for e in self.case.events)
        return self._replace(case=self.case.model_copy(update={"events": events}))


def ways(condition: Condition | None, draft: Draft, want: bool = True) -> Iterator[Draft]:
    """Drafts in which the condition should come out as wanted; at least the draft itself."""
    yield from islice(_ways(condition, draft, want), _WAYS)


def _ways(condition: Condition | None, draft: Draft, want: bool) -> Iterator[Draft]:  # noqa: C901, PLR0912
    match condition:
        case Not():
            yield from _ways(condition.of, draft, not want)
        case All() if want:
            yield from _together(condition.of, draft, want)
        case AnyOf() if not want:
            yield from _together(condition.of, draft, want)
        case All() | AnyOf():
            for part in condition.of:
                yield from islice(_ways(part, draft, want), 2)
        case Member():
            values = condition.values if want else _others(condition.item, condition.values, draft)
            for value in values:
                yield from _assigned(condition.item, value, draft)
        case Compare():
            yield from _compared(condition, draft, want)
        case Contains(item=LiteralValue(value=value)):
            yield from _assigned(condition.whole, (value,) if want else (), draft)
        case Same():
            yield from _alike(condition, draft, want)
        case Present():
            yield from _present(condition.of, draft, want)
        case Occurred() if want:
            yield from happening(condition.pattern, draft, -1)
        case Inside() if want and condition.after is not None:
            yield from happening(condition.after, draft, -1)
        case ActorIs():
            yield draft.changed(draft.at, actors=doer(condition.actor, draft) if want else _other_doer(draft))
        case _:
            yield draft


def _together(parts: tuple[Condition, ...], draft: Draft, want: bool) -> Iterator[Draft]:
    """All parts one after another; of the last one every way."""
    if not parts:
        yield draft
        return
    for first in islice(_ways(parts[0], draft, want), 2):
        yield from _together(parts[1:], first, want)


def happening(pattern: Pattern, draft: Draft, days: int) -> Iterator[Draft]:
    """One more event that should match the pattern, so many days from self."""
    here = draft.event(draft.at)
    if draft.depth >= _DEEP or here.date is None:
        yield draft
        return
    name, day = fresh_id(draft.case), here.date + dt.timedelta(days=days)
    anchor = draft.event(draft.anchor)
    declared = draft.words.vocabulary.acts.get(pattern.acts[0])
    shared = declared.attributes if declared is not None else {}
    copied = {key: value for key, value in anchor.attributes.items() if key in shared}
    event = Event(id=name, position=1, act=pattern.acts[0], date=day, actors=doer(pattern.actor, draft),
                  attributes=copied)  # fmt: skip
    if pattern.dated_by is not None:
        event = event.model_copy(update={"attributes": with_value(copied, pattern.dated_by, day)})
    held = draft._replace(case=_with(draft.case, event), at=name, depth=draft.depth + 1)
    for found in _ways(pattern.where, held, True):
        yield found._replace(at=draft.at, depth=draft.depth)


def _with(case: Case, event: Event) -> Case:
    events = list(case.events)
    assert event.date is not None
    place = next((n for n, e in enumerate(events) if e.date is not None and e.date > event.date), len(events))
    events.insert(place, event)
    numbered = tuple(e.model_copy(update={"position": n}) for n, e in enumerate(events, 1))
    covers = case.covers if case.covers is None else case.covers | {event.act}
    return case.model_copy(update={"events": numbered, "covers": covers})


def doer(actor: Actor | None, draft: Draft) -> tuple[str, ...] | None:
    """Who should do it; whoever did the anchor's act where nobody is named."""
    anchor = next((event for event in draft.case.events if event.id == draft.anchor), None)
    if isinstance(actor, OrganActor):
        return actor.names[:1]
    if actor is not None and not actor.is_doer and anchor is not None:
        value = anchor.attributes.get(actor.attribute)
        return (str(value),) if isinstance(value, str) else tuple(map(str, value)) if isinstance(value, tuple) else None
    if actor is None and draft.words.actors:
        return draft.words.actors[:1]
    return anchor.actors if anchor is not None else None


def _other_doer(draft: Draft) -> tuple[str, ...] | None:
    return draft.words.strangers(draft.event(draft.at).actors or draft.words.actors)[:1] or None


# ------------------------------------------------------------------------------------------------------- one attribute


def _assigned(item: Expression, value: Value, draft: Draft) -> Iterator[Draft]:
    """The drafts in which the expression has the value."""
    match item:
        case Attribute(of=CaseSubject(), name="类型"):
            yield draft._replace(case=draft.case.model_copy(update={"kind": value}))
        case Attribute(of=CaseSubject()):
            attributes = with_value(draft.case.attributes, item.name, _fitting(value, _declared(item, draft)))
            yield draft._replace(case=draft.case.model_copy(update={"attributes": attributes}))
        case Attribute():
            for found, name in _located(item.of, draft):
                held = found.event(name).attributes
                yield found.changed(
                    name, attributes=with_value(held, item.name, _fitting(value, _declared(item, found)))
                )
        case ActorOf():
            for found, name in _located(item.of, draft):
                yield found.changed(name, actors=value if isinstance(value, tuple) else (str(value),))
        case DateOf() if isinstance(value, dt.date):
            for found, name in _located(item.of, draft):
                yield found.changed(name, date=value)
        case Count() if isinstance(value, int):
            yield _counted(item.pattern, draft, value)
        case _:
            yield draft


def _located(subject: Subject, draft: Draft) -> Iterator[tuple[Draft, str]]:
    match subject:
        case SelfEvent():
            yield draft, draft.at
        case AnchorEvent():
            yield draft, draft.anchor
        case LastEvent() | NthEvent():
            before = {event.id for event in draft.case.events}
            for found in happening(subject.pattern, draft, -1):
                new = [event.id for event in found.case.events if event.id not in before]
                if new:
                    yield found, new[0]
        case CaseSubject():
            return


def _counted(pattern: Pattern, draft: Draft, times: int) -> Draft:
    for n in range(min(times, 5)):
        draft = next(happening(pattern, draft, -1 - n), draft)
    return draft


def _compared(compare: Compare, draft: Draft, want: bool) -> Iterator[Draft]:
    for item, other, op in (
        (compare.left, compare.right, compare.op),
        (compare.right, compare.left, _turned(compare.op)),
    ):
        value = _value(other, draft)
        if value is not None and not isinstance(item, LiteralValue):
            for one in _fulfilling(value, op, want):
                yield from _assigned(item, one, draft)
            if not isinstance(value, int | Decimal | dt.date | Period) or isinstance(value, bool):
                for another in _others(item, (value,), draft) if (op == "ne") == want else ():
                    yield from _assigned(item, another, draft)


def _turned(op: str) -> str:
    return {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le"}.get(op, op)


def _fulfilling(value: Scalar, op: str, want: bool) -> Iterator[Scalar]:
    """The value itself, one less and one more, those first that make the comparison true as wanted."""
    if isinstance(value, bool):
        yield value if (op == "eq") == want else not value
        return
    low, high = _beside(value)
    order = {"eq": (value,), "ne": (high, low), "lt": (low,), "le": (value, low), "gt": (high,), "ge": (value, high)}
    contrary = {"eq": "ne", "ne": "eq", "lt": "ge", "le": "gt", "gt": "le", "ge": "lt"}
    yield from (one for one in order[op if want else contrary[op]] if one is not None)


def _beside(value: Scalar) -> tuple[Scalar | None, Scalar | None]:
    match value:
        case dt.date():
            return value - dt.timedelta(days=1), value + dt.timedelta(days=1)
        case int() | Decimal():
            return value - 1, value + 1
        case Period():
            return longer(value, -1), longer(value, 1)
        case _:
            return None, None


def _value(expression: Expression, draft: Draft) -> Scalar | None:
    """What the expression is now, where that is plain."""
    match expression:
        case LiteralValue():
            return expression.value
        case DateOf(of=SelfEvent() | AnchorEvent()):
            return draft.event(draft.at if isinstance(expression.of, SelfEvent) else draft.anchor).date
        case Attribute(of=SelfEvent() | AnchorEvent()):
            name = draft.at if isinstance(expression.of, SelfEvent) else draft.anchor
            held = draft.event(name).attributes.get(expression.name)
            return held if not isinstance(held, tuple) else None
        case _:
            return None


def _others(item: Expression, values: tuple[Scalar, ...], draft: Draft) -> Iterator[Value]:
    declared = _declared(item, draft)
    if declared is not None:
        yield from (one for one in draft.words.values(_name(item), declared) if one not in values)


def _name(item: Expression) -> str:
    return item.name if isinstance(item, Attribute) else ""


def _declared(item: Expression, draft: Draft) -> ValueType | None:
    vocabulary = draft.words.vocabulary
    if not isinstance(item, Attribute):
        return ValueType(name="机关") if isinstance(item, ActorOf) else None
    if isinstance(item.of, CaseSubject):
        kinds = ValueType(name="枚举", choices=vocabulary.kinds)
        return kinds if item.name == "类型" else vocabulary.case_attributes.get(item.name)
    acts = (act.attributes.get(item.name) for act in vocabulary.acts.values())
    return next((one for one in acts if one is not None), None)


def _fitting(value: Value, declared: ValueType | None) -> Value:
    """A single value as a list where a list is declared."""
    return (
        (value,)
        if declared is not None and declared.many and value is not None and not isinstance(value, tuple)
        else value
    )


def _alike(same: Same, draft: Draft, want: bool) -> Iterator[Draft]:
    one, *others = _members(same, draft)
    other = one if want or not others else others[0]
    for found in _assigned(same.left, one, draft):
        yield from _assigned(same.right, other, found)


def _members(same: Same, draft: Draft) -> tuple[Value, ...]:
    """What both sides may be: organs, declared values, or persons nobody knows."""
    sides = (same.left, same.right)
    organs = draft.words.organs()
    if any(isinstance(side, ActorOf) or _is_organ(side, draft) for side in sides) and len(organs) > 1:
        return organs
    for side in sides:
        declared = _declared(side, draft)
        if declared is not None and declared.choices:
            return declared.choices
    return PERSONS


def _is_organ(side: Expression, draft: Draft) -> bool:
    declared = _declared(side, draft)
    return declared is not None and declared.name == "机关"


def _present(of: Expression, draft: Draft, want: bool) -> Iterator[Draft]:
    if not want:
        yield from _assigned(of, None, draft) if isinstance(of, Attribute) else (draft,)
        return
    for one in _others(of, (), draft):
        yield from _assigned(of, one, draft)
