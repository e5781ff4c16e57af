"""Section 6.1 to 6.4 and 6.8: where a window starts, and the period or date it is given."""

from __future__ import annotations

import calendar as month_lengths
import datetime as dt
from typing import Any

from checker.calendars.amount import amount_of
from checker.model.norm import Counting, Norm, OnPeriod
from checker.model.requirements import (
    AtAnchor,
    AtDate,
    AtFirst,
    AtPeriodEnd,
    By,
    During,
    Earlier,
    Fixed,
    FromAttribute,
    InPeriod,
    Later,
    UntilClose,
    UntilExpiry,
    Within,
)
from checker.model.values import Period
from oracle.conditions import first_certain
from oracle.expressions import Val, expiry, span_of, value_of
from oracle.instances import Start
from oracle.matching import Scope
from oracle.reckoning import Base, End, Origin, count, exactly
from oracle.record import Item, Point, at, before
from oracle.truth import NO, Truth, known, unknown, unknown_for


def last_day(first: dt.date, months: int) -> dt.date:
    """The last day of the calendar period of so many months that begins on the first day."""
    year, month = divmod(first.year * 12 + first.month - 1 + months - 1, 12)
    return dt.date(year, month + 1, month_lengths.monthrange(year, month + 1)[1])


def period_end(norm: Norm, anchor: Point) -> dt.date:
    assert isinstance(norm.anchor, OnPeriod)
    assert anchor.date is not None
    return last_day(anchor.date, norm.anchor.months)


def dated(item: Item, pattern: Any) -> tuple[dt.date | None, str]:
    """The date a limit is tested against, and its name."""
    if pattern.dated_by is None:
        return item.date, f"{item.id}.日期"
    value = item.attributes.get(pattern.dated_by)
    return value, f"{item.id}.{pattern.dated_by}"


def on_or_before(day: dt.date | None, name: str, limit: End) -> Truth:
    """Whether the day is at most the limit, whatever the missing year brings."""
    if day is None:
        return unknown(name)
    if limit.low < day <= limit.high:
        return unknown_for(limit.names)
    return known(day <= limit.low)


def on_or_after(day: dt.date | None, name: str, limit: End) -> Truth:
    if day is None:
        return unknown(name)
    if limit.low <= day < limit.high:
        return unknown_for(limit.names)
    return known(day >= limit.high)


# The beginning of a window


def begin(scope: Scope, norm: Norm, window: Any) -> Start:
    match window:
        case Within():
            return _begin_within(scope, norm, window.start)
        case UntilClose() | By():
            return Start("open", lambda item, _: before(scope.world, scope.anchor, at(item)))
        case During():
            first, last = value_of(scope, window.first), value_of(scope, window.last)
            if not first.usable:
                return Start("unknown", _nowhere, first.names | (frozenset() if last.usable else last.names))
            return Start("open", lambda item, pattern: on_or_after(*dated(item, pattern), span_of(first)))
        case InPeriod():
            limit = exactly(scope.anchor.date)
            return Start("open", lambda item, pattern: on_or_after(*dated(item, pattern), limit))
    raise AssertionError(window)


def _nowhere(_item: Item, _pattern: Any) -> Truth:
    return NO


def _begin_within(scope: Scope, norm: Norm, start: Any) -> Start:
    match start:
        case AtAnchor():
            root = None if scope.anchor.synthetic else scope.anchor.item
            return _after_point(scope, scope.anchor, root, ())
        case AtFirst():
            item, names = first_certain(scope, start.pattern, scope.anchor)
            if names:
                return Start("unknown", _nowhere, names)
            if item is None:
                return Start("idle", _nowhere)
            return _after_point(scope, at(item), item, (item,))
        case AtDate():
            day = value_of(scope, start.attribute)
            if not day.usable:
                return Start("unknown", _nowhere, day.names)
            return _after_day(day.value, *day.names)
        case AtPeriodEnd():
            return _after_day(period_end(norm, scope.anchor))
    raise AssertionError(start)


def _after_point(scope: Scope, point: Point, item: Item | None, used: tuple[Item, ...]) -> Start:
    if point.date is None:
        return Start("unknown", _nowhere, frozenset({point.undated_name}))
    origin = Origin(point.date, item.time if item else None, point.undated_name)
    return Start("open", lambda i, _: before(scope.world, point, at(i)), origin=origin, used=used)


def _after_day(day: dt.date, name: str = "") -> Start:
    def lies_in(item: Item, _pattern: Any) -> Truth:
        return unknown(f"{item.id}.日期") if item.date is None else known(item.date > day)

    return Start("open", lies_in, origin=Origin(day, None, name))


# The period


def base_of(scope: Scope, expression: Any, origin: Origin, counting: Counting) -> tuple[Base | None, frozenset[str]]:
    """The amount or date that the expression stands for, or the names of what is missing."""
    match expression:
        case Fixed():
            return Base(amount_of(expression.period)), frozenset()
        case FromAttribute():
            return _stated(value_of(scope, expression.attribute))
        case UntilExpiry():
            val = expiry(scope, expression.norm, expression.extended)
            return (Base(end=val.span), frozenset()) if val.known else (None, val.names)
        case Earlier() | Later():
            return _chosen(scope, expression, origin, counting)
    raise AssertionError(expression)


def _stated(val: Val) -> tuple[Base | None, frozenset[str]]:
    if isinstance(val.value, Period):
        return Base(amount_of(val.value)), frozenset()
    if isinstance(val.value, dt.date):
        return Base(end=span_of(val)), frozenset()
    return None, val.names


def _chosen(
    scope: Scope, expression: Earlier | Later, origin: Origin, counting: Counting
) -> tuple[Base | None, frozenset[str]]:
    best: tuple[dt.date, Base] | None = None
    missing: frozenset[str] = frozenset()
    for option in expression.of:
        base, names = base_of(scope, option, origin, counting)
        missing |= names
        if base is None:
            continue
        day = count(scope.world, origin, base, (), (), counting).day
        is_better = best is None or (day < best[0] if isinstance(expression, Earlier) else day > best[0])
        if is_better:
            best = (day, base)
    return (None, missing) if missing else (best[1], missing)


def limit_of(scope: Scope, norm: Norm, window: Any) -> tuple[End | None, frozenset[str], frozenset[Item]]:
    """6.8: the due date of every window but 自 … 起 …; no names and no date: there is none yet."""
    if isinstance(window, InPeriod):
        return exactly(period_end(norm, scope.anchor)), frozenset(), frozenset()
    if isinstance(window, UntilClose):
        return _closing(scope, norm)
    val = value_of(scope, window.limit if isinstance(window, By) else window.last)
    return (span_of(val), frozenset(), frozenset()) if val.usable else (None, val.names, frozenset())


def _closing(scope: Scope, norm: Norm) -> tuple[End | None, frozenset[str], frozenset[Item]]:
    pattern = scope.world.closing_of(norm)
    if pattern is None:
        return None, frozenset(), frozenset()
    plain = Scope(scope.world, scope.anchor, scope.anchor)
    item, names = first_certain(plain, pattern, scope.anchor)
    if item is None or names:
        return None, names, frozenset()
    if item.date is None:
        return None, frozenset({f"{item.id}.日期"}), frozenset()
    return exactly(item.date), frozenset(), frozenset({item})
