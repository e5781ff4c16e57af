"""Duties that cannot be fulfilled without doing what is forbidden, and limits that leave no lawful way to act."""

from collections.abc import Iterator
from typing import Final

from checker.drafting.analysis.clashes import all_clashes
from checker.drafting.analysis.desk import Desk
from checker.drafting.analysis.results import Result

NAME: Final = "contradiction"
TITLE: Final = "矛盾"
IS_GRAVE: Final = True


def look(desk: Desk) -> Iterator[Result]:
    """Those that have nothing to do with days, numbers or the order of acts; the others are double binds."""
    yield from (clash.result(NAME) for clash in all_clashes(desk) if not clash.is_timed)
