"""The log of road fines through the archive engine (see ``benchmarks/road_fines``)."""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.archive.inputs import batches

from checker.calendars.shipped import load_calendar
from checker.engines.archive.kernel import Kernel
from checker.engines.archive.results import VERDICTS
from checker.model.norm import RuleSet

if TYPE_CHECKING:
    import pyarrow as pa

FOLDER: Final = Path(__file__).parents[1] / "road_fines"


def check_log(path: str) -> dict[str, object]:
    """Cases, and violations by norm, of a log in XES or of what :func:`convert` made of it."""
    script = _script()
    rules = script.rules()
    machine = Kernel(rules, load_calendar(FOLDER / "italy.yaml"))
    cases, found = 0, Counter[str]()
    is_violation = [verdict.is_violation for verdict in VERDICTS]
    for batch in _log(path, rules):
        result = machine.evaluate(batch, script.AS_OF)
        cases += result.cases
        for norm, row in zip(rules.norms, result.verdicts, strict=True):
            found[norm.id] += int(row[is_violation].sum())
    return {"cases": cases, "violations": dict(found)}


def convert(path: str, target: Path) -> None:
    """The log as nested Parquet."""
    import pyarrow.parquet as pq

    from checker.engines.archive.packing import pack, unpack

    rules = _script().rules()
    writer = None
    for batch in _log(path, rules):
        whole = pack(unpack(batch, rules.vocabulary), rules.vocabulary)
        writer = writer or pq.ParquetWriter(target, whole.schema, compression="zstd")
        writer.write_batch(whole)
    if writer is not None:
        writer.close()


def expected() -> dict[str, int]:
    """Norm to the cases in breach that independent programs found."""
    found: dict[str, int] = _script().EXPECTED
    return found


def _log(path: str, rules: RuleSet) -> "Iterator[pa.RecordBatch]":
    if Path(path).suffix == ".parquet":
        return batches(path, rules)
    found: Iterator[pa.RecordBatch] = _script().batches(path, rules)
    return found


def _script() -> Any:  # noqa: ANN401 - a script of the folder beside this one
    sys.path.insert(0, str(FOLDER))
    try:
        import run
    finally:
        sys.path.remove(str(FOLDER))
    return run
