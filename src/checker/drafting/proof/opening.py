"""Which anchors open instances of a norm, in order (semantics §4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from checker.drafting.proof import terms as t
from checker.drafting.proof.instance import Instance
from checker.drafting.proof.past import end_of
from checker.drafting.proof.places import AFTER_ALL, BEFORE_ALL, Place, Scope
from checker.drafting.proof.reading import Reader
from checker.drafting.proof.terms import Bool, Kleene
from checker.engines.ground.periods_of_year import periods_of
from checker.model.finding import Verdict
from checker.model.norm import Norm, OnBreach, OnEvent, OnExpiry, OnPeriod


def open_anchors(reader: Reader, norm: Norm, position: int) -> list[Instance]:
    """All anchors that may be real, numbered in their order."""
    applies = t.YES
    if norm.applies is not None:
        nowhere = Place(None, None, reader.world.as_of, AFTER_ALL)
        applies = reader.truth(norm.applies, nowhere, Scope(None, nowhere))
        if applies.may is False:
            return []
    found: list[Instance] = []
    for printed, scope, truth, ends in _openings(reader, norm):
        scope.correlate = norm.correlate
        anchored = t.both(truth, applies, _in_force(reader, norm, scope, truth))
        if anchored.may is not False:
            one = Instance(norm, position, len(found), printed, scope, anchored)
            if ends is not None:
                one.first_day, one.last_day = scope.spot.day, t.day(ends)
            found.append(one)
    return found


Opened = tuple[str, Scope, Kleene, int | None]


def _openings(reader: Reader, norm: Norm) -> Iterator[Opened]:
    match norm.anchor:
        case OnEvent():
            yield from _met(reader, norm.anchor)
        case OnBreach():
            yield from _breaches(reader, norm.anchor.norm)
        case OnExpiry():
            yield from _expiries(reader, norm.anchor)
        case OnPeriod():
            yield from _periods(reader, norm.anchor.months)
        case _:
            assert_never(norm.anchor)


def _met(reader: Reader, anchor: OnEvent) -> Iterator[Opened]:
    for event in reader.events:
        for act, _ in reader.acts(anchor.pattern, event):
            spot = Place(event, act, event.day)
            scope = Scope(spot, spot)
            truth = reader.match_as(anchor.pattern, event, act, scope)
            if truth.may is not False:
                yield event.id, Scope(spot, spot), truth, None


def _breaches(reader: Reader, norm: str) -> Iterator[Opened]:
    earlier: dict[str, list[Bool]] = {}
    for base in reader.past.of(norm):
        printed = f"违反:{norm}@{base.printed}"
        stands_back = t.conj(base.is_(Verdict.EXEMPT), t.neg(base.defeated.yes), base.prior.yes)
        ways = [(base.violated, base)]
        ways += [(t.conj(stands_back, held, above.violated), above) for held, above in base.above]
        days = [(guard, one.breached_on) for guard, one in ways if guard is not False]
        if not days:
            continue
        known = earlier.setdefault(printed, [])
        fires = t.conj(t.disj(*(guard for guard, _ in days)), t.neg(t.disj(*known)))
        known.append(fires)
        root = base.scope.root
        day = t.first_of(days[:-1], days[-1][1])
        spot = Place(root.event if root else None, root.act if root else None, day, BEFORE_ALL)
        yield printed, Scope(root, spot), t.sure(fires), None


def _expiries(reader: Reader, anchor: OnExpiry) -> Iterator[Opened]:
    for base in reader.past.of(anchor.norm):
        if base.timing is None:
            continue
        has, day = end_of(base, anchor.extended)
        over = t.lt(day, reader.world.as_of)
        fires = t.conj(base.anchored.yes, t.neg(base.is_(Verdict.EXEMPT)), has, over)
        if fires is False:
            continue
        root = base.scope.root
        spot = Place(root.event if root else None, root.act if root else None, day, AFTER_ALL)
        yield f"期满:{anchor.norm}@{base.printed}", Scope(root, spot), t.sure(fires), None


def _periods(reader: Reader, months: int) -> Iterator[Opened]:
    world = reader.world
    assert world.extent is not None
    first, last = world.extent.first.toordinal(), world.zero + world.last
    for period in periods_of(first, None, last, months):
        begins = t.day(period.first - world.zero)
        spot = Place(None, None, begins, BEFORE_ALL)
        begun = t.sure(t.le(begins, world.as_of))
        yield period.printed, Scope(None, spot), begun, period.last - world.zero


def _in_force(reader: Reader, norm: Norm, scope: Scope, where: Kleene) -> Kleene:
    first, last = norm.valid.first, norm.valid.last
    if first is None and last is None:
        return t.YES
    world = reader.world
    low, high = t.day(world.offset(first) if first else 0), t.day(world.offset(last) if last else (1 << t.WIDTH) - 1)
    if norm.pivot is None:
        return t.sure(t.conj(t.le(low, scope.spot.day), t.le(scope.spot.day, high)))
    plain = Scope(scope.root, scope.spot)
    covers: list[Bool] = []
    earlier: list[Bool] = []
    for event, truth in reader.matches(norm.pivot, plain):
        match = world.decided(truth, where.may)
        covers.append(t.conj(match, t.neg(t.disj(*earlier)), t.le(low, event.day), t.le(event.day, high)))
        earlier.append(match)
    # Without its pivot event it is not known which version applies.
    world.assume(t.disj(t.neg(where.may), *earlier))
    return t.sure(t.disj(*covers))
