"""Random rule sets: a few norms that may build upon earlier ones, put in any order, with their strata."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from checker.model.expressions import BreachCount, Expiry, Pattern
from checker.model.node import Node
from checker.model.norm import Norm, OnBreach, OnExpiry, Override, Pack, RuleSet
from checker.model.requirements import UntilExpiry
from checker.model.source import Rank, Source
from strategies import words as w
from strategies.adjusted import adjusted_norms
from strategies.norms import norms
from strategies.probing import probing_norms

Draw = st.DrawFn
Shapes = Sequence[Callable[..., st.SearchStrategy[Norm]]]
PACK = Pack(id="p", title="规程", rank=Rank.TEMPLATE, closing=Pattern(acts=(w.CLOSING,)))


def nodes(value: Any) -> Iterator[Any]:
    """Every node inside a value, itself included."""
    if isinstance(value, Node):
        yield value
        for name in type(value).model_fields:
            yield from nodes(getattr(value, name))
    elif isinstance(value, tuple):
        for part in value:
            yield from nodes(part)
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from nodes(part)


def strata_of(rules: list[Norm]) -> tuple[tuple[int, ...], ...]:
    """Positions by how deep their family stands on others: named norms, overriding norms, deeming norms."""
    families = list(dict.fromkeys(norm.id for norm in rules))
    needs = {family: _needs(rules, family) for family in families}
    depth = dict.fromkeys(families, 0)
    for _ in families:
        for family in families:
            depth[family] = max([depth[family], *(depth[each] + 1 for each in needs[family])])
    return tuple(
        tuple(i for i, norm in enumerate(rules) if depth[norm.id] == level) for level in sorted(set(depth.values()))
    )


def _needs(rules: list[Norm], family: str) -> set[str]:
    found = {norm.id for norm in rules if any(each.norm == family for each in norm.overrides)}
    for node in (n for norm in rules if norm.id == family for n in nodes(norm)):
        if isinstance(node, OnBreach | OnExpiry | Expiry | BreachCount | UntilExpiry):
            found.add(node.norm)
    return found - {family}


SHAPES: Shapes = (norms, adjusted_norms, probing_norms)
VERSIONS: Shapes = (norms, probing_norms)


@st.composite
def rule_sets(draw: Draw, base: object, most: int = 4, shapes: Shapes = SHAPES, versions: Shapes = VERSIONS) -> RuleSet:
    """Up to ``most`` norms; now and then one is a further version of the one before."""
    families: list[list[Norm]] = []
    for number in range(draw(st.integers(1, most))):
        known = [family[0].id for family in families]
        if families and draw(st.integers(0, 5)) == 5:
            last = families[-1]
            known.pop()
            last.append(draw(draw(st.sampled_from(versions))(base, last[0].title, str(len(last) + 1), known)))
        else:
            shape = draw(st.sampled_from(shapes))
            families.append([draw(shape(base, f"N{number}", "1", known))])
    families = [_overriding(draw, family, families[at + 1 :]) for at, family in enumerate(families)]
    ordered = [norm for family in draw(st.permutations(families)) for norm in family]
    return rule_set(ordered)


def rule_set(ordered: list[Norm]) -> RuleSet:
    return RuleSet(packs=(PACK,), norms=tuple(ordered), vocabulary=w.VOCABULARY, strata=strata_of(ordered))


def _overriding(draw: Draw, family: list[Norm], later: list[list[Norm]]) -> list[Norm]:
    """An earlier norm may have priority over later ones, which it never builds upon."""
    lower = [each[0].id for each in later if draw(st.integers(0, 3)) == 3]
    overrides = tuple(Override(norm=name, source=Source(reference="示范")) for name in lower)
    return [family[0].model_copy(update={"overrides": overrides}), *family[1:]]
