"""且 read as 或, and the other way round."""

from collections.abc import Iterator

from checker.drafting.mutation.mutant import Change, Others, alone, at, turned
from checker.drafting.mutation.places import exchanged, spots
from checker.explain.phrases import condition_phrase
from checker.model.expressions import All, AnyOf, Condition
from checker.model.norm import Norm


def changes(norm: Norm, others: Others) -> Iterator[Change]:
    """Each list of two or more."""
    for path, node in spots(norm):
        if isinstance(node, All | AnyOf) and len(node.of) > 1:
            other: Condition = AnyOf(of=node.of) if isinstance(node, All) else All(of=node.of)
            told = at(norm, path, turned(condition_phrase(node), condition_phrase(other)))
            yield alone(others, exchanged(norm, path, other), told)
