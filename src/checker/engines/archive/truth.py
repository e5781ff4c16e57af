"""Strong Kleene logic over whole arrays: the integers of :class:`checker.engines.facts.Truth`, as int8."""

from collections.abc import Iterable
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from checker.engines.facts import Truth

Truths: TypeAlias = npt.NDArray[np.int8]
Bools: TypeAlias = npt.NDArray[np.bool_]
Ints: TypeAlias = npt.NDArray[np.int64]

NO: Final = int(Truth.NO)
YES: Final = int(Truth.YES)
MAYBE: Final = int(Truth.MAYBE)


def filled(size: int, value: int) -> Truths:
    """The same truth for every place."""
    return np.full(size, value, np.int8)


def both(a: Truths, b: Truths) -> Truths:
    """且: false if one is false, else unknown if one is unknown."""
    return np.where((a == NO) | (b == NO), np.int8(NO), np.maximum(a, b))


def either(a: Truths, b: Truths) -> Truths:
    """或: true if one is true, else unknown if one is unknown."""
    return np.where((a == YES) | (b == YES), np.int8(YES), np.maximum(a, b))


def negated(a: Truths) -> Truths:
    """非."""
    return np.where(a == MAYBE, a, np.int8(YES) - a).astype(np.int8)


def conjunction(size: int, values: Iterable[Truths]) -> Truths:
    """且 of any number."""
    result = filled(size, YES)
    for value in values:
        result = both(result, value)
    return result


def disjunction(size: int, values: Iterable[Truths]) -> Truths:
    """或 of any number."""
    result = filled(size, NO)
    for value in values:
        result = either(result, value)
    return result


def decided(yes: Bools, possible: Bools) -> Truths:
    """True where certain, unknown where only possible, else false."""
    return np.where(yes, np.int8(YES), np.where(possible, np.int8(MAYBE), np.int8(NO)))
