"""Tests of values as formulas: the engine's own comparison for plain values, bit vectors for dates (semantics §3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from checker.drafting.proof import terms as t
from checker.drafting.proof.terms import Bool, Day, Kleene
from checker.drafting.proof.unsupported import Unsupported
from checker.engines.ground.scope import UNKNOWN
from checker.engines.ground.values import compare, equal, members

if TYPE_CHECKING:
    from checker.drafting.proof.world import Options, World
    from checker.model.vocabulary import Vocabulary

_ON_DAYS: dict[str, Callable[[Day, Day], Bool]] = {
    "eq": t.same,
    "ne": lambda a, b: t.neg(t.same(a, b)),
    "lt": t.lt,
    "le": t.le,
    "gt": lambda a, b: t.lt(b, a),
    "ge": lambda a, b: t.le(b, a),
}


def compared(op: str, left: Options, right: Options) -> Kleene:
    """为, 大于, 早于 …: unknown if a side is, else false if a side is null."""
    return _paired(left, right, lambda one, other: _compare(op, one, other))


def equal_to_any(whole: Options, item: Options) -> Kleene:
    """包含."""
    return _paired(whole, item, lambda one, other: any(equal(member, other) for member in members(one)))


def in_common(left: Options, right: Options) -> Kleene:
    """与 … 相同: by the members that both have, where neither side is a date."""
    if any(isinstance(value, Day) for _, value in (*left, *right)):
        return _paired(left, right, _share)
    mine, its = _by_member(left), _by_member(right)
    certain = t.disj(*(t.conj(guard, its[member]) for member, guard in mine.items() if member in its))
    sides = [t.disj(*(guard for guard, value in side if value is UNKNOWN)) for side in (left, right)]
    unknown = t.disj(*sides)
    return t.sure(certain) if unknown is False else Kleene(certain, t.disj(certain, unknown))


def _by_member(options: Options) -> dict[Any, Bool]:
    """For each member that a value may have, whether it has it."""
    found: dict[Any, list[Bool]] = {}
    for guard, value in options:
        if value is not UNKNOWN and value is not None:
            for member in members(value):
                found.setdefault(member, []).append(guard)
    return {member: t.disj(*guards) for member, guards in found.items()}


def belongs(vocabulary: Vocabulary, item: Options, values: tuple[Any, ...], world: World) -> Kleene:
    """属于: a list belongs if all its members do; an organ also where it is one of a listed kind."""
    return _folded(item, lambda value: _all(_belongs(vocabulary, one, values, world) for one in members(value)))


def present(options: Options) -> Kleene:
    """有 (a value): null and the empty list are none."""
    yes = t.disj(*(g for g, v in options if v is not UNKNOWN and v is not None and v != ()))
    unknown = [g for g, v in options if v is UNKNOWN]
    return t.sure(yes) if not unknown else Kleene(yes, t.disj(yes, *unknown))


def _paired(left: Options, right: Options, ask: Callable[[Any, Any], Bool]) -> Kleene:
    yes: list[Bool] = []
    unknown: list[Bool] = []
    for guard, one in left:
        fitting: list[Bool] = []
        for held, other in right:
            if one is UNKNOWN or other is UNKNOWN:
                unknown.append(t.conj(guard, held))
            elif one is not None and other is not None:
                fitting.append(t.conj(held, ask(one, other)))
        yes.append(t.conj(guard, t.disj(*fitting)))
    certain = t.disj(*yes)
    unknown = [guard for guard in unknown if guard is not False]
    return t.sure(certain) if not unknown else Kleene(certain, t.disj(certain, *unknown))


def _compare(op: str, one: Any, other: Any) -> Bool:  # noqa: ANN401 - values of the record
    if isinstance(one, Day) and isinstance(other, Day):
        return _ON_DAYS[op](one, other)
    if isinstance(one, Day) or isinstance(other, Day):
        if op in ("eq", "ne"):
            return op == "ne"
        raise Unsupported("日期与其他类型的值比较")
    return compare(op, one, other)


def _share(one: Any, other: Any) -> Bool:  # noqa: ANN401 - values of the record
    if isinstance(one, Day) and isinstance(other, Day):
        return t.same(one, other)
    if isinstance(one, Day) or isinstance(other, Day):
        return False
    return not frozenset(members(one)).isdisjoint(members(other))


def _folded(options: Options, ask: Callable[[Any], Kleene]) -> Kleene:
    parts = []
    for guard, value in options:
        if value is not None:
            truth = t.MAYBE if value is UNKNOWN else ask(value)
            parts.append(t.both(t.sure(guard), truth))
    return t.any_of(*parts)


def _all(truths: Any) -> Kleene:  # noqa: ANN401 - an iterable
    return t.both(*truths)


def _belongs(vocabulary: Vocabulary, member: Any, values: tuple[Any, ...], world: World) -> Kleene:  # noqa: ANN401
    if isinstance(member, Day):
        import datetime as dt

        days = [t.day(world.offset(value)) for value in values if isinstance(value, dt.date)]
        return t.sure(t.disj(*(t.same(member, one) for one in days)))
    if not isinstance(member, str):
        return t.sure(member in values)
    if member in values:
        return t.YES
    wanted = [value for value in values if isinstance(value, str) and value in _organs(vocabulary)]
    answers = [vocabulary.organ_is(member, value) for value in wanted] if member in _organs(vocabulary) else []
    return t.YES if True in answers else t.MAYBE if None in answers else t.NO


def _organs(vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(vocabulary.organs) | frozenset(one for one in vocabulary.organs.values() if one is not None)
