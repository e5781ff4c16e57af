"""Section 5: the verdict of the requirement alone; and section 9, who takes which event."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any

from checker.calendars.grid import OutOfRange
from checker.model.finding import Verdict
from checker.model.requirements import Contain, Deem, Hold, Lead, Occur, Precede, Review
from oracle.conditions import holds
from oracle.instances import Candidate, Clock, Groups, Inner, Instance
from oracle.matching import Scope, match
from oracle.periods import begin, dated, on_or_before
from oracle.reckoning import End, exactly, moved
from oracle.record import Item, at, before, in_order
from oracle.timeliness import candidates, timeliness
from oracle.truth import YES, Truth, conjunction, known, union, unknown, unknown_for
from oracle.windows import clock_of

CELLS = {
    # running, unsure, passed, idle, stopped
    "timely": ("met", "met", "met", "met", "met"),
    "late": ("undetermined", "undetermined", "late", "pending", "pending"),
    "maybe": ("pending", "undetermined", "undetermined", "pending", "pending"),
    "none": ("pending", "undetermined", "overdue", "pending", "pending"),
}
STATES = ("running", "unsure", "passed", "idle", "stopped")
FROM_TRUTH = {True: Verdict.MET, False: Verdict.BREACHED, None: Verdict.UNDETERMINED}


@dataclass
class Usage:
    """Section 9: per group, the events taken by earlier anchors, and those maybe taken, with what is unknown."""

    taken: dict[int, set[Item]] = field(default_factory=dict)
    maybe: dict[int, dict[Item, frozenset[str]]] = field(default_factory=dict)
    offered: list[list[Candidate]] = field(default_factory=list)

    def offer(self, groups: list[list[Candidate]]) -> list[list[Candidate]]:
        """What is left for this anchor: at most one certain candidate a group, and the maybe-candidates."""
        self.offered = [self._of_group(number, group) for number, group in enumerate(groups)]
        return self.offered

    def _of_group(self, number: int, group: list[Candidate]) -> list[Candidate]:
        doubtful = self.maybe.get(number, {})
        free = [c for c in group if c.item not in self.taken.get(number, set())]
        free = [
            replace(c, truth=unknown_for(c.truth.missing | doubtful[c.item])) if c.item in doubtful else c for c in free
        ]
        first = by_key([c for c in free if c.truth.yes])[:1]
        return [c for c in free if c.truth.maybe or c in first]

    def take(self, doubt: Truth) -> None:
        """``doubt`` yes: it takes for certain; unknown: maybe; false: it takes nothing."""
        for number, group in enumerate(self.offered):
            certain = [c for c in group if c.truth.yes]
            maybe = self.maybe.setdefault(number, {})
            if doubt.no:
                continue
            if certain and doubt.yes:
                self.taken.setdefault(number, set()).add(certain[0].item)
                continue
            for each in certain or group:
                maybe[each.item] = maybe.get(each.item, frozenset()) | doubt.missing | each.truth.missing


def by_key(found: list[Candidate]) -> list[Candidate]:
    order = in_order({c.item for c in found})
    return sorted(found, key=lambda c: order.index(c.item))


def settle(scope: Scope, instance: Instance, usage: Usage) -> None:
    """Fill in the clock and the inner verdict."""
    requirement = instance.norm.requirement
    match requirement:
        case Occur():
            shared = usage if requirement.one_to_one else None
            instance.clock, status = _windowed(scope, instance, requirement.groups, shared)
            instance.inner = _occur(instance.clock, status)
        case Deem():
            instance.clock, status = _windowed(scope, instance, (requirement.unless,), None)
            instance.inner = _deem(instance.clock, status)
        case Precede():
            instance.inner = _precede(scope, requirement, usage if requirement.one_to_one else None)
        case Hold():
            test = holds(scope, requirement.condition)
            instance.inner = Inner(FROM_TRUTH[test.value], test.missing, support=test.support)
        case Contain():
            instance.inner = _contain(scope, requirement.parts)
        case Review():
            instance.inner = Inner(_answer(scope, instance))


# Forms with a window


@dataclass
class _Status:
    act: str
    names: frozenset[str] = frozenset()
    chosen: tuple[Candidate, ...] = ()


def _windowed(scope: Scope, instance: Instance, groups: Groups, usage: Usage | None) -> tuple[Clock, _Status]:
    window = instance.norm.requirement.window
    start = begin(scope, instance.norm, window)
    offered = candidates(scope, groups, start)
    if usage is not None:
        offered = usage.offer(offered)
    clock = clock_of(scope, instance.norm, window, start, offered)
    if clock.state == "unknown":
        return clock, _Status("none")
    parts = [
        _group(clock, group, union(scope.world.uncovered(p.acts) for p in patterns))
        for group, patterns in zip(offered, groups, strict=True)
    ]
    chosen = tuple(c for part in parts for c in part.chosen)
    acts = [part.act for part in parts]
    if all(act == "timely" for act in acts):
        return clock, _Status("timely", chosen=chosen)
    worst = next(act for act in ("none", "maybe", "late") if act in acts)
    names = union(part.names for part in parts if part.act == "maybe") if worst == "maybe" else frozenset()
    return clock, _Status(worst, names, chosen)


def _group(clock: Clock, group: list[Candidate], uncovered: frozenset[str]) -> _Status:
    tempo = {id(c): timeliness(c, clock.due) for c in group}
    timely = by_key([c for c in group if c.truth.yes and tempo[id(c)] == "timely"])
    if timely:
        return _Status("timely", chosen=(timely[0],))
    late = by_key([c for c in group if c.truth.yes and tempo[id(c)] == "late"])
    doubtful = []
    for each in group:
        is_maybe = each.truth.maybe or tempo[id(each)] == "unknown"
        if is_maybe and (tempo[id(each)] != "late" or not late):
            doubtful.append(each.truth.missing | _date_names(each, tempo[id(each)]))
        elif each.truth.yes and tempo[id(each)] == "between":
            doubtful.append(_between_names(each, clock))
    if doubtful or uncovered:
        return _Status("maybe", union(doubtful) | uncovered)
    return _Status("late", chosen=(late[0],)) if late else _Status("none")


def _date_names(candidate: Candidate, tempo: str) -> frozenset[str]:
    return frozenset({candidate.date_name}) if tempo == "unknown" else frozenset()


def _between_names(candidate: Candidate, clock: Clock) -> frozenset[str]:
    if clock.due.instants is None:
        return clock.due.names
    own = frozenset({candidate.date_name}) if candidate.time is None else frozenset()
    return own | clock.timeless


def _occur(clock: Clock, status: _Status) -> Inner:
    is_unknown = clock.state == "unknown"
    verdict = Verdict.UNDETERMINED if is_unknown else Verdict(CELLS[status.act][STATES.index(clock.state)])
    inner = Inner(verdict, _names(clock, status), status.chosen, act=status.act)
    groups = len(status.chosen)
    if groups and status.act in ("timely", "late"):
        by_date = sorted(status.chosen, key=lambda c: c.date or dt.date.min)
        inner.fulfilled = by_key(by_date)[-1]
    return inner


def _names(clock: Clock, status: _Status) -> frozenset[str]:
    if clock.state == "unknown":
        return clock.names
    unsure = clock.due.names if clock.state == "unsure" else frozenset()
    return unsure | status.names


def _deem(clock: Clock, status: _Status) -> Inner:
    inner = _occur(clock, status)
    if clock.state in ("passed", "unsure") and status.act != "timely":
        inner.fulfilled = None
        if clock.state == "passed" and status.act != "maybe":
            inner.chosen = ()
            inner.verdict, inner.deems = Verdict.MET, YES
        else:
            inner.deems = unknown_for(inner.names)
    return inner


# Forms without a window


def _precede(scope: Scope, requirement: Precede, usage: Usage | None) -> Inner:
    offered = [
        [
            Candidate(item, truth, None, None, "")
            for pattern in group
            for item in scope.world.items
            if (
                truth := conjunction([match(scope, pattern, item), _lead(scope, requirement.lead, item, pattern)])
            ).possible
        ]
        for group in requirement.groups
    ]
    if usage is not None:
        offered = usage.offer(offered)
    chosen: list[Candidate] = []
    is_refused, names = False, frozenset()
    for group, patterns in zip(offered, requirement.groups, strict=True):
        certain = by_key([c for c in group if c.truth.yes])
        doubts = union(c.truth.missing for c in group) | union(scope.world.uncovered(p.acts) for p in patterns)
        if certain:
            chosen.append(certain[-1])
        elif doubts:
            names |= doubts
        else:
            is_refused = True
    if is_refused:
        return Inner(Verdict.BREACHED, chosen=tuple(chosen))
    if names:
        return Inner(Verdict.UNDETERMINED, names, tuple(chosen))
    return Inner(Verdict.MET, chosen=tuple(chosen), fulfilled=chosen[-1])


def _lead(scope: Scope, lead: Lead, item: Item, pattern: Any) -> Truth:
    if lead.kind == "order":
        return before(scope.world, at(item), scope.anchor)
    day, name = dated(item, pattern)
    lacking = ([name] if day is None else []) + ([scope.anchor.undated_name] if scope.anchor.date is None else [])
    if lacking:
        return unknown(*lacking)
    if lead.kind == "earlier_day":
        return known(day < scope.anchor.date)
    try:
        limit = _latest(scope, lead, scope.anchor.date)
    except OutOfRange:
        return unknown("日期超出范围")
    return on_or_before(day, name, limit)


def _latest(scope: Scope, lead: Lead, day: dt.date) -> End:
    if lead.kind == "same_day":
        return exactly(day)
    return moved(scope.world, day, lead.period, True)


def _contain(scope: Scope, parts: tuple[str, ...]) -> Inner:
    root = scope.anchor.item
    if root is None or root.document is None:
        return Inner(Verdict.UNDETERMINED, frozenset({f"{root.id if root else scope.anchor.printed}.文书"}))
    return Inner(Verdict.MET if all(part in root.document for part in parts) else Verdict.BREACHED)


def _answer(scope: Scope, instance: Instance) -> Verdict:
    answers = [
        each.answer
        for each in scope.world.case.answers
        if each.norm == instance.norm.id
        and each.event == scope.anchor.printed
        and (each.date is None or each.date <= scope.world.as_of)
    ]
    if not answers:
        return Verdict.REVIEW
    return Verdict.MET if answers[-1] else Verdict.BREACHED
