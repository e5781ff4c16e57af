"""What the executors hand back: rows of several sorts in one stream, since one pass over the data must give them all.

Of every row all columns but one are null. ``at`` is where the case stands in the input, and puts rows in its order.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa

from checker.cases.problems import BadCase
from checker.engines.archive.results import VERDICTS, BatchResult
from checker.engines.archive.schema import FINDINGS, TEXT
from checker.model.diagnostic import Diagnostic
from checker.model.norm import RuleSet
from checker.model.place import Place, Span

FINDING_FIELDS: Final = tuple(field.with_nullable(True) for field in FINDINGS if field.name != "row")
AT: Final = pa.struct([("file", TEXT), ("block", pa.int64()), ("row", pa.int64()), ("number", pa.int64())])
"""``block`` is the first byte of the stretch of the file that was read, ``row`` counts there, ``number`` in a case."""

_TEXTS = ("level", "code", "message", "file", "path", "case", "quote", "expected", "help", "meanwhile")
COLUMNS: Final[Mapping[str, pa.DataType]] = {
    "finding": pa.struct(FINDING_FIELDS),
    "count": pa.struct([("norm", TEXT), ("version", TEXT), ("verdict", TEXT), ("count", pa.int64())]),
    "triggered": pa.struct([("norm", TEXT), ("version", TEXT), ("cases", pa.int64())]),
    "total": pa.struct([(name, pa.int64()) for name in ("read", "left_out", "failed", "by_row")]),
    "problem": pa.struct([*((name, TEXT) for name in _TEXTS), ("line", pa.int64()), ("column", pa.int64())]),
    "seen": pa.struct([("case", TEXT)]),
}
SCHEMA: Final = pa.schema([*COLUMNS.items(), ("at", AT)])


def as_ddl(kind: pa.DataType) -> str:
    """A type as Spark writes it."""
    if pa.types.is_struct(kind):
        return f"struct<{', '.join(f'`{field.name}`: {as_ddl(field.type)}' for field in kind)}>"
    if pa.types.is_list(kind):
        return f"array<{as_ddl(kind.value_type)}>"
    plain = {TEXT: "string", pa.int32(): "int", pa.int64(): "bigint", pa.bool_(): "boolean", pa.date32(): "date"}
    return {**plain, pa.timestamp("us"): "timestamp_ntz", pa.time64("us"): "time(6)"}[kind]


def schema_ddl() -> str:
    """The schema of the rows as Spark writes it."""
    return ", ".join(f"`{field.name}` {as_ddl(field.type)}" for field in SCHEMA)


def tagged(sort: str, values: pa.Array, at: pa.Array | None = None) -> pa.RecordBatch:
    """Rows of one sort."""
    rows = len(values)
    given = {sort: values, "at": pa.nulls(rows, AT) if at is None else at}
    columns = [given[field.name] if field.name in given else pa.nulls(rows, field.type) for field in SCHEMA]
    return pa.RecordBatch.from_arrays(columns, schema=SCHEMA)


def places(batch: pa.RecordBatch, rows: Sequence[int], names: Sequence[str]) -> pa.Array:
    """``at`` of these rows of an input batch, whose columns ``names`` are file, block and row."""
    wanted = pa.array(rows, pa.int64())
    file, block, row = (batch.column(name).take(wanted) for name in names)
    return pa.StructArray.from_arrays([file, block, row, pa.array(np.arange(len(rows)))], fields=list(AT))


def findings(found: pa.RecordBatch) -> pa.Array:
    """The findings of a batch, without the row."""
    return pa.StructArray.from_arrays(
        [found.column(field.name) for field in FINDING_FIELDS], fields=list(FINDING_FIELDS)
    )


def sums(result: BatchResult, rules: RuleSet, left_out: int) -> Iterator[pa.RecordBatch]:
    """The counts of a batch by norm and verdict, the cases by norm that an anchor opened, and the totals."""
    counts = [
        {**_norm(rules, norm), "verdict": VERDICTS[verdict].value, "count": int(result.verdicts[norm, verdict])}
        for norm, verdict in np.argwhere(result.verdicts).tolist()
    ]
    opened = [
        {**_norm(rules, norm), "cases": int(result.triggered[norm])}
        for norm in np.flatnonzero(result.triggered).tolist()
    ]
    failed = len(result.failures)
    total = {"read": result.cases, "left_out": left_out, "failed": failed, "by_row": result.by_row}
    for sort, rows in (("count", counts), ("triggered", opened), ("total", [total])):
        yield tagged(sort, pa.array(rows, COLUMNS[sort]))


def _norm(rules: RuleSet, position: int) -> dict[str, str]:
    norm = rules.norms[position]
    return {"norm": norm.id, "version": norm.version}


def problem(diagnostic: Diagnostic, case: str | None) -> dict[str, Any]:
    """A diagnostic as a row; ``path`` is where in the record it stands, as far as that is known."""
    parts = ("code", "message", "quote", "expected", "help", "meanwhile")
    place = diagnostic.at
    where: dict[str, Any] = {}
    if isinstance(place, Place):
        where = {"file": place.file, "path": place.cell, "line": place.line, "column": place.column}
    elif isinstance(place, Span):
        where = {"file": place.file, "line": place.line, "column": place.column}
    return {"level": diagnostic.level.value, "case": case, **where} | {
        name: getattr(diagnostic, name) for name in parts
    }


def problems_of(bad: BadCase) -> list[dict[str, Any]]:
    """The rows of a record that was left out."""
    return [problem(diagnostic, bad.id) for diagnostic in bad.diagnostics]
