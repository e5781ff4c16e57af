"""What the fold has made of a period so far, and what that comes to in days (semantics §6.5)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from checker.calendars.amount import Amount, amount_of
from checker.drafting.proof import terms as t
from checker.drafting.proof.caps import Out, capped
from checker.drafting.proof.instance import Instance
from checker.drafting.proof.reading import Reader
from checker.drafting.proof.reckoning import NOTHING, Base, Bases, Deadline, How, Rule, Span
from checker.drafting.proof.terms import Bool, Day
from checker.drafting.proof.unsupported import Unsupported
from checker.drafting.proof.windows import Start
from checker.model import requirements as r

ANY = -1
"""The clause of what no cap counts: states that differ only in it are one."""


class Taken(NamedTuple):
    """An exclusion folded in: its clause, the event it begins at, the one it ends at (or an amount of days)."""

    clause: int
    start: int
    end: int | None
    length: Base | None = None


class State(NamedTuple):
    """What the fold has made of a period so far; ``origin`` None is the start, -1 waits for one (idle)."""

    more: tuple[tuple[int, int, Amount], ...] = ()
    """By clause how often it extended, and by how much in all."""
    taken: tuple[Taken, ...] = ()
    origin: int | None = None
    restarts: tuple[tuple[int, int], ...] = ()
    is_over: bool = False


States = dict[State, Bool]
IDLE = -1


def merged(rows: Iterable[tuple[State, Bool]]) -> States:
    """States by their guards, equal ones put together."""
    found: States = {}
    for state, guard in rows:
        if guard is not False:
            found[state] = t.disj(found[state], guard) if state in found else guard
    return found


class Standing:
    """Reads states of the fold of one instance. ``bases`` and ``rolls`` are settled before the fold begins."""

    def __init__(self, reader: Reader, one: Instance, start: Start) -> None:
        self.reader = reader
        self.bases: Bases = []
        self.rolls: Bool = one.norm.counting.roll
        self.start = start
        self.rule = Rule.of(one.norm.counting)
        self.clauses = one.norm.exceptions
        self.where = t.conj(one.anchored.may, start.known)

    @property
    def how(self) -> How:
        """How the period counts, whether or not its end rolls."""
        return How(self.rule, self.rolls)

    def origin(self, state: State) -> Day:
        """The day counted from."""
        return self.start.day if state.origin is None else self.reader.events[state.origin].day

    def due(self, state: State, where: Bool) -> Deadline:
        """The due date so far, open exclusions left out."""
        more = NOTHING
        for _, _, amount in state.more:
            more = more.plus(amount)
        closed = [Span(out.guard, out.first, out.end) for out in self._out(state) if out.end is not None]
        where = t.conj(self.where, where)
        return self.reader.reckoner.due(self.origin(state), self.bases, more, closed, self.how, where)

    def open(self, state: State) -> Bool:
        """Whether an exclusion is still open."""
        return t.disj(*(out.guard for out in self._out(state) if out.end is None))

    def remaining(self, state: State, where: Bool) -> Day:
        """The days left on the morning the first open exclusion began."""
        first_day = t.moved(self.origin(state), int(self.rule.next_day))
        begins = [(out.guard, t.chosen(t.le(out.first, first_day), first_day, out.first))
                  for out in self._out(state) if out.end is None]  # fmt: skip
        first = begins[0][1]
        known = begins[0][0]
        for guard, one in begins[1:]:
            earlier = t.conj(guard, t.disj(t.neg(known), t.lt(one, first)))
            first, known = t.chosen(earlier, one, first), t.disj(known, guard)
        due = self.due(state, where).day
        return t.chosen(t.lt(due, first), t.day(0), t.distance(first, t.moved(due, 1)))

    def _out(self, state: State) -> list[Out]:
        """Every exclusion with the days it takes out, caps applied."""
        if len({taken.length is None for taken in state.taken}) > 1:
            raise Unsupported("固定长度与起止之间的不计入并用")
        found: list[tuple[int, Out]] = []
        for number in dict.fromkeys(taken.clause for taken in state.taken):
            mine = [taken for taken in state.taken if taken.clause == number]
            rows = [(self._stretch(taken),) for taken in mine] if number == ANY else self._capped(state, number, mine)
            found += [(taken.start, out) for taken, outs in zip(mine, rows, strict=True) for out in outs]
        return [out for _, out in sorted(found, key=lambda pair: pair[0])]

    def _capped(self, state: State, number: int, taken: list[Taken]) -> list[tuple[Out, ...]]:
        clause = self.clauses[number]
        assert isinstance(clause, r.Exclude)
        assert clause.cap is not None
        first = t.moved(self.origin(state), int(self.rule.next_day))
        rows = [self._stretch(one) for one in taken]
        return capped(rows, amount_of(clause.cap), first, self.reader.world.as_of)

    def _stretch(self, taken: Taken) -> Out:
        day = self.reader.events[taken.start].day
        if taken.length is None:
            return Out(True, day, None if taken.end is None else self.reader.events[taken.end].day)
        if taken.length.limit is not None:
            return Out(True, t.moved(day, 1), t.moved(taken.length.limit, 1))
        last = self.reader.reckoner.shifted(day, taken.length.amount, False, self.where)
        return Out(True, t.moved(day, 1), t.moved(last, 1))
