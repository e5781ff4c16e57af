"""Norms that cannot be kept together because of days, numbers of times or the order of acts."""

from collections.abc import Iterator
from typing import Final

from checker.drafting.analysis.clashes import all_clashes
from checker.drafting.analysis.desk import Desk
from checker.drafting.analysis.precedence import precedence_rings
from checker.drafting.analysis.results import Result

NAME: Final = "double-bind"
TITLE: Final = "两难"
IS_GRAVE: Final = True


def look(desk: Desk) -> Iterator[Result]:
    """Acts each of which must come before the others, then the clashes in which time has a part."""
    ringed: set[str] = set()
    for ring in desk.once("precedence", lambda: precedence_rings(desk)):
        ringed.update(ring.ids)
        if desk.share.number == 0:
            yield ring.model_copy(update={"kind": NAME})
    for clash in all_clashes(desk):
        if clash.is_timed and not (clash.norms[0].id in ringed and clash.is_of_act):
            yield clash.result(NAME)
