"""The days for which a proof is asked: those on which the norm is in force, a changed border among them."""

import datetime as dt
from collections.abc import Sequence

from checker.drafting.answers import Bound
from checker.drafting.mutation.mutant import Mutant
from checker.model.norm import Norm


def window(bound: Bound, mutant: Mutant, norms: Sequence[Norm]) -> Bound:
    """The bound moved to where the mutant could tell; ``norms`` are those of the rules that it was made of."""
    half, whole = dt.timedelta(days=bound.days // 2), dt.timedelta(days=bound.days - 1)
    for position, changed in sorted(mutant.change.norms.items()):
        held = norms[position].valid
        valid = held if changed is None else changed.valid
        border = _moved(held.first, valid.first) or _moved(held.last, valid.last)
        if border is not None:
            return bound.model_copy(update={"first": border - half})
        if held.first is not None and held.first > bound.first:
            return bound.model_copy(update={"first": held.first})
        if held.last is not None and held.last < bound.first + whole:
            return bound.model_copy(update={"first": held.last - whole + dt.timedelta(days=bound.days // 4)})
    return bound


def _moved(old: dt.date | None, new: dt.date | None) -> dt.date | None:
    return old if old is not None and new is not None and old != new else None
