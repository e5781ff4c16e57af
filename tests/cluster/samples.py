"""Cases of the shipped fixtures, and archives of them as files."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from checker import api
from checker.cases.fixtures import read_fixtures
from checker.cluster.admission import BLOCK, COUNTED, FILE, ROW
from checker.engines.archive.packing import pack
from checker.engines.archive.results import findings_of
from checker.model.case import Case, Fixture
from checker.model.norm import RuleSet

ROOT = Path(__file__).parents[2]
PACKS = ("duban", "petition", "macro", "documents")


def rules_of(*packs: str) -> RuleSet:
    return api.compile_rules(packs)[0]


def fixtures_of(rules: RuleSet, *packs: str) -> list[Case]:
    """The cases of the packs' fixtures, each with an id of its own."""
    folders = [str(ROOT / "fixtures" / pack) for pack in packs]
    items = [item for folder in folders for item in read_fixtures(folder, rules.vocabulary)]
    cases = [bare(item.case) for item in items if isinstance(item, Fixture)]
    return [case.model_copy(update={"id": f"{n}-{case.id}"[:200]}) for n, case in enumerate(cases)]


def bare(case: Case) -> Case:
    events = tuple(event.model_copy(update={"place": None}) for event in case.events)
    return case.model_copy(update={"place": None, "remarks": (), "events": events})


def store(folder: Path, cases: list[Case], rules: RuleSet, sizes: tuple[int, ...]) -> list[Path]:
    """The cases in Parquet files of these sizes (the last takes the rest), with row groups of odd sizes."""
    paths = []
    for n, size in enumerate((*sizes, len(cases))):
        part, cases = cases[:size], cases[size:]
        paths.append(folder / f"{n}.parquet")
        pq.write_table(pa.Table.from_batches([pack(part, rules.vocabulary)]), paths[-1], row_group_size=5)
    return paths


def found(frame) -> list:
    """The findings of a Spark frame in its order."""
    from checker.engines.archive.schema import FINDINGS

    rows = [{**row, "row": 0} for row in frame.toArrow().to_pylist()]
    return [finding for _, finding in findings_of(pa.RecordBatch.from_pylist(rows, schema=FINDINGS))]


def placed(batch, first=0, file="file:///a%20b.parquet", block=0, counted=True):
    """A batch with the place columns that the driver adds."""
    n = batch.num_rows
    columns = {
        FILE: pa.array([file] * n, pa.string()),
        BLOCK: pa.array([block] * n, pa.int64()),
        ROW: pa.array(range(first, first + n), pa.int64()),
        COUNTED: pa.array([counted] * n, pa.bool_()),
    }
    for name, values in columns.items():
        batch = batch.append_column(name, values)
    return batch
