"""A comparison turned: with the limit itself or without it; the same or not the same."""

from collections.abc import Iterator
from typing import Final

from checker.drafting.mutation.mutant import Change, Others, alone, at, turned
from checker.drafting.mutation.places import exchanged, spots_of
from checker.explain.phrases import condition_phrase
from checker.model.expressions import Compare
from checker.model.norm import Norm

_OTHER: Final = {"eq": "ne", "ne": "eq", "lt": "le", "le": "lt", "gt": "ge", "ge": "gt"}


def changes(norm: Norm, others: Others) -> Iterator[Change]:
    """Each comparison."""
    for path, node in spots_of(norm, Compare):
        other = node.model_copy(update={"op": _OTHER[node.op]})
        told = at(norm, path, turned(condition_phrase(node), condition_phrase(other)))
        yield alone(others, exchanged(norm, path, other), told)
