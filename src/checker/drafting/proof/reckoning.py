"""Calendar arithmetic on symbolic days: the checker's own calendars, read off day by day (semantics §6).

A function of one day becomes a tree over the stretches in which it moves the day by the same amount. Such trees are
what a formula is mostly made of, so an end is rolled only where its date itself is asked for: whether a day lies on or
before a rolled end is told by the working day before that day. A result that rests on a year the working-day table
lacks is left out of what is asked about.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from checker.calendars.amount import Amount
from checker.calendars.calendar import Calendar
from checker.calendars.due import Due, due_day, shift
from checker.drafting.proof import terms as t
from checker.drafting.proof.terms import Bool, Day, Kleene
from checker.drafting.proof.unsupported import Unsupported
from checker.drafting.proof.world import Options, World
from checker.model.norm import Counting

NOTHING = Amount()
NO_RANK = t.day(0)
YEARS_AHEAD = 3 * 366
"""How far ahead of its start a period in working days is looked at for years that the table lacks."""


class Base(NamedTuple):
    """What a period expression comes to: an amount to count, or else a date of its own."""

    amount: Amount
    limit: Day | None = None


class Span(NamedTuple):
    """Days [first, end) that do not count, where the guard holds."""

    guard: Bool
    first: Day
    end: Day


class Rule(NamedTuple):
    """How a norm counts, without the texts that say so."""

    next_day: bool
    roll: bool
    month_end: bool
    next_hour: bool = False

    @staticmethod
    def of(counting: Counting) -> Rule:
        """The same, of a norm."""
        return Rule(counting.next_day, counting.roll, counting.month_end, counting.next_hour)

    def counting(self) -> Counting:
        """As the calendars want it."""
        return Counting(next_day=self.next_day, roll=self.roll, month_end=self.month_end)


class How(NamedTuple):
    """A rule, with what decides whether the end rolls."""

    rule: Rule
    rolls: Bool


Bases: TypeAlias = list[tuple[Bool, Base]]
"""What a period may come to; where none of the guards holds it is unknown."""


class Hours(NamedTuple):
    """An end in hours from the midnight before a start of unknown time: at the earliest, at the latest."""

    guard: Bool
    start: Day
    first: int
    last: int

    def is_one(self, other: Hours) -> bool:
        """Whether both are one and the same formula."""
        same = (self.first, self.last) == (other.first, other.last) and t.is_one(self.start, other.start)
        return same and t.differ(self.guard, other.guard) is False


@dataclass(eq=False, slots=True, frozen=True)
class Deadline:
    """A due date as what it is computed from: a day that may roll, or the rank of a working day."""

    reckoner: Reckoner
    end: Day
    rolls: Bool = False
    rank: Day = NO_RANK
    ranked: Bool = False
    hours: tuple[Hours, ...] = ()

    def meets(self, day: Day) -> Kleene:
        """Whether an act on a day, at no known time, is in time: for hours all of that day, or some of it."""
        if not self.hours:
            return t.sure(self.reaches(day))
        early = t.disj(*(t.conj(one.guard, t.le(day, t.moved(one.start, one.first // 24 - 1))) for one in self.hours))
        return Kleene(early, self.reaches(day))

    @property
    def hour(self) -> Options:
        """The hour of the day at which it ends at the latest; None where it is a day."""
        return [(one.guard, one.last % 24) for one in self.hours] or [(True, None)]

    def reaches(self, day: Day) -> Bool:
        """Whether a day lies on or before it."""
        natural: Bool = False
        if self.ranked is not True:
            natural = t.le(day, self.end) if self.rolls is not True else False
            if self.rolls is not False:
                rolled = t.lt(self.reckoner.workday_before(day), self.end)
                natural = t.either(self.rolls, rolled, natural)
        if self.ranked is False:
            return natural
        return t.either(self.ranked, t.lt(self.reckoner.rank(t.moved(day, -1)), self.rank), natural)

    @property
    def day(self) -> Day:
        """The date itself."""
        found = self.end
        if self.rolls is not False:
            found = t.chosen(self.rolls, self.reckoner.rolled(self.end), found)
        return found if self.ranked is False else t.chosen(self.ranked, self.reckoner.nth(self.rank), found)

    def is_one(self, other: Deadline) -> bool:
        """Whether both are one and the same formula."""
        same = t.is_one(self.end, other.end) and t.is_one(self.rank, other.rank)
        same = same and len(self.hours) == len(other.hours)
        same = same and all(one.is_one(another) for one, another in zip(self.hours, other.hours, strict=False))
        return same and not any(
            t.differ(*pair) is not False for pair in ((self.rolls, other.rolls), (self.ranked, other.ranked))
        )


class Reckoner:
    """Due dates in one world."""

    def __init__(self, world: World, calendar: Calendar) -> None:
        self.world = world
        self.calendar = calendar
        self.memory: dict[Any, Any] = {}

    def on(self, day: Day) -> Deadline:
        """A date of its own, that never rolls."""
        return Deadline(self, day)

    def first_of(self, rows: Iterable[tuple[Bool, Deadline]]) -> tuple[Bool, Deadline]:
        """Whether one of the guards holds, and the deadline of the first that does."""
        found = [(guard, one) for guard, one in rows if guard is not False]
        if not found:
            return False, self.on(t.day(0))
        if len(found) == 1:
            return found[0]
        if any(one.hours for _, one in found):
            raise Unsupported("小时与其他单位并用的期间")
        *front, (_, last) = found
        end = t.first_of([(guard, one.end) for guard, one in front], last.end)
        rank = t.first_of([(guard, one.rank) for guard, one in front], last.rank)
        rolls, ranked = last.rolls, last.ranked
        for guard, one in reversed(front):
            rolls, ranked = t.either(guard, one.rolls, rolls), t.either(guard, one.ranked, ranked)
        return t.disj(*(guard for guard, _ in found)), Deadline(self, end, rolls, rank, ranked)

    def shifted(self, start: Day, amount: Amount, backward: bool, where: Bool) -> Day:
        """A date moved by a period; never rolls."""
        if amount.hours:
            raise Unsupported("以小时计的期间")
        return self._function(("shift", amount, backward), start, where)

    def counted(self, start: Day, amount: Amount, rule: Rule, where: Bool) -> Day:
        """The last day of a period, not rolled."""
        if amount.hours:
            raise Unsupported("以小时计的期间")
        if not amount.months:
            return t.moved(start, amount.days - (0 if rule.next_day or not amount.days else 1))
        return self._function(("due", amount, rule._replace(roll=False)), start, where)

    def due(
        self, origin: Day, bases: Bases, more: Amount, spans: Sequence[Span], how: How, where: Bool = True
    ) -> Deadline:
        """The end of a period with its extensions and the days that do not count.

        Bases of one kind become one end before anything else is done with it: what follows is then said once.
        """
        counted: list[tuple[Bool, Amount]] = []
        working: list[tuple[Bool, Amount]] = []
        stated: list[tuple[Bool, Day]] = []
        timed: list[tuple[Bool, int]] = []
        for guard, base in bases:
            total = base.amount.plus(more)
            if base.limit is not None:
                stated.append((guard, base.limit))
            elif total.hours:
                timed.append((guard, total.hours))
            else:
                (working if total.workdays else counted).append((guard, total))
        if timed:
            if spans or more != NOTHING or len(timed) < len(bases):
                raise Unsupported("以小时计的期间的延长、扣除或与其他单位并用")
            return self._hours(origin, timed, how.rule)
        first = t.moved(origin, int(how.rule.next_day))
        apart_ = apart(spans, first)
        found: list[tuple[Bool, Deadline]] = []
        for kind, rows in ((self._natural, counted), (self._working, working)):
            if rows:
                here = t.conj(where, t.disj(*(guard for guard, _ in rows)))
                found.append((t.disj(*(guard for guard, _ in rows)), kind(origin, rows, apart_, how, here)))
        if stated:
            limit = t.first_of(stated[:-1], stated[-1][1])
            here = t.disj(*(guard for guard, _ in stated))
            found.append((here, self._lengthened(limit, more, apart_, how, t.conj(where, here))))
        return self.first_of(found)[1]

    def _hours(self, origin: Day, rows: Sequence[tuple[Bool, int]], rule: Rule) -> Deadline:
        """The start has no time of day: it may be the first instant of its day or the last."""
        hours = tuple(Hours(guard, origin, n + int(rule.next_hour), n + 24) for guard, n in rows)
        days = [(one.guard, t.moved(origin, one.last // 24)) for one in hours]
        return Deadline(self, t.first_of(days[:-1], days[-1][1]), hours=hours)

    def _natural(
        self, origin: Day, rows: Sequence[tuple[Bool, Amount]], spans: Sequence[Span], how: How, where: Bool
    ) -> Deadline:
        end = self._ends(origin, rows, how, where)
        return self._rolling(self._settled(end, spans, how.rolls, where), how.rolls, where)

    def _working(
        self, origin: Day, rows: Sequence[tuple[Bool, Amount]], spans: Sequence[Span], how: How, where: Bool
    ) -> Deadline:
        plain: list[tuple[Bool, Day]] = []
        for guard, total in rows:
            end = self.counted(origin, total._replace(workdays=0), how.rule, t.conj(where, guard))
            # 当日起算 takes one day off the whole period, working days included.
            back = 0 if total.months or total.days or how.rule.next_day else -1
            plain.append((guard, t.moved(end, back)))
        numbers = [(guard, t.day(total.workdays)) for guard, total in rows]
        end, number = (t.first_of(one[:-1], one[-1][1]) for one in (plain, numbers))
        return self._workdays(end, number, spans, where)

    def _ends(self, origin: Day, rows: Sequence[tuple[Bool, Amount]], how: How, where: Bool) -> Day:
        days = [(guard, self.counted(origin, total, how.rule, t.conj(where, guard))) for guard, total in rows]
        return t.first_of(days[:-1], days[-1][1])

    def _rolling(self, end: Day, rolls: Bool, where: Bool) -> Deadline:
        if rolls is not False:
            calendar, world = self.calendar, self.world
            guessed = self._apart(end, lambda day: calendar.missing(day, calendar.roll(day)) is not None)
            world.assume(t.neg(t.conj(where, rolls, guessed)))
        return Deadline(self, end, rolls)

    def _settled(self, end: Day, spans: Sequence[Span], rolls: Bool, where: Bool) -> Day:
        """Spans that begin on or before the end as it is rolled lengthen it: from that day, if it had moved there."""
        for span in spans:
            before = t.le(span.first, end)
            meets, counted = before, end
            if rolls is not False:
                meets = Deadline(self, end, rolls).reaches(span.first)
                # A span that begins after the end and on or before the rolled end rolls to the same day.
                there = self._function(("due", NOTHING, Rule(True, True, False)), span.first, t.conj(where, rolls))
                counted = t.chosen(before, end, there)
            end = t.chosen(t.conj(span.guard, meets), t.plus(counted, span.first, span.end), end)
        return end

    def _workdays(self, end: Day, number: Day, spans: Sequence[Span], where: Bool) -> Deadline:
        """Spans that begin before the working days are counted lengthen the end; the rest is passed over."""
        passed: Bool = True
        late: list[Span] = []
        for span in spans:
            early = t.conj(passed, t.le(span.first, end))
            passed = t.conj(passed, t.disj(t.neg(span.guard), early))
            end = t.chosen(t.conj(span.guard, early), t.plus(end, span.first, span.end), end)
            late.append(span._replace(guard=t.conj(span.guard, t.neg(early))))
        rank = t.plus(self.rank(end), t.day(0), number)
        for span in late:
            start = self.rank(t.moved(span.first, -1))
            counts = t.conj(span.guard, t.lt(start, rank))
            rank = t.chosen(counts, t.plus(rank, start, self.rank(t.moved(span.end, -1))), rank)
        return self._ranked(end, rank, where)

    def _ranked(self, end: Day, rank: Day, where: Bool) -> Deadline:
        """A period that ends on a working day of that rank; its years must be known."""
        years = self.calendar.missing_years(end.low + self.world.zero, end.high + self.world.zero + YEARS_AHEAD)
        for year in years:  # the range may begin long before any day that is meant: each year counts by itself
            first, last = (self.world.offset(dt.date(*day)) for day in ((year, 1, 1), (year, 12, 31)))
            if last < 0:
                continue
            eve = t.day(max(first - 1, 0))
            touched = t.conj(t.le(end, t.day(last)), t.disj(t.lt(eve, end), t.lt(self.rank(eve), rank)))
            self.world.assume(t.neg(t.conj(where, touched)))
        return Deadline(self, t.day(0), False, rank, True)

    def _lengthened(self, limit: Day, more: Amount, spans: Sequence[Span], how: How, where: Bool) -> Deadline:
        end = limit
        if more != NOTHING:
            on = How(Rule(True, False, how.rule.month_end), False)
            end = self.due(limit, [(True, Base(more))], NOTHING, (), on, where).day
        for span in spans:
            end = t.chosen(t.conj(span.guard, t.le(span.first, end)), t.plus(end, span.first, span.end), end)
        return self.on(end)

    def rolled(self, end: Day) -> Day:
        """The first working day on or after a day; of years that the table lacks, by weekends."""
        return self.looked_up("roll", end, self.calendar.roll)

    def workday_before(self, day: Day) -> Day:
        """The last working day before a day."""
        grid = self.calendar.grid
        return self.looked_up("before", day, lambda ordinal: grid.nth(grid.rank(ordinal - 1)))

    def rank(self, at: Day) -> Day:
        """Working days since the beginning of the axis."""
        grid, zero = self.calendar.grid, self.world.zero
        before = grid.rank(zero)
        return self.looked_up("rank", at, lambda day: grid.rank(day) - before + zero)

    def nth(self, rank: Day) -> Day:
        """The working day of a rank."""
        grid, zero = self.calendar.grid, self.world.zero
        before = grid.rank(zero)
        return self.looked_up("nth", rank, lambda number: grid.nth(number - zero + before))

    def looked_up(self, name: Hashable, at: Day, function: Callable[[int], int]) -> Day:
        """A function of ordinals, by offsets."""
        key = (name, at.low, at.high, _identity(at))
        if key not in self.memory:
            zero = self.world.zero
            # The term stands beside its result: an id is only good while what it names is alive.
            self.memory[key] = (at, t.looked_up(at, lambda offset: function(offset + zero) - zero))
        found: Day = self.memory[key][1]
        return found

    def holds(self, at: Day, function: Callable[[int], bool]) -> Bool:
        """A property of a day, given by ordinals."""
        return t.told_apart(at, lambda offset: function(offset + self.world.zero))

    def _apart(self, at: Day, function: Callable[[int], bool]) -> Bool:
        """The property of resting on a year that the table lacks; false for most ranges of days."""
        zero = self.world.zero
        if self.calendar.missing(at.low + zero, at.high + zero + self.calendar.longest_rest) is None:
            return False
        key = ("guessed", at.low, at.high, _identity(at))
        if key not in self.memory:
            self.memory[key] = (at, self.holds(at, function))
        return self.memory[key][1]

    def _function(self, which: tuple[Any, ...], at: Day, where: Bool) -> Day:
        zero = self.world.zero
        days, doubtful = _table(self.calendar, which, at.low + zero, at.high + zero)
        first = at.low + zero
        found = self.looked_up(which, at, lambda day: days[day - first])
        if any(doubtful):
            guessed = t.told_apart(at, lambda offset: doubtful[offset - at.low])
            self.world.assume(t.neg(t.conj(where, guessed)))
        return found


def _identity(at: Day) -> int:
    term: Any = at.term
    return term if isinstance(term, int) else term.get_id()


def apart(spans: Sequence[Span], first: Day) -> list[Span]:
    """The union of spans that come in order of their first days, without what lies before ``first``."""
    found = []
    reached = first
    for span in spans:
        if span.guard is False:
            continue
        begins = t.chosen(t.le(span.first, reached), reached, span.first)
        real = t.conj(span.guard, t.lt(begins, span.end))
        found.append(Span(real, begins, span.end))
        reached = t.chosen(real, span.end, reached)
    return found


@lru_cache(maxsize=2048)
def _table(calendar: Calendar, which: tuple[Any, ...], first: int, last: int) -> tuple[list[int], list[bool]]:
    """A function of a day, for every day from first to last: the days, and which of them are provisional."""
    results = [_one(calendar, which, day) for day in range(first, last + 1)]
    return [result.day for result in results], [result.provisional for result in results]


def _one(calendar: Calendar, which: tuple[Any, ...], day: int) -> Due:
    kind, amount, how = which
    if kind == "shift":
        return shift(calendar, day, amount, backward=how)
    return due_day(calendar, day, amount, _counting(how))


@lru_cache(maxsize=16)
def _counting(rule: Rule) -> Counting:
    return rule.counting()
