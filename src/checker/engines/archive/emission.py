"""Instances to findings, column by column (semantics §11)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from checker.engines.archive.columns import EPOCH, Columns
from checker.engines.archive.deadlines import is_known
from checker.engines.archive.instances import IS_VIOLATION, LATE, MET, OVERDUE, PENDING, Instances
from checker.engines.archive.instants import DAY
from checker.engines.archive.matching import Pairs
from checker.engines.archive.results import VERDICTS
from checker.engines.archive.rules import Rule
from checker.engines.archive.schema import FINDINGS
from checker.engines.archive.scope import Scope
from checker.engines.archive.truth import MAYBE, YES, Bools, Ints
from checker.engines.facts import Clock, Form

_VERDICTS = pa.array([verdict.value for verdict in VERDICTS])


class Emitted(NamedTuple):
    """Findings in no particular order, with their places in it: row of the case, position of the norm, number.

    ``days`` are the days of their anchors, -1 where there is none.
    """

    findings: pa.RecordBatch
    order: Ints
    days: Ints


def emit(rule: Rule, instances: Instances, rows: Ints) -> Emitted:
    """The findings of some instances of a norm, each listed with a verdict that needs no missing facts named."""
    scope = instances.scope.take(rows)
    columns = scope.columns
    verdict = instances.verdict[rows]
    violated = IS_VIOLATION[verdict]
    size = len(rows)
    last = np.full(size, -1) if instances.last is None else instances.last[rows]
    last = np.where((verdict == MET) | (verdict == LATE), last, -1)
    fields = {
        "row": pa.array(scope.case, pa.int32()),
        "case": columns.cases.column("case").take(pa.array(scope.case)).cast(pa.string()),
        "norm": _same(rule.id, size),
        "version": _same(rule.norm.version, size),
        "verdict": _VERDICTS.take(pa.array(verdict)),
        "category": _where(violated, rule.norm.breach.category.value),
        "severity": _where(violated, rule.norm.breach.severity.value),
        "bearer": _bearer(rule, scope),
        "anchor": instances.printed(rows),
        "due": _due(instances, rows),
        "due_at": _due_at(instances, rows),
        "fulfilled_by": _fulfilling(instances, rows, last, columns),
        "breached_on": _dates(instances.breached_on[rows], instances.breached_on[rows] >= 0),
        "days": _days(instances, rows, verdict, last, columns.as_of),
        "evidence": _evidence(rule, instances, rows, scope, last),
        "missing": _empty_lists(size),
        "provisional": _provisional(instances, rows),
    }
    batch = pa.RecordBatch.from_arrays([fields[field.name] for field in FINDINGS], schema=FINDINGS)
    return Emitted(batch, np.stack([scope.case, np.full(size, instances.position), rows]), scope.day)


def _same(text: str, size: int) -> pa.Array:
    return pa.repeat(pa.scalar(text, pa.string()), size)


def _where(rows: Bools, text: str) -> pa.Array:
    return pc.if_else(pa.array(rows), pa.scalar(text), pa.scalar(None, pa.string()))


def _dates(day: Ints, known: Bools) -> pa.Array:
    return pa.array((day - EPOCH).astype(np.int32), pa.int32(), mask=~known).cast(pa.date32())


def _due(instances: Instances, rows: Ints) -> pa.Array:
    if instances.timing is None:
        return pa.nulls(len(rows), pa.date32())
    due = instances.due
    return _dates(due.day[rows], is_known(due)[rows])


def _due_at(instances: Instances, rows: Ints) -> pa.Array:
    timing = instances.timing
    if timing is None or timing.instants is None:
        return pa.nulls(len(rows), pa.timestamp("us"))
    last = timing.instants.last[rows]
    is_told = (last >= 0) & is_known(timing.due)[rows]
    return pa.array(last - EPOCH * DAY, pa.int64(), mask=~is_told).cast(pa.timestamp("us"))


def _provisional(instances: Instances, rows: Ints) -> pa.Array:
    if instances.timing is None:
        return pa.array(np.zeros(len(rows), np.bool_))
    due = instances.due
    return pa.array((due.provisional & is_known(due))[rows])


def _empty_lists(size: int) -> pa.Array:
    return pa.ListArray.from_arrays(pa.array(np.zeros(size + 1, np.int32)), pa.array([], pa.string()))


def _bearer(rule: Rule, scope: Scope) -> pa.Array:
    """Who owes the act; of forms without a window, who did what the anchor is."""
    size = len(scope)
    if rule.form is Form.DEEM:
        return pa.nulls(size, pa.string())
    if rule.form is Form.WINDOW:
        if rule.bearer is None:
            return pa.nulls(size, pa.string())
        owed = rule.bearer.owed_by(scope)
        codes, values = owed.codes, owed.values
    else:
        actors = scope.columns.actors()
        codes, values = actors.at(scope.root), actors.values
    names = pa.array(["、".join(value) or None if isinstance(value, tuple) else None for value in values], pa.string())
    return names.take(pa.array(codes))


def _fulfilling(instances: Instances, rows: Ints, last: Ints, columns: Columns) -> pa.Array:
    if not instances.chosen or not len(columns.source):
        return pa.nulls(len(rows), pa.string())
    event = _chosen(instances.chosen, rows, last)
    ids = columns.event_ids(np.clip(event, 0, None))
    return pc.if_else(pa.array(event >= 0), ids, pa.scalar(None, pa.string()))


def _chosen(parts: tuple[Ints, ...], rows: Ints, last: Ints) -> Ints:
    """Of the groups' events, or days, that of the last group; -1 where there is none."""
    found = np.stack([part[rows] for part in parts])[np.clip(last, 0, None), np.arange(len(rows))]
    return np.where(last >= 0, found, -1)


def _days(instances: Instances, rows: Ints, verdict: Ints, last: Ints, as_of: int) -> pa.Array:
    if instances.timing is None:
        return pa.nulls(len(rows), pa.int32())
    timing = instances.timing
    due, known = timing.due.day[rows], is_known(timing.due)[rows]
    done = _chosen(instances.chosen_day, rows, last) if instances.chosen_day else np.full(len(rows), -1)
    stopped = (verdict == PENDING) & (timing.clock[rows] == Clock.STOPPED)
    late = (verdict == LATE) & known & (done >= 0)
    running = ((verdict == OVERDUE) | (verdict == PENDING)) & known
    days = np.where(stopped, -timing.remaining[rows], np.where(late, done - due, as_of - due))
    return pa.array(days.astype(np.int32), pa.int32(), mask=~(stopped | late | running))


def _evidence(rule: Rule, instances: Instances, rows: Ints, scope: Scope, last: Ints) -> pa.Array:
    """Ids of events, each once, in the order of the record's keys."""
    columns, size = scope.columns, len(rows)
    rooted = np.flatnonzero(scope.root >= 0)
    found = [Pairs(rooted, scope.root[rooted])]
    shown = np.flatnonzero(last >= 0)
    found += [Pairs(shown, part[rows][shown]) for part in instances.chosen]
    if instances.timing is not None:
        place = np.full(len(instances), -1)
        place[rows] = np.arange(size)
        for pairs in instances.timing.support:
            kept = place[pairs.row] >= 0
            found.append(Pairs(place[pairs.row][kept], pairs.event[kept]))
    if rule.condition is not None:
        found += _support(rule, scope)
    row = np.concatenate([pairs.row for pairs in found])
    event = np.concatenate([pairs.event for pairs in found])
    keys = np.unique(row * (len(columns.source) + 1) + event)
    row, event = np.divmod(keys, len(columns.source) + 1)
    offsets = np.searchsorted(row, np.arange(size + 1)).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), columns.event_ids(event))


def _support(rule: Rule, scope: Scope) -> list[Pairs]:
    """What the condition of 不得 and its kin rests on, where it is known."""
    assert rule.condition is not None
    truth = rule.condition.truth(scope)
    found = []
    for wanted in (True, False):
        places = np.flatnonzero((truth == YES) if wanted else ((truth != YES) & (truth != MAYBE)))
        if len(places):
            for pairs in rule.condition.support(scope.take(places), wanted):
                found.append(Pairs(places[pairs.row], pairs.event))
    return found
