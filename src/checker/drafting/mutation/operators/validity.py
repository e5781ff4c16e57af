"""In force a day earlier or later, at either end; where the norm says so itself, not the head of its pack."""

from collections.abc import Iterator

from checker.drafting.mutation.dates import moved_ends
from checker.drafting.mutation.mutant import Change, Others, alone
from checker.model.norm import Norm


def changes(norm: Norm, others: Others) -> Iterator[Change]:
    """Each end that differs from that of the pack."""
    for name, valid, told in moved_ends(norm.valid):
        if getattr(norm.valid, name) != getattr(others.rules.pack(norm.pack).valid, name):
            yield alone(others, norm.model_copy(update={"valid": valid}), told)
