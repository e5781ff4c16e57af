"""Section 4: which instances a norm has in a case."""

from __future__ import annotations

import datetime as dt

from checker.model.finding import Verdict
from checker.model.norm import Norm, OnBreach, OnEvent, OnExpiry, OnPeriod
from oracle.conditions import holds
from oracle.instances import Instance
from oracle.matching import Scope, match
from oracle.periods import last_day
from oracle.record import AFTER_ALL, BEFORE_ALL, Point, World, at, in_order
from oracle.truth import YES, Truth, conjunction, known, union, unknown, unknown_for

EXTENT = "起止"


def open_anchors(world: World, position: int) -> list[Instance]:
    """The instances of one norm, in the order of their anchors."""
    norm = world.rules.norms[position]
    instances = []
    for point, fits in _sorted(_points(world, norm, position)):
        in_force = _in_force(world, norm, point)
        real = conjunction([fits, in_force, _applies(world, norm, point)])
        if real.possible:
            instances.append(Instance(norm, position, len(instances), point, real, in_force))
    return instances


def _sorted(points: list[tuple[Point, Truth]]) -> list[tuple[Point, Truth]]:
    dated = sorted((p for p in points if p[0].key is not None), key=lambda p: p[0].key)
    undated = [p for p in points if p[0].key is None]
    return dated + sorted(undated, key=lambda p: p[0].item.position if p[0].item else 0)


def _points(world: World, norm: Norm, position: int) -> list[tuple[Point, Truth]]:
    match norm.anchor:
        case OnEvent():
            return _events(world, norm.anchor)
        case OnBreach():
            return [(_breach(i, date), YES) for i, date in _breaches(world, norm.anchor.norm)]
        case OnExpiry():
            return _expiries(world, norm.anchor)
        case OnPeriod():
            return _periods(world, norm.anchor.months, position)
    raise AssertionError(norm.anchor)


def _events(world: World, anchor: OnEvent) -> list[tuple[Point, Truth]]:
    found = [(at(item), match(Scope(world, at(item), at(item)), anchor.pattern, item)) for item in world.items]
    return [(point, fits) for point, fits in found if fits.possible]


def _breaches(world: World, norm: str) -> list[tuple[Instance, dt.date | None]]:
    """Each instance of the norm that is breached, or that a breached norm had defeated there, with the date."""
    found = []
    for base in world.of_family(norm):
        if base.is_listed and base.verdict.is_violation:
            found.append((base, base.breached_on))
        elif base.is_listed and base.verdict is Verdict.EXEMPT and base.prior.yes and not base.defeat.yes:
            violated = [m for m in base.prior_by if m.is_listed and m.verdict.is_violation]
            found += [(base, m.breached_on) for m in violated[:1]]
    firsts: dict[str, tuple[Instance, dt.date | None]] = {}
    for base, date in found:
        firsts.setdefault(base.anchor.printed, (base, date))
    return list(firsts.values())


def _breach(base: Instance, date: dt.date | None) -> Point:
    key = None if date is None else (date, BEFORE_ALL, (base.position, base.order))
    return Point(base.anchor.item, date, key, f"违反:{base.norm.id}@{base.anchor.printed}", synthetic=True)


def _expiries(world: World, anchor: OnExpiry) -> list[tuple[Point, Truth]]:
    found = []
    for base in world.of_family(anchor.norm):
        end = base.clock.due if anchor.extended else base.clock.original
        is_open = base.real.yes and base.verdict is not Verdict.EXEMPT and (base.clock.is_sure or not anchor.extended)
        if is_open and end is not None and world.as_of > end.day:
            key = (end.day, AFTER_ALL, (base.position, base.order))
            printed = f"期满:{base.norm.id}@{base.anchor.printed}"
            found.append((Point(base.anchor.item, end.day, key, printed, synthetic=True), YES))
    return found


def _periods(world: World, months: int, position: int) -> list[tuple[Point, Truth]]:
    extent = world.case.extent
    if extent is None:
        return [(Point(None, None, None, EXTENT, synthetic=True), unknown(f"案件.{EXTENT}"))]
    found = []
    first = dt.date(extent.first.year, 1, 1)
    while first <= world.as_of:
        last = last_day(first, months)
        if extent.first <= first and (extent.last is None or last <= extent.last):
            key = (first, BEFORE_ALL, (position, len(found)))
            found.append((Point(None, first, key, _named(first, months), synthetic=True), YES))
        first = last + dt.timedelta(days=1)
    return found


def _named(first: dt.date, months: int) -> str:
    match months:
        case 1:
            return f"{first.year}-{first.month:02}"
        case 3:
            return f"{first.year}Q{(first.month + 2) // 3}"
        case 6:
            return f"{first.year}H{(first.month + 5) // 6}"
    return str(first.year)


def _in_force(world: World, norm: Norm, anchor: Point) -> Truth:
    """Whether the version is in force on the pivot date [R10]."""
    if anchor.printed == EXTENT:
        return unknown(f"案件.{EXTENT}")
    if norm.pivot is None:
        date, names = anchor.date, frozenset({anchor.undated_name})
    else:
        date, names = _pivot(world, norm, anchor)
    if date is not None:
        return known(norm.valid.covers(date))
    return YES if norm.valid.first is None and norm.valid.last is None else unknown_for(names)


def _pivot(world: World, norm: Norm, anchor: Point) -> tuple[dt.date | None, frozenset[str]]:
    tests = [(item, match(Scope(world, anchor, anchor), norm.pivot, item)) for item in world.items]
    certain = in_order(item for item, fits in tests if fits.yes)
    if certain:
        return certain[0].date, frozenset(f"{item.id}.日期" for item in certain)
    return None, union(fits.missing for _, fits in tests) or frozenset({f"未见.{norm.pivot.acts[0]}"})


def _applies(world: World, norm: Norm, anchor: Point) -> Truth:
    if norm.applies is None:
        return YES
    answer = holds(Scope(world, anchor, anchor), norm.applies)
    return Truth(answer.value, frozenset(), answer.missing)
