"""Which anchors open instances of a norm in a batch, in order (semantics §4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from checker.engines.archive.columns import Columns
from checker.engines.archive.days import KNOWN, MISSING, Days
from checker.engines.archive.deadlines import is_known
from checker.engines.archive.instances import EXEMPT, IS_VIOLATION, Instances, printed_anchors
from checker.engines.archive.matching import Condition
from checker.engines.archive.rules import Rule
from checker.engines.archive.scope import Scope, at_cases, at_events
from checker.engines.archive.truth import MAYBE, NO, YES, Bools, Ints, Truths, both, decided
from checker.engines.ground.periods_of_year import periods_of
from checker.model.norm import OnBreach, OnEvent, OnPeriod

SIDE_BEFORE, SIDE_AFTER = 0, 2


@dataclass(slots=True, frozen=True)
class Anchors:
    """Places that open instances. ``odd`` are cases whose anchors of this norm only the row evaluator can tell."""

    scope: Scope
    certain: Bools
    chain: str
    odd: Ints
    names: pa.Array | None = None

    def printed(self, rows: Ints) -> pa.Array:
        """The anchors of some rows as they are printed."""
        return printed_anchors(self.scope, self.chain, self.names, rows)


Printed = Callable[[Ints], pa.Array]


def anchors_of(rule: Rule, columns: Columns) -> list[Anchors]:
    """The anchors of a norm; those of different chains (违反 of several versions) apart."""
    found = _opened(rule, columns)
    return [_joined(rule, one) for one in found]


def _opened(rule: Rule, columns: Columns) -> list[Anchors]:
    anchor = rule.norm.anchor
    if isinstance(anchor, OnEvent):
        assert rule.anchor is not None
        events = columns.of_acts(rule.anchor.acts)
        scope = at_events(columns, events)
        truth = rule.anchor.truth(scope)
        rows = np.flatnonzero(truth != NO)
        return [Anchors(scope.take(rows), truth[rows] == YES, "", _NOTHING)]
    if isinstance(anchor, OnBreach):
        return _derived(columns, anchor.norm, f"违反:{anchor.norm}@", SIDE_BEFORE, extended=False)
    if isinstance(anchor, OnPeriod):
        return [_periods(rule, columns, anchor.months)]
    return _derived(columns, anchor.norm, f"期满:{anchor.norm}@", SIDE_AFTER, extended=anchor.extended)


_NOTHING = np.zeros(0, np.int64)


def _derived(columns: Columns, norm: str, word: str, side: int, *, extended: bool) -> list[Anchors]:
    """Anchors on the breaches or ends of another norm's instances, by what stands before their roots in print."""
    past: list[Instances] = columns.memory.get(("past", norm), [])
    chains: dict[str, list[tuple[Scope, Ints, Ints, int]]] = {}
    for base in past:
        rows, day = _breaches(base) if side == SIDE_BEFORE else _expiries(base, columns.as_of, extended=extended)
        chains.setdefault(base.chain, []).append((base.scope.take(rows), day, rows, base.position))
    return [_synthetic(columns, word + chain, parts, side) for chain, parts in chains.items()]


def _breaches(base: Instances) -> tuple[Ints, Ints]:
    """Each violated instance, and each that a violated norm of priority defeated [R8]."""
    violated = IS_VIOLATION[base.verdict]
    via = np.full(len(base), -1) if base.via is None else base.via
    rows = np.flatnonzero(violated | ((base.verdict == EXEMPT) & (via >= 0)))
    return rows, np.where(violated[rows], base.breached_on[rows], via[rows])


def _expiries(base: Instances, as_of: int, *, extended: bool) -> tuple[Ints, Ints]:
    """Each period that has run out, of instances that are certain and not exempt."""
    if base.timing is None:
        return _NOTHING, _NOTHING
    due = base.due if extended else base.original
    open_ = base.certain & (base.verdict != EXEMPT) & is_known(due) & (as_of > due.day)
    if extended:
        open_ &= ~base.unsure
    rows = np.flatnonzero(open_)
    return rows, due.day[rows]


def _synthetic(columns: Columns, chain: str, parts: list[tuple[Scope, Ints, Ints, int]], side: int) -> Anchors:
    """The places of synthetic anchors, in the order of their keys."""
    case = np.concatenate([scope.case for scope, *_ in parts])
    root = np.concatenate([scope.root for scope, *_ in parts])
    day = np.concatenate([one for _, one, _, _ in parts])
    minor = np.concatenate([rows for _, _, rows, _ in parts])
    major = np.concatenate([np.full(len(rows), position) for _, _, rows, position in parts])
    order = np.lexsort((minor, major, day, case))
    case, root, day, minor, major = (one[order] for one in (case, root, day, minor, major))
    cut = columns.from_day(case, day if side == SIDE_BEFORE else day + 1)
    nowhere = np.full(len(case), -1)
    scope = Scope(columns, case, root, root, nowhere, cut, cut, day, side=side, major=major, minor=minor)
    # Of versions of the base that open the same anchor only one counts: which, the row evaluator says.
    pairs, counts = np.unique(root, return_counts=True)
    odd = columns.case[pairs[counts > 1]]
    return Anchors(scope, np.ones(len(case), np.bool_), chain, odd)


def _joined(rule: Rule, anchors: Anchors) -> Anchors:
    """The anchors, where the norm is in force at the pivot date [R10] and applies to the case."""
    scope, odd = anchors.scope, anchors.odd
    truth = decided(anchors.certain, ~anchors.certain)
    force = _in_force(rule, scope)
    if force is not None:
        unclear = force == MAYBE
        odd = np.concatenate([odd, scope.case[unclear]])
        truth = both(truth, force)
    if rule.applies is not None:
        truth = both(truth, applying(rule.applies, scope.columns)[scope.case])
    if (truth == YES).all():
        return replace(anchors, odd=odd)
    rows = np.flatnonzero(truth != NO)
    names = None if anchors.names is None else anchors.names.take(pa.array(rows))
    return Anchors(scope.take(rows), truth[rows] == YES, anchors.chain, odd, names)


def _periods(rule: Rule, columns: Columns, months: int) -> Anchors:
    """Every calendar period inside the time that a case says it covers."""
    case, first, last, names, number = [], [], [], [], []
    for row, (begin, end) in zip(*_extents(columns), strict=True):
        for n, period in enumerate(periods_of(begin, end, columns.as_of, months)):
            case.append(row)
            first.append(period.first)
            last.append(period.last)
            names.append(period.printed)
            number.append(n)
    cases, days, ends, minor = (np.array(one, np.int64) for one in (case, first, last, number))
    cut, nowhere = columns.from_day(cases, days), np.full(len(cases), -1)
    major = np.full(len(cases), rule.position)
    scope = Scope(
        columns, cases, nowhere, nowhere, nowhere, cut, cut, days, last=ends, side=SIDE_BEFORE, major=major, minor=minor
    )
    return Anchors(scope, np.ones(len(cases), np.bool_), "", _NOTHING, pa.array(names, pa.string()))


def _extents(columns: Columns) -> tuple[list[int], list[tuple[int, int | None]]]:
    """The cases that say what time they cover, with its first and last day (None: open)."""
    if "extent" not in columns.cases.schema.names:
        return [], []
    held = columns.cases.column("extent")
    rows = np.flatnonzero(np.asarray(held.is_valid())).tolist()
    ends = [(one["first"], one.get("last")) for one in held.take(pa.array(rows, pa.int64())).to_pylist()]
    return rows, [(first.toordinal(), last and last.toordinal()) for first, last in ends]


def untold(rule: Rule, columns: Columns) -> Anchors:
    """The one anchor of a 每 norm in each case that does not say what time it covers, if the norm may apply to it."""
    told = np.zeros(columns.size, np.bool_)
    told[_extents(columns)[0]] = True
    if rule.applies is not None:
        told |= applying(rule.applies, columns) == NO
    rows = np.flatnonzero(~told)
    names = pa.repeat(pa.scalar("起止"), len(rows))
    return Anchors(at_cases(columns, rows), np.zeros(len(rows), np.bool_), "", _NOTHING, names)


def applying(condition: Condition, columns: Columns) -> Truths:
    """By case, whether norms with this condition apply to it; asked once for all that say the same."""
    found: Truths | None = columns.memory.get(("applies", condition))
    if found is None:
        found = condition.truth(at_cases(columns, np.arange(columns.size)))
        columns.memory["applies", condition] = found
    return found


def _in_force(rule: Rule, scope: Scope) -> Truths | None:
    if rule.first is None and rule.last is None:
        return None
    day = Days.plain(scope.day) if rule.pivot is None else _pivot(rule, scope)
    inside = np.ones(len(scope), np.bool_)
    if rule.first is not None:
        inside &= day.day >= rule.first
    if rule.last is not None:
        inside &= day.day <= rule.last
    return np.where(day.state == MISSING, np.int8(MAYBE), inside.astype(np.int8))


def _pivot(rule: Rule, scope: Scope) -> Days:
    """The date of the first event that certainly is the pivot."""
    assert rule.pivot is not None
    columns = scope.columns
    event = rule.pivot.matches(scope).first_sure(columns.first[scope.case], columns.end[scope.case])
    found = event >= 0
    day = np.where(found, columns.day[event], 0) if len(columns.day) else np.zeros(len(event), np.int64)
    return Days.plain(day, np.where(found, KNOWN, MISSING))
