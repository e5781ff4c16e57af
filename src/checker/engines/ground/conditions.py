"""Compiled conditions over values: comparison, membership, presence, and the connectives (semantics §3)."""

from collections.abc import Callable

from checker.engines.facts import Truth
from checker.engines.ground.actors import ActorTest
from checker.engines.ground.limits import Limit
from checker.engines.ground.scope import UNKNOWN, Condition, Expression, Scope
from checker.engines.ground.truth import MAYBE, NO, YES, conjunction, disjunction, negation, truth_of
from checker.engines.ground.values import compare, equal, members
from checker.engines.ground.view import Seen


class ConstantCondition:
    """Always true or always false."""

    def __init__(self, value: bool) -> None:
        self._truth = truth_of(value)

    def truth(self, _: Scope, __: Seen) -> Truth:
        """The constant."""
        return self._truth

    def missing(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """Nothing: it is never unknown."""

    def support(self, scope: Scope, at: Seen, wanted: bool, out: set[str]) -> None:
        """Nothing."""


class AllCondition:
    """且."""

    def __init__(self, parts: tuple[Condition, ...]) -> None:
        self.parts = parts

    def truth(self, scope: Scope, at: Seen) -> Truth:
        """Kleene conjunction."""
        return conjunction(part.truth(scope, at) for part in self.parts)

    def missing(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """The union over its unknown parts."""
        for part in self.parts:
            if part.truth(scope, at) is MAYBE:
                part.missing(scope, at, out)

    def support(self, scope: Scope, at: Seen, wanted: bool, out: set[str]) -> None:
        """True: of all parts; false: of the false parts."""
        for part in self.parts:
            if wanted or part.truth(scope, at) is NO:
                part.support(scope, at, wanted, out)


class AnyCondition:
    """或."""

    def __init__(self, parts: tuple[Condition, ...]) -> None:
        self.parts = parts

    def truth(self, scope: Scope, at: Seen) -> Truth:
        """Kleene disjunction."""
        return disjunction(part.truth(scope, at) for part in self.parts)

    def missing(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """The union over its unknown parts."""
        for part in self.parts:
            if part.truth(scope, at) is MAYBE:
                part.missing(scope, at, out)

    def support(self, scope: Scope, at: Seen, wanted: bool, out: set[str]) -> None:
        """True: of the true parts; false: of all."""
        for part in self.parts:
            if not wanted or part.truth(scope, at) is YES:
                part.support(scope, at, wanted, out)


class NotCondition:
    """非."""

    def __init__(self, part: Condition) -> None:
        self.part = part

    def truth(self, scope: Scope, at: Seen) -> Truth:
        """Kleene negation."""
        return negation(self.part.truth(scope, at))

    def missing(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """As its part."""
        self.part.missing(scope, at, out)

    def support(self, scope: Scope, at: Seen, wanted: bool, out: set[str]) -> None:
        """As its part being the opposite."""
        self.part.support(scope, at, not wanted, out)


class _Sides:
    """What conditions over one or two expressions share: names and support come from the expressions."""

    def __init__(self, *sides: Expression) -> None:
        self.sides = sides

    def missing(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """The sides that are unknown; with none, the years that dates to compare rest on."""
        values = [side.value(scope, at) for side in self.sides]
        for side, value in zip(self.sides, values, strict=True):
            if value is UNKNOWN:
                side.missing(scope, at, out)
        if UNKNOWN not in values:
            out.update(f"历法.{value.year}" for value in values if isinstance(value, Limit))

    def support(self, scope: Scope, at: Seen, wanted: bool, out: set[str]) -> None:  # noqa: ARG002 - either way
        """The other events that the sides name."""
        for side in self.sides:
            side.support(scope, at, out)


class CompareCondition(_Sides):
    """为, 大于, 早于 and their kin: unknown if a side is, else false if a side is null."""

    def __init__(self, op: str, left: Expression, right: Expression) -> None:
        super().__init__(left, right)
        self.op = op

    def truth(self, scope: Scope, at: Seen) -> Truth:
        """Dates that may move are compared over their whole range."""
        left, right = (side.value(scope, at) for side in self.sides)
        if left is UNKNOWN or right is UNKNOWN:
            return MAYBE
        if left is None or right is None:
            return NO
        if isinstance(left, Limit) or isinstance(right, Limit):
            return _compare_ranges(self.op, left, right)
        return YES if compare(self.op, left, right) else NO


def _compare_ranges(op: str, left: object, right: object) -> Truth:
    """Whether the comparison holds for every pair of days the two may be, for none, or for some."""
    one, other = Limit.of(left), Limit.of(right)
    if one is None or other is None:
        return NO
    sure, possible = _RANGES[op](one, other)
    return YES if sure else MAYBE if possible else NO


_RANGES: dict[str, Callable[[Limit, Limit], tuple[bool, bool]]] = {
    "lt": lambda a, b: (a.high < b.low, a.low < b.high),
    "le": lambda a, b: (a.high <= b.low, a.low <= b.high),
    "gt": lambda a, b: (a.low > b.high, a.high > b.low),
    "ge": lambda a, b: (a.low >= b.high, a.high >= b.low),
    "eq": lambda a, b: (a.low == a.high == b.low == b.high, a.low <= b.high and b.low <= a.high),
    "ne": lambda a, b: (a.high < b.low or b.high < a.low, not a.low == a.high == b.low == b.high),
}


class MemberCondition(_Sides):
    """属于: ``sure`` and ``maybe`` hold the texts that belong, organs looked up through what they are one of."""

    def __init__(
        self, item: Expression, values: tuple[object, ...], sure: frozenset[str], maybe: frozenset[str]
    ) -> None:
        super().__init__(item)
        self.values = values
        self.sure = sure
        self.maybe = maybe

    def truth(self, scope: Scope, at: Seen) -> Truth:
        """A list belongs if all its members do."""
        value = self.sides[0].value(scope, at)
        if value is UNKNOWN:
            return MAYBE
        if value is None:
            return NO
        return conjunction(self._belongs(member) for member in members(value))

    def _belongs(self, member: object) -> Truth:
        if isinstance(member, str):
            return YES if member in self.sure else MAYBE if member in self.maybe else NO
        return truth_of(member in self.values)

    def missing(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """The value, also where it names only the kind of a listed organ."""
        self.sides[0].missing(scope, at, out)


class ContainsCondition(_Sides):
    """包含."""

    def truth(self, scope: Scope, at: Seen) -> Truth:
        """Whether one member of the list equals the item."""
        whole, item = (side.value(scope, at) for side in self.sides)
        if whole is UNKNOWN or item is UNKNOWN:
            return MAYBE
        if whole is None or item is None:
            return NO
        return YES if any(equal(member, item) for member in members(whole)) else NO


class SameCondition(_Sides):
    """与 … 相同."""

    def truth(self, scope: Scope, at: Seen) -> Truth:
        """Whether the two, as sets, have a member in common."""
        left, right = (side.value(scope, at) for side in self.sides)
        if left is UNKNOWN or right is UNKNOWN:
            return MAYBE
        if left is None or right is None:
            return NO
        return NO if frozenset(members(left)).isdisjoint(members(right)) else YES


class PresentCondition(_Sides):
    """有 (a value)."""

    def truth(self, scope: Scope, at: Seen) -> Truth:
        """False if the record says there is none; unknown if it is silent."""
        value = self.sides[0].value(scope, at)
        if value is UNKNOWN:
            return MAYBE
        return NO if value is None or value == () else YES

    def missing(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """The value."""
        self.sides[0].missing(scope, at, out)


class ActorCondition:
    """由 C."""

    def __init__(self, actor: ActorTest) -> None:
        self.actor = actor

    def truth(self, scope: Scope, at: Seen) -> Truth:
        """Whether an actor of self is meant."""
        return self.actor.truth(scope, at)

    def missing(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """The actor, or the attribute that names him."""
        self.actor.missing(scope, at, out)

    def support(self, scope: Scope, at: Seen, wanted: bool, out: set[str]) -> None:
        """Nothing: self is named already."""
