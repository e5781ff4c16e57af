"""What expressions ask of the instances of earlier strata: where the period of another norm ended (semantics §3)."""

import numpy as np

from checker.engines.archive.days import KNOWN, MISSING, Days
from checker.engines.archive.deadlines import nothing
from checker.engines.archive.instances import EXEMPT, Instances
from checker.engines.archive.matching import Pairs
from checker.engines.archive.scope import Scope
from checker.engines.archive.truth import Bools, Ints


class ExpiryColumn:
    """期满 N: the end of the period of a norm's last instance at or before self."""

    def __init__(self, norm: str, extended: bool) -> None:
        self.norm = norm
        self.extended = extended

    def column(self, scope: Scope) -> Days:
        """Unknown if there is no such instance, it is exempt, or its due date is not certain."""
        decided: list[Instances] = scope.columns.memory.get(("past", self.norm), [])
        size = len(scope)
        best, place = nothing(size), np.full((5, size), -1, np.int64)
        for instances in decided:
            due, at = self._last(instances, scope)
            later = _is_greater(at, place)
            best, place = best.choose(later, due), np.where(later, at, place)
        return best

    def others(self, scope: Scope) -> list[Pairs]:
        """Nothing: the other norm is named, not its events."""
        del scope
        return []

    def _last(self, instances: Instances, scope: Scope) -> tuple[Days, Ints]:
        """The end meant among the instances of one version, and the key of the instance it belongs to."""
        rows = np.flatnonzero(instances.certain)
        keys = instances.scope.keys()[:, rows]
        own = scope.keys()
        order = np.lexsort((keys[4], keys[3], keys[2], keys[1], keys[0]))
        # Both sides in one order: the last instance at or before each place is what stands before it there.
        joined = np.concatenate([keys[:, order], own], axis=1)
        is_place = np.concatenate([np.zeros(len(order), np.int64), np.ones(len(scope), np.int64)])
        merged = np.lexsort((is_place, joined[4], joined[3], joined[2], joined[1], joined[0]))
        last = np.maximum.accumulate(np.where(is_place[merged] == 0, merged, -1)) if len(merged) else merged
        found = np.empty(len(scope), np.int64)
        places = is_place[merged] == 1
        found[merged[places] - len(order)] = last[places]
        return self._end(instances, rows[order], found, scope)

    def _end(self, instances: Instances, rows: Ints, found: Ints, scope: Scope) -> tuple[Days, Ints]:
        if not len(rows):
            return nothing(len(scope)), np.full((5, len(scope)), -1, np.int64)
        row = rows[np.clip(found, 0, None)]
        same = (found >= 0) & (instances.scope.case[row] == scope.case)
        place = np.where(same, instances.scope.keys()[:, row], -1)
        if instances.timing is None:
            return nothing(len(scope)), place
        due = instances.due if self.extended else instances.original
        usable = same & (instances.verdict[row] != EXEMPT) & (due.state[row] == KNOWN)
        if self.extended:
            usable &= ~instances.unsure[row]
        state = np.where(usable, KNOWN, MISSING)
        ends = Days(state, due.day[row], due.low[row], due.high[row], due.provisional[row])
        return ends, place


def _is_greater(left: Ints, right: Ints) -> Bools:
    """Lexicographic comparison, column by column."""
    greater, equal = np.zeros(left.shape[1], np.bool_), np.ones(left.shape[1], np.bool_)
    for one, other in zip(left, right, strict=True):
        greater |= equal & (one > other)
        equal &= one == other
    return greater
