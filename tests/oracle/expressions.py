"""Section 3, the expressions: a value, null, or unknown."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from checker.calendars.grid import OutOfRange
from checker.model.expressions import (
    ActorOf,
    AnchorEvent,
    Attribute,
    BreachCount,
    CaseSubject,
    Count,
    DateOf,
    Expiry,
    LastEvent,
    LiteralValue,
    NthEvent,
    SelfEvent,
    Shift,
    Sum,
)
from checker.model.finding import Verdict
from oracle.matching import Scope, match, standing
from oracle.reckoning import End, exactly, moved
from oracle.record import Item, at, at_or_after, before, in_order
from oracle.truth import NO, YES, Truth, conjunction, union, unknown


@dataclass(frozen=True)
class Val:
    """``names``: what to name if it is unknown, or null where that is as good. ``span``: for computed dates."""

    known: bool
    value: Any = None
    names: frozenset[str] = frozenset()
    support: frozenset[Item] = frozenset()
    span: End | None = None

    @property
    def usable(self) -> bool:
        """Known, and not null."""
        return self.known and self.value is not None


def lacking(*names: str, support: frozenset[Item] = frozenset()) -> Val:
    return Val(False, names=frozenset(names), support=support)


def value_of(scope: Scope, expression: Any) -> Val:
    match expression:
        case LiteralValue():
            return Val(True, expression.value)
        case Attribute():
            return _attribute(scope, expression)
        case DateOf() | ActorOf():
            return _date_or_actor(scope, expression)
        case Count() | Sum():
            return _count_or_sum(scope, expression)
        case BreachCount():
            return _breaches(scope, expression.norm)
        case Expiry():
            return expiry(scope, expression.norm, expression.extended)
        case Shift():
            return _shift(scope, expression)
    raise AssertionError(expression)


# Subjects


@dataclass(frozen=True)
class _Found:
    """The event a subject names: an item, or the names of what is missing; or a synthetic self's printed form."""

    item: Item | None
    names: frozenset[str] = frozenset()
    printed: str = ""
    support: frozenset[Item] = frozenset()


def _subject(scope: Scope, subject: Any) -> _Found:
    match subject:
        case SelfEvent():
            return _Found(scope.me.item, printed=scope.me.printed)
        case AnchorEvent():
            return _Found(scope.anchor.item, printed=scope.anchor.printed)
        case LastEvent():
            return _last(scope, subject.pattern)
        case NthEvent():
            return _nth(scope, subject.pattern)
    raise AssertionError(subject)


def _last(scope: Scope, pattern: Any) -> _Found:
    found = standing(scope, pattern)
    certain = in_order(item for item, fits, stands in found if fits.yes and stands.yes)
    if not certain:
        return _nothing(pattern, found)
    last = certain[-1]
    doubts = [
        conjunction([fits, stands, _not_before(scope, item, last)]) for item, fits, stands in found if item is not last
    ]
    names = union(doubt.missing for doubt in doubts if doubt.possible)
    if any(doubt.possible for doubt in doubts):
        return _Found(None, names)
    return _Found(last, support=frozenset({last}))


def _not_before(scope: Scope, item: Item, last: Item) -> Truth:
    earlier = before(scope.world, at(item), at(last))
    return earlier if earlier.maybe else (NO if earlier.yes else YES)


def _nth(scope: Scope, pattern: Any) -> _Found:
    found = []
    for item in scope.world.items:
        fits = match(scope, pattern, item)
        stands = YES if item is scope.me.item else before(scope.world, at(item), scope.me)
        if fits.possible and stands.possible:
            found.append((item, fits, stands))
    certain = in_order(item for item, fits, stands in found if fits.yes and stands.yes)
    if certain:
        return _Found(certain[0], support=frozenset(certain[:1]))
    return _nothing(pattern, found)


def _nothing(pattern: Any, found: list[tuple[Item, Truth, Truth]]) -> _Found:
    names = union(conjunction([fits, stands]).missing for _, fits, stands in found)
    return _Found(None, names or frozenset({f"未见.{pattern.acts[0]}"}))


# Attributes, dates, actors


def _attribute(scope: Scope, expression: Attribute) -> Val:
    if isinstance(expression.of, CaseSubject):
        return _of_case(scope, expression.name)
    found = _subject(scope, expression.of)
    if found.item is None:
        return Val(False, names=found.names or frozenset({f"{found.printed}.{expression.name}"}))
    name = frozenset({f"{found.item.id}.{expression.name}"})
    if expression.name not in found.item.attributes:
        return Val(False, names=name, support=found.support)
    return Val(True, found.item.attributes[expression.name], name, found.support)


def _of_case(scope: Scope, name: str) -> Val:
    case = scope.world.case
    printed = frozenset({f"案件.{name}"})
    if name == "类型":
        return Val(case.kind is not None, case.kind, printed)
    return Val(name in case.attributes, case.attributes.get(name), printed)


def _date_or_actor(scope: Scope, expression: DateOf | ActorOf) -> Val:
    is_date = isinstance(expression, DateOf)
    word = "日期" if is_date else "主体"
    if is_date and isinstance(expression.of, SelfEvent):
        me = scope.me
        return Val(me.date is not None, me.date, frozenset({me.undated_name}))
    found = _subject(scope, expression.of)
    if found.item is None:
        return Val(False, names=found.names or frozenset({f"{found.printed}.{word}"}))
    value = found.item.date if is_date else found.item.actors
    return Val(value is not None, value, frozenset({f"{found.item.id}.{word}"}), found.support)


# Counts


def _count_or_sum(scope: Scope, expression: Count | Sum) -> Val:
    pattern, world = expression.pattern, scope.world
    names = world.uncovered(pattern.acts)
    counted = []
    for item in world.items:
        is_me = expression.inclusive and item is scope.me.item
        stands = YES if is_me else before(world, at(item), scope.me)
        test = conjunction([match(scope, pattern, item), stands])
        names |= test.missing
        if test.yes:
            counted.append(item)
    if isinstance(expression, Count):
        return lacking(*names) if names else Val(True, len(counted))
    names |= frozenset(f"{i.id}.{expression.attribute}" for i in counted if expression.attribute not in i.attributes)
    if names:
        return lacking(*names)
    return Val(True, sum(item.attributes[expression.attribute] or 0 for item in counted))


def _breaches(scope: Scope, norm: str) -> Val:
    listed = [i for i in scope.world.of_family(norm) if i.is_listed]
    violated = [i for i in listed if i.verdict.is_violation]
    names = [] if scope.me.date is not None else [scope.me.undated_name]
    if any(i.verdict is Verdict.UNDETERMINED for i in listed) or any(i.breached_on is None for i in violated):
        names.append(f"违反.{norm}")
    return lacking(*names) if names else Val(True, sum(i.breached_on <= scope.me.date for i in violated))


# Computed dates


def expiry(scope: Scope, norm: str, extended: bool) -> Val:
    """期满 of another norm, at or before self."""
    usable = [
        i
        for i in scope.world.of_family(norm)
        if i.real.yes and i.anchor.key is not None and at_or_after(scope.world, scope.me, i.anchor).yes
    ]
    if not usable:
        return lacking(f"期满.{norm}")
    last = sorted(usable, key=lambda i: i.anchor.key)[-1]
    end = last.clock.due if extended else last.clock.original
    if last.verdict is Verdict.EXEMPT or end is None or (extended and not last.clock.is_sure):
        return lacking(f"期满.{norm}")
    plain = End(end.day, end.low, end.high, end.names)
    return Val(True, plain.day, frozenset({f"期满.{norm}"}), span=plain)


def _shift(scope: Scope, expression: Shift) -> Val:
    base = value_of(scope, expression.base)
    if not base.usable:
        return Val(False, names=base.names, support=base.support)
    span = span_of(base)
    try:
        ends = [moved(scope.world, d, expression.period, expression.backward) for d in (span.day, span.low, span.high)]
    except OutOfRange:
        return lacking("日期超出范围")
    end = End(ends[0].day, ends[1].low, ends[2].high, span.names | ends[0].names)
    return Val(True, end.day, base.names, base.support, end)


def span_of(val: Val) -> End:
    """A known date with what else it may be."""
    assert isinstance(val.value, dt.date)
    return val.span or exactly(val.value)


def nothing_known(val: Val) -> Truth:
    return unknown(*val.names)
