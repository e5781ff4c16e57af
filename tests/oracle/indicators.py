"""Section 13: indicators over a list of cases, by listing everything that may count and every way it may turn out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import Any

from checker.calendars.calendar import Calendar
from checker.model.case import Case
from checker.model.figures import Figure, IndicatorFigures, Lacking, PeriodFigure
from checker.model.indicator import CountCases, Indicator
from checker.model.norm import RuleSet
from oracle.conditions import holds
from oracle.matching import Scope, match
from oracle.record import AFTER_ALL, Point, World, see
from oracle.truth import YES, Truth, conjunction, disjunction, unknown

Month = tuple[int, int]
"""A year and a month: the first of a period."""


@dataclass(frozen=True)
class Thing:
    """A case or an event, with the pairs (counts, lies in the base) that it may come to; none of them is (yes, no)."""

    ways: frozenset[tuple[bool, bool]]
    weight: Decimal | None
    period: Month | None
    missing: frozenset[str]

    @property
    def counts(self) -> bool | None:
        return _if_sure(n for n, _ in self.ways)

    @property
    def belongs(self) -> bool | None:
        return _if_sure(d for _, d in self.ways)


def _if_sure(answers: Iterator[bool]) -> bool | None:
    found = set(answers)
    return found.pop() if len(found) == 1 else None


def figures(rules: RuleSet, calendar: Calendar, cases: Sequence[Case], as_of: dt.date) -> tuple[IndicatorFigures, ...]:
    return tuple(_figures(rules, calendar, one, cases, as_of) for one in rules.indicators)


def _figures(
    rules: RuleSet, calendar: Calendar, indicator: Indicator, cases: Sequence[Case], as_of: dt.date
) -> IndicatorFigures:
    things: list[Thing] = []
    told: set[Month] = set()
    uncovered = 0
    for case in cases:
        world = World(rules, calendar, case, as_of, see(case, as_of))
        if case.events and not world.items:
            continue
        applies = YES if indicator.applies is None else holds(_end(world), indicator.applies)
        if applies.no:
            continue
        uncovered += any(not world.is_covered(act) for act in _acts(indicator))
        told |= set(_told(case, as_of, indicator.months)) if indicator.months else set()
        things += _things(world, indicator, applies)
    is_share = indicator.base is not None
    relevant = [t for t in things if t.belongs is not False and (is_share or t.counts is not False)]
    return IndicatorFigures(
        indicator=indicator.id,
        as_of=as_of,
        whole=_whole(relevant, is_share, is_complete=not uncovered),
        uncovered=uncovered,
        missing=_lacking(relevant),
        periods=_periods(relevant, told, indicator.months, is_share) if indicator.months else (),
    )


def _end(world: World) -> Scope:
    """Where the case is asked: after everything of the as-of date."""
    point = Point(None, world.as_of, (world.as_of, AFTER_ALL, (0, 0)), "案件", synthetic=True)
    return Scope(world, point, point)


def _patterns(measure: Any) -> tuple[Any, ...]:
    return measure.patterns if measure.tag == "events" else (measure.pattern,)


def _acts(indicator: Indicator) -> set[str]:
    measure = indicator.base or indicator.measure
    return set() if measure.tag == "cases" else {act for p in _patterns(measure) for act in p.acts}


def _things(world: World, indicator: Indicator, applies: Truth) -> Iterator[Thing]:
    if indicator.measure.tag == "cases":
        counts = _condition(world, indicator.measure)
        belongs = YES if indicator.base is None else _condition(world, indicator.base)
        yield _thing(world, counts, conjunction([applies, belongs]), Decimal(1), _of_case(world, indicator))
        return
    scope = _end(world)
    for item in world.items:
        if item.act not in _acts(indicator):
            continue
        there = applies if item.date is not None else conjunction([applies, unknown(f"{item.id}.日期")])
        counts = disjunction([match(scope, p, item) for p in _patterns(indicator.measure)])
        belongs = (
            YES if indicator.base is None else disjunction([match(scope, p, item) for p in _patterns(indicator.base)])
        )
        weight: Decimal | None = Decimal(1)
        if indicator.measure.tag == "sum":
            name = indicator.measure.attribute
            weight = Decimal(item.attributes[name] or 0) if name in item.attributes else None
        extra = frozenset({f"{item.id}.{name}"}) if weight is None else frozenset()
        period = _period(item.date, indicator.months)
        yield _thing(world, counts, conjunction([there, belongs]), weight, period, extra)


def _thing(
    world: World,
    counts: Truth,
    belongs: Truth,
    weight: Decimal | None,
    period: Month | None,
    extra: frozenset[str] = frozenset(),
) -> Thing:
    names = extra | belongs.missing | (counts.missing if belongs.possible else frozenset())
    acts = {item.id: item.act for item in world.items}
    return Thing(_ways(counts, belongs), weight, period, frozenset(_general(name, acts) for name in names))


def _general(name: str, acts: dict[str, str]) -> str:
    """Without the ids of the events, whose names hold no dots here."""
    first, _, rest = name.partition(".")
    if first == "先后":
        return "先后"
    return f"{acts[first]}.{rest}" if first in acts else name


def _lacking(things: list[Thing]) -> tuple[Lacking, ...]:
    names = sorted({name for thing in things for name in thing.missing})
    counted = [Lacking(fact=name, items=sum(name in thing.missing for thing in things)) for name in names]
    return tuple(sorted(counted, key=lambda one: -one.items))


def _condition(world: World, measure: Any) -> Truth:
    return YES if measure.condition is None else holds(_end(world), measure.condition)


def _ways(counts: Truth, belongs: Truth) -> frozenset[tuple[bool, bool]]:
    options = [[True, False] if each.maybe else [each.yes] for each in (counts, belongs)]
    return frozenset((n and d, d) for n, d in product(*options))


# Calendar periods


def _period(day: dt.date | None, months: int | None) -> Month | None:
    if day is None or months is None:
        return None
    return day.year, (day.month - 1) // months * months + 1


def _next(month: Month, months: int) -> Month:
    year, first = month
    return (year, first + months) if first + months <= 12 else (year + 1, 1)


def _of_case(world: World, indicator: Indicator) -> Month | None:
    dated = [m.dated for m in (indicator.base, indicator.measure) if isinstance(m, CountCases) and m.dated is not None]
    if not dated or indicator.months is None:
        return None
    found = [(match(_end(world), dated[0], item), item) for item in world.items]
    sure = [_period(item.date, indicator.months) for fits, item in found if fits.yes and item.date is not None]
    if not sure:
        return None
    first = min(sure)
    others = [_period(i.date, indicator.months) for fits, i in found if fits.maybe or (fits.yes and i.date is None)]
    return None if any(other is None or other < first for other in others) else first


def _told(case: Case, as_of: dt.date, months: int) -> Iterator[Month]:
    """The whole periods of a ledger that have begun."""
    if case.extent is None:
        return
    month = _period(case.extent.first, months)
    while dt.date(*month, 1) <= as_of:
        following = dt.date(*_next(month, months), 1)
        is_within = case.extent.last is None or following - dt.timedelta(days=1) <= case.extent.last
        if dt.date(*month, 1) >= case.extent.first and is_within:
            yield month
        month = _next(month, months)


def _periods(things: list[Thing], told: set[Month], months: int, is_share: bool) -> tuple[PeriodFigure, ...]:
    known = sorted(told | {t.period for t in things if t.period is not None})
    found = []
    month = known[0] if known else None
    while month is not None and month <= known[-1]:
        here = [t for t in things if t.period == month]
        found.append(PeriodFigure(period=_printed(month, months), figure=_whole(here, is_share, is_complete=False)))
        month = _next(month, months)
    nowhere = [t for t in things if t.period is None]
    if nowhere:
        found.append(PeriodFigure(period=None, figure=_whole(nowhere, is_share, is_complete=False)))
    return tuple(found)


def _printed(month: Month, months: int) -> str:
    year, first = month
    names = {1: f"-{first:02}", 3: f"Q{(first + 2) // 3}", 6: "H1" if first == 1 else "H2", 12: ""}
    return f"{year:04}{names[months]}"


# Figures


def _whole(things: list[Thing], is_share: bool, *, is_complete: bool) -> Figure:
    total = sum((t.weight for t in things if t.counts and t.weight is not None), Decimal(0))
    base = sum((t.weight for t in things if t.belongs and t.weight is not None), Decimal(0))
    open_ = sum(t.counts is None or (t.counts is True and t.weight is None) for t in things)
    base_open = sum(t.belongs is None or t.weight is None for t in things)
    low, high = _bounds(things, is_share, is_complete, total)
    return Figure(
        total=total,
        undecided=open_,
        base=base if is_share else None,
        base_undecided=base_open if is_share else None,
        low=low,
        high=high,
    )


def _bounds(
    things: list[Thing], is_share: bool, is_complete: bool, total: Decimal
) -> tuple[Decimal | None, Decimal | None]:
    if any(t.weight is None or t.weight < 0 for t in things):
        return None, None
    if not is_complete:
        return (None if is_share else total), None
    sums = {(Decimal(0), Decimal(0))}
    for thing in things:
        sums = {(n + thing.weight * a, d + thing.weight * b) for n, d in sums for a, b in thing.ways}
    results = [n / d for n, d in sums if d] if is_share else [n for n, _ in sums]
    return (min(results), max(results)) if results else (None, None)
