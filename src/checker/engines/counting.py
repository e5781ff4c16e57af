"""Indicators over many cases: each case is looked at once and forgotten; only the sums stay (semantics §13)."""

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple, TypeAlias, assert_never

from checker.calendars.calendar import Calendar
from checker.engines.facts import Truth
from checker.engines.ground.compiling import Compiler, PatternCompiler
from checker.engines.ground.patterns import Pattern, uncovered
from checker.engines.ground.periods_of_year import index_at, periods_of
from checker.engines.ground.scope import Scope
from checker.engines.ground.truth import MAYBE, NO, YES, conjunction, disjunction
from checker.engines.ground.view import EVENTS, Seen, View, standing
from checker.engines.tally import ONE, Breakdown, Item, Tally
from checker.model.case import Case
from checker.model.figures import IndicatorFigures
from checker.model.indicator import CountCases, CountEvents, Indicator, Measure, SumOver
from checker.model.norm import RuleSet

_Test: TypeAlias = Callable[[Scope, Seen], Truth]
"""Whether the case (read at its end) or an event counts."""


class Count:
    """All indicators of a rule set at a date, over the cases added so far."""

    def __init__(self, rules: RuleSet, calendar: Calendar, as_of: dt.date) -> None:
        compiler = Compiler(rules.vocabulary, calendar).under(())
        self._as_of = as_of
        self._counters = [_Counter(indicator, compiler) for indicator in rules.indicators]

    def add(self, case: Case) -> None:
        """One more case; one that has not begun by the date is not seen."""
        view = View(case, self._as_of.toordinal())
        if case.events and not view.events:
            return
        spot = standing("案件", None, view.as_of, (view.as_of, EVENTS + 1, 0, 0))
        scope = Scope(view, None, spot)
        taken = [(counter, counter.take(scope, spot)) for counter in self._counters]
        for counter, found in taken:  # only once all of them have been asked: a case is counted whole or not at all
            if found is not None:
                counter.put(found)

    def figures(self) -> tuple[IndicatorFigures, ...]:
        """What the indicators come to, in the order of the rule set."""
        return tuple(counter.figures(self._as_of) for counter in self._counters)


class _Found(NamedTuple):
    """What one case holds for an indicator."""

    items: tuple[Item, ...]
    periods: tuple[int, ...]
    is_uncovered: bool


class _Counter:
    """One indicator, compiled, with its sums."""

    def __init__(self, indicator: Indicator, compiler: PatternCompiler) -> None:
        self._indicator = indicator
        self._applies = None if indicator.applies is None else compiler.condition(indicator.applies)
        whole = indicator.base or indicator.measure
        self._counts = _test(indicator.measure, compiler)
        self._belongs = None if indicator.base is None else _test(indicator.base, compiler)
        self._patterns = _patterns(whole, compiler)
        self._dated = _dating(indicator, compiler)
        self._tally, self._uncovered = Tally(indicator.base is not None), 0
        self._breakdown = Breakdown(is_share=indicator.base is not None)

    def take(self, scope: Scope, spot: Seen) -> _Found | None:
        """What the case holds for this indicator; None where it does not apply. Nothing is added yet."""
        applies = YES if self._applies is None else self._applies.truth(scope, spot)
        if applies is NO:
            return None
        is_uncovered = any(uncovered(scope, pattern) for pattern in self._patterns)
        return _Found(tuple(self._items(scope, spot, applies)), self._told_of(scope.view), is_uncovered)

    def put(self, found: _Found) -> None:
        """Add it."""
        self._uncovered += found.is_uncovered
        for item in found.items:
            self._tally.add(item)
            if self._indicator.months is not None:
                self._breakdown.add(item)
        if found.periods:
            self._breakdown.reach(found.periods[0], found.periods[-1])

    def figures(self, as_of: dt.date) -> IndicatorFigures:
        indicator, months = self._indicator, self._indicator.months
        whole = self._tally.figure(is_complete=not self._uncovered)
        periods = () if months is None else self._breakdown.figures(months)
        return IndicatorFigures(
            indicator=indicator.id, as_of=as_of, whole=whole, uncovered=self._uncovered, periods=periods
        )

    def _told_of(self, view: View) -> tuple[int, ...]:
        """The periods that a ledger tells of, also where nothing happened in them."""
        months, extent = self._indicator.months, view.case.extent
        if months is None or extent is None:
            return ()
        last = None if extent.last is None else extent.last.toordinal()
        periods = periods_of(extent.first.toordinal(), last, view.as_of, months)
        return tuple(index_at(period.first, months) for period in periods)

    def _items(self, scope: Scope, spot: Seen, applies: Truth) -> Iterator[Item]:
        if isinstance(self._indicator.measure, CountCases):
            belongs = applies if self._belongs is None else conjunction((applies, self._belongs(scope, spot)))
            yield Item(self._counts(scope, spot), belongs, ONE, self._period_of_case(scope))
            return
        acts = dict.fromkeys(act for pattern in self._patterns for act in pattern.acts)
        for seen in (seen for act in acts for seen in scope.view.by_act.get(act, ())):
            happened = applies if seen.day is not None else conjunction((applies, MAYBE))
            belongs = happened if self._belongs is None else conjunction((happened, self._belongs(scope, seen)))
            yield Item(self._counts(scope, seen), belongs, self._weight(seen), self._period(seen.day))

    def _weight(self, seen: Seen) -> Decimal | None:
        """What the event adds: one, or its number; null adds nothing, a number not stated is unknown."""
        measure = self._indicator.measure
        if not isinstance(measure, SumOver):
            return ONE
        if measure.attribute not in seen.attributes:
            return None
        value = seen.attributes[measure.attribute]
        return Decimal(value) if isinstance(value, int | Decimal) else Decimal(0)

    def _period(self, day: int | None) -> int | None:
        return None if day is None or self._indicator.months is None else index_at(day, self._indicator.months)

    def _period_of_case(self, scope: Scope) -> int | None:
        """That of the first event that dates the case; none where another, not certain, may stand in an earlier one."""
        if self._dated is None or self._indicator.months is None:
            return None
        matches = self._dated.matches(scope)
        first = self._period(matches.sure[0].day) if matches.sure else None
        for seen, _ in matches.loose:
            other = self._period(seen.day)
            if first is None or other is None or other < first:
                return None
        return first


def _test(measure: Measure, compiler: PatternCompiler) -> _Test:
    match measure:
        case CountCases():
            condition = None if measure.condition is None else compiler.condition(measure.condition)
            return _always if condition is None else condition.truth
        case CountEvents() | SumOver():
            patterns = _patterns(measure, compiler)
            return lambda scope, seen: disjunction(pattern.truth(scope, seen) for pattern in patterns)
        case _:
            assert_never(measure)


def _always(_: Scope, __: Seen) -> Truth:
    return YES


def _patterns(measure: Measure, compiler: PatternCompiler) -> tuple[Pattern, ...]:
    """The patterns whose events are counted; a count of cases reads coverage where its condition does."""
    match measure:
        case CountCases():
            return ()
        case CountEvents():
            return compiler.patterns(measure.patterns)
        case SumOver():
            return compiler.patterns((measure.pattern,))
        case _:
            assert_never(measure)


def _dating(indicator: Indicator, compiler: PatternCompiler) -> Pattern | None:
    for measure in (indicator.base, indicator.measure):
        if isinstance(measure, CountCases) and measure.dated is not None:
            return compiler.pattern(measure.dated)
    return None
