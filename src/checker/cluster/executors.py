"""What runs on the executors: batches of records in, tagged rows out."""

import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pyarrow as pa

from checker.calendars.calendar import Calendar
from checker.cases.columnar.plan import plan
from checker.cluster import tagged
from checker.cluster.admission import PLACE, Admission, Admitted, Form, file_name
from checker.engines.archive.kernel import Kernel
from checker.engines.archive.results import BatchResult
from checker.model.diagnostic import Diagnostic
from checker.model.norm import RuleSet
from checker.model.place import Place


@dataclass(frozen=True, slots=True)
class Shipment:
    """All that a batch is evaluated with, in a form that travels. Spark broadcasts what is large of it.

    ``compiled`` is a pickled (RuleSet, Calendar); ``zone`` the IANA name in whose calendar instants with an offset are
    read; ``everything`` lists all findings, not only violations; ``seen`` hands every case id back as well.
    """

    compiled: bytes
    form: Form
    as_of: date
    zone: str | None = None
    everything: bool = False
    seen: bool = False

    def evaluate(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The tagged rows (schema :data:`checker.cluster.tagged.SCHEMA`) of the batches of one partition."""
        kernel = kernel_of(self.compiled)
        admission = Admission(self.form, plan(kernel.rules.vocabulary, self.zone))
        for batch in batches:
            admitted = admission.admit(batch)
            result = kernel.evaluate(admitted.cases, self.as_of, everything=self.everything)
            found = result.findings
            rows = [admitted.rows[row] for row in found.column("row").to_pylist()]
            yield tagged.tagged("finding", tagged.findings(found), tagged.places(batch, rows, PLACE))
            yield from tagged.sums(result, kernel.rules, len(admitted.bad))
            yield _problems(batch, admitted, result)
            if self.seen:
                ids = pa.StructArray.from_arrays([admitted.cases.column("case")], names=["case"])
                yield tagged.tagged("seen", ids, tagged.places(batch, admitted.rows, PLACE))


@lru_cache(maxsize=1)
def kernel_of(compiled: bytes) -> Kernel:
    """The kernel of a shipment: compiled once in each worker process, however many tasks it runs."""
    shipped: tuple[RuleSet, Calendar] = pickle.loads(compiled)
    return Kernel(*shipped)


def _problems(batch: pa.RecordBatch, admitted: Admitted, result: BatchResult) -> pa.RecordBatch:
    """Records left out, remarks, and cases on which the program failed."""
    noted = [(row, one) for row, bad in admitted.bad for one in tagged.problems_of(bad)]
    noted += [(row, tagged.problem(remark, case.id)) for row, case in admitted.remarked for remark in case.remarks]
    ids = admitted.cases.column("case")
    for number, message in result.failures:
        row, case = admitted.rows[number], ids[number].as_py()
        place = Place(file=file_name(batch.column(PLACE[0])[row].as_py()))
        fault = Diagnostic(code="engine-failure", message=f"案件「{case}」{message}", at=place)
        noted.append((row, tagged.problem(fault, case)))
    noted.sort(key=lambda one: one[0])
    values = pa.array([one for _, one in noted], tagged.COLUMNS["problem"])
    return tagged.tagged("problem", values, tagged.places(batch, [row for row, _ in noted], PLACE))
