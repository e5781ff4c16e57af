"""One norm over a batch: anchors, requirement, exceptions, priority, verdicts (semantics §4 to §10)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from checker.engines.archive.adjusting import up_to, values_of
from checker.engines.archive.anchors import Anchors, Printed, anchors_of, untold
from checker.engines.archive.answers import answered
from checker.engines.archive.columns import Columns
from checker.engines.archive.deadlines import is_known, nothing
from checker.engines.archive.instances import EXEMPT, IS_VIOLATION, UNDETERMINED, Instances, Timing
from checker.engines.archive.matching import uncovered
from checker.engines.archive.priority import prior_of
from checker.engines.archive.rules import Rule
from checker.engines.archive.scope import Scope
from checker.engines.archive.standing import Standing, joined, latest_group, stand
from checker.engines.archive.truth import (
    MAYBE,
    NO,
    YES,
    Bools,
    Ints,
    Truths,
    both,
    conjunction,
    decided,
    either,
    filled,
    negated,
)
from checker.engines.archive.verdicts import concluded, is_violation, tables
from checker.engines.archive.windows import AnchorStart, WithinWindow
from checker.engines.facts import Act, Clock, Form
from checker.model.norm import OnPeriod

ROUNDS: Final = 12
"""How often the anchors of a 逐一 norm are looked at anew."""


@dataclass(slots=True, frozen=True)
class Evaluated:
    """A norm's instances by chain, and cases, with repetitions.

    ``odd`` are those in which only the row evaluator can tell, ``deemed`` those in which 视为 may have acted.
    """

    instances: tuple[Instances, ...]
    odd: Ints
    deemed: Ints


@dataclass(slots=True)
class _Inner:
    """The requirement alone."""

    verdict: Ints
    timing: Timing | None = None
    chosen: tuple[Ints, ...] = ()
    chosen_day: tuple[Ints, ...] = ()
    last: Ints | None = None
    discharge: Ints | None = None
    odd: Bools | None = None
    deems: Bools | None = None


def evaluate(rule: Rule, columns: Columns) -> Evaluated:
    """All instances of one norm; those of the norms it depends on are in the memory of the columns."""
    found = [_in_turn(rule, one) for one in anchors_of(rule, columns)]
    odd = [np.zeros(0, np.int64), *(cases for _, cases, _ in found)]
    deemed = [np.zeros(0, np.int64), *(cases for _, _, cases in found)]
    if isinstance(rule.norm.anchor, OnPeriod):
        found.append((_blank(rule, columns), odd[0], odd[0]))
    if len(found) > 1:
        # Anchors of different chains in one case stand in an order of their own, which the row evaluator keeps.
        cases, chains = np.unique(
            np.concatenate([np.unique(one.scope.case) for one, _, _ in found]), return_counts=True
        )
        odd.append(cases[chains > 1])
    return Evaluated(tuple(one for one, _, _ in found), np.concatenate(odd), np.concatenate(deemed))


def _blank(rule: Rule, columns: Columns) -> Instances:
    """Of cases that do not say what time they cover: one instance each, of which only that can be said."""
    anchors = untold(rule, columns)
    size = len(anchors.scope)
    no, nowhere = filled(size, NO), np.full(size, -1)
    timing = None
    if rule.window is not None:
        clock, never = np.full(size, Clock.UNKNOWN), np.zeros(size, np.bool_)
        timing = Timing(clock, nothing(size), nothing(size), nowhere, never, np.zeros(size, np.int64))
    return Instances(
        position=rule.position,
        scope=anchors.scope,
        certain=anchors.certain,
        chain=anchors.chain,
        names=anchors.names,
        timing=timing,
        verdict=np.full(size, UNDETERMINED),
        defeated=no,
        by_clause=nowhere,
        above=no,
        standing=filled(size, MAYBE),
        breached_on=nowhere,
    )


def _in_turn(rule: Rule, anchors: Anchors) -> tuple[Instances, Ints, Ints]:
    """The instances; under 逐一 each anchor finds what earlier ones of its case have left.

    What an anchor may take rests only on the anchors before it, so each round settles one more of every case. Cases
    that are not settled after :data:`ROUNDS` are the row evaluator's.
    """
    if not rule.one_to_one or not len(anchors.scope):
        return _evaluated(rule, anchors)
    first = anchors.scope.columns.first[anchors.scope.case]
    scope = replace(anchors.scope, unused=first)
    for _ in range(ROUNDS):
        instances, odd, deemed = _evaluated(rule, replace(anchors, scope=scope))
        takes = (instances.verdict != EXEMPT) & (instances.chosen[0] >= 0)
        used = np.maximum.accumulate(np.where(takes, instances.chosen[0] + 1, 0))
        # Events of later cases have greater numbers, so what an earlier case has used up means nothing to them.
        unused = np.maximum(np.concatenate([[0], used[:-1]]), first)
        open_ = scope.case[unused != scope.unused]
        if not len(open_):
            break
        scope = replace(scope, unused=unused)
    return instances, np.concatenate([odd, open_, _odd_cases(rule, instances)]), deemed


def _evaluated(rule: Rule, anchors: Anchors) -> tuple[Instances, Ints, Ints]:
    scope = anchors.scope
    prior = prior_of(rule.overridden_by, scope, anchors.chain)
    inner = _windowed(rule, scope) if rule.window is not None else _point(rule, scope, anchors.printed)
    defeated, by, cured = _defeats(rule, scope, inner)
    unsure = np.zeros(len(scope), np.bool_) if inner.timing is None else inner.timing.unsure
    verdict = concluded(inner.verdict, anchors.certain, defeated, prior.truth, cured, unsure)
    instances = Instances(
        position=rule.position,
        scope=scope,
        certain=anchors.certain,
        chain=anchors.chain,
        names=anchors.names,
        timing=inner.timing,
        verdict=verdict,
        defeated=defeated,
        by_clause=by,
        above=prior.truth,
        standing=both(decided(anchors.certain, ~anchors.certain), negated(either(defeated, prior.truth))),
        breached_on=_breached_on(scope, inner, verdict, by, prior.truth),
        chosen=inner.chosen,
        chosen_day=inner.chosen_day,
        last=inner.last,
        via=np.where((verdict == EXEMPT) & (by < 0) & (prior.truth == YES), prior.via, -1),
    )
    odd = [anchors.odd]
    if inner.odd is not None:
        odd.append(scope.case[inner.odd])
    deemed = scope.case[:0] if inner.deems is None else scope.case[inner.deems]
    return instances, np.concatenate(odd), deemed


def _odd_cases(rule: Rule, instances: Instances) -> Ints:
    """Cases of a 逐一 norm with several anchors, or other dates than the events' own, and anything that is not certain.

    There an act may be maybe taken, which only the row evaluator follows up.
    """
    scope = instances.scope
    cases, counts = np.unique(scope.case, return_counts=True)
    patterns = [pattern for group in rule.groups for pattern in group]
    if any(pattern.dated_by for pattern in patterns):
        return cases
    several = np.isin(scope.case, cases[counts > 1])
    # Anchors of which each looks for events of its own do not take them in the order of the record.
    if len(rule.groups) > 1 or not _ascends(rule) or any(pattern.is_bound for pattern in patterns):
        return scope.case[several]
    open_ = ~instances.certain | (instances.defeated == MAYBE) | (instances.above == MAYBE)
    if instances.timing is not None:
        due = instances.due
        open_ |= instances.unsure | (due.low < due.high) | (instances.timing.clock == Clock.UNKNOWN)
        if instances.timing.instants is not None:
            open_ |= instances.timing.instants.last >= 0
    end = scope.columns.end[scope.case]
    for pattern in patterns:
        open_ |= pattern.matches(scope).loose_any(scope.columns.first[scope.case], end) | uncovered(scope, pattern)
    if any(rule.cures):
        open_[:] = True
    return scope.case[several & np.isin(scope.case, scope.case[open_])]


def _ascends(rule: Rule) -> bool:
    """Whether a later anchor's window begins no earlier."""
    window = rule.window
    return not isinstance(window, WithinWindow) or isinstance(window.start, AnchorStart)


def _windowed(rule: Rule, scope: Scope) -> _Inner:
    assert rule.window is not None
    timing, odd = rule.window.time(scope)
    unknown = timing.clock == Clock.UNKNOWN
    standings = [_hidden(stand(scope, group, timing), unknown) for group in rule.groups]
    act = joined(standings)
    last = latest_group(standings)
    look = tables()
    chosen = tuple(standing.chosen for standing in standings)
    discharge = np.where(act == Act.TIMELY, _at(chosen, last), -1)
    inner = _Inner(
        look.window[rule.form, act, timing.clock],
        timing,
        chosen,
        tuple(standing.day for standing in standings),
        last,
        discharge,
        odd,
    )
    if rule.form is Form.DEEM:
        inner.last = np.where(act == Act.TIMELY, last, -1)
        inner.deems = look.deems[act, timing.clock] != NO
    return inner


def _hidden(standing: Standing, unknown: Bools) -> Standing:
    """Nothing stands to a window of which nothing is known."""
    if not unknown.any():
        return standing
    act = np.where(unknown, Act.NONE, standing.act)
    return Standing(act, np.where(unknown, -1, standing.chosen), np.where(unknown, -1, standing.day))


def _at(columns: tuple[Ints, ...], place: Ints) -> Ints:
    """Of several parallel arrays the one each place names."""
    return np.stack(columns)[np.clip(place, 0, None), np.arange(len(place))]


def _point(rule: Rule, scope: Scope, printed: Printed) -> _Inner:
    """Hold, Precede, Contain, Review."""
    look = tables()
    size = len(scope)
    if rule.condition is not None:
        return _Inner(look.point[rule.condition.truth(scope)])
    if rule.precede is not None:
        standings = [rule.precede.stand(scope, group) for group in rule.groups]
        holds = conjunction(size, (_POINT[standing.act] for standing in standings))
        chosen = tuple(standing.chosen for standing in standings)
        complete = (np.stack(chosen) >= 0).all(axis=0)
        last = np.where(complete, len(chosen) - 1, -1)
        return _Inner(look.point[holds], chosen=chosen, chosen_day=tuple(one.day for one in standings), last=last)
    if rule.parts is not None:
        return _Inner(look.point[_contain(rule.parts, scope)])
    return _Inner(look.review[answered(rule.id, scope, printed)])


_POINT = np.zeros(len(Act), np.int8)
_POINT[Act.TIMELY], _POINT[Act.MAYBE], _POINT[Act.NONE] = YES, MAYBE, NO


def _contain(parts: tuple[str, ...], scope: Scope) -> Truths:
    documents = scope.columns.documents()
    held = [MAYBE if not isinstance(one, tuple) else YES if set(parts) <= set(one) else NO for one in documents.values]
    table = np.array(held, np.int8)
    found: Truths = table[documents.at(scope.subject)]
    return found


def _defeats(rule: Rule, scope: Scope, inner: _Inner) -> tuple[Truths, Ints, Truths]:
    """不适用 under the ordinary horizon, the deciding clause, and 事后亦可 up to the as-of date [R4]."""
    size = len(scope)
    if not rule.defeats:
        return filled(size, NO), np.full(size, -1), filled(size, NO)
    if inner.timing is None:
        seen = scope.seeing(scope.cut, scope.cut)
    else:
        seen = up_to(scope, inner.timing.due, inner.discharge)
    defeated, by = values_of(seen, rule.defeats)
    cured = filled(size, NO)
    if any(rule.cures):
        end = scope.columns.end[scope.case]
        wide = scope.seeing(end, end)
        for condition, cures in zip(rule.defeats, rule.cures, strict=True):
            if cures:
                value = np.where(condition.truth(seen) == YES, np.int8(NO), condition.truth(wide))
                cured = either(cured, value)
    return defeated, by, cured


def _breached_on(scope: Scope, inner: _Inner, verdict: Ints, by: Ints, prior: Truths) -> Ints:
    """The day of each breach, also of one that a later fact cured; -1 elsewhere."""
    cured = (verdict == EXEMPT) & (by < 0) & (prior != YES)
    breached = is_violation(inner.verdict) & (IS_VIOLATION[verdict] | cured)
    day = scope.day
    if inner.timing is not None:
        due = inner.timing.due
        passed = 1 if inner.timing.instants is None else np.where(inner.timing.instants.last >= 0, 0, 1)
        day = np.where(is_known(due), due.day + passed, day)
    return np.where(breached, day, -1)
