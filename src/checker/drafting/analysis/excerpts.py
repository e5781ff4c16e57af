"""A few norms of a rule set by themselves, one of them changed if so wanted."""

from collections.abc import Collection, Mapping

from checker.drafting.analysis.desk import Desk
from checker.model.norm import Norm, RuleSet


def excerpt(rules: RuleSet, positions: Collection[int], changed: Mapping[int, Norm]) -> RuleSet:
    """The norms at these positions, in their order and strata, with all packs and words."""
    kept = sorted(positions)
    places = {old: new for new, old in enumerate(kept)}
    strata = tuple(tuple(places[p] for p in stratum if p in places) for stratum in rules.strata)
    norms = tuple(changed.get(old, rules.norms[old]) for old in kept)
    return rules.model_copy(update={"norms": norms, "strata": tuple(s for s in strata if s), "indicators": ()})


def with_and_without(desk: Desk, position: int, clause: int) -> tuple[RuleSet, RuleSet]:
    """The norm with what it waits for: as it is, and without one of its exceptions."""
    norm = desk.rules.norms[position]
    rest = tuple(one for n, one in enumerate(norm.exceptions) if n != clause)
    lesser = norm.model_copy(update={"exceptions": rest})
    closure = desk.closure(position)
    return excerpt(desk.rules, closure, {}), excerpt(desk.rules, closure, {position: lesser})
