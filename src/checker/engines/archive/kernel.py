"""The archive engine: a compiled rule set that evaluates whole batches of cases (semantics as of the row evaluator)."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pyarrow as pa

from checker.calendars.calendar import Calendar
from checker.engines.archive.packing import unpack
from checker.engines.archive.results import VERDICTS, BatchResult, findings_batch
from checker.engines.run import Evaluation, evaluate_batch, prepare
from checker.model.finding import Finding
from checker.model.norm import RuleSet

_COLUMN = {verdict: place for place, verdict in enumerate(VERDICTS)}


class Kernel:
    """A rule set ready for batches; immutable, serves any number of them."""

    def __init__(self, rules: RuleSet, calendar: Calendar) -> None:
        """Compile every norm once."""
        self.rules = rules
        self.program = prepare(rules, calendar)
        self._positions = {(norm.id, norm.version): position for position, norm in enumerate(rules.norms)}

    def evaluate(self, cases: pa.RecordBatch, as_of: date, *, everything: bool = False) -> BatchResult:
        """The findings of a batch of case records (schema: ``case_schema``) at a date.

        Only violations are listed, unless ``everything`` is asked for; all instances are counted.
        """
        result = BatchResult(
            findings_batch(()),
            np.zeros((len(self.rules.norms), len(VERDICTS)), np.int64),
            np.zeros(len(self.rules.norms), np.int64),
            np.zeros((cases.num_rows, len(VERDICTS)), np.int64),
        )
        self._by_row(cases, range(cases.num_rows), as_of, everything, result)
        return result

    def _by_row(
        self, cases: pa.RecordBatch, rows: Sequence[int], as_of: date, everything: bool, result: BatchResult
    ) -> None:
        unpacked = unpack(cases, self.rules.vocabulary, list(rows))
        found: list[tuple[int, Finding]] = []
        failures: list[tuple[int, str]] = []
        for row, evaluation in zip(rows, evaluate_batch(self.program, unpacked, as_of), strict=True):
            if evaluation.failure is not None:
                failures.append((row, evaluation.failure.message))
                continue
            found += [(row, finding) for finding in evaluation.findings if everything or finding.verdict.is_violation]
            self._count(row, evaluation, result)
        result.findings = findings_batch(found)
        result.failures = tuple(failures)
        result.by_row = len(rows)

    def _count(self, row: int, evaluation: Evaluation, result: BatchResult) -> None:
        for finding in evaluation.findings:
            place = _COLUMN[finding.verdict]
            result.verdicts[self._positions[finding.norm, finding.version], place] += 1
            result.case_verdicts[row, place] += 1
        result.triggered += 1
        result.triggered[list(evaluation.counts.without_anchor)] -= 1
