"""Days on a line from 0 to 1: to scale, but stretches without anything in them are shortened, and said to be."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

SHORTEST: Final = 180
"""A stretch of fewer days is never shortened."""
TIMES: Final = 6
"""Nor is one that is not so many times as long as the middle one."""
MOST_BREAKS: Final = 4
BREAK: Final = 0.09
"""The share of the line that a shortened stretch takes."""
LEAST_DAYS: Final = 7
"""What is drawn covers at least so many days, so that a day is never as wide as the page."""


class Break(NamedTuple):
    """A shortened stretch: between which days, and between which places on the line."""

    first: int
    last: int
    start: float
    end: float

    @property
    def days(self) -> int:
        """How many days lie between the two ends."""
        return self.last - self.first


class Scale(NamedTuple):
    """Knots of a line that rises everywhere: ``days`` (ordinals) stand at ``places``; between two it is straight."""

    days: tuple[int, ...]
    places: tuple[float, ...]
    breaks: tuple[Break, ...]

    def at(self, day: dt.date) -> float:
        """Where a day stands; the ends for days beyond them."""
        ordinal = day.toordinal()
        if ordinal <= self.days[0]:
            return 0.0
        if ordinal >= self.days[-1]:
            return 1.0
        n = bisect_right(self.days, ordinal) - 1
        first, last = self.days[n], self.days[n + 1]
        return self.places[n] + (self.places[n + 1] - self.places[n]) * (ordinal - first) / (last - first)

    def stretches(self) -> Iterator[tuple[int, int]]:
        """The runs of days that are to scale, first and last day."""
        start = self.days[0]
        for cut in self.breaks:
            yield start, cut.first
            start = cut.last
        yield start, self.days[-1]

    def day_width(self) -> float:
        """The share of the line that one day takes where it is to scale."""
        days = sum(last - first for first, last in self.stretches())
        return (1 - BREAK * len(self.breaks)) / days if days else 0.0


def scale_of(days: Sequence[dt.date]) -> Scale:
    """The scale on which all of these days (in order, at least one) find their place."""
    ordinals = _widened([day.toordinal() for day in days])
    gaps = list(pairwise(ordinals))
    broken = _broken(gaps)
    unit = (1 - BREAK * len(broken)) / sum(last - first for first, last in gaps if (first, last) not in broken)
    places, breaks = [0.0], []
    for first, last in gaps:
        width = BREAK if (first, last) in broken else unit * (last - first)
        if (first, last) in broken:
            breaks.append(Break(first, last, places[-1], places[-1] + width))
        places.append(places[-1] + width)
    places[-1] = 1.0
    return Scale(tuple(ordinals), tuple(places), tuple(breaks))


def _widened(ordinals: list[int]) -> list[int]:
    """At least :data:`LEAST_DAYS` days, without leaving the calendar."""
    lacking = LEAST_DAYS - (ordinals[-1] - ordinals[0])
    if lacking <= 0:
        return sorted(set(ordinals))
    first = max(dt.date.min.toordinal(), ordinals[0] - lacking // 2)
    last = min(dt.date.max.toordinal(), first + LEAST_DAYS)
    return sorted({min(first, last - LEAST_DAYS), *ordinals, last})


def _broken(gaps: list[tuple[int, int]]) -> set[tuple[int, int]]:
    lengths = sorted(last - first for first, last in gaps)
    middle = lengths[(len(lengths) - 1) // 2]
    long = [gap for gap in gaps if gap[1] - gap[0] > max(SHORTEST, TIMES * middle)]
    long.sort(key=lambda gap: (gap[0] - gap[1], gap[0]))
    return set(long[: min(MOST_BREAKS, len(gaps) - 1)])
