"""What batches leave to the row evaluator: some cases, each for some norms and those they depend on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from checker.engines.archive.columns import Columns
from checker.engines.archive.emission import Emitted
from checker.engines.archive.instances import PLACE
from checker.engines.archive.packing import unpack
from checker.engines.archive.results import BatchResult, findings_batch
from checker.engines.archive.truth import Bools
from checker.engines.ground.program import Program
from checker.engines.run import Evaluation, evaluate_batch
from checker.model.finding import Finding

_AT_ONCE = 500
"""Cases unpacked at a time."""


class Fallback:
    """The row evaluator's program, with which norms a norm needs beside it."""

    def __init__(self, program: Program, needs: Sequence[Sequence[int]], versions: Mapping[int, Sequence[int]]) -> None:
        self.program = program
        self._needs = needs
        self._versions = versions
        self._closures: dict[frozenset[int], frozenset[int]] = {}

    def closure(self, positions: frozenset[int]) -> frozenset[int]:
        """The norms, their other versions, and all they depend on."""
        found = self._closures.get(positions)
        if found is None:
            found = self._closures[positions] = self._reached(positions)
        return found

    def _reached(self, positions: frozenset[int]) -> frozenset[int]:
        found: set[int] = set()
        waiting = list(positions)
        while waiting:
            position = waiting.pop()
            if position not in found:
                found.add(position)
                waiting += self._versions[position]
                waiting += self._needs[position]
        return frozenset(found)


def by_row(
    fallback: Fallback,
    columns: Columns,
    left: Mapping[int, Bools],
    as_of: date,
    everything: bool,
    result: BatchResult,
) -> Emitted:
    """Evaluate what is left, and count it."""
    wanted = np.stack([left[position] for position in range(len(left))]) if left else np.zeros((0, columns.size), bool)
    rows = np.flatnonzero(wanted.any(axis=0))
    found: list[_Found] = []
    failures: list[tuple[int, str]] = []
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE].tolist()
        cases = unpack(columns.cases, columns.vocabulary, some)
        asked = [frozenset(np.flatnonzero(wanted[:, row]).tolist()) for row in some]
        closures = [fallback.closure(positions) for positions in asked]
        evaluations = evaluate_batch(fallback.program, cases, as_of, only=closures)
        for row, positions, evaluation in zip(some, asked, evaluations, strict=True):
            if evaluation.failure is not None:
                failures.append((row, evaluation.failure.message))
            else:
                found += _counted(row, positions, evaluation, everything, result)
    result.failures = tuple(failures)
    result.by_row = len(rows)
    batch = findings_batch((one.row, one.finding) for one in found)
    order = np.array([[one.row, one.position, number] for number, one in enumerate(found)], np.int64)
    return Emitted(batch, order.reshape(-1, 3).T, np.array([one.day for one in found], np.int64))


class _Found(NamedTuple):
    """A finding with the row of its case, the position of its norm and the day of its anchor (-1: none)."""

    row: int
    position: int
    day: int
    finding: Finding


def _counted(
    row: int, positions: frozenset[int], evaluation: Evaluation, everything: bool, result: BatchResult
) -> list[_Found]:
    untouched = frozenset(evaluation.counts.without_anchor)
    result.triggered[[position for position in positions if position not in untouched]] += 1
    found = []
    for instance, finding in zip(evaluation.instances, evaluation.findings, strict=True):
        if instance.position in positions:
            place = PLACE[finding.verdict]
            result.verdicts[instance.position, place] += 1
            result.case_verdicts[row, place] += 1
            if everything or finding.verdict.is_violation:
                day = -1 if instance.anchor.day is None else instance.anchor.day
                found.append(_Found(row, instance.position, day, finding))
    return found
