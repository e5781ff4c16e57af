"""The log of road fines through the archive engine (see ``benchmarks/road_fines``)."""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.archive.inputs import batches

from checker.calendars.shipped import load_calendar
from checker.cases.mapping_file import read_layout
from checker.cases.reading import ReadOptions
from checker.engines.archive.kernel import Kernel
from checker.engines.archive.results import VERDICTS
from checker.language.compile import compile_packs
from checker.language.source import Source
from checker.model.norm import RuleSet

if TYPE_CHECKING:
    import pyarrow as pa

FOLDER: Final = Path(__file__).parents[1] / "road_fines"
AS_OF: Final = date(2013, 6, 18)
XES: Final = ".xes"


def check_log(path: str) -> dict[str, object]:
    """Cases, and violations by norm, of a log in XES or of what :func:`convert` made of it."""
    rules = _rules()
    machine = Kernel(rules, load_calendar(FOLDER / "italy.yaml"))
    cases, found = 0, Counter[str]()
    is_violation = [verdict.is_violation for verdict in VERDICTS]
    for batch in _log(path, rules):
        result = machine.evaluate(batch, AS_OF)
        cases += result.cases
        for norm, row in zip(rules.norms, result.verdicts, strict=True):
            found[norm.id] += int(row[is_violation].sum())
    return {"cases": cases, "violations": dict(found)}


def convert(path: str, target: Path) -> None:
    """The log as nested Parquet."""
    import pyarrow.parquet as pq

    writer = None
    for batch in _log(path, _rules()):
        writer = writer or pq.ParquetWriter(target, batch.schema, compression="zstd")
        writer.write_batch(batch)
    if writer is not None:
        writer.close()


def expected() -> dict[str, int]:
    """Norm to the cases in breach that independent programs found."""
    found: dict[str, int] = _neighbour("run").EXPECTED
    return found


def _rules() -> RuleSet:
    path = FOLDER / "road-fines.norm"
    found, problems = compile_packs([Source(path.name, path.read_bytes())])
    if found is None:
        raise SystemExit("\n".join(problem.message for problem in problems))
    return found


def _log(path: str, rules: RuleSet) -> "Iterator[pa.RecordBatch]":
    if Path(path).suffix == ".parquet":
        yield from batches(path, rules, ReadOptions(unique=False))
        return
    options = ReadOptions(layout=read_layout(str(FOLDER / "mapping.yaml")), unique=False)
    with _table(path) as table:
        yield from batches(table, rules, options)


@contextmanager
def _table(path: str) -> Iterator[str]:
    """The log as an event table."""
    with tempfile.TemporaryDirectory() as folder:
        target = str(Path(folder) / "events.csv")
        _neighbour("xes").write_table(path, target)
        yield target


def _neighbour(name: str) -> Any:  # noqa: ANN401 - a script of the folder beside this one
    sys.path.insert(0, str(FOLDER))
    try:
        return __import__(name)
    finally:
        sys.path.remove(str(FOLDER))
