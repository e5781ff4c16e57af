"""Atoms compiled: what each comes to at an event, noted until everything about it was seen."""

from collections.abc import Callable, Iterable
from typing import Final

from checker.drafting.coverage.deriving import ORDERED
from checker.drafting.coverage.places import Atom
from checker.drafting.coverage.points import Kind, Point
from checker.engines.facts import Truth
from checker.engines.ground.conditions import CompareCondition, MemberCondition
from checker.engines.ground.scope import UNKNOWN, Condition, Scope
from checker.engines.ground.values import equal, members
from checker.engines.ground.view import Seen
from checker.model import expressions as x
from checker.model.values import Scalar
from checker.model.vocabulary import Vocabulary

_SIGNS: Final = {Truth.YES: "+", Truth.NO: "-"}

Key = tuple[Kind, str]


class Probe:
    """One atom of one norm; ``open`` are its points that no fixture has tried yet."""

    def __init__(self, atom: Atom, condition: Condition, points: Iterable[Point], vocabulary: Vocabulary) -> None:
        self.atom = atom
        self._condition = condition
        self._vocabulary = vocabulary
        wanted = {(point.kind, point.key) for point in points}
        conditions = {(Kind.CONDITIONS, atom.key + sign) for sign in _SIGNS.values()}
        self.open: set[Key] = wanted & (conditions | {(Kind.THRESHOLDS, atom.key)})
        self._values: dict[Key, Scalar] = {
            key: value for value in _named(atom.condition) if (key := (Kind.VALUES, f"{atom.key}-{value}")) in wanted
        }
        prefix = f"{atom.key}-"
        outside = {key for key in wanted if key[0] is Kind.VALUES and key[1].startswith(prefix)} - set(self._values)
        self._values |= {key: key[1].removeprefix(prefix) for key in outside}
        self.open |= set(self._values)

    def read(self, scope: Scope, at: Seen, note: Callable[[Key], None]) -> None:
        """Note what is seen of the atom at an event."""
        if not self.open:
            return
        truth = self._condition.truth(scope, at)
        if truth in _SIGNS:
            self._mark((Kind.CONDITIONS, self.atom.key + _SIGNS[truth]), note)
            if (Kind.THRESHOLDS, self.atom.key) in self.open and self._is_equal(scope, at):
                self._mark((Kind.THRESHOLDS, self.atom.key), note)
        for key in [key for key in self._values if key in self.open]:
            if self._takes(scope, at, self._values[key]):
                self._mark(key, note)

    def _mark(self, key: Key, note: Callable[[Key], None]) -> None:
        if key in self.open:
            self.open.discard(key)
            note(key)

    def _is_equal(self, scope: Scope, at: Seen) -> bool:
        condition = self._condition
        if not isinstance(condition, CompareCondition) or condition.op not in ORDERED:
            return False
        left, right = (side.value(scope, at) for side in condition.sides)
        return left is not None and right is not None and equal(left, right)

    def _takes(self, scope: Scope, at: Seen, value: Scalar) -> bool:
        """Whether the event takes the value, or an organ that is one of it."""
        if isinstance(self._condition, MemberCondition):
            found = self._condition.sides[0].value(scope, at)
            taken = () if found is UNKNOWN or found is None else members(found)
        else:
            taken = at.actors or ()
        return any(self._is_one(one, value) for one in taken)

    def _is_one(self, one: object, value: Scalar) -> bool:
        if isinstance(one, str) and isinstance(value, str):
            return one == value or self._vocabulary.organ_is(one, value) is True
        return type(one) is type(value) and one == value


def _named(condition: x.Condition) -> tuple[Scalar, ...]:
    match condition:
        case x.Member(values=values):
            return values
        case x.ActorIs(actor=x.OrganActor(names=names)):
            return names
        case _:
            return ()
