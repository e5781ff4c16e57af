"""Section 6 as a whole: the due date of one instance, and how the clock stands."""

from __future__ import annotations

from typing import Any

from checker.calendars.grid import OutOfRange
from checker.model.norm import Counting, Norm
from checker.model.requirements import Exclude, Extend, NoRoll, Replace, Restart, Within
from oracle.adjusting import Fold, State
from oracle.conditions import clause
from oracle.instances import Candidate, Clock, Start
from oracle.matching import Scope
from oracle.periods import base_of, limit_of, on_or_before
from oracle.reckoning import DAY, End, count
from oracle.record import Item
from oracle.truth import Truth


def clock_of(scope: Scope, norm: Norm, window: Any, start: Start, groups: list[list[Candidate]]) -> Clock:
    """The clock of a norm with a window."""
    used = frozenset(start.used)
    if start.state != "open":
        return Clock(start.state, names=start.names, used=used)
    try:
        if isinstance(window, Within):
            return _within(scope, norm, window, start, groups)
        due, names, closing = limit_of(scope, norm, window)
    except OutOfRange:
        return Clock("unknown", names=frozenset({"日期超出范围"}), used=used)
    if due is None:
        return Clock("unknown" if names else "idle", names=names)
    return Clock(_state(scope, due), due, due, used=closing)


def _state(scope: Scope, due: End) -> str:
    as_of = scope.world.as_of
    if as_of <= due.day:
        return "running"
    return "passed" if as_of > due.high else "unsure"


def date_horizon(end: End) -> Any:
    """A top-level 有 sees what is dated on or before the day."""

    def within(item: Item) -> Truth:
        return on_or_before(item.date, f"{item.id}.日期", end)

    return within


def _within(scope: Scope, norm: Norm, window: Within, start: Start, groups: list[list[Candidate]]) -> Clock:
    used = frozenset(start.used)
    base, names = base_of(scope, window.period, start.origin, norm.counting)
    if base is None:
        return Clock("unknown", names=names, used=used)
    raw = count(scope.world, start.origin, base, (), (), norm.counting)
    seeing = Scope(scope.world, scope.anchor, scope.me, scope.correlate, date_horizon(raw))
    doubts: frozenset[str] = frozenset()
    for each in (e for e in norm.exceptions if isinstance(e, Replace)):
        test = clause(seeing, each.when, each.unless)
        doubts |= test.missing
        if test.yes:
            base, names = base_of(scope, each.period, start.origin, norm.counting)
            used |= test.support if base is not None else frozenset()
            break
    if base is None:
        return Clock("unknown", names=names, used=used, is_sure=not doubts, doubts=doubts)
    counting, doubtful, support = _roll(seeing, norm)
    original = count(scope.world, start.origin, base, (), (), counting)
    clauses = tuple(e for e in norm.exceptions if isinstance(e, Extend | Exclude | Restart))
    fold = Fold(seeing, start, base, counting, clauses, groups, State(start.origin))
    state = fold.run()
    clock = _final(scope, fold, state, original)
    clock.used |= used | support
    clock.doubts |= doubts
    if doubtful and clock.due is not None and fold.due(_unrolled(counting)).day != clock.due.day:
        clock.doubts |= doubtful
    if clock.due is not None and clock.due.instants is not None and state.origin.time is None:
        clock.timeless = frozenset({state.origin.name} - {""})
    clock.is_sure = state.is_sure and not clock.doubts
    return clock


def _unrolled(counting: Counting) -> Counting:
    return counting.model_copy(update={"roll": False})


def _roll(scope: Scope, norm: Norm) -> tuple[Counting, frozenset[str], frozenset[Item]]:
    """6.6: the counting, the names of what makes 不顺延 unknown, and the support of the clause that is true."""
    tests = [clause(scope, e.when, e.unless) for e in norm.exceptions if isinstance(e, NoRoll)]
    for test in tests:
        if test.yes:
            return _unrolled(norm.counting), frozenset(), test.support
    names = frozenset().union(*(test.missing for test in tests)) if tests else frozenset()
    return norm.counting, names, frozenset()


def _final(scope: Scope, fold: Fold, state: State, original: End) -> Clock:
    used = frozenset(state.used | state.restarting)
    if state.ended:
        return Clock(state.ended, original=original, names=state.names, doubts=state.doubts, used=used)
    due = fold.due()
    if state.opened:
        first = max(min(i.first for i in state.opened), fold.first_counted)
        left = max(0, (due.day - first + DAY).days)
        return Clock("stopped", None, original, doubts=state.doubts, used=used, left=left)
    return Clock(_state(scope, due), due, original, doubts=state.doubts, used=used)
