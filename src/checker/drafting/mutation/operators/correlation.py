"""同一 no longer asked for."""

from collections.abc import Iterator

from checker.drafting.mutation.mutant import Change, Others, alone, left_out
from checker.model.norm import Norm


def changes(norm: Norm, others: Others) -> Iterator[Change]:
    """Each attribute that has to agree."""
    for n, name in enumerate(norm.correlate):
        left = norm.correlate[:n] + norm.correlate[n + 1 :]
        yield alone(others, norm.model_copy(update={"correlate": left}), left_out(f"同一 {name}"))
