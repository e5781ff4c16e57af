"""Due dates. One code path answers and, given a list to write to, says step by step how it came about.

Days are ordinals (``date.toordinal()``). Rules and their articles: docs/reference/calendars.md.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from checker.calendars import counts
from checker.calendars import steps as s
from checker.calendars.amount import Amount, amount_text
from checker.calendars.calendar import Calendar
from checker.calendars.grid import MAX_ORDINAL, OutOfRange
from checker.calendars.months import add_months
from checker.calendars.spans import Span, union
from checker.model.norm import Counting

_day = date.fromordinal
_NOTHING = Amount()


class Due(NamedTuple):
    """The end before rolling, the due date, and the earliest and latest it can be under any table for a missing year.

    ``low == day == high`` unless ``provisional``; ``missing_year`` is the first year the table lacks.
    """

    raw: int
    day: int
    low: int
    high: int
    provisional: bool = False
    missing_year: int | None = None


def due_day(
    calendar: Calendar,
    start: int,
    amount: Amount,
    counting: Counting,
    exclusions: Sequence[Span] = (),
    steps: list[s.Step] | None = None,
) -> Due:
    """The last day of a period that starts on ``start``.

    ``amount`` is the raw period with its extensions. ``exclusions`` are closed intervals [start, end); one that begins
    after the due date is ignored. OutOfRange past 9999-12-31; ValueError for hours (see ``hours``).
    """
    if steps is not None:
        first = start + 1 if counting.next_day else start
        steps.append(s.Began(start=_day(start), first=_day(_inside(first)), next_day=counting.next_day))
    end = _added(start, amount, counting.month_end, steps)
    if not counting.next_day and amount != _NOTHING:
        end -= 1
        if steps is not None and (amount.months or amount.days):
            steps.append(s.SteppedBack(end=_day(end)))
    spans = union(exclusions, start + counting.next_day) if exclusions else ()
    if amount.workdays:
        return _counted(calendar, end, amount.workdays, spans, steps)
    return _rolled(calendar, end, spans, counting.roll, steps)


def stated_day(
    calendar: Calendar,
    start: int,
    day: int,
    amount: Amount,
    exclusions: Sequence[Span] = (),
    steps: list[s.Step] | None = None,
) -> Due:
    """The end of a period whose last day the record states: not counted and not rolled.

    Extensions (``amount``) count on from the stated day; exclusions after ``start`` lengthen it.
    """
    if steps is not None:
        steps.append(s.Stated(day=_day(day)))
    end = _added(day, amount, False, steps)
    spans = union(exclusions, start + 1)
    if amount.workdays:
        return _counted(calendar, end, amount.workdays, spans, steps)
    return _rolled(calendar, end, spans, False, steps)


def back(calendar: Calendar, day: int, amount: Amount, steps: list[s.Step] | None = None) -> Due:
    """The day an amount before ``day`` (届满15日前): months, then days, then working days; never rolls."""
    end = add_months(day, -amount.months)[0] if amount.months else day
    end = low = high = _inside(end - amount.days)
    missing = None
    if amount.workdays:
        base, end = end, calendar.before(end, amount.workdays)
        low, high = end, end
        missing = calendar.missing(end, base - 1)
        if missing is not None:
            low = counts.earliest_back(calendar, base, amount.workdays)
            high = counts.latest_back(calendar, base, amount.workdays)
    if steps is not None:
        steps.append(s.CountedBack(start=_day(day), amount=amount_text(amount), end=_day(end)))
    return _answer(Due(end, end, low, high, missing is not None, missing), steps)


def shift(calendar: Calendar, day: int, amount: Amount, *, backward: bool, steps: list[s.Step] | None = None) -> Due:
    """A date moved by an amount, either way, without roll-over."""
    if backward:
        return back(calendar, day, amount, steps)
    return due_day(calendar, day, amount, Counting(roll=False), (), steps)


def _added(end: int, amount: Amount, month_end: bool, steps: list[s.Step] | None) -> int:
    months, days, _, hours = amount
    if hours:
        raise ValueError("hours have no due day; use due_instant")
    if months:
        end, how = add_months(end, months, month_end)
        if steps is not None:
            steps.append(s.AddedMonths(months=months, end=_day(end), how=how))
    if days:
        end = _inside(end + days)
        if steps is not None:
            steps.append(s.AddedDays(days=days, end=_day(end)))
    return end


def _counted(calendar: Calendar, end: int, n: int, spans: Sequence[Span], steps: list[s.Step] | None) -> Due:
    """Natural days done, working days follow; excluded working days are passed over; the end needs no roll."""
    while spans and spans[0][0] <= end:
        end = _lengthened(end, spans[0], None, steps)
        spans = spans[1:]
    day = counts.count(calendar.grid, end, n, spans)
    if steps is not None:
        _tell_count(calendar, end, day, n, spans, steps)
    missing = counts.missing_outside(calendar, end + 1, day, spans)
    if missing is None:
        return Due(day, day, day, day)
    low = counts.earliest_count(calendar, end, n, spans)
    high = counts.latest_count(calendar, end, n, spans)
    return _answer(Due(day, day, low, high, True, missing), steps)


def _rolled(calendar: Calendar, end: int, spans: Sequence[Span], roll: bool, steps: list[s.Step] | None) -> Due:
    """Calendar days only: lengthened by exclusions, then rolled once."""
    if not roll:
        raw, _, _ = _settled(_stay, end, spans, steps)
        if steps is not None and not calendar.is_workday(raw) and calendar.knows(_day(raw).year):
            steps.append(s.Stayed(end=_day(raw), why="no_roll"))
        return Due(raw, raw, raw, raw)
    raw, day, doubt = _settled(calendar.roll, end, spans, steps)
    if steps is not None:
        _tell_roll(calendar, raw, day, steps)
    missing = calendar.missing(doubt, day)
    if missing is None:
        return Due(raw, day, day, day)
    low = _settled(calendar.loose.roll, end, spans, None)[1]
    high = _settled(partial(counts.latest_roll, calendar), end, spans, None)[1]
    return _answer(Due(raw, day, low, high, True, missing), steps)


def _settled(
    roll: Callable[[int], int], end: int, spans: Sequence[Span], steps: list[s.Step] | None
) -> tuple[int, int, int]:
    """Unrolled end, rolled end, and the first day whose being worked or not has decided anything.

    Spans come in order, so an end that one has moved is final before the next is looked at: one pass is the fixpoint.
    """
    doubt = None
    day = roll(end)
    for i, span in enumerate(spans):
        if span[0] > day:
            if steps is not None:
                steps.extend(s.Ignored(first=_day(first), due=_day(day)) for first, _ in spans[i:])
            break
        if span[0] <= end:
            end = _lengthened(end, span, None, steps)
        else:
            # The last day had already moved here (民法典203), so the period is cut on that day, not before.
            doubt = end if doubt is None else doubt
            end = _lengthened(day, span, end, steps)
        day = roll(end)
    return end, day, end if doubt is None else doubt


def _lengthened(end: int, span: Span, rolled_from: int | None, steps: list[s.Step] | None) -> int:
    first, resumed = span
    end = _inside(end + resumed - first)
    if steps is not None:
        steps.append(
            s.Excluded(
                first=_day(first),
                last=_day(resumed - 1),
                days=resumed - first,
                working=False,
                end=_day(end),
                rolled_from=None if rolled_from is None else _day(rolled_from),
            )
        )
    return end


def _tell_count(calendar: Calendar, end: int, day: int, n: int, spans: Sequence[Span], steps: list[s.Step]) -> None:
    skipped = [span for span in spans if span[0] <= day]
    for first, resumed in skipped:
        lost = calendar.count(first, resumed - 1)
        steps.append(s.Excluded(first=_day(first), last=_day(resumed - 1), days=lost, working=True))
    excluded = sum(resumed - first for first, resumed in skipped)
    steps.append(s.AddedWorkdays(days=n, rest=day - end - excluded - n, end=_day(day)))
    steps.extend(s.Ignored(first=_day(first), due=_day(day)) for first, _ in spans[len(skipped) :])


def _tell_roll(calendar: Calendar, raw: int, day: int, steps: list[s.Step]) -> None:
    if day != raw:
        steps.append(s.Rolled(end=_day(raw), due=_day(day)))
    elif _day(raw).weekday() in calendar.table.weekend:
        steps.append(s.Stayed(end=_day(raw), why="adjusted_workday"))


def _answer(due: Due, steps: list[s.Step] | None) -> Due:
    if steps is not None and due.missing_year is not None:
        steps.append(s.Guessed(year=due.missing_year, low=_day(due.low), high=_day(due.high)))
    return due


def _stay(day: int) -> int:
    return day


def _inside(day: int) -> int:
    if not 1 <= day <= MAX_ORDINAL:
        raise OutOfRange("超出 0001-01-01 至 9999-12-31")
    return day
