"""Calendar arithmetic on symbolic days: the checker's own calendars, read off day by day (semantics §6).

A function of one day becomes a tree over the stretches in which it moves the day by the same amount. Such trees are
what a formula is mostly made of, so an end is rolled only where its date itself is asked for: whether a day lies on or
before a rolled end is told by the working day before that day. A result that rests on a year the working-day table
lacks is left out of what is asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from checker.calendars.amount import Amount
from checker.calendars.calendar import Calendar
from checker.calendars.due import Due, due_day, shift
from checker.drafting.proof import terms as t
from checker.drafting.proof.terms import Bool, Day
from checker.drafting.proof.unsupported import Unsupported
from checker.drafting.proof.world import World
from checker.model.norm import Counting

NOTHING = Amount()


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

    @staticmethod
    def of(counting: Counting) -> Rule:
        """The same, of a norm."""
        return Rule(counting.next_day, counting.roll, counting.month_end)

    def counting(self) -> Counting:
        """As the calendars want it."""
        return Counting(next_day=self.next_day, roll=self.roll, month_end=self.month_end)


@dataclass(eq=False, slots=True, frozen=True)
class Deadline:
    """A due date before it is rolled, and whether it rolls."""

    reckoner: Reckoner
    end: Day
    rolls: Bool = False

    def reaches(self, day: Day) -> Bool:
        """Whether a day lies on or before it."""
        if self.rolls is False:
            return t.le(day, self.end)
        rolled = t.lt(self.reckoner.workday_before(day), self.end)
        return t.either(self.rolls, rolled, t.le(day, self.end))

    @property
    def day(self) -> Day:
        """The date itself."""
        if self.rolls is False:
            return self.end
        return t.chosen(self.rolls, self.reckoner.rolled(self.end), self.end)


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
        last = found[-1][1]
        end = t.first_of([(guard, one.end) for guard, one in found[:-1]], last.end)
        rolls = last.rolls
        for guard, one in reversed(found[:-1]):
            rolls = one.rolls if one.rolls is rolls else t.either(guard, one.rolls, rolls)
        return t.disj(*(guard for guard, _ in found)), Deadline(self, end, rolls)

    def shifted(self, start: Day, amount: Amount, backward: bool, where: Bool) -> Day:
        """A date moved by a period; never rolls."""
        if amount.hours:
            raise Unsupported("以小时计的期间")
        return self._function(("shift", amount, backward), start, where)

    def counted(self, start: Day, amount: Amount, rule: Rule, where: Bool) -> Day:
        """The last day of a period, not rolled."""
        if amount.hours:
            raise Unsupported("以小时计的期间")
        if not amount.months and not amount.workdays:
            return t.moved(start, amount.days - (0 if rule.next_day or not amount.days else 1))
        return self._function(("due", amount, rule._replace(roll=False)), start, where)

    def due(
        self, origin: Day, base: Base, more: Amount, spans: Sequence[Span], rule: Rule, where: Bool = True
    ) -> Deadline:
        """The end of a period with its extensions and the days that do not count."""
        kept = [span for span in spans if span.guard is not False]
        if base.limit is not None:
            return self.on(self._lengthened(origin, base.limit, more, kept, rule, where))
        total = base.amount.plus(more)
        if not kept:
            return self._rolling(self.counted(origin, total, rule, where), rule, total, where)
        if total.hours:
            raise Unsupported("以小时计的期间的扣除")
        spans = apart(kept, t.moved(origin, int(rule.next_day)))
        plain = self.counted(origin, total._replace(workdays=0), rule, where)
        if not total.workdays:
            return self._rolling(self._settled(plain, spans, rule.roll, where), rule, total, where)
        # 当日起算 takes one day off the whole period, working days included.
        plain = plain if total.months or total.days or rule.next_day else t.moved(plain, -1)
        return self.on(self._workdays(plain, total.workdays, spans, where))

    def _rolling(self, end: Day, rule: Rule, total: Amount, where: Bool) -> Deadline:
        if total.workdays or not rule.roll:
            return self.on(end)
        calendar, world = self.calendar, self.world
        guessed = self._apart(end, lambda day: calendar.missing(day, calendar.roll(day)) is not None)
        world.assume(t.neg(t.conj(where, guessed)))
        return Deadline(self, end, rolls=True)

    def _settled(self, end: Day, spans: Sequence[Span], roll: bool, where: Bool) -> Day:
        """Spans that begin on or before the end as it is rolled lengthen it: from that day, if it had moved there."""
        for span in spans:
            before = t.le(span.first, end)
            if not roll:
                end = t.chosen(t.conj(span.guard, before), t.plus(end, span.first, span.end), end)
                continue
            meets = t.conj(span.guard, Deadline(self, end, rolls=True).reaches(span.first))
            # A span that begins after the end and on or before the rolled end rolls to the same day.
            counted = t.chosen(
                before, end, self._function(("due", NOTHING, Rule(True, True, False)), span.first, where)
            )
            end = t.chosen(meets, t.plus(counted, span.first, span.end), end)
        return end

    def _workdays(self, end: Day, n: int, spans: Sequence[Span], where: Bool) -> Day:
        """Spans that begin before the working days are counted lengthen the end; the rest is passed over."""
        passed: Bool = True
        late: list[Span] = []
        for span in spans:
            early = t.conj(passed, t.le(span.first, end))
            passed = t.conj(passed, t.disj(t.neg(span.guard), early))
            end = t.chosen(t.conj(span.guard, early), t.plus(end, span.first, span.end), end)
            late.append(span._replace(guard=t.conj(span.guard, t.neg(early))))
        rank = t.moved(self._rank(end), n)
        for span in late:
            start = self._rank(t.moved(span.first, -1))
            counts = t.conj(span.guard, t.lt(start, rank))
            rank = t.chosen(counts, t.plus(rank, start, self._rank(t.moved(span.end, -1))), rank)
        return self._nth(rank, where)

    def _lengthened(self, origin: Day, limit: Day, more: Amount, spans: Sequence[Span], rule: Rule, where: Bool) -> Day:
        end = limit
        if more != NOTHING:
            end = self.counted(limit, more, Rule(True, False, rule.month_end), where)
        for span in apart(spans, t.moved(origin, int(rule.next_day))):
            end = t.chosen(t.conj(span.guard, t.le(span.first, end)), t.plus(end, span.first, span.end), end)
        return end

    def rolled(self, end: Day) -> Day:
        """The first working day on or after a day; of years that the table lacks, by weekends."""
        return self.looked_up("roll", end, self.calendar.roll)

    def workday_before(self, day: Day) -> Day:
        """The last working day before a day."""
        grid = self.calendar.grid
        return self.looked_up("before", day, lambda ordinal: grid.nth(grid.rank(ordinal - 1)))

    def _rank(self, at: Day) -> Day:
        """Working days since the beginning of the axis."""
        grid, zero = self.calendar.grid, self.world.zero
        before = grid.rank(zero)
        return self.looked_up("rank", at, lambda day: grid.rank(day) - before + zero)

    def _nth(self, rank: Day, where: Bool) -> Day:
        grid, zero = self.calendar.grid, self.world.zero
        before = grid.rank(zero)
        day = self.looked_up("nth", rank, lambda number: grid.nth(number - zero + before))
        missing = t.told_apart(day, lambda offset: not self.calendar.knows(self.world.date(offset).year))
        self.world.assume(t.neg(t.conj(where, missing)))
        return day

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
