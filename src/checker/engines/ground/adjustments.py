"""Phase 3: extensions, exclusions and restarts folded in the order of events (semantics §6.5)."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from checker.calendars.amount import amount_of
from checker.calendars.due import shift
from checker.engines.facts import Truth
from checker.engines.ground.acts import Group, Use, Window, discharged
from checker.engines.ground.begins import Begin
from checker.engines.ground.clauses import ExcludeRule, ExtendRule, Phase3, RestartRule
from checker.engines.ground.exclusions import Interval, form_intervals
from checker.engines.ground.folding import Period3
from checker.engines.ground.order import first_from
from checker.engines.ground.patterns import Pattern, uncovered
from checker.engines.ground.periods import Base
from checker.engines.ground.reckoning import Origin, reckon, unrolled
from checker.engines.ground.scope import Condition, Scope
from checker.engines.ground.starts import first_names
from checker.engines.ground.truth import MAYBE, NO, YES, conjunction
from checker.engines.ground.view import Seen
from checker.engines.instance import Adjustment, Deadline, Key, Reason, Reckoning
from checker.model.case import Event
from checker.model.values import Period

_LAST: Key = (1 << 62, 0, 0, 0)


class Item(NamedTuple):
    """One event meeting one clause."""

    key: Key
    clause: int
    rule: Phase3
    seen: Seen
    match: Truth
    pattern: Pattern
    interval: Interval | None = None


class Fold:
    """Folds the phase-3 clauses of one instance over its events."""

    def __init__(self, scope: Scope, state: Period3, begin: Begin, groups: tuple[Group, ...], use: Use) -> None:
        self.scope = scope
        self.state = state
        self.begin = begin
        self.groups = groups
        self.use = use

    def run(self, rules: tuple[Phase3, ...]) -> None:
        """Take the events by key; for one event the clauses act in written order."""
        for rule in rules:
            self._uncovered(rule)
            if isinstance(rule, ExtendRule) and rule.grant is None:
                self._unconditional(rule)
        items = sorted((item for rule in rules for item in self._items(rule)), key=lambda item: item[:2])
        for item in items:
            if self.state.lost is not None or (item.seen.key is not None and self._discharged(item.seen)):
                break
            self._take(item)
        self.state.finish()

    def _discharged(self, before: Seen) -> bool:
        due = None if self.state.idle or self.state.open() is not None else self.state.due()
        return discharged(self.scope, self.groups, Window(self.begin, due, self.use), before)

    def _uncovered(self, rule: Phase3) -> None:
        """The absence of a grant, a fixed exclusion or a restart means nothing where the act is not covered [R2]."""
        match rule:
            case ExtendRule():
                pattern = rule.grant
            case ExcludeRule():
                pattern = rule.start if rule.end is None else None
            case RestartRule():
                pattern = rule.at
        acts = uncovered(self.scope, pattern) if pattern is not None else []
        if acts:
            self.state.doubt({f"行为.{act}" for act in acts})

    def _items(self, rule: Phase3) -> Iterator[Item]:
        match rule:
            case ExtendRule():
                if rule.grant is not None:
                    yield from self._met(rule, rule.grant)
            case ExcludeRule():
                if rule.end is None:
                    yield from self._met(rule, rule.start)
                else:
                    for interval in form_intervals(
                        self.scope.view, rule.start.matches(self.scope), rule.end.matches(self.scope)
                    ):
                        seen = interval.start
                        match = rule.start.truth(self.scope, seen)
                        yield Item(seen.key or _LAST, rule.clause, rule, seen, match, rule.start, interval)
            case RestartRule():
                yield from self._met(rule, rule.at)

    def _met(self, rule: Phase3, pattern: Pattern) -> Iterator[Item]:
        matches = pattern.matches(self.scope)
        for seen in matches.sure:
            yield Item(seen.key or _LAST, rule.clause, rule, seen, YES, pattern)
        for seen, truth in matches.loose:
            yield Item(seen.key or _LAST, rule.clause, rule, seen, truth, pattern)

    def _take(self, item: Item) -> None:
        rule = item.rule
        match rule:
            case ExtendRule():
                self._extend(rule, item)
            case ExcludeRule():
                if item.interval is None:
                    self._exclude_length(rule, item)
                else:
                    self._exclude_interval(rule, item, item.interval)
            case RestartRule():
                self._restart(rule, item)

    def _unconditional(self, rule: ExtendRule) -> None:
        """延长 by a condition alone, once at the beginning."""
        truth = rule.condition.truth(self.scope, self.scope.spot)
        if truth is MAYBE:
            self.state.doubt(_names(rule.condition, self.scope, self.scope.spot))
        if truth is not YES:
            return
        period = self._amount(rule, self.scope.spot)
        if period is not None:
            self._grant(rule, period, (), self.scope.spot)

    def _extend(self, rule: ExtendRule, item: Item) -> None:
        truth, reason = self._tested(item, rule.condition, after_start=True, late_too=rule.rule.after_expiry)
        if truth is NO:
            self._ignored(item, reason)
            return
        period = self._amount(rule, item.seen)
        if period is None:
            return
        beyond = self._cap(rule, period)
        if truth is MAYBE and beyond is None:
            self._unknown(item, rule.condition)
        elif truth is YES:
            self._grant(rule, period, _events(item.seen), item.seen)

    def _cap(self, rule: ExtendRule, period: Period) -> Reason | None:
        """The cap that one more extension would break."""
        earlier = tuple(more for clause, more in self.state.additions if clause == rule.clause)
        if rule.rule.times is not None and len(earlier) >= rule.rule.times:
            return Reason.TIMES
        if rule.total is not None and self._beyond((*earlier, period), rule.total):
            return Reason.TOTAL
        return None

    def _grant(self, rule: ExtendRule, period: Period, events: tuple[Event, ...], at: Seen) -> None:
        reason = self._cap(rule, period)
        adjustment = Adjustment(rule.clause, rule.rule, events, reason is None, reason, period)
        adjustment.deadline = None if self.state.idle else self.state.due()
        self.state.adjustments.append(adjustment)
        if reason is None:
            self.state.extend(rule.clause, period)
            rule.condition.support(self.scope, at, True, self.state.support)

    def _beyond(self, periods: tuple[Period, ...], total: Period) -> bool:
        base = (self.state.base.period,) if self.state.base.period is not None else ()
        limit = self.state.base.limit
        origin = self.state.origin.day if limit is None else limit.day
        ends = (
            unrolled(self.state.calendar, origin, (*base, *more), self.state.counting) for more in (periods, (total,))
        )
        return next(ends) > next(ends)

    def _amount(self, rule: ExtendRule, at: Seen) -> Period | None:
        base = rule.period.resolve(self.scope, at, self._alone)
        if base is None:
            names: set[str] = set()
            rule.period.missing(self.scope, at, self._alone, names)
            self.state.doubt(names)
        elif base.period is None:
            self.state.doubt(set())
        return base.period if base is not None else None

    def _alone(self, base: Base) -> Deadline:
        """The due date a base would give from the current origin, without adjustments."""
        return self._from(self.state.origin)(base)

    def _from(self, origin: Origin) -> Callable[[Base], Deadline]:
        state = self.state
        return lambda base: reckon(
            state.calendar, Reckoning(origin.day, base.period, state.counting, base.limit, time=origin.time)
        )

    def _exclude_length(self, rule: ExcludeRule, item: Item) -> None:
        truth, reason = self._tested(item, rule.condition, after_start=True)
        if truth is NO:
            self._ignored(item, reason)
        elif truth is MAYBE:
            self._unknown(item, rule.condition)
        else:
            end = self._length_end(rule, item.seen)
            if end is not None:
                assert item.seen.day is not None
                self._exclude(rule, item, Interval(item.seen, item.seen.day + 1, end + 1))

    def _length_end(self, rule: ExcludeRule, at: Seen) -> int | None:
        """The last day of a fixed exclusion: the corresponding day of its length."""
        assert rule.length is not None
        assert at.day is not None
        ask = self._from(Origin(at.day, None))
        base = rule.length.resolve(self.scope, at, ask)
        if base is None:
            names: set[str] = set()
            rule.length.missing(self.scope, at, ask, names)
            self.state.doubt(names)
            return None
        if base.period is None:
            return base.limit.day if base.limit else None
        due = shift(self.state.calendar, at.day, amount_of(base.period), backward=False)
        if due.provisional:
            self.state.doubt({f"历法.{due.missing_year}"})
        return due.day

    def _exclude_interval(self, rule: ExcludeRule, item: Item, interval: Interval) -> None:
        if interval.end is not None and interval.end <= self.state.origin.day:
            return
        truth, reason = self._tested(item, rule.condition, after_start=False)
        if interval.certain is MAYBE and truth is YES:
            truth = MAYBE
        if truth is NO:
            self._ignored(item, reason)
        elif truth is MAYBE:
            self._unknown(item, rule.condition, interval)
        else:
            if interval.doubtful:
                self.state.doubt(self._end_names(rule, interval))
            self._exclude(rule, item, interval)

    def _end_names(self, rule: ExcludeRule, interval: Interval) -> set[str]:
        out: set[str] = set()
        assert rule.end is not None
        view = self.scope.view
        for seen in interval.doubtful:
            if rule.end.truth(self.scope, seen) is MAYBE:
                rule.end.missing(self.scope, seen, out)
            if view.before(interval.start, seen) is MAYBE:
                view.order_missing(interval.start, seen, out)
        return out

    def _exclude(self, rule: ExcludeRule, item: Item, interval: Interval) -> None:
        events = _events(item.seen) + (_events(interval.closer) if interval.closer else ())
        adjustment = Adjustment(rule.clause, rule.rule, events, True, None, None, interval.first, interval.end)
        adjustment.deadline = None if self.state.idle else self.state.due()
        self.state.adjustments.append(adjustment)
        self.state.exclude(rule, interval, adjustment)
        rule.condition.support(self.scope, item.seen, True, self.state.support)

    def _restart(self, rule: RestartRule, item: Item) -> None:
        truth, reason = self._tested(item, rule.condition, after_start=True)
        done = self.state.restarts.get(rule.clause, 0)
        if truth is not NO and rule.rule.times is not None and done >= rule.rule.times:
            truth, reason = NO, Reason.TIMES
        if truth is NO:
            self._ignored(item, reason)
        elif truth is MAYBE:
            self._unknown(item, rule.condition)
        else:
            self._count_anew(rule, item)

    def _count_anew(self, rule: RestartRule, item: Item) -> None:
        state, origin = self.state, item.seen
        due = None if state.idle else state.due()
        state.restart(rule.clause)
        events = _events(item.seen)
        found: Seen | None = origin
        if rule.origin is not None:
            first = first_from(self.scope.view, rule.origin.matches(self.scope), item.seen)
            if first.doubtful:
                state.lost = frozenset(first_names(self.scope, rule.origin, first, item.seen))
            found = first.event
            events += _events(found) if found is not None and found is not item.seen else ()
        state.idle = found is None
        if found is not None and found.day is not None:
            state.origin, state.origin_event = Origin(found.day, found.time), found
        state.changed()
        state.adjustments.append(Adjustment(rule.clause, rule.rule, events, True, deadline=due))
        rule.condition.support(self.scope, item.seen, True, state.support)

    def _tested(
        self, item: Item, condition: Condition, *, after_start: bool, late_too: bool = False
    ) -> tuple[Truth, Reason | None]:
        """The Kleene conjunction of match, order, condition and time; and the reason if it is false."""
        after = self.begin.truth(self.scope.view, None, item.seen) if after_start else YES
        if after is NO:
            return NO, None
        holds = condition.truth(self.scope, item.seen)
        if holds is NO:
            return NO, Reason.CONDITION
        in_time = YES if late_too else self.state.in_time(item.seen)
        if in_time is NO:
            return NO, Reason.EXPIRED
        dated = YES if item.seen.day is not None else MAYBE
        return conjunction((item.match, after, holds, in_time, dated)), None

    def _ignored(self, item: Item, reason: Reason | None) -> None:
        if reason is not None and item.match is YES:
            due = None if self.state.idle else self.state.due()
            rule = item.rule.rule
            self.state.adjustments.append(
                Adjustment(item.clause, rule, _events(item.seen), False, reason, deadline=due)
            )

    def _unknown(self, item: Item, condition: Condition, interval: Interval | None = None) -> None:
        out: set[str] = set()
        view, seen = self.scope.view, item.seen
        if item.match is MAYBE:
            item.pattern.missing(self.scope, seen, out)
        if item.interval is None and self.begin.truth(view, None, seen) is MAYBE:
            self.begin.missing(view, seen, out)
        if seen.day is None:
            out.add(f"{seen.id}.日期")
        elif self.state.in_time(seen) is MAYBE:
            out.add(f"历法.{self.state.due().missing_year}")
        if condition.truth(self.scope, seen) is MAYBE:
            condition.missing(self.scope, seen, out)
        if interval is not None and interval.certain is MAYBE and not out:
            out |= self._overlap_names(item)
        self.state.doubt(out)
        rule = item.rule.rule
        adjustment = Adjustment(item.clause, rule, _events(seen), False, Reason.UNKNOWN)
        self.state.adjustments.append(adjustment)

    def _overlap_names(self, item: Item) -> set[str]:
        """Names of the orders that leave it open whether a start lies inside an earlier interval."""
        out: set[str] = set()
        view = self.scope.view
        assert isinstance(item.rule, ExcludeRule)
        assert item.rule.end is not None
        for pattern in (item.rule.start, item.rule.end):
            for seen in pattern.matches(self.scope).sure:
                if seen is not item.seen and view.before(seen, item.seen) is MAYBE:
                    view.order_missing(seen, item.seen, out)
        return out


def _events(seen: Seen) -> tuple[Event, ...]:
    return (seen.event,) if seen.event is not None else ()


def _names(condition: Condition, scope: Scope, at: Seen) -> set[str]:
    out: set[str] = set()
    condition.missing(scope, at, out)
    return out
