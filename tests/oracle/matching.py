"""Section 2: whether an event matches a pattern."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from checker.model.expressions import Actor, AnchorActor, OrganActor, Pattern
from oracle.record import Item, Point, World, at, before
from oracle.truth import YES, Truth, conjunction, disjunction, known, unknown, unknown_for
from oracle.truth import union as joined


@dataclass(frozen=True)
class Scope:
    """Where a condition is read: the instance's anchor, self, and how far a top-level 有 sees (None: before self)."""

    world: World
    anchor: Point
    me: Point
    correlate: tuple[str, ...] = ()
    horizon: Callable[[Item], Truth] | None = None

    def on(self, item: Item) -> Scope:
        """Inside a pattern: self is the event tried, nested conditions look before it."""
        return replace(self, me=at(item), horizon=None)


def match(scope: Scope, pattern: Pattern, item: Item) -> Truth:
    plain = _match_without_ordinal(scope, pattern, item)
    return plain if pattern.ordinal is None else _ordinal(scope, pattern, item, plain)


def _match_without_ordinal(scope: Scope, pattern: Pattern, item: Item) -> Truth:
    from oracle.conditions import holds

    if item.act not in pattern.acts:
        return Truth(False)
    inner = scope.on(item)
    tests = [YES if item.sure else unknown(f"期满.{item.deemed}")]
    if pattern.actor is not None:
        tests.append(actor_is(inner, pattern.actor))
    if pattern.where is not None:
        tests.append(holds(inner, pattern.where))
    tests += _correlation(scope, item)
    found = conjunction(tests)
    return Truth(found.value, frozenset(), found.missing)


def _ordinal(scope: Scope, pattern: Pattern, item: Item, plain: Truth) -> Truth:
    if plain.no:
        return plain
    certain, possible, doubts = 0, 0, []
    for other in scope.world.items:
        fits = _match_without_ordinal(scope, pattern, other)
        stands = before(scope.world, at(other), at(item))
        both = conjunction([fits, stands])
        certain += both.yes
        possible += both.possible
        if both.maybe:
            doubts.append(both)
    if certain >= pattern.ordinal or possible < pattern.ordinal - 1:
        return Truth(False)
    if plain.yes and certain == possible == pattern.ordinal - 1:
        return YES
    return unknown_for(joined(t.missing for t in [plain, *doubts]))


def actor_is(scope: Scope, actor: Actor) -> Truth:
    """Whether the actor of self is as said."""
    item, root = scope.me.item, scope.anchor.item
    lacking = []
    names: tuple[Any, ...] = ()
    if item is None or item.actors is None:
        lacking.append(f"{item.id if item else scope.me.printed}.主体")
    if isinstance(actor, OrganActor):
        names = actor.names
    else:
        assert isinstance(actor, AnchorActor)
        value = None if root is None else named_by(root, actor)
        if value is None:
            lacking.append(f"{root.id if root else scope.anchor.printed}.{actor.attribute}")
        names = value if isinstance(value, tuple) else (value,)
    if lacking:
        return unknown(*lacking)
    return disjunction([_organ(scope.world, item, mine, name) for mine in item.actors for name in names])


def named_by(root: Item, actor: AnchorActor) -> Any:
    """What the anchor's event says in the attribute; who did it where the actor is 主体."""
    return root.actors if actor.attribute == "主体" else root.attributes.get(actor.attribute)


def _organ(world: World, item: Item, mine: str, name: str) -> Truth:
    answer = world.rules.vocabulary.organ_is(mine, name)
    return unknown(f"{item.id}.主体") if answer is None else known(answer)


def _declares(world: World, act: str, attribute: str) -> bool:
    declared = world.rules.vocabulary.acts.get(act)
    return declared is not None and attribute in declared.attributes


def _correlation(scope: Scope, item: Item) -> list[Truth]:
    root = scope.anchor.item
    if root is None:
        return []
    tests = []
    for name in scope.correlate:
        if _declares(scope.world, item.act, name) and _declares(scope.world, root.act, name):
            mine, theirs = item.attributes.get(name), root.attributes.get(name)
            lacking = [f"{i.id}.{name}" for i, v in ((item, mine), (root, theirs)) if v is None]
            tests.append(unknown(*lacking) if lacking else known(are_equal(mine, theirs)))
    return tests


def are_equal(a: Any, b: Any) -> bool:
    """Equality of two known values; lists are sets."""
    if isinstance(a, tuple) or isinstance(b, tuple):
        return as_set(a) == as_set(b)
    return bool(a == b)


def as_set(value: Any) -> set[Any]:
    """A list as a set; a single value is a set of one."""
    return set(value) if isinstance(value, tuple) else {value}


def standing(scope: Scope, pattern: Pattern) -> list[tuple[Item, Truth, Truth]]:
    """Every event with (match, stands before self), where neither is false, in the order of the record."""
    result = []
    for item in scope.world.items:
        fits = match(scope, pattern, item)
        stands = before(scope.world, at(item), scope.me)
        if fits.possible and stands.possible:
            result.append((item, fits, stands))
    return result
