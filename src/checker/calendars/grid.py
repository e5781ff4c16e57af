"""Working days by number: every working day since 0001-01-01 has a rank, so that counting is two look-ups.

Days are proleptic ordinals (``date.toordinal``; 1 is a Monday). Inside the table's years the answer is read from
arrays; outside, a weekly pattern repeats for ever and is computed.
"""

from collections.abc import Sequence
from itertools import accumulate

MAX_ORDINAL = 3652059
"""9999-12-31."""


class OutOfRange(ValueError):
    """A date before 0001-01-01 or after 9999-12-31 would be needed. Engines answer it with ``undetermined``."""


class Week:
    """A repeating week: which of its seven days (Monday first) are worked."""

    __slots__ = ("places", "size", "worked")

    def __init__(self, worked: Sequence[bool]) -> None:
        self.places = tuple(i for i, works in enumerate(worked, start=1) if works)
        self.size = len(self.places)
        self.worked = (0, *accumulate(int(works) for works in worked))

    def rank(self, day: int) -> int:
        """Working days from ordinal 1 to ``day``, both included."""
        weeks, rest = divmod(day, 7)
        return weeks * self.size + self.worked[rest]

    def nth(self, n: int) -> int:
        """The ordinal of the n-th working day, n ≥ 1."""
        weeks, place = divmod(n - 1, self.size)
        return weeks * 7 + self.places[place]


class Grid:
    """Working days of the whole calendar. ``flags[i]`` says whether ordinal ``first + i`` is worked."""

    __slots__ = ("_before", "_days", "_offset", "_ranks", "_top", "_week", "first", "last")

    def __init__(self, week: Week, first: int, flags: Sequence[int]) -> None:
        self.first = first
        self.last = first + len(flags) - 1
        self._week = week
        self._before = week.rank(first - 1)
        self._ranks = list(accumulate(flags, initial=self._before))[1:]
        self._days = [day for day, works in enumerate(flags, start=first) if works]
        self._top = self._before + len(self._days)
        self._offset = week.rank(self.last) - self._top

    def rank(self, day: int) -> int:
        """Working days from ordinal 1 to ``day``, both included."""
        if self.first <= day <= self.last:
            return self._ranks[day - self.first]
        return self._week.rank(day) if day < self.first else self._week.rank(day) - self._offset

    def nth(self, n: int) -> int:
        """The ordinal of the n-th working day; OutOfRange outside years 1 to 9999."""
        if self._before < n <= self._top:
            return self._days[n - self._before - 1]
        if n < 1:
            raise OutOfRange("早于 0001-01-01")
        day = self._week.nth(n) if n <= self._before else self._week.nth(n + self._offset)
        if day > MAX_ORDINAL:
            raise OutOfRange("晚于 9999-12-31")
        return day

    def roll(self, day: int) -> int:
        """The first working day on or after ``day``."""
        return self.nth(self.rank(day - 1) + 1)

    def is_workday(self, day: int) -> bool:
        """Whether the day is worked."""
        return self.rank(day) != self.rank(day - 1)
