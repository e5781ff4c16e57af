"""The end of another norm's period with or without what prolonged it."""

from collections.abc import Iterator

from checker.drafting.mutation.mutant import Change, Others, alone, at, turned
from checker.drafting.mutation.places import exchanged, spots
from checker.explain.phrases import expiry_phrase
from checker.model.expressions import Expiry
from checker.model.norm import Norm, OnExpiry
from checker.model.requirements import UntilExpiry


def changes(norm: Norm, others: Others) -> Iterator[Change]:
    """Each 期满."""
    for path, node in spots(norm):
        if isinstance(node, Expiry | OnExpiry | UntilExpiry):
            told = turned(expiry_phrase(node.norm, node.extended), expiry_phrase(node.norm, not node.extended))
            yield alone(others, exchanged(norm, (*path, "extended"), not node.extended), at(norm, path, told))
