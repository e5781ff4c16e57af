"""Natural days counted as working days, and the other way round."""

from collections.abc import Iterator
from typing import Final

from checker.drafting.mutation.mutant import Change, Others, alone, at, turned
from checker.drafting.mutation.places import exchanged, spots_of
from checker.explain.values import period_text
from checker.model.norm import Norm
from checker.model.values import Period, Unit

_OTHER: Final = {Unit.DAY: Unit.WORKDAY, Unit.WORKDAY: Unit.DAY}


def changes(norm: Norm, others: Others) -> Iterator[Change]:
    """Each period of one such unit."""
    for path, period in spots_of(norm, Period):
        unit = _OTHER.get(period.parts[0].unit)
        if len(period.parts) == 1 and unit is not None:
            other = Period(parts=(period.parts[0].model_copy(update={"unit": unit}),))
            told = at(norm, path, turned(period_text(period), period_text(other)))
            yield alone(others, exchanged(norm, path, other), told)
