"""Section 3, the conditions: true, false or unknown."""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from checker.calendars.months import add_months
from checker.model.expressions import (
    ActorIs,
    All,
    AnyOf,
    Compare,
    Constant,
    Contains,
    Inside,
    Member,
    Not,
    Occurred,
    Pattern,
    Present,
    Same,
)
from checker.model.values import Period, Unit
from oracle.expressions import Val, nothing_known, span_of, value_of
from oracle.matching import Scope, actor_is, are_equal, as_set, match, standing
from oracle.record import Item, Point, at, at_or_after, before, in_order, is_same
from oracle.truth import Truth, conjunction, disjunction, known, negation, union, unknown, unknown_for

OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
}
EPOCH = dt.date(2000, 1, 1)


def holds(scope: Scope, condition: Any) -> Truth:
    match condition:
        case Constant():
            return known(condition.value)
        case All():
            return conjunction([holds(scope, part) for part in condition.of])
        case AnyOf():
            return disjunction([holds(scope, part) for part in condition.of])
        case Not():
            return negation(holds(scope, condition.of))
        case Occurred():
            return occurred(scope, condition.pattern)
        case Inside():
            return _inside(scope, condition.after, condition.before)
        case ActorIs():
            return actor_is(scope, condition.actor)
    return _of_values(scope, condition)


def clause(scope: Scope, when: Any, unless: Any) -> Truth:
    """``when`` and not ``unless``; either may be left out."""
    parts = [] if when is None else [holds(scope, when)]
    return conjunction(parts if unless is None else [*parts, negation(holds(scope, unless))])


# Conditions on values


def _of_values(scope: Scope, condition: Any) -> Truth:
    match condition:
        case Compare():
            left, right = value_of(scope, condition.left), value_of(scope, condition.right)
            answer = _if_known([left, right], lambda: _compare(condition.op, left, right))
            vals = [left, right]
        case Member():
            vals = [value_of(scope, condition.item)]
            answer = _if_known(vals, lambda: _member(scope, vals[0], condition.values))
        case Contains():
            vals = [value_of(scope, condition.whole), value_of(scope, condition.item)]
            answer = _if_known(vals, lambda: known(vals[1].value in as_set(vals[0].value)))
        case Same():
            vals = [value_of(scope, condition.left), value_of(scope, condition.right)]
            answer = _if_known(vals, lambda: known(bool(as_set(vals[0].value) & as_set(vals[1].value))))
        case Present():
            vals = [value_of(scope, condition.of)]
            val = vals[0]
            answer = known(val.value not in (None, ())) if val.known else nothing_known(val)
        case _:
            raise AssertionError(condition)
    return answer if answer.maybe else Truth(answer.value, union(val.support for val in vals))


def _if_known(vals: list[Val], answer: Callable[[], Truth]) -> Truth:
    """Unknown wins over null; null makes any comparison false."""
    if not all(val.known for val in vals):
        return unknown_for(union(val.names for val in vals if not val.known))
    if any(val.value is None for val in vals):
        return known(False)
    return answer()


def _compare(op: str, left: Val, right: Val) -> Truth:
    a, b = left.value, right.value
    if isinstance(a, dt.date) and isinstance(b, dt.date):
        return _compare_dates(op, left, right)
    if op in ("eq", "ne"):
        return known(are_equal(a, b) == (op == "eq"))
    if isinstance(a, Period) and isinstance(b, Period):
        a, b = _length(a), _length(b)
    return known(OPERATORS[op](a, b))


def _compare_dates(op: str, left: Val, right: Val) -> Truth:
    a, b = span_of(left), span_of(right)
    if op in ("eq", "ne"):
        if a.low == a.high and b.low == b.high:
            return known((a.day == b.day) == (op == "eq"))
        if a.high < b.low or b.high < a.low:
            return known(op == "ne")
        return unknown_for(a.names | b.names)
    answers = {OPERATORS[op](x, y) for x in (a.low, a.high) for y in (b.low, b.high)}
    return known(answers.pop()) if len(answers) == 1 else unknown_for(a.names | b.names)


def _length(period: Period) -> Fraction:
    """Days from 2000-01-01; a working day is 7/5 days, an hour 1/24."""
    amounts = {unit: sum(part.n for part in period.parts if part.unit is unit) for unit in Unit}
    months = amounts[Unit.YEAR] * 12 + amounts[Unit.MONTH]
    days = Fraction(add_months(EPOCH.toordinal(), months)[0] - EPOCH.toordinal() + amounts[Unit.DAY])
    return days + Fraction(7 * amounts[Unit.WORKDAY], 5) + Fraction(amounts[Unit.HOUR], 24)


def _member(scope: Scope, val: Val, listed: tuple[Any, ...]) -> Truth:
    members = val.value if isinstance(val.value, tuple) else (val.value,)
    return conjunction([_one_member(scope, val, member, listed) for member in members])


def _one_member(scope: Scope, val: Val, member: Any, listed: tuple[Any, ...]) -> Truth:
    vocabulary = scope.world.rules.vocabulary
    tests = []
    for value in listed:
        if member in vocabulary.organs and value in vocabulary.organs:
            answer = vocabulary.organ_is(member, value)
            tests.append(unknown(*val.names) if answer is None else known(answer))
        else:
            tests.append(known(are_equal(member, value)))
    return disjunction(tests)


# Conditions on events


def occurred(scope: Scope, pattern: Pattern) -> Truth:
    """有 B: within the horizon if there is one, else before self."""
    certain, doubts = [], [unknown_for(frozenset({n})) for n in scope.world.uncovered(pattern.acts)]
    for item in scope.world.items:
        within = scope.horizon(item) if scope.horizon is not None else before(scope.world, at(item), scope.me)
        test = conjunction([match(scope, pattern, item), within])
        if test.yes:
            certain.append(item)
        elif test.maybe:
            doubts.append(test)
    if certain:
        return Truth(True, frozenset(in_order(certain)[:1]))
    if doubts:
        return unknown_for(union(doubt.missing for doubt in doubts))
    return known(False)


def _inside(scope: Scope, after: Pattern | None, closer: Pattern | None) -> Truth:
    scope = replace(scope, horizon=None)
    if after is None:
        assert closer is not None
        answer = negation(occurred(scope, closer))
        return Truth(answer.value, frozenset(), answer.missing)
    afters = standing(scope, after)
    certain = in_order(item for item, fits, stands in afters if fits.yes and stands.yes)
    if closer is None:
        answer = occurred(scope, after)
        return Truth(answer.value, frozenset(certain[-1:]) if answer.yes else frozenset(), answer.missing)
    return _between(scope, after, afters, certain, standing(scope, closer))


_Standing = list[tuple[Item, Truth, Truth]]


def _between(scope: Scope, after: Pattern, afters: _Standing, certain: list[Item], closers: _Standing) -> Truth:
    def closes(opened: Item, closing: tuple[Item, Truth, Truth]) -> Truth:
        item, fits, stands = closing
        return conjunction([fits, stands, before(scope.world, at(opened), at(item))])

    if certain and not any(closes(certain[-1], each).possible for each in closers):
        return Truth(True, frozenset(certain[-1:]))
    uncovered = frozenset() if certain else scope.world.uncovered(after.acts)
    is_closed = all(any(closes(opened, each).yes for each in closers) for opened, _, _ in afters)
    if is_closed and not uncovered:
        return known(False)
    opening = union(conjunction([fits, stands]).missing for _, fits, stands in afters)
    closing = union(closes(opened, each).missing for opened, _, _ in afters for each in closers)
    return unknown_for(uncovered | opening | closing)


def first_certain(scope: Scope, pattern: Pattern, since: Point) -> tuple[Item | None, frozenset[str]]:
    """The first certain match at or after a point; and what makes others possibly stand between the two."""
    world = scope.world
    found = [(i, conjunction([match(scope, pattern, i), at_or_after(world, at(i), since)])) for i in world.items]
    certain = in_order(item for item, fits in found if fits.yes)
    if not certain:
        return None, union(fits.missing for _, fits in found)
    first = certain[0]
    if is_same(at(first), since):
        return first, frozenset()
    doubts = [conjunction([fits, negation(before(world, at(first), at(item)))]) for item, fits in found if fits.maybe]
    return first, union(doubt.missing for doubt in doubts)
