"""不计入 under a cap: how many days were taken out, and whether the cap cut an interval short."""

from collections.abc import Sequence
from typing import NamedTuple

from checker.calendars.amount import Amount, amount_of
from checker.calendars.calendar import Calendar
from checker.calendars.due import shift
from checker.engines.ground.exclusions import limit_of
from checker.engines.instance import Adjustment
from checker.model.requirements import Exclude, Fixed


class Used(NamedTuple):
    """A cap, the calendar it counts in, and the first day of the period that it lies in."""

    calendar: Calendar
    cap: Amount
    first: int

    def is_hit(self, applied: Sequence[Adjustment]) -> bool:
        """Whether the days taken out come to the cap exactly."""
        taken, reached = 0, self.first
        for one in sorted(applied, key=lambda item: item.first or 0):
            if one.first is None or one.end is None:
                return False
            taken += self._size(max(one.first, reached), one.end - 1)
            reached = max(reached, one.end)
        return taken == limit_of(self.cap)

    def is_cut(self, one: Adjustment, clause: Exclude) -> bool:
        """Whether the interval ends earlier than its end, or its length, would have it."""
        natural = self._natural_end(one, clause)
        return one.end is not None and (natural is None or one.end < natural)

    def _natural_end(self, one: Adjustment, clause: Exclude) -> int | None:
        """The day after the last, without the cap; None while the interval is open."""
        if clause.end is not None:
            return one.events[1].date.toordinal() if len(one.events) > 1 and one.events[1].date else None
        start = one.events[0].date
        if start is None or not isinstance(clause.length, Fixed):
            return one.end
        return shift(self.calendar, start.toordinal(), amount_of(clause.length.period), backward=False).day + 1

    def _size(self, first: int, last: int) -> int:
        return self.calendar.count(first, last) if self.cap.workdays else max(0, last - first + 1)
