"""The window of an instance: where it begins and where it ends (semantics §6.1, §6.2, §6.8)."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, assert_never

from checker.calendars.amount import amount_of
from checker.drafting.proof import terms as t
from checker.drafting.proof.instance import Instance, Timing
from checker.drafting.proof.places import Place, Scope
from checker.drafting.proof.reading import Reader
from checker.drafting.proof.reckoning import NOTHING, Base, Bases, How, Rule
from checker.drafting.proof.terms import Bool, Day
from checker.drafting.proof.unsupported import Unsupported
from checker.drafting.proof.world import Ev
from checker.model import requirements as r
from checker.model.expressions import Expression, Pattern
from checker.model.values import Period

Begun = Callable[[Ev, Day], Bool]


class Start(NamedTuple):
    """Where a period starts: ``known``, or ``idle`` while there is nothing to start from, or else unknown."""

    known: Bool
    idle: Bool
    day: Day
    begun: Begun


class Windows:
    """Reads the windows of one norm's instances."""

    def __init__(self, reader: Reader, closing: Pattern | None) -> None:
        self.reader = reader
        self.closing = closing

    def fixed(self, one: Instance, window: r.Window) -> Timing:
        """A window that nothing adjusts."""
        match window:
            case r.UntilClose():
                return self._until_close(one)
            case r.By():
                return self._by(one, window.limit)
            case r.During():
                return self._during(one, window)
            case r.InPeriod():
                assert one.last_day is not None
                assert one.first_day is not None
                return self._ending(True, one.last_day, _on_day(one.first_day))
            case _:
                raise Unsupported("期间")

    def start(self, one: Instance, start: r.Start) -> Start:
        """自 X 起."""
        spot = one.scope.spot
        match start:
            case r.AtAnchor():
                return Start(True, False, spot.day, _after(spot))
            case r.AtFirst():
                return self._first(one, start.pattern)
            case r.AtDate():
                days = self._days(one, start.attribute)
                day = t.first_of(days[:-1], days[-1][1])
                return Start(t.disj(*(guard for guard, _ in days)), False, day, _later_than(day))
            case r.AtPeriodEnd():
                assert one.last_day is not None
                return Start(True, False, one.last_day, _later_than(one.last_day))
            case _:
                assert_never(start)

    def bases(self, one: Instance, period: r.PeriodExpr, at: Place, origin: Day, rule: Rule) -> Bases:
        """What a period expression comes to, options compared from an origin."""
        match period:
            case r.Fixed():
                return [(True, _base(period.period))]
            case r.FromAttribute():
                return self._stated(one, period.attribute, at)
            case r.UntilExpiry():
                options = self.reader.past.expiry(period.norm, period.extended, at)
                return [(guard, Base(NOTHING, day)) for guard, day in options if isinstance(day, Day)]
            case r.Earlier() | r.Later():
                choices = [self.bases(one, option, at, origin, rule) for option in period.of]
                return self._compared(choices, isinstance(period, r.Earlier), origin, rule)
            case _:
                assert_never(period)

    def _stated(self, one: Instance, attribute: Expression, at: Place) -> Bases:
        found: Bases = []
        for guard, value in self.reader.value(attribute, at, one.scope):
            if isinstance(value, Day):
                found.append((guard, Base(NOTHING, value)))
            elif isinstance(value, Period):
                found.append((guard, _base(value)))
        return found

    def _compared(self, options: list[Bases], earliest: bool, origin: Day, rule: Rule) -> Bases:
        """Of two options or more the first with the least (greatest) day; unknown if one is unknown."""
        best = options[0]
        for more in options[1:]:
            joined: Bases = []
            for guard, base in best:
                for held, other in more:
                    both = t.conj(guard, held)
                    mine, its = (self._alone(which, origin, rule, both) for which in (base, other))
                    stays = t.le(mine, its) if earliest else t.le(its, mine)
                    joined += [(t.conj(both, stays), base), (t.conj(both, t.neg(stays)), other)]
            best = [(guard, base) for guard, base in joined if guard is not False]
        return best

    def _alone(self, base: Base, origin: Day, rule: Rule, where: Bool) -> Day:
        return self.reader.reckoner.due(origin, [(True, base)], NOTHING, (), How(rule, rule.roll), where).day

    def _first(self, one: Instance, pattern: Pattern) -> Start:
        found, idle = self.first_from(one, pattern, one.scope.spot, one.scope)
        days = [(guard, event.day) for guard, event in found]

        def begun(event: Ev, _: Day) -> Bool:
            return t.disj(*(t.conj(guard, _after(Place(e, None, e.day))(event, e.day)) for guard, e in found))

        if not found:
            return Start(False, True, t.day(0), begun)
        return Start(t.neg(idle), idle, t.first_of(days[:-1], days[-1][1]), begun)

    def first_from(
        self, one: Instance, pattern: Pattern, spot: Place, scope: Scope
    ) -> tuple[list[tuple[Bool, Ev]], Bool]:
        """The first match at or after a place, and whether there is none."""
        where, standing = one.anchored.may, []
        for event, truth in self.reader.matches(pattern, scope):
            here = True if spot.is_event(event) else spot.before(event)
            standing.append((event, t.conj(here, self.reader.world.decided(truth, t.conj(where, here)))))
        found = []
        for event, stands in standing:
            earlier = (t.conj(s, Place(e, None, e.day).before(event)) for e, s in standing if e is not event)
            found.append((t.conj(stands, t.neg(t.disj(*earlier))), event))
        return found, t.neg(t.disj(*(stands for _, stands in standing)))

    def _until_close(self, one: Instance) -> Timing:
        begun = _after(one.scope.spot)
        if self.closing is None:
            return self._idle(begun)
        # What closes a case does so whatever the norm correlates.
        plain = Scope(one.scope.root, one.scope.spot)
        found, idle = self.first_from(one, self.closing, one.scope.spot, plain)
        if not found:
            return self._idle(begun)
        days = [(guard, event.day) for guard, event in found]
        return self._ending(t.neg(idle), t.first_of(days[:-1], days[-1][1]), begun)._replace(idle=idle, unknown=False)

    def _days(self, one: Instance, expression: Expression) -> list[tuple[Bool, Day]]:
        """The dates that an expression may come to at the anchor; elsewhere it is unknown."""
        options = self.reader.value(expression, one.scope.spot, one.scope)
        days = [(guard, value) for guard, value in options if isinstance(value, Day)]
        return days or [(False, t.day(0))]

    def _by(self, one: Instance, limit: Expression) -> Timing:
        days = self._days(one, limit)
        known = t.disj(*(guard for guard, _ in days))
        return self._ending(known, t.first_of(days[:-1], days[-1][1]), _after(one.scope.spot))

    def _during(self, one: Instance, window: r.During) -> Timing:
        first, last = self._days(one, window.first), self._days(one, window.last)
        known = t.conj(*(t.disj(*(guard for guard, _ in days)) for days in (first, last)))
        begins, ends = (t.first_of(days[:-1], days[-1][1]) for days in (first, last))
        return self._ending(known, ends, _on_day(begins))

    def _idle(self, begun: Begun) -> Timing:
        return Timing(False, True, False, False, self.reader.reckoner.on(t.day(0)), begun)

    def _ending(self, known: Bool, day: Day, begun: Begun) -> Timing:
        due = self.reader.reckoner.on(day)
        return Timing(known, False, False, t.neg(known), due, begun, known, due)


def _base(period: Period) -> Base:
    return Base(amount_of(period))


def _after(spot: Place) -> Begun:
    return lambda event, _: False if spot.is_event(event) else spot.before(event)


def _later_than(day: Day) -> Begun:
    return lambda event, _: t.lt(day, event.day)


def _on_day(first: Day) -> Begun:
    return lambda _, dated: t.le(first, dated)
