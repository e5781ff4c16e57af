"""逐一 said or not said."""

from collections.abc import Iterator

from checker.drafting.mutation.mutant import Change, Others, alone, left_out, said_more
from checker.drafting.mutation.places import exchanged
from checker.model.norm import Norm
from checker.model.requirements import InPeriod, Occur, Precede


def changes(norm: Norm, others: Others) -> Iterator[Change]:
    """Duties that one act may or may not discharge together: not those of calendar periods, of which none overlap."""
    apart = isinstance(norm.requirement, Occur) and isinstance(norm.requirement.window, InPeriod)
    if isinstance(norm.requirement, Occur | Precede) and not apart:
        wanted = not norm.requirement.one_to_one
        told = said_more("逐一") if wanted else left_out("逐一")
        yield alone(others, exchanged(norm, ("requirement", "one_to_one"), wanted), told)
