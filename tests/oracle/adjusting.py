"""Section 6.5: extensions, exclusions and restarts, folded in the order of events."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from checker.model.norm import Counting
from checker.model.requirements import Exclude, Extend, Restart
from checker.model.values import Part, Period, Unit
from oracle.conditions import clause, first_certain
from oracle.excluding import Interval, capped, intervals_of, length_of
from oracle.instances import Candidate, Start
from oracle.matching import Scope, match
from oracle.periods import base_of, on_or_before
from oracle.reckoning import DAY, Base, End, Origin, count
from oracle.record import Item, at, before, in_order
from oracle.timeliness import timeliness
from oracle.truth import YES, Truth, conjunction, known, unknown, unknown_for


@dataclass(eq=False)
class State:
    """What has been folded so far. Lists by position of the clause."""

    origin: Origin
    added: list[tuple[int, Period]] = field(default_factory=list)
    out: list[tuple[int, Interval]] = field(default_factory=list)
    restarts: dict[int, int] = field(default_factory=dict)
    used: set[Item] = field(default_factory=set)
    restarting: set[Item] = field(default_factory=set)
    doubts: frozenset[str] = frozenset()
    is_sure: bool = True
    ended: str = ""
    names: frozenset[str] = frozenset()

    def doubt(self, names: frozenset[str]) -> None:
        self.is_sure = False
        self.doubts |= names

    @property
    def opened(self) -> list[Interval]:
        return [interval for _, interval in self.out if interval.again is None]


@dataclass(eq=False)
class Fold:
    scope: Scope
    start: Start
    base: Base
    counting: Counting
    clauses: tuple[Any, ...]
    groups: list[list[Candidate]]
    state: State

    @property
    def first_counted(self) -> dt.date:
        return self.state.origin.day + DAY * self.counting.next_day

    def due(self, counting: Counting | None = None) -> End:
        """The current due date, without the exclusions that are still open."""
        spans = [(i.first, i.again) for _, i in self.state.out if i.again is not None]
        added = [period for _, period in self.state.added]
        return count(self.scope.world, self.state.origin, self.base, added, spans, counting or self.counting)

    def run(self) -> State:
        for position, each in enumerate(self.clauses):
            self._at_the_beginning(position, each)
        for item in in_order(self.scope.world.items):
            if item.date is None or self.state.ended:
                continue
            if self._is_discharged(item):
                break
            for position, each in enumerate(self.clauses):
                if not self.state.ended:
                    self._act(position, each, item)
        return self.state

    def _at_the_beginning(self, position: int, each: Any) -> None:
        if isinstance(each, Extend) and each.grant is None:
            self._extend_once(position, each)
            return
        pattern = _trigger(each)
        if pattern is None:
            return
        if not (isinstance(each, Exclude) and each.end is not None):
            uncovered = self.scope.world.uncovered(pattern.acts)
            if uncovered:
                self.state.doubt(uncovered)
        for item in self.scope.world.items:
            if item.date is None:
                self._act_undated(each, item)

    def _act_undated(self, each: Any, item: Item) -> None:
        tests = [self._fits(each, item), unknown(f"{item.id}.日期")]
        if isinstance(each, Extend) and tests[0].possible:
            period, names = self._period(self.scope.on(item), each.period, self.state.origin)
            tests.append(self._is_below_cap(-1, each, period) if period else unknown_for(names))
        test = conjunction(tests)
        if test.possible:
            self.state.doubt(test.missing)

    def _fits(self, each: Any, item: Item) -> Truth:
        inner = self.scope.on(item)
        when = each.when if isinstance(each, Extend) else None
        fits = match(self.scope, _trigger(each), item)
        return fits if fits.no else conjunction([fits, clause(inner, when, each.unless)])

    def _extend_once(self, position: int, each: Extend) -> None:
        test = clause(self.scope, each.when, each.unless)
        period, names = self._period(self.scope, each.period, self.state.origin)
        if test.possible:
            fits = self._is_below_cap(position, each, period) if period else unknown_for(names)
            test = conjunction([test, self._is_below_times(position, each), fits])
        if test.maybe:
            self.state.doubt(test.missing)
        if test.yes:
            self.state.added.append((position, period))
            self.state.used |= test.support

    def _period(self, scope: Scope, expression: Any, origin: Origin) -> tuple[Period | None, frozenset[str]]:
        base, names = base_of(scope, expression, origin, self.counting)
        if base is None or base.end is not None:
            return None, names
        months, days, workdays, hours = base.amount
        units = ((months, Unit.MONTH), (days, Unit.DAY), (workdays, Unit.WORKDAY), (hours, Unit.HOUR))
        return Period(parts=tuple(Part(n=n, unit=unit) for n, unit in units if n)), names

    def _is_below_times(self, position: int, each: Extend) -> Truth:
        so_far = sum(mine == position for mine, _ in self.state.added)
        return known(each.times is None or so_far < each.times)

    def _is_below_cap(self, position: int, each: Extend, period: Period) -> Truth:
        if each.total is None:
            return YES
        mine = [added for clause_, added in self.state.added if clause_ == position]
        plain = self.counting.model_copy(update={"roll": False})
        reached = count(self.scope.world, self.state.origin, self.base, [*mine, period], (), plain)
        limit = count(self.scope.world, self.state.origin, self.base, [each.total], (), plain)
        return known(reached.printed <= limit.printed)

    def _is_discharged(self, item: Item) -> bool:
        due = None if self.state.opened else self.due()
        return all(any(self._discharges(c, due, item) for c in group) for group in self.groups) and bool(self.groups)

    def _discharges(self, candidate: Candidate, due: End | None, item: Item) -> bool:
        if not candidate.truth.yes or timeliness(candidate, due) != "timely":
            return False
        return before(self.scope.world, at(candidate.item), at(item)).yes

    def _is_running(self, item: Item) -> Truth:
        return YES if self.state.opened else on_or_before(item.date, "", self.due())

    # One clause at one event

    def _act(self, position: int, each: Any, item: Item) -> None:
        if isinstance(each, Extend) and each.grant is not None:
            self._extend(position, each, item)
        elif isinstance(each, Exclude) and each.end is not None:
            self._exclude_span(position, each, item)
        elif isinstance(each, Exclude):
            self._exclude_length(position, each, item)
        elif isinstance(each, Restart):
            self._restart(position, each, item)

    def _extend(self, position: int, each: Extend, item: Item) -> None:
        tests = [self._fits(each, item), self.start.lies_in(item, each.grant)]
        if not each.after_expiry:
            tests.append(self._is_running(item))
        tests.append(self._is_below_times(position, each))
        if conjunction(tests).no:
            return
        period, names = self._period(self.scope.on(item), each.period, self.state.origin)
        test = conjunction([*tests, self._is_below_cap(position, each, period) if period else unknown_for(names)])
        if test.maybe:
            self.state.doubt(test.missing)
        if test.yes:
            self.state.added.append((position, period))
            self.state.used |= {item} | test.support

    def _exclude_span(self, position: int, each: Exclude, item: Item) -> None:
        for interval in intervals_of(self.scope, each, self._fits):
            is_over = interval.again is not None and interval.again <= self.state.origin.day
            if interval.start is not item or is_over:
                continue
            test = conjunction([interval.test, self._is_running(item)])
            if test.maybe:
                self.state.doubt(test.missing)
            if test.yes and self._take(position, each, interval):
                self.state.used |= test.support
            if test.yes and interval.doubts is not None:
                self.state.doubt(interval.doubts)

    def _take(self, position: int, each: Exclude, interval: Interval) -> bool:
        taken = [mine for clause_, mine in self.state.out if clause_ == position]
        cut = capped(self.scope.world, each.cap, interval, taken, self.first_counted)
        if cut is None:
            return False
        self.state.out.append((position, cut))
        self.state.used |= {i for i in (cut.start, cut.end) if i is not None}
        return True

    def _exclude_length(self, position: int, each: Exclude, item: Item) -> None:
        tests = [self._fits(each, item), self.start.lies_in(item, each.start), self._is_running(item)]
        if conjunction(tests).no:
            return
        length, names = length_of(self.scope.on(item), each.length, item, self.counting)
        test = conjunction([*tests, YES if length else unknown_for(names)])
        if test.maybe:
            self.state.doubt(test.missing)
        if test.yes and length and names:
            self.state.doubt(names)
        if test.yes and self._take(position, each, Interval(item, item.date + DAY, length + DAY, None, YES)):
            self.state.used |= test.support

    def _restart(self, position: int, each: Restart, item: Item) -> None:
        so_far = self.state.restarts.get(position, 0)
        is_left = known(each.times is None or so_far < each.times)
        tests = [self._fits(each, item), self.start.lies_in(item, each.at), self._is_running(item), is_left]
        test = conjunction(tests)
        if test.maybe:
            self.state.doubt(test.missing)
        if not test.yes:
            return
        self.state.restarts[position] = so_far + 1
        self.state.restarting |= {item} | test.support
        self.state.added, self.state.out, self.state.used = [], [], set()
        origin: Item | None = item
        if each.origin is not None:
            origin, names = first_certain(self.scope, each.origin, at(item))
            if names or origin is None:
                self.state.ended, self.state.names = ("unknown" if names else "idle"), names
                return
        self.state.restarting.add(origin)
        self.state.origin = Origin(origin.date, origin.time, f"{origin.id}.日期")


def _trigger(each: Any) -> Any:
    match each:
        case Extend():
            return each.grant
        case Exclude():
            return each.start
        case Restart():
            return each.at
    return None
