"""Sections 7 and 8: what defeats an instance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from checker.model.requirements import Deem, Defeat, Occur
from oracle.conditions import clause
from oracle.instances import Instance
from oracle.matching import Scope
from oracle.periods import on_or_before
from oracle.record import Item, World, at, before, in_order
from oracle.truth import NO, YES, Truth, conjunction, disjunction, negation, unknown


def defeats(scope: Scope, instance: Instance) -> None:
    """Fill in whether a clause defeats the instance, and whether a later fact cures it."""
    clauses = [each for each in instance.norm.exceptions if isinstance(each, Defeat)]
    ordinary = replace(scope, horizon=_horizon(scope, instance))
    instance.defeat = _first_true([clause(ordinary, each.when, each.unless) for each in clauses])
    late = replace(scope, horizon=_up_to_now)
    instance.cured = _first_true([clause(late, each.when, each.unless) for each in clauses if each.afterwards])


def _first_true(tests: list[Truth]) -> Truth:
    for test in tests:
        if test.yes:
            return test
    return disjunction(tests) if tests else NO


def _up_to_now(item: Item) -> Truth:
    return unknown(f"{item.id}.日期") if item.date is None else YES


def _horizon(scope: Scope, instance: Instance) -> Callable[[Item], Truth]:
    if not isinstance(instance.norm.requirement, Occur | Deem):
        return lambda item: before(scope.world, at(item), scope.anchor)
    due = instance.clock.due
    inner = instance.inner
    last = in_order(c.item for c in inner.chosen)[-1] if inner.act == "timely" else None

    def within(item: Item) -> Truth:
        tests = [_up_to_now(item) if due is None else on_or_before(item.date, f"{item.id}.日期", due)]
        if last is not None:
            tests.append(before(scope.world, at(item), at(last)))
        return conjunction(tests)

    return within


def over(world: World, norm: str) -> set[str]:
    """The families that have priority over the norm, transitively."""
    found: set[str] = set()
    goals = {norm}
    while goals:
        higher = {n.id for n in world.rules.norms for each in n.overrides if each.norm in goals}
        goals = higher - found
        found |= higher
    return found


def priority(world: World, instance: Instance) -> None:
    """Fill in whether another norm takes precedence at this anchor, and which instances do."""
    rivals = [
        other
        for norm in sorted(over(world, instance.norm.id))
        for other in world.of_family(norm)
        if other.anchor.printed == instance.anchor.printed
    ]
    rivals.sort(key=lambda other: other.position)
    tests = [conjunction([other.real, negation(other.defeat), negation(other.prior)]) for other in rivals]
    answer = disjunction(tests).value if tests else False
    names = frozenset({f"优先.{r.norm.id}" for r, test in zip(rivals, tests, strict=True) if test.maybe})
    instance.prior = Truth(answer, frozenset(), names if answer is None else frozenset())
    instance.prior_by = tuple(r for r, test in zip(rivals, tests, strict=True) if test.yes)
