"""Where conditions are read, many places at a time: the anchors of a norm, or events tried against a pattern."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from checker.engines.archive.columns import Columns
from checker.engines.archive.truth import Bools, Ints


@dataclass(slots=True, frozen=True)
class Scope:
    """Places in clean cases; all arrays are parallel.

    ``root`` is the event at the root of the instance, ``subject`` the one whose attributes self has (the root, at a
    synthetic anchor), ``spot`` self as an event of the record (-1 at a synthetic anchor). Events before ``cut`` stand
    before self, those from ``after`` on stand after it. ``day`` is self's date. ``low``/``high`` are the horizon of an
    exception: events before ``low`` are seen, those before ``high`` maybe. ``unused`` is, for 逐一, the first event
    that no earlier anchor can have taken. A calendar period has no root (-1); ``last`` is its last day.

    ``side``, ``major`` and ``minor`` complete the key of a synthetic place (see :data:`checker.engines.instance.Key`).
    """

    columns: Columns
    case: Ints
    root: Ints
    subject: Ints
    spot: Ints
    cut: Ints
    after: Ints
    day: Ints
    low: Ints | None = None
    high: Ints | None = None
    unused: Ints | None = None
    last: Ints | None = None
    side: int = 1
    major: Ints | None = None
    minor: Ints | None = None

    def __len__(self) -> int:
        """How many places."""
        return len(self.case)

    def take(self, rows: Ints | Bools) -> Scope:
        """Some of the places."""
        parts = {name: getattr(self, name) for name in _ARRAYS}
        chosen: dict[str, Any] = {name: None if part is None else part[rows] for name, part in parts.items()}
        return Scope(self.columns, **chosen, side=self.side)

    def free(self, first: Ints) -> Ints:
        """The first event from ``first`` on that this anchor may take."""
        return first if self.unused is None else np.maximum(first, self.unused)

    def keys(self) -> Ints:
        """The keys of the places, a row each for case, day, side, major and minor."""
        major = self.cut if self.major is None else self.major
        minor = np.zeros(len(self), np.int64) if self.minor is None else self.minor
        return np.stack([self.case, self.day, np.full(len(self), self.side), major, minor])

    def seeing(self, low: Ints, high: Ints) -> Scope:
        """The same places with a horizon."""
        return replace(self, low=low, high=high)


_ARRAYS = ("case", "root", "subject", "spot", "cut", "after", "day", "low", "high", "unused", "last", "major", "minor")


def at_events(columns: Columns, events: Ints, root: Ints | None = None) -> Scope:
    """Self is each of the events; without ``root`` it is its own root."""
    return Scope(
        columns,
        columns.case[events],
        events if root is None else root,
        events,
        events,
        events,
        events + 1,
        columns.day[events],
    )


def at_cases(columns: Columns, cases: Ints) -> Scope:
    """Self is no event at all: only the case can be read."""
    nowhere = np.full(len(cases), -1)
    end = columns.first[cases]
    return Scope(columns, cases, nowhere, nowhere, nowhere, end, end, nowhere)
