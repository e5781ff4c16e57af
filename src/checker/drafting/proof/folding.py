"""From the raw due date to the final one: 期限为, 不顺延, then what is folded (semantics §6.3–§6.7).

The fold runs over the events in order with a concrete state (which clause met which event) under a guard each; equal
states are put together. What a state comes to in days is a formula, so that the tests of the clauses are formulas too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.calendars.amount import Amount, amount_of
from checker.drafting.proof import terms as t
from checker.drafting.proof.acting import Candidate, is_before
from checker.drafting.proof.instance import Instance
from checker.drafting.proof.intervals import Ending, formed
from checker.drafting.proof.places import Place
from checker.drafting.proof.reading import Reader
from checker.drafting.proof.reckoning import NOTHING, Base, Bases, Deadline, How, Rule
from checker.drafting.proof.states import ANY, IDLE, Standing, State, States, Taken, merged
from checker.drafting.proof.terms import Bool, Day
from checker.drafting.proof.totals import is_beyond
from checker.drafting.proof.unsupported import Unsupported
from checker.drafting.proof.windows import Start, Windows
from checker.drafting.proof.world import Ev
from checker.model import requirements as r
from checker.model.expressions import All, Condition, Constant, Not, Pattern

Met = tuple[int, Bool, int | None]
"""A clause that an event may set off, whether it matches, and the event at which the exclusion it begins ends."""


class Fold:
    """The fold of one instance."""

    def __init__(
        self, reader: Reader, windows: Windows, one: Instance, start: Start, serving: Sequence[Sequence[Candidate]]
    ) -> None:
        self.reader = reader
        self.world = reader.world
        self.windows = windows
        self.one = one
        self.start = start
        self.standing = Standing(reader, one, start)
        self.rule, self.clauses, self.where = self.standing.rule, one.norm.exceptions, self.standing.where
        self.candidates = serving
        self.spans = sum(isinstance(clause, r.Exclude) for clause in self.clauses)

    def states(self) -> tuple[States, States]:
        """Before phase 3 and after it; where no guard holds, the period is unknown."""
        self._settle_bases()
        known = t.conj(self.start.known, t.disj(*(guard for guard, _ in self.standing.bases)))
        first = merged([(State(), known)])
        now = dict(first)
        for number, clause in enumerate(self.clauses):
            if isinstance(clause, r.Extend) and clause.grant is None:
                now = self._at_once(now, number, clause)
        intervals = {n: self._intervals(c) for n, c in enumerate(self.clauses) if isinstance(c, r.Exclude) and c.end}
        for event in self.reader.events:
            met = list(self._met(event, intervals))
            if met and event.deemed is not None:
                raise Unsupported("视为的行为作为延长、扣除或重新计算的依据")
            if met:
                now = self._discharged(now, event)
            for number, truth, end in met:
                now = self._tried(now, number, truth, event, end)
        return first, now

    # Before phase 3

    def _settle_bases(self) -> None:
        """The raw or replaced period, and whether its end rolls."""
        rule, origin = self.rule, self.start.day
        requirement = self.one.norm.requirement
        assert isinstance(requirement, r.Occur | r.Deem)
        assert isinstance(requirement.window, r.Within)
        spot = self.one.scope.spot
        bases = self.windows.bases(self.one, requirement.window.period, spot, origin, rule)
        if not any(isinstance(clause, r.Replace | r.NoRoll) for clause in self.clauses):
            self.standing.bases = bases
            return
        known = t.disj(*(guard for guard, _ in bases))
        raw = self._raw(bases)
        self.one.scope.horizon = lambda event: raw.reaches(event.day)
        open_: Bool = t.conj(self.start.known, known)
        found: list[tuple[Bool, Base]] = []
        for clause in self.clauses:
            if isinstance(clause, r.Replace):
                holds = t.conj(open_, self._top(clause.when, clause.unless, open_))
                options = self.windows.bases(self.one, clause.period, spot, origin, rule)
                found += [(t.conj(holds, guard), base) for guard, base in options]
                open_ = t.conj(open_, t.neg(holds))
        found += [(t.conj(open_, guard), base) for guard, base in bases]
        stays = [self._top(c.when, c.unless, self.where) for c in self.clauses if isinstance(c, r.NoRoll)]
        off = t.disj(*stays)
        self.standing.bases = [(guard, base) for guard, base in found if guard is not False]
        self.standing.rolls = t.conj(rule.roll, t.neg(off))

    def _raw(self, bases: Bases) -> Deadline:
        how = How(self.rule, self.rule.roll)
        return self.reader.reckoner.due(self.start.day, bases, NOTHING, (), how, self.where)

    def _top(self, when: Condition, unless: Condition | None, where: Bool) -> Bool:
        """A clause read at the anchor, with the horizon of the raw due date."""
        truth = self.reader.truth(effective(when, unless), self.one.scope.spot, self.one.scope, top=True)
        return self.world.decided(truth, where)

    def _at_once(self, now: States, number: int, clause: r.Extend) -> States:
        requirement = self.one.norm.requirement
        assert isinstance(requirement, r.Occur | r.Deem)
        assert isinstance(requirement.window, r.Within)
        spot = self.one.scope.spot
        raw = self._raw(self.windows.bases(self.one, requirement.window.period, spot, self.start.day, self.rule))
        self.one.scope.horizon = lambda event: raw.reaches(event.day)
        holds = self._top(clause.when or Constant(value=True), clause.unless, self.where)
        return self._extended(now, number, clause, holds)

    # Phase 3

    def _met(self, event: Ev, intervals: dict[int, dict[int, list[Ending]]]) -> Iterator[Met]:
        """The clauses that an event may set off, in written order, with its match and the end of the exclusion."""
        for number, clause in enumerate(self.clauses):
            if number in intervals:
                for guard, end in intervals[number].get(event.number, ()):
                    if guard is not False:
                        yield number, guard, end
                continue
            pattern = _pattern_of(clause)
            if pattern is None:
                continue
            after = self.start.begun(event, event.day)
            truth = self.reader.match(pattern, event, self.one.scope)
            guard = t.conj(after, self.world.decided(truth, t.conj(self.where, after)))
            if guard is not False:
                yield number, guard, None

    def _intervals(self, clause: r.Exclude) -> dict[int, list[Ending]]:
        assert clause.end is not None
        begins = {event: self._sure(clause.start, event) for event in self.reader.events}
        held = {event: t.conj(truth, self._unless(clause.unless, event)) for event, truth in begins.items()}
        return formed(held, {event: self._sure(clause.end, event) for event in self.reader.events})

    def _sure(self, pattern: Pattern, event: Ev) -> Bool:
        return self.world.decided(self.reader.match(pattern, event, self.one.scope), self.where)

    def _unless(self, unless: Condition | None, event: Ev) -> Bool:
        return self._at(Constant(value=True), unless, event)

    def _at(self, when: Condition | None, unless: Condition | None, event: Ev) -> Bool:
        """A clause read at the event that sets it off, whichever act that is."""
        if unless is None and (when is None or isinstance(when, Constant)):
            return when is None or when.value
        said = effective(when or Constant(value=True), unless)
        parts = []
        for act, guard in event.acts:
            truth = self.reader.truth(said, Place(event, act, event.day), self.one.scope)
            parts.append(t.conj(guard, self.world.decided(truth, t.conj(self.where, guard))))
        return t.disj(*parts)

    def _discharged(self, now: States, before: Ev) -> States:
        """The fold ends with the discharge of the duty."""
        found = []
        for state, guard in now.items():
            if state.is_over or state.origin == IDLE:
                found.append((state, guard))
                continue
            done = self._is_done(state, before, guard)
            found.append((state._replace(is_over=True), t.conj(guard, done)))
            found.append((state, t.conj(guard, t.neg(done))))
        return merged(found)

    def _is_done(self, state: State, before: Ev, guard: Bool) -> Bool:
        earlier = [[c for c in group if is_before(c.event, before) is not False] for group in self.candidates]
        if not all(earlier):
            return False
        still = self.standing.open(state)
        due = self.standing.due(state, guard)
        return t.conj(*(t.disj(*(self._serves(c, before, still, due) for c in group)) for group in earlier))

    def _serves(self, candidate: Candidate, before: Ev, still: Bool, due: Deadline) -> Bool:
        fits = self.world.decided(candidate.fits, self.where)
        return t.conj(fits, is_before(candidate.event, before), t.disj(still, due.meets(candidate.day).yes))

    def _tried(self, now: States, number: int, truth: Bool, event: Ev, end: int | None) -> States:
        clause = self.clauses[number]
        match clause:
            case r.Extend():
                holds = t.conj(truth, self._at(clause.when, clause.unless, event))
                return self._extended(now, number, clause, holds, event)
            case r.Exclude():
                return self._excluded(now, number, clause, truth, event, end)
            case r.Restart():
                return self._restarted(now, number, clause, truth, event)
            case _:
                raise AssertionError(clause)

    def _bases(self, period: r.PeriodExpr, pattern: Pattern, event: Ev, origin: Day, rule: Rule) -> Bases:
        """A period read at an event, whichever act of the pattern that is."""
        found: Bases = []
        for act, guard in self.reader.acts(pattern, event):
            options = self.windows.bases(self.one, period, Place(event, act, event.day), origin, rule)
            found += [(t.conj(guard, held), base) for held, base in options]
        return found

    def _running(self, state: State, event: Ev, guard: Bool) -> Bool:
        """Whether an event stands on or before the current due date; an open exclusion counts as running."""
        return t.disj(self.standing.open(state), self.standing.due(state, guard).reaches(event.day))

    def _extended(self, now: States, number: int, clause: r.Extend, holds: Bool, event: Ev | None = None) -> States:
        found: list[tuple[State, Bool]] = []
        for state, guard in now.items():
            pool = ANY if clause.times is None and clause.total is None else number
            times, total = next(((n, a) for c, n, a in state.more if c == pool), (0, NOTHING))
            if state.is_over or state.origin == IDLE or times == (clause.times if clause.times is not None else -1):
                found.append((state, guard))
                continue
            met = t.conj(guard, holds)
            if event is not None and not clause.after_expiry and met is not False:
                met = t.conj(met, self._running(state, event, met))
            changed = list(self._longer(state, pool, clause, (times, total), event, met))
            found += changed
            found.append((state, t.conj(guard, t.neg(t.disj(*(held for _, held in changed))))))
        return merged(found)

    def _longer(
        self, state: State, number: int, clause: r.Extend, so_far: tuple[int, Amount], event: Ev | None, met: Bool
    ) -> Iterator[tuple[State, Bool]]:  # fmt: skip
        if met is False:
            return
        times, total = so_far
        origin = self.standing.origin(state)
        if isinstance(clause.period, r.Earlier | r.Later) and self.standing.rolls is not self.rule.roll:
            raise Unsupported("不顺延时的较早者或较晚者")
        if event is None or clause.grant is None:
            options = self.windows.bases(self.one, clause.period, self.one.scope.spot, origin, self.rule)
        else:
            options = self._bases(clause.period, clause.grant, event, origin, self.rule)
        counted = t.disj(*(guard for guard, base in options if base.limit is None))
        self.world.assume(t.neg(t.conj(met, t.neg(counted))))
        for guard, base in options:
            if base.limit is not None:
                continue
            grown = total.plus(base.amount)
            held = t.conj(met, guard)
            if clause.total is not None:
                held = t.conj(held, t.neg(self._is_beyond(origin, grown, amount_of(clause.total))))
            others = tuple(row for row in state.more if row[0] != number)
            yield (
                state._replace(more=tuple(sorted((*others, (number, times + (clause.times is not None), grown))))),
                held,
            )

    def _is_beyond(self, origin: Day, more: Amount, total: Amount) -> Bool:
        parts = []
        for guard, base in self.standing.bases:
            start = origin if base.limit is None else base.limit
            parts.append(t.conj(guard, is_beyond(self.reader.reckoner, start, base, more, total, self.rule)))
        return t.disj(*parts)

    def _excluded(self, now: States, number: int, clause: r.Exclude, truth: Bool, event: Ev, end: int | None) -> States:
        found: list[tuple[State, Bool]] = []
        holds = truth if clause.end is not None else t.conj(truth, self._unless(clause.unless, event))
        for state, guard in now.items():
            if state.is_over or state.origin == IDLE or (self.spans == 1 and _is_inside(state, event)):
                found.append((state, guard))
                continue
            met = t.conj(guard, holds)
            if end is not None:
                met = t.conj(met, t.lt(self.standing.origin(state), self.reader.events[end].day))
            met = t.conj(met, self._running(state, event, met)) if met is not False else False
            rows = list(self._spans(state, number, clause, event, end, met))
            found += rows
            found.append((state, t.conj(guard, t.neg(t.disj(*(held for _, held in rows))))))
        return merged(found)

    def _spans(
        self, state: State, number: int, clause: r.Exclude, event: Ev, end: int | None, met: Bool
    ) -> Iterator[tuple[State, Bool]]:  # fmt: skip
        pool = ANY if clause.cap is None else number
        if clause.length is None:
            yield state._replace(taken=_with(state.taken, Taken(pool, event.number, end))), met
            return
        options = self._bases(clause.length, clause.start, event, event.day, self.rule)
        self.world.assume(t.neg(t.conj(met, t.neg(t.disj(*(guard for guard, _ in options))))))
        for guard, base in options:
            taken = Taken(pool, event.number, None, base)
            yield state._replace(taken=_with(state.taken, taken)), t.conj(met, guard)

    def _restarted(self, now: States, number: int, clause: r.Restart, truth: Bool, event: Ev) -> States:
        found: list[tuple[State, Bool]] = []
        holds = t.conj(truth, self._unless(clause.unless, event))
        for state, guard in now.items():
            done = dict(state.restarts).get(number, 0)
            if state.is_over or state.origin == IDLE or done == (clause.times if clause.times is not None else -1):
                found.append((state, guard))
                continue
            met = t.conj(guard, holds)
            met = t.conj(met, self._running(state, event, met)) if met is not False else False
            counted = {} if clause.times is None else {number: done + 1}
            counts = tuple(sorted({**dict(state.restarts), **counted}.items()))
            anew = state._replace(more=(), taken=(), restarts=counts)
            found += [
                (anew._replace(origin=origin), t.conj(met, held)) for held, origin in self._origins(clause, event)
            ]
            found.append((state, t.conj(guard, t.neg(met))))
        return merged(found)

    def _origins(self, clause: r.Restart, event: Ev) -> list[tuple[Bool, int]]:
        if clause.origin is None:
            return [(True, event.number)]
        spot = Place(event, None, event.day)
        found, idle = self.windows.first_from(self.one, clause.origin, spot, self.one.scope)
        return [*((guard, e.number) for guard, e in found), (idle, IDLE)]


def effective(when: Condition, unless: Condition | None) -> Condition:
    """``when`` and not ``unless``."""
    return when if unless is None else All(of=(when, Not(of=unless)))


def _pattern_of(clause: r.ExceptionClause) -> Pattern | None:
    match clause:
        case r.Extend():
            return clause.grant
        case r.Exclude():
            return clause.start
        case r.Restart():
            return clause.at
        case _:
            return None


def _is_inside(state: State, event: Ev) -> bool:
    """Whether an event stands inside an exclusion folded in: one clause alone begins no other there."""
    ended = [taken for taken in state.taken if taken.length is None]
    return any(taken.end is None or taken.end > event.number for taken in ended)


def _with(taken: tuple[Taken, ...], more: Taken) -> tuple[Taken, ...]:
    """One more, each once: days that two clauses take out are counted once."""
    return taken if more in taken else (*taken, more)
