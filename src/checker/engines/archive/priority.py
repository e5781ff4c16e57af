"""N 优先于 M over batches: whether norms of priority take the places of instances (semantics §8, [R8])."""

from typing import NamedTuple

import numpy as np

from checker.engines.archive.instances import IS_VIOLATION, Instances
from checker.engines.archive.scope import Scope
from checker.engines.archive.truth import NO, YES, Ints, Truths, either, filled


class Prior(NamedTuple):
    """The truth of being prior-defeated, and the day of the breach of the first norm that is violated there (-1)."""

    truth: Truths
    via: Ints


def prior_of(overridden_by: tuple[str, ...], scope: Scope, chain: str) -> Prior:
    """By the instances of the norms of priority at the same anchors."""
    size = len(scope)
    truth, via = filled(size, NO), np.full(size, -1)
    for norm in overridden_by:
        past: list[Instances] = scope.columns.memory.get(("past", norm), [])
        for instances in past:
            if instances.chain == chain and len(instances):
                place = _places(instances, scope)
                standing = np.where(place >= 0, instances.standing[place], np.int8(NO))
                truth = either(truth, standing)
                violated = (standing == YES) & IS_VIOLATION[instances.verdict[place]] & (via < 0)
                via = np.where(violated, instances.breached_on[place], via)
    return Prior(truth, via)


def _places(instances: Instances, scope: Scope) -> Ints:
    """Where the instance with the same root stands; -1 where there is none."""
    order = np.argsort(instances.scope.root, kind="stable")
    roots = instances.scope.root[order]
    place = np.searchsorted(roots, scope.root)
    there = (place < len(roots)) & (roots[np.clip(place, 0, len(roots) - 1)] == scope.root)
    return np.where(there, order[np.clip(place, 0, len(roots) - 1)], -1)
