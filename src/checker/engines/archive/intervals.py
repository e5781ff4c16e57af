"""Intervals from a start to the first end after it, over batches (semantics §6.5, 不计入)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from checker.engines.archive.matching import Pairs, Pattern
from checker.engines.archive.scope import Scope
from checker.engines.archive.truth import Bools, Ints


@dataclass(slots=True, frozen=True)
class Intervals:
    """Days [first, end) for rows of a scope; ``end`` and ``closer`` are -1 while open. ``event`` is the start."""

    row: Ints
    event: Ints
    first: Ints
    end: Ints
    closer: Ints

    def take(self, places: Bools) -> Intervals:
        """Some of them."""
        return Intervals(*(getattr(self, name)[places] for name in ("row", "event", "first", "end", "closer")))


def intervals_of(scope: Scope, starts: Pairs, end: Pattern) -> tuple[Intervals, Bools]:
    """The intervals that begin at the starts (row by row in order), and the rows where a maybe-match leaves them open.

    A start inside an earlier interval is part of it: one that no end separates from the start before it.
    """
    columns = scope.columns
    closed = end.matches(scope)
    first, last = columns.first[scope.case], columns.end[scope.case]
    row, event = starts.row, starts.event
    odd = np.zeros(len(scope), np.bool_)
    odd[row] = True
    odd &= closed.loose_any(first, last)
    previous = np.where((row[1:] == row[:-1]), event[:-1], -1) if len(row) else row
    previous = np.concatenate([np.full(min(1, len(row)), -1), previous])
    base = closed.base if isinstance(closed.base, int) else closed.base[row]
    low = np.searchsorted(closed.sure_keys, previous + 1 + base)
    high = np.searchsorted(closed.sure_keys, event + 1 + base)
    kept = (previous < 0) | (low < high)
    row, event = row[kept], event[kept]
    base = closed.base if isinstance(closed.base, int) else closed.base[row]
    place = np.searchsorted(closed.sure_keys, event + 1 + base)
    stop = np.searchsorted(closed.sure_keys, last[row] + base)
    has_end = place < stop
    closer = (
        np.where(has_end, closed.sure[np.clip(place, 0, len(closed.sure) - 1)], -1)
        if len(closed.sure)
        else (np.full(len(row), -1))
    )
    day = columns.day
    ends = np.where(closer >= 0, day[closer], -1) if len(day) else closer
    return Intervals(row, event, day[event] if len(day) else event, ends, closer), odd
