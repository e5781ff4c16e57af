"""Indicators over many cases: each case is looked at once and forgotten; only the sums stay (semantics §13)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple, Protocol, assert_never

from checker.calendars.calendar import Calendar
from checker.engines.facts import Truth
from checker.engines.ground.compiling import Compiler, PatternCompiler
from checker.engines.ground.conditions import ConstantCondition
from checker.engines.ground.patterns import Pattern, uncovered
from checker.engines.ground.periods_of_year import index_at, periods_of
from checker.engines.ground.scope import Scope
from checker.engines.ground.truth import MAYBE, NO, YES, conjunction, disjunction
from checker.engines.ground.view import EVENTS, Seen, View, standing
from checker.engines.tally import ONE, Breakdown, Item, Tally
from checker.model.case import Case
from checker.model.expressions import Constant
from checker.model.figures import IndicatorFigures
from checker.model.indicator import CountCases, CountEvents, Indicator, Measure, SumOver
from checker.model.norm import RuleSet


class _Test(Protocol):
    """Whether the case (read at its end) or an event counts; ``missing`` is asked where that is unknown."""

    def truth(self, scope: Scope, at: Seen) -> Truth:
        """Its value."""

    def missing(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """Add the names of the facts that would settle it."""


class IndicatorSums:
    """The sums of one indicator: in all, by period, and how many cases do not cover what it counts."""

    __slots__ = ("breakdown", "tally", "uncovered")

    def __init__(self, is_share: bool) -> None:
        """Nothing is counted yet."""
        self.tally, self.breakdown, self.uncovered = Tally(is_share), Breakdown(is_share), 0

    def merge(self, other: IndicatorSums) -> None:
        """Add the sums of other cases."""
        self.tally.merge(other.tally)
        self.breakdown.merge(other.breakdown)
        self.uncovered += other.uncovered


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

    def taken(self) -> tuple[IndicatorSums, ...]:
        """The sums so far, in the order of the rule set; the count begins anew."""
        found = tuple(counter.sums for counter in self._counters)
        for counter in self._counters:
            counter.sums = IndicatorSums(counter.sums.tally.is_share)
        return found

    def merge(self, sums: Sequence[IndicatorSums]) -> None:
        """Add the sums of other cases, as another count of the same rule set took them."""
        for counter, one in zip(self._counters, sums, strict=True):
            counter.sums.merge(one)

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
        applies = Constant(value=True) if indicator.applies is None else indicator.applies
        self._applies = compiler.condition(applies)
        whole = indicator.base or indicator.measure
        self._counts = _test(indicator.measure, compiler)
        self._belongs = ConstantCondition(True) if indicator.base is None else _test(indicator.base, compiler)
        self._patterns = _patterns(whole, compiler)
        self._dated = _dating(indicator, compiler)
        self.sums = IndicatorSums(is_share=indicator.base is not None)

    def take(self, scope: Scope, spot: Seen) -> _Found | None:
        """What the case holds for this indicator; None where it does not apply. Nothing is added yet."""
        if self._applies.truth(scope, spot) is NO:
            return None
        is_uncovered = any(uncovered(scope, pattern) for pattern in self._patterns)
        return _Found(tuple(self._items(scope, spot)), self._told_of(scope.view), is_uncovered)

    def put(self, found: _Found) -> None:
        """Add it."""
        sums = self.sums
        sums.uncovered += found.is_uncovered
        for item in found.items:
            sums.tally.add(item)
            if self._indicator.months is not None:
                sums.breakdown.add(item)
        if found.periods:
            sums.breakdown.reach(found.periods[0], found.periods[-1])

    def figures(self, as_of: dt.date) -> IndicatorFigures:
        indicator, months = self._indicator, self._indicator.months
        sums = self.sums
        whole = sums.tally.figure(is_complete=not sums.uncovered)
        periods = () if months is None else sums.breakdown.figures(months)
        return IndicatorFigures(
            indicator=indicator.id,
            as_of=as_of,
            whole=whole,
            uncovered=sums.uncovered,
            missing=sums.tally.most_missing(),
            periods=periods,
        )

    def _told_of(self, view: View) -> tuple[int, ...]:
        """The periods that a ledger tells of, also where nothing happened in them."""
        months, extent = self._indicator.months, view.case.extent
        if months is None or extent is None:
            return ()
        last = None if extent.last is None else extent.last.toordinal()
        periods = periods_of(extent.first.toordinal(), last, view.as_of, months)
        return tuple(index_at(period.first, months) for period in periods)

    def _items(self, scope: Scope, spot: Seen) -> Iterator[Item]:
        if isinstance(self._indicator.measure, CountCases):
            yield self._item(scope, spot, spot, ONE, self._period_of_case(scope))
            return
        acts = dict.fromkeys(act for pattern in self._patterns for act in pattern.acts)
        for seen in (seen for act in acts for seen in scope.view.by_act.get(act, ())):
            yield self._item(scope, spot, seen, self._weight(seen), self._period(seen.day))

    def _item(self, scope: Scope, spot: Seen, at: Seen, weight: Decimal | None, period: int | None) -> Item:
        """The case or the event; an undated one may have happened after the date."""
        counts = self._counts.truth(scope, at)
        asked = [(self._applies, spot), (self._belongs, at)]
        truths = [test.truth(scope, where) for test, where in asked]
        belongs = conjunction((*truths, YES if at.day is not None else MAYBE))
        missing: set[str] = set()
        if belongs is not NO and MAYBE in (belongs, counts):
            for (test, where), truth in zip([*asked, (self._counts, at)], [*truths, counts], strict=True):
                if truth is MAYBE:
                    test.missing(scope, where, missing)
            if at.day is None:
                missing.add(f"{at.id}.日期")
        if weight is None:
            missing.add(f"{at.id}.{getattr(self._indicator.measure, 'attribute', '')}")
        return Item(counts, belongs, weight, period, frozenset(_of_any_case(scope.view, name) for name in missing))

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
            return compiler.condition(Constant(value=True) if measure.condition is None else measure.condition)
        case CountEvents() | SumOver():
            return _AnyPattern(_patterns(measure, compiler))
        case _:
            assert_never(measure)


class _AnyPattern:
    """Whether an event matches one of the patterns."""

    def __init__(self, patterns: tuple[Pattern, ...]) -> None:
        self._patterns = patterns

    def truth(self, scope: Scope, at: Seen) -> Truth:
        """Kleene disjunction."""
        return disjunction(pattern.truth(scope, at) for pattern in self._patterns)

    def missing(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """The union over those that may match."""
        for pattern in self._patterns:
            if pattern.truth(scope, at) is MAYBE:
                pattern.missing(scope, at, out)


def _of_any_case(view: View, name: str) -> str:
    """The name of a missing fact without the ids of one case: ``e3.主体`` becomes ``交办.主体``."""
    if name.startswith("先后."):
        return "先后"
    parts = name.split(".")
    for cut in range(len(parts) - 1, 0, -1):
        seen = view.find(".".join(parts[:cut]))
        if seen is not None:
            return ".".join((seen.act, *parts[cut:]))
    return name


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
