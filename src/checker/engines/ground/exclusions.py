"""不计入: intervals from start to end, and how much of them a cap leaves (semantics §6.5)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain

from checker.calendars.amount import Amount
from checker.calendars.calendar import Calendar
from checker.engines.facts import Truth
from checker.engines.ground.order import Matches, earliest, standing_after
from checker.engines.ground.truth import MAYBE, NO, YES
from checker.engines.ground.view import Seen, View

DAYS_OF_A_MONTH = 30

Stretch = tuple[int, int | None]
"""Days [first, end); ``end`` None while open."""


@dataclass(slots=True)
class Interval:
    """Days [first, end) that one clause takes out; ``end`` None while open.

    ``doubtful`` are matches of ``end`` that could close it earlier; ``certain`` is MAYBE where the start is only
    possible, ``around`` the intervals inside which it may lie.
    """

    start: Seen
    first: int | None
    end: int | None
    closer: Seen | None = None
    doubtful: list[Seen] = field(default_factory=list)
    certain: Truth = YES
    around: list["Interval"] = field(default_factory=list)


def form_intervals(view: View, starts: Matches, ends: Matches) -> list[Interval]:
    """Every start with the first end after it; starts inside an interval are merged into it."""
    found: list[Interval] = []
    for seen, certain in chain(((seen, YES) for seen in starts.sure), ((seen, MAYBE) for seen, _ in starts.loose)):
        inside, around = _inside(view, found, seen)
        if inside is not YES:
            interval = closed(view, ends, seen)
            interval.certain, interval.around = MAYBE if inside is MAYBE else certain, around
            found.append(interval)
    return found


def _inside(view: View, found: list[Interval], seen: Seen) -> tuple[Truth, list[Interval]]:
    """Whether a start lies in one of the intervals, after its start and before its end; and in which it may lie."""
    around = []
    for interval in reversed(found):
        if interval.certain is not YES:
            continue
        after = view.before(interval.start, seen)
        until = YES if interval.closer is None else view.before(seen, interval.closer)
        if after is YES and until is YES:
            return YES, []
        if after is not NO and until is not NO:
            around.append(interval)
        elif seen.key is not None and view.ordered:
            break
    return (MAYBE if around else NO), around


def closed(view: View, ends: Matches, start: Seen) -> Interval:
    """The interval from a start to the first end after it."""
    side = standing_after(view, ends, start)
    closer = earliest(ends, side)
    doubtful = [seen for seen in side.doubtful if closer is None or view.before(closer, seen) is not YES]
    return Interval(start, start.day, closer.day if closer else None, closer, doubtful)


def capped(
    calendar: Calendar, intervals: Sequence[Stretch], cap: Amount | None, first_day: int, as_of: int
) -> list[Stretch]:
    """The days that count as excluded, one [first, end) for each interval; (0, 0) where nothing is left of it.

    Days before ``first_day`` neither count nor use up the cap; days two intervals share are counted once.
    """
    result: list[Stretch] = []
    reached, used = first_day, 0
    for first, last in intervals:
        end = last
        counted = max(first, reached)
        if cap is not None and (end is None or end > counted):
            end, taken = _cut(calendar, cap, used, (counted, end), as_of)
            used += taken
            # What an earlier interval excludes already costs nothing: such days stay in, even under a cap used up.
            if end is not None and end <= (counted if last is None else max(first, first_day)):
                result.append((0, 0))
                continue
        result.append((first, end))
        reached = counted if end is None else max(reached, end)
    return result


def _cut(
    calendar: Calendar, cap: Amount, used: int, interval: tuple[int, int | None], as_of: int
) -> tuple[int | None, int]:
    """The interval's end under what is left of the cap, and how much of the cap it takes."""
    first, end = interval
    left = limit_of(cap) - used
    if end is None:
        if left <= 0:
            return first, 0
        if _size(calendar, cap, first, as_of) < left:
            return None, 0
        return (calendar.after(first - 1, left) + 1 if cap.workdays else first + left), left
    size = _size(calendar, cap, first, end - 1)
    if size <= left:
        return end, size
    return (calendar.after(first - 1, left + 1) if cap.workdays else first + left), left


def limit_of(cap: Amount) -> int:
    """A cap as a number of days, working days if it is in working days."""
    return cap.workdays or cap.months * DAYS_OF_A_MONTH + cap.days


def _size(calendar: Calendar, cap: Amount, first: int, last: int) -> int:
    if cap.workdays:
        return calendar.count(first, last)
    return max(0, last - first + 1)
