"""An exception that is gone."""

from collections.abc import Iterator

from checker.drafting.mutation.mutant import Change, Others, alone
from checker.drafting.mutation.places import exchanged
from checker.explain.clauses import clause_title
from checker.model.norm import Norm


def changes(norm: Norm, others: Others) -> Iterator[Change]:
    """Each exception of the norm."""
    for n, clause in enumerate(norm.exceptions):
        yield alone(others, exchanged(norm, ("exceptions", n), None), f"例外{clause_title(clause)}删去")
