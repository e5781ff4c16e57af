"""Whether some record with nothing missing makes a set of tests come out as wanted."""

from collections.abc import Callable, Mapping
from typing import Final

from checker.drafting.analysis.logic.values import Test, candidates, constants_of, holds, turned, type_of
from checker.model import expressions as x
from checker.model.vocabulary import Vocabulary

Literals = Mapping[x.Condition, bool]
Narrower = Callable[[x.Pattern, x.Pattern | None], bool]
"""Whether the first is narrower than the second; with None, whether nothing can match it."""
_OUTCOMES: Final = {
    "lt": {"lt": True, "le": True, "ne": True},
    "eq": {"eq": True, "le": True, "ge": True},
    "gt": {"gt": True, "ge": True, "ne": True},
    "": {},
}
"""How two values may stand to each other, and which comparisons then hold; none of one where a side is none."""


def consistent(literals: Literals, vocabulary: Vocabulary, narrower: Narrower) -> bool:
    """False only where no record can be so."""
    tests: dict[x.Expression, list[tuple[Test, bool]]] = {}
    pairs: dict[tuple[x.Expression, x.Expression], list[tuple[str, bool]]] = {}
    for atom, wanted in literals.items():
        match atom:
            case x.Present() | x.Member():
                held = atom.of if isinstance(atom, x.Present) else atom.item
                tests.setdefault(held, []).append((atom, wanted))
            case x.Compare():
                test = turned(atom)
                if isinstance(test.right, x.LiteralValue):
                    tests.setdefault(test.left, []).append((test, wanted))
                else:
                    pairs.setdefault((test.left, test.right), []).append((test.op, wanted))
            case _:
                pass
    return (
        all(_has_value(held, wanted, vocabulary) for held, wanted in tests.items())
        and all(_has_relation(wanted) for wanted in pairs.values())
        and _events_agree(literals, vocabulary, narrower)
    )


def _has_value(held: x.Expression, wanted: list[tuple[Test, bool]], vocabulary: Vocabulary) -> bool:
    constants = [constant for test, _ in wanted for constant in constants_of(test)]
    values = candidates(type_of(held, vocabulary), constants, vocabulary)
    if values is None:
        return not any((test, not flag) in wanted for test, flag in wanted)
    return any(all(holds(test, value, vocabulary) is flag for test, flag in wanted) for value in (*values, None))


def _has_relation(wanted: list[tuple[str, bool]]) -> bool:
    return any(all(held.get(op, False) is flag for op, flag in wanted) for held in _OUTCOMES.values())


def _events_agree(literals: Literals, vocabulary: Vocabulary, narrower: Narrower) -> bool:
    """No event was seen that would also be one of those that were not; no actor is one of those he is not."""
    seen = [p for atom, flag in literals.items() if flag and (p := _seen(atom)) is not None]
    unseen = [atom.pattern for atom, flag in literals.items() if not flag and isinstance(atom, x.Occurred)]
    unseen += [p for atom, flag in literals.items() if not flag and (p := _only_after(atom)) is not None]
    if any(narrower(one, other) for one in seen for other in (*unseen, None)):
        return False
    are = [atom.actor for atom, flag in literals.items() if flag and isinstance(atom, x.ActorIs)]
    are_not = [atom.actor for atom, flag in literals.items() if not flag and isinstance(atom, x.ActorIs)]
    return not any(is_actor_within(one, other, vocabulary) for one in are for other in are_not)


def _seen(atom: x.Condition) -> x.Pattern | None:
    if isinstance(atom, x.Occurred):
        return atom.pattern
    return atom.after if isinstance(atom, x.Inside) else None


def _only_after(atom: x.Condition) -> x.Pattern | None:
    return atom.after if isinstance(atom, x.Inside) and atom.before is None else None


def is_actor_within(one: x.Actor | None, other: x.Actor | None, vocabulary: Vocabulary) -> bool:
    """Whether whoever is the one is surely also the other."""
    if other is None:
        return True
    if isinstance(one, x.OrganActor) and isinstance(other, x.OrganActor):
        return all(any(vocabulary.organ_is(name, wide) is True for wide in other.names) for name in one.names)
    return one == other


def may_be_one(one: x.Actor | None, other: x.Actor | None, vocabulary: Vocabulary) -> bool:
    """Whether some one actor may be meant by both."""
    if not isinstance(one, x.OrganActor) or not isinstance(other, x.OrganActor):
        return True
    kin = [vocabulary.organ_is(a, b) is not False or vocabulary.organ_is(b, a) is not False
           for a in one.names for b in other.names]  # fmt: skip
    return any(kin)
