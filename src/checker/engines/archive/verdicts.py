"""The truth tables of the core as arrays: the same rows that every engine reads (semantics §5, §10)."""

from functools import cache
from itertools import product
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from checker.engines import plain
from checker.engines.archive.instances import PLACE, UNLISTED
from checker.engines.archive.truth import Bools, Ints, Truths
from checker.engines.facts import Act, Clock, Form, Truth
from checker.engines.verdicts import VIOLATIONS
from checker.model.finding import Verdict

_Table = npt.NDArray[np.int64]


class Tables(NamedTuple):
    """Look-ups by position: the verdict of the requirement alone, what is deemed, and the verdict in the end."""

    window: _Table
    """[form, act, clock]"""
    deems: _Table
    """[act, clock], of a 视为 form"""
    point: _Table
    review: _Table
    overlay: _Table
    """[certain, defeat, prior, cured, unsure, inner]"""


@cache
def tables() -> Tables:
    """The arrays, made once a process."""
    look = plain.tables()
    window = np.zeros((2, len(Act), len(Clock)), np.int64)
    deems = np.zeros((len(Act), len(Clock)), np.int64)
    for act, clock in product(Act, Clock):
        for form in (Form.WINDOW, Form.DEEM):
            window[form, act, clock] = PLACE[look.inner[form, act, clock][0]]
        deems[act, clock] = look.inner[Form.DEEM, act, clock][1]
    point, review = np.zeros(len(Truth), np.int64), np.zeros(len(Truth), np.int64)
    for truth in Truth:
        point[truth] = PLACE[look.inner[Form.POINT, truth, 0][0]]
        review[truth] = PLACE[look.inner[Form.REVIEW, truth, 0][0]]
    overlay = np.full((2, 3, 3, 3, 2, len(Verdict)), UNLISTED, np.int64)
    for (certain, defeat, prior, cured, unsure, inner), verdict in look.overlay.items():
        place = UNLISTED if verdict is None else PLACE[Verdict(verdict)]
        overlay[int(certain), defeat, prior, cured, int(unsure), PLACE[Verdict(inner)]] = place
    return Tables(window, deems, point, review, overlay)


def concluded(
    inner: Ints, certain: Bools, defeated: Truths, prior: Truths, cured: Truths, unsure: Bools
) -> npt.NDArray[np.int64]:
    """The verdicts in the end; UNLISTED where there is none."""
    place = (certain.astype(np.int64), defeated, prior, cured, unsure.astype(np.int64), inner)
    found: npt.NDArray[np.int64] = tables().overlay[place]
    return found


def is_violation(inner: Ints) -> Bools:
    """Whether the requirement alone is violated."""
    return np.isin(inner, [PLACE[verdict] for verdict in VIOLATIONS])
