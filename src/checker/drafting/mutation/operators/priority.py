"""One norm no longer goes before another, or the other way round."""

from collections.abc import Iterator

from checker.drafting.mutation.mutant import Change, Others, alone
from checker.model.norm import Norm


def changes(norm: Norm, others: Others) -> Iterator[Change]:
    """Each 优先于 of the norm."""
    for n, override in enumerate(norm.overrides):
        without = norm.model_copy(update={"overrides": norm.overrides[:n] + norm.overrides[n + 1 :]})
        yield alone(others, without, f"「优先于 {override.norm}」删去")
        places = [i for i, one in enumerate(others.rules.norms) if one.id == override.norm]
        for place in places[:1]:
            lower = others.rules.norms[place]
            turned = override.model_copy(update={"norm": norm.id})
            above = lower.model_copy(update={"overrides": (*lower.overrides, turned)})
            told = f"「优先于 {override.norm}」改为「{override.norm} 优先于 {norm.id}」"
            yield Change({others.position: without, place: above}, told)
