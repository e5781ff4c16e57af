"""What the archive engine says of a batch: findings as Arrow rows, counts by norm and verdict."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from checker.engines.archive.schema import FINDINGS
from checker.model.finding import Finding, Verdict
from checker.model.node import constructed
from checker.model.norm import Category, Severity

VERDICTS: Final = tuple(Verdict)
"""The verdicts in the order of the columns of :attr:`BatchResult.verdicts`."""

Numbers = npt.NDArray[np.int64]


@dataclass(slots=True)
class BatchResult:
    """One batch evaluated.

    ``findings`` (schema :data:`FINDINGS`) stand in the order of the rows, then of the norms, then of the anchors.
    ``verdicts`` counts all instances, listed or not, by position of the norm and by verdict; ``triggered`` the cases in
    which an anchor opened the norm. ``case_verdicts`` the same by row of the batch. ``failures`` are rows without any
    conclusion, with the reason. ``by_row`` is how many cases the row evaluator was asked about. ``positions`` and
    ``days`` stand parallel to the findings: the position of the norm, and the day of the anchor (-1: none is known).
    """

    findings: pa.RecordBatch
    verdicts: Numbers
    triggered: Numbers
    case_verdicts: Numbers
    failures: tuple[tuple[int, str], ...] = ()
    by_row: int = 0
    positions: Numbers = field(default_factory=lambda: np.zeros(0, np.int64))
    days: Numbers = field(default_factory=lambda: np.zeros(0, np.int64))

    @property
    def cases(self) -> int:
        """How many rows the batch has, failures included."""
        return len(self.case_verdicts)


def findings_batch(rows: Iterable[tuple[int, Finding]]) -> pa.RecordBatch:
    """Findings of the row evaluator in the archive's form, each with the row of its case."""
    return pa.RecordBatch.from_pylist([_row(number, finding) for number, finding in rows], schema=FINDINGS)


def _row(number: int, finding: Finding) -> dict[str, object]:
    due = finding.due
    at = due if isinstance(due, dt.datetime) else None
    return {
        "row": number,
        "case": finding.case,
        "norm": finding.norm,
        "version": finding.version,
        "verdict": finding.verdict.value,
        "category": finding.category and finding.category.value,
        "severity": finding.severity and finding.severity.value,
        "bearer": finding.bearer,
        "anchor": finding.anchor,
        "due": due.date() if isinstance(due, dt.datetime) else due,
        "due_at": at,
        "fulfilled_by": finding.fulfilled_by,
        "breached_on": finding.breached_on,
        "days": finding.days,
        "evidence": finding.evidence,
        "missing": finding.missing,
        "provisional": finding.provisional,
    }


def findings_of(batch: pa.RecordBatch) -> list[tuple[int, Finding]]:
    """The findings of a batch as the row evaluator gives them, each with the row of its case."""
    return [(row["row"], _finding(row)) for row in batch.to_pylist()]


def _finding(row: dict[str, Any]) -> Finding:
    at, category, severity = row["due_at"], row["category"], row["severity"]
    return constructed(
        Finding,
        {
            "case": row["case"],
            "norm": row["norm"],
            "version": row["version"],
            "verdict": _VERDICTS[row["verdict"]],
            "category": None if category is None else _CATEGORIES[category],
            "severity": None if severity is None else _SEVERITIES[severity],
            "bearer": row["bearer"],
            "anchor": row["anchor"],
            "due": row["due"] if at is None else at,
            "fulfilled_by": row["fulfilled_by"],
            "breached_on": row["breached_on"],
            "days": row["days"],
            "evidence": tuple(row["evidence"]),
            "missing": tuple(row["missing"]),
            "provisional": row["provisional"],
            "explanation": "",
        },
    )


_VERDICTS: Final = {verdict.value: verdict for verdict in Verdict}
_CATEGORIES: Final = {category.value: category for category in Category}
_SEVERITIES: Final = {severity.value: severity for severity in Severity}
