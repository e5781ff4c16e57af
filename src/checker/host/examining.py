"""One portion of an archive to its part of the results: read, evaluate, prove the listed findings again, write."""

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from hashlib import blake2b
from itertools import groupby

import numpy as np
import pyarrow as pa

from checker.cases.portions import Chunk, Portion, load, place_of
from checker.cases.reading import twice
from checker.engines.archive.kernel import Kernel
from checker.engines.archive.packing import unpack
from checker.engines.archive.results import VERDICTS, BatchResult, findings_of
from checker.engines.run import evaluate_batch
from checker.host.batch_sums import BatchSums
from checker.host.parquet import encoded
from checker.host.plan import DIGEST, PARQUET, SUMS, Notice, Part, Plan
from checker.host.proving import prove
from checker.model.case import Case
from checker.model.finding import Finding, Verdict
from checker.reports.content import CaseReport, Shown
from checker.reports.formats import writer
from checker.reports.redaction import Profile

_CITED = 500
"""Cases that are examined again at a time, which bounds the memory for their explanations."""

_Numbered = tuple[int, list[Finding]]


class Examiner:
    """A plan ready for portions: everything is compiled once, when it is made."""

    def __init__(self, plan: Plan) -> None:
        """Compile the rules."""
        self._plan = plan
        self._listing = plan.listing
        self._kernel = Kernel(plan.listing.rules, plan.listing.calendar)
        self._writer = None if plan.form in (PARQUET, SUMS) else writer(plan.form, plan.colour)
        self._sums = None if plan.asked is None else BatchSums(plan.listing, plan.asked)
        self._norms = {(norm.id, norm.version): norm for norm in plan.listing.rules.norms}

    def examine(self, portion: Portion, known: Set[bytes] = frozenset()) -> Part:
        """The part of a portion; cases with an id that is known from before, by its digest, are left out."""
        chunk = load(portion, self._plan.setup)
        ids, repeated = self._ids(chunk, known)
        kept = [row for row in range(chunk.cases.num_rows) if row not in repeated]
        batch = chunk.cases.take(pa.array(kept, pa.int32())) if repeated else chunk.cases
        if batch.num_rows == 0:
            return Part(
                self._nothing(), left_out=len(chunk.bad) + len(repeated), notices=notices(portion, chunk, repeated, {})
            )
        result = self._evaluated(batch)
        failures = {kept[row]: message for row, message in result.failures}
        positions, places = np.nonzero(result.verdicts)
        return Part(
            self._body(batch, result),
            b"".join(ids[row] for row in kept) if ids else b"",
            batch.num_rows,
            len(failures),
            len(chunk.bad) + len(repeated),
            result.findings.num_rows,
            tuple(zip(positions.tolist(), places.tolist(), result.verdicts[positions, places].tolist(), strict=True)),
            tuple(result.triggered.tolist()),
            notices(portion, chunk, repeated, failures),
        )

    def _evaluated(self, batch: pa.RecordBatch) -> BatchResult:
        as_of = self._listing.as_of
        if self._sums is not None:
            return self._kernel.evaluate(batch, as_of, verdicts_only=True)
        return self._kernel.evaluate(batch, as_of, everything=not self._listing.only_violations)

    def _ids(self, chunk: Chunk, known: Set[bytes]) -> tuple[list[bytes], dict[int, str]]:
        """The digests by row, and the rows that repeat an id, with it."""
        if not self._plan.setup.options.unique:
            return [], {}
        names = chunk.cases.column("case").to_pylist()
        ids = [digest(name) for name in names]
        seen = set(known)
        repeated: dict[int, str] = {}
        for row, one in enumerate(ids):
            if one in seen:
                repeated[row] = names[row]
            seen.add(one)
        return ids, repeated

    def _nothing(self) -> bytes:
        return encoded(()) if self._plan.form == PARQUET else b""

    def _body(self, batch: pa.RecordBatch, result: BatchResult) -> bytes:
        if self._sums is not None:
            return self._sums.body(batch, result)
        if self._writer is None:
            return encoded((result.findings,))
        # A name that may not be told is only known from the case.
        is_brief = self._listing.brief and self._listing.profile is Profile.FULL
        reports = self._brief(batch, result) if is_brief else self._explained(batch, result)
        lines = (f"{line}\n" for report in reports for line in self._writer.case(report))
        return "".join(lines).encode("utf-8", "backslashreplace")

    def _cited(self, result: BatchResult) -> list[_Numbered]:
        """The rows with something to be said of them, in order, with their listed findings."""
        found = {row: [f for _, f in some] for row, some in groupby(findings_of(result.findings), lambda one: one[0])}
        rows = sorted({*found, *(row for row, _ in result.failures)})
        return [(row, found.get(row, [])) for row in rows]

    def _brief(self, batch: pa.RecordBatch, result: BatchResult) -> Iterator[CaseReport]:
        cited = self._cited(result)
        names = batch.select(["case", "kind"]).take(pa.array([row for row, _ in cited], pa.int32())).to_pylist()
        failed = dict(result.failures)
        for (row, findings), name in zip(cited, names, strict=True):
            case = Case.model_construct(id=name["case"], kind=name["kind"], remarks=())
            shown = tuple(Shown(one, self._norms[one.norm, one.version], ()) for one in findings)
            yield CaseReport(case, shown, _verdicts(result, row), failed.get(row))

    def _explained(self, batch: pa.RecordBatch, result: BatchResult) -> Iterator[CaseReport]:
        cited = self._cited(result)
        for start in range(0, len(cited), _CITED):
            yield from self._proved(batch, cited[start : start + _CITED], result)

    def _proved(self, batch: pa.RecordBatch, cited: Sequence[_Numbered], result: BatchResult) -> Iterator[CaseReport]:
        failed = dict(result.failures)
        cases = unpack(batch, self._listing.rules.vocabulary, [row for row, _ in cited])
        evaluations = evaluate_batch(self._kernel.program, cases, self._listing.as_of)
        for (row, findings), evaluation in zip(cited, evaluations, strict=True):
            shown: tuple[Shown, ...] = ()
            verdicts = _verdicts(result, row)
            told = self._listing.told(evaluation)
            if row not in failed:
                prove(self._listing, evaluation, findings, verdicts)
                shown = self._listing.shown(told)
            yield CaseReport(told.case, shown, verdicts, failed.get(row))


def digest(name: str) -> bytes:
    """What stands for the id of a case where all ids are kept."""
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=DIGEST).digest()


def _verdicts(result: BatchResult, row: int) -> Counter[Verdict]:
    counts = result.case_verdicts[row].tolist()
    return Counter({verdict: n for verdict, n in zip(VERDICTS, counts, strict=True) if n})


def notices(portion: Portion, chunk: Chunk, repeated: dict[int, str], failures: dict[int, str]) -> tuple[Notice, ...]:
    """What is to be told, in the order of the records; of one record first why it was left out, then what failed."""
    told: list[tuple[int, int, Notice]] = []
    told += [(row, 0, one) for row, bad in chunk.bad for one in bad.diagnostics]
    for row, name in repeated.items():
        told += [(row, 1, one) for one in twice(name, place_of(portion, chunk, row)).diagnostics]
    told += [(row, 2, remark) for row, remark in chunk.remarks if row not in repeated]
    names = chunk.cases.column("case")
    told += [(row, 3, f"故障：案件「{names[row].as_py()}」{message}") for row, message in failures.items()]
    return tuple(one for _, _, one in sorted(told, key=lambda item: item[:2]))
