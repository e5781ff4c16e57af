"""Phase 3 over batches: what may set a clause off is collected here and folded in rounds (semantics §6.5).

What is not certain in every respect is left to the row evaluator.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from checker.engines.archive.days import Days
from checker.engines.archive.deadlines import is_known
from checker.engines.archive.intervals import Intervals, intervals_of
from checker.engines.archive.matching import Pairs, Pattern, uncovered
from checker.engines.archive.periods import Bases
from checker.engines.archive.rounds import Rounds
from checker.engines.archive.scope import Scope, at_events
from checker.engines.archive.terms import ExcludeTerm, ExtendTerm, Folded, Items, Phase3, RestartTerm
from checker.engines.archive.truth import MAYBE, YES, Bools, Ints
from checker.engines.archive.windows import Start


def folded(phase3: Phase3, scope: Scope, start: Start, bases: Bases, original: Days, rolling: Bools) -> Folded:
    """Fold every clause into periods whose due dates so far are ``original``."""
    result = Folded.untouched(original, len(scope))
    items = _collected(phase3, scope, start, result)
    rows = np.unique(items.row)
    result.touched[rows] = True
    if len(rows) and any(pattern.dated_by for group in phase3.groups for pattern in group):
        result.odd[rows] = True
    at_once = _at_once(phase3, scope, result)
    result.touched[at_once] = True
    # A date of its own as the end, and hours, are counted on in another way, which the row evaluator knows.
    result.odd |= result.touched & ((bases.choice < 0) | bases.in_hours())
    going = result.touched & ~result.odd & is_known(original)
    if going.any():
        Rounds(phase3, scope, start, bases, rolling, result, going).fold(items)
    return result


def _at_once(phase3: Phase3, scope: Scope, result: Folded) -> Ints:
    """Where an extension by a condition alone holds; where that is unknown, the row evaluator decides."""
    held = np.zeros(len(scope), np.bool_)
    for term in phase3.terms:
        if isinstance(term, ExtendTerm) and term.grant is None:
            truth = term.condition.truth(scope)
            result.odd |= truth == MAYBE
            held |= truth == YES
    return np.flatnonzero(held)


def _collected(phase3: Phase3, scope: Scope, start: Start, result: Folded) -> Items:
    """Every event that may set a clause off, in order; what is doubtful makes its row odd."""
    end = scope.columns.end[scope.case]
    first = np.where(start.first >= 0, start.first, end)
    found: list[Items] = []
    for number, term in enumerate(phase3.terms):
        match term:
            case ExtendTerm(grant=None):
                continue
            case ExtendTerm(grant=grant):
                assert grant is not None
                found.append(_after(scope, grant, number, first, end, result))
            case ExcludeTerm(end=None):
                found.append(_after(scope, term.start, number, first, end, result))
            case ExcludeTerm():
                found.append(_spans(scope, term, number, start, result))
            case RestartTerm():
                found.append(_after(scope, term.at, number, first, end, result))
    joined = [np.concatenate([getattr(one, name) for one in found]) for name in _NAMES] if found else [_EMPTY] * 6
    items = Items(*joined)
    order = np.lexsort((items.clause, items.event, items.row))
    return items.take(order)


def _after(scope: Scope, pattern: Pattern, number: int, first: Ints, end: Ints, result: Folded) -> Items:
    matches = pattern.matches(scope)
    result.unsure |= uncovered(scope, pattern)
    result.odd |= matches.loose_any(first, end)
    pairs = matches.sure_pairs(first, end)
    return _items(pairs.row, pairs.event, number)


def _spans(scope: Scope, term: ExcludeTerm, number: int, start: Start, result: Folded) -> Items:
    assert term.end is not None
    columns, opened = scope.columns, term.start.matches(scope)
    first, end = columns.first[scope.case], columns.end[scope.case]
    result.odd |= opened.loose_any(first, end)
    starts = opened.sure_pairs(first, end)
    # A start that 除非 rules out begins nothing, so that later ones are not merged into it.
    holds = term.condition.truth(at_events(columns, starts.event, scope.root[starts.row]))
    result.odd[starts.row[holds == MAYBE]] = True
    effective = holds == YES
    intervals, odd = intervals_of(scope, Pairs(starts.row[effective], starts.event[effective]), term.end)
    result.odd |= odd
    over = (intervals.end >= 0) & (intervals.end <= start.day[intervals.row])
    kept = intervals.take(~over)
    return _items(kept.row, kept.event, number, kept)


_NAMES: Final = ("row", "event", "clause", "first", "end", "closer")
_EMPTY: Ints = np.zeros(0, np.int64)


def _items(row: Ints, event: Ints, clause: int, intervals: Intervals | None = None) -> Items:
    nothing = np.full(len(row), -1)
    of = np.full(len(row), clause)
    if intervals is None:
        return Items(row, event, of, nothing, nothing, nothing)
    return Items(row, event, of, intervals.first, intervals.end, intervals.closer)
