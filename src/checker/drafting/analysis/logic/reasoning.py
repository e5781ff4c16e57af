"""What follows from the words alone, for every record that lacks nothing.

A negative answer says nothing: the conditions may still be impossible together for a reason that is not looked at.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from checker.drafting.analysis.logic.theory import consistent, is_actor_within, may_be_one
from checker.model import expressions as x
from checker.model.vocabulary import Vocabulary

_MOST: Final = 4000
"""Branches tried before a question is given up."""


class _Given_up(Exception):  # noqa: N801
    pass


class _Literal(NamedTuple):
    atom: x.Condition
    wanted: bool


class _Both(NamedTuple):
    of: tuple["_Formula", ...]


class _Either(NamedTuple):
    of: tuple["_Formula", ...]


_Formula = _Literal | _Both | _Either


class Reasoning:
    """Questions about conditions of one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Remember what was asked: norms share patterns."""
        self.vocabulary = vocabulary
        self.narrower = lru_cache(maxsize=20_000)(self._narrower)
        self._tried = 0

    def never(self, *conditions: x.Condition | None) -> bool:
        """Whether the conditions can never hold together at one event."""
        todo = [_normal(one, True) for one in conditions if one is not None]
        self._tried = 0
        try:
            return not self._possible(todo, {})
        except _Given_up:
            return False

    def implies(self, given: Iterable[x.Condition | None], then: x.Condition | None) -> bool:
        """Whether the last holds wherever the others do."""
        return then is None or self.never(*given, x.Not(of=then))

    def _narrower(self, one: x.Pattern, other: x.Pattern | None) -> bool:
        """Whether every event that matches the one matches the other; None is matched by nothing."""
        if other is None:
            outer, found = self._tried, self.never(one.where)
            self._tried = outer
            return found
        if one == other:
            return True
        if other.ordinal is not None or not set(one.acts) <= set(other.acts):
            return False
        if not is_actor_within(one.actor, other.actor, self.vocabulary):
            return False
        outer = self._tried
        found = self.implies([one.where], other.where)
        self._tried = outer
        return found

    def may_meet(self, one: x.Pattern, other: x.Pattern) -> bool:
        """Whether one event may match both, as far as can be seen."""
        shares = not set(one.acts).isdisjoint(other.acts)
        if not shares or not may_be_one(one.actor, other.actor, self.vocabulary):
            return False
        return not self.never(one.where, other.where)

    def _possible(self, todo: list[_Formula], known: dict[x.Condition, bool]) -> bool:
        while todo:
            formula = todo.pop()
            match formula:
                case _Both():
                    todo += formula.of
                case _Literal(atom=x.Constant(value=value), wanted=wanted):
                    if value is not wanted:
                        return False
                case _Literal():
                    if known.setdefault(formula.atom, formula.wanted) is not formula.wanted:
                        return False
                case _Either():
                    self._count()
                    return any(self._possible([*todo, one], dict(known)) for one in formula.of)
        return consistent(known, self.vocabulary, self.narrower)

    def _count(self) -> None:
        self._tried += 1
        if self._tried > _MOST:
            raise _Given_up


def _normal(condition: x.Condition, wanted: bool) -> _Formula:
    match condition:
        case x.Not():
            return _normal(condition.of, not wanted)
        case x.All() | x.AnyOf():
            parts = tuple(_normal(one, wanted) for one in condition.of)
            return _Both(parts) if isinstance(condition, x.All) is wanted else _Either(parts)
        case _:
            return _Literal(condition, wanted)
