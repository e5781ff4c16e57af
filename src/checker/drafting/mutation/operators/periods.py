"""A period one longer or shorter in its last unit: 90日 becomes 91日."""

from collections.abc import Iterator

from checker.drafting.mutation.mutant import Change, Others, alone, at, turned
from checker.drafting.mutation.places import exchanged, spots_of
from checker.explain.values import period_text
from checker.model.norm import Norm
from checker.model.values import Period


def changes(norm: Norm, others: Others) -> Iterator[Change]:
    """Each period in the norm, both ways; never below nothing."""
    for path, period in spots_of(norm, Period):
        last = period.parts[-1]
        for by in (1, -1):
            if last.n + by >= 0:
                other = Period(parts=(*period.parts[:-1], last.model_copy(update={"n": last.n + by})))
                told = at(norm, path, turned(period_text(period), period_text(other)))
                yield alone(others, exchanged(norm, path, other), told)
