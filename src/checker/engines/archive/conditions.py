"""Conditions over batches, in three values (semantics §3). Two values are compared by the row evaluator's own rules."""

from collections.abc import Callable
from functools import partial

import numpy as np

from checker.engines.archive.coding import by_distinct
from checker.engines.archive.days import Days, compare_days
from checker.engines.archive.expressions import Expression, as_coded, as_days
from checker.engines.archive.matching import ActorTerm, Condition, Pairs, Pattern, uncovered
from checker.engines.archive.scope import Scope
from checker.engines.archive.truth import (
    NO,
    YES,
    Ints,
    Truths,
    conjunction,
    decided,
    disjunction,
    filled,
    negated,
)


class ConstantTerm:
    """Always true or always false."""

    def __init__(self, value: bool) -> None:
        self.value = YES if value else NO

    def truth(self, scope: Scope) -> Truths:
        """The constant."""
        return filled(len(scope), self.value)

    def support(self, scope: Scope, wanted: bool) -> list[Pairs]:  # noqa: ARG002 - nothing rests on it
        """Nothing."""
        return []


class AllTerm:
    """且."""

    def __init__(self, parts: tuple[Condition, ...]) -> None:
        self.parts = parts

    def truth(self, scope: Scope) -> Truths:
        """Kleene conjunction."""
        return conjunction(len(scope), (part.truth(scope) for part in self.parts))

    def support(self, scope: Scope, wanted: bool) -> list[Pairs]:
        """True: of all parts; false: of the false parts."""
        return _supported(self.parts, scope, wanted, only=None if wanted else NO)


class AnyTerm:
    """或."""

    def __init__(self, parts: tuple[Condition, ...]) -> None:
        self.parts = parts

    def truth(self, scope: Scope) -> Truths:
        """Kleene disjunction."""
        return disjunction(len(scope), (part.truth(scope) for part in self.parts))

    def support(self, scope: Scope, wanted: bool) -> list[Pairs]:
        """True: of the true parts; false: of all."""
        return _supported(self.parts, scope, wanted, only=YES if wanted else None)


def _supported(parts: tuple[Condition, ...], scope: Scope, wanted: bool, only: int | None) -> list[Pairs]:
    """The support of the parts, of each only where it has the value asked for."""
    found: list[Pairs] = []
    for part in parts:
        if only is None:
            found += part.support(scope, wanted)
            continue
        rows = np.flatnonzero(part.truth(scope) == only)
        if len(rows):
            found += [Pairs(rows[pairs.row], pairs.event) for pairs in part.support(scope.take(rows), wanted)]
    return found


class NotTerm:
    """非."""

    def __init__(self, part: Condition) -> None:
        self.part = part

    def truth(self, scope: Scope) -> Truths:
        """Kleene negation."""
        return negated(self.part.truth(scope))

    def support(self, scope: Scope, wanted: bool) -> list[Pairs]:
        """As its part being the opposite."""
        return self.part.support(scope, not wanted)


Ask = Callable[..., int]
"""The truth of a test of one or two values of the record, UNKNOWN among them."""


class ValueTerm:
    """A test of one value or two, asked once for every combination that occurs."""

    def __init__(self, ask: Ask, *sides: Expression, op: str | None = None) -> None:
        self.ask = ask
        self.sides = sides
        self.op = op

    def truth(self, scope: Scope) -> Truths:
        """Dates are compared as numbers, everything else value by value."""
        columns = [side.column(scope) for side in self.sides]
        if self.op is not None and any(isinstance(column, Days) for column in columns):
            left, right = (as_days(column) for column in columns)
            return compare_days(self.op, left, right)
        coded = [as_coded(column) for column in columns]
        ask = partial(_asked, self.ask, [column.values for column in coded])
        codes, sizes = [column.codes for column in coded], [len(column.values) for column in coded]
        return by_distinct(codes, sizes, ask).astype(np.int8)

    def support(self, scope: Scope, wanted: bool) -> list[Pairs]:  # noqa: ARG002 - either way
        """The other events that the sides name."""
        return [pairs for side in self.sides for pairs in side.others(scope)]


def _asked(ask: Ask, values: list[list[object]], *codes: int) -> int:
    return int(ask(*(held[code] for held, code in zip(values, codes, strict=True))))


class ActorIsTerm:
    """由 C."""

    def __init__(self, actor: ActorTerm) -> None:
        self.actor = actor

    def truth(self, scope: Scope) -> Truths:
        """Whether an actor of self is meant."""
        return self.actor.truth(scope)

    def support(self, scope: Scope, wanted: bool) -> list[Pairs]:  # noqa: ARG002 - self is named already
        """Nothing."""
        return []


class OccurredBefore:
    """有 B, inside a pattern or a requirement: a match before self; ``last``: the last one is what it rests on."""

    def __init__(self, pattern: Pattern, *, last: bool = False) -> None:
        self.pattern = pattern
        self.last = last

    def truth(self, scope: Scope) -> Truths:
        """Unknown by a maybe-match, or if an act is not covered."""
        matches = self.pattern.matches(scope)
        first = scope.columns.first[scope.case]
        low, high = matches.sure_range(first, scope.cut)
        return decided(low < high, matches.loose_any(first, scope.cut) | uncovered(scope, self.pattern))

    def support(self, scope: Scope, wanted: bool) -> list[Pairs]:
        """The first certain match, or the last."""
        if not wanted:
            return []
        matches = self.pattern.matches(scope)
        pick = matches.last_sure if self.last else matches.first_sure
        return _there(pick(scope.columns.first[scope.case], scope.cut))


class NeverBefore:
    """Y 之前, open at the start: no Y before self."""

    def __init__(self, occurred: OccurredBefore) -> None:
        self.occurred = occurred

    def truth(self, scope: Scope) -> Truths:
        """The opposite of 有 Y."""
        return negated(self.occurred.truth(scope))

    def support(self, scope: Scope, wanted: bool) -> list[Pairs]:  # noqa: ARG002 - nothing either way
        """Nothing."""
        return []


class OccurredWithin:
    """有 B, at the top of an exception: a match within the horizon (semantics §7)."""

    def __init__(self, pattern: Pattern) -> None:
        self.pattern = pattern

    def truth(self, scope: Scope) -> Truths:
        """Unknown by an event that may match or may lie within, or if an act is not covered."""
        assert scope.low is not None
        assert scope.high is not None
        matches = self.pattern.matches(scope)
        first = scope.columns.first[scope.case]
        low, sure = matches.sure_range(first, scope.low)
        _, possible = matches.sure_range(first, scope.high)
        loose = matches.loose_any(first, scope.high)
        return decided(low < sure, (low < possible) | loose | uncovered(scope, self.pattern))

    def support(self, scope: Scope, wanted: bool) -> list[Pairs]:
        """The first certain match within the horizon."""
        if not wanted:
            return []
        assert scope.low is not None
        return _there(self.pattern.matches(scope).first_sure(scope.columns.first[scope.case], scope.low))


class InsideTerm:
    """在 X 之后 Y 之前: an X before self, and no Y between the last such X and self."""

    def __init__(self, opening: Pattern, closing: Pattern) -> None:
        self.opening = opening
        self.closing = closing

    def truth(self, scope: Scope) -> Truths:
        """True with a certain X that nothing may have closed; false if every possible X is certainly closed."""
        opened, closed = self.opening.matches(scope), self.closing.matches(scope)
        first = scope.columns.first[scope.case]
        last = opened.last_sure(first, scope.cut)
        after = np.where(last >= 0, last + 1, first)
        low, high = closed.sure_range(after, scope.cut)
        yes = (last >= 0) & ~((low < high) | closed.loose_any(after, scope.cut))
        possible = np.maximum(last, opened.last_loose(first, scope.cut))
        shut = (possible < 0) | (closed.last_sure(first, scope.cut) > possible)
        no = shut & ((last >= 0) | ~uncovered(scope, self.opening))
        return np.where(yes, np.int8(1), np.where(no, np.int8(0), np.int8(2)))

    def support(self, scope: Scope, wanted: bool) -> list[Pairs]:
        """The last certain X."""
        if not wanted:
            return []
        return _there(self.opening.matches(scope).last_sure(scope.columns.first[scope.case], scope.cut))


def _there(events: Ints) -> list[Pairs]:
    rows = np.flatnonzero(events >= 0)
    return [Pairs(rows, events[rows])]
