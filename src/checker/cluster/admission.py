"""From what Spark hands over to validated case records: a bad one is left out with its reasons and spoils no other."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final, Literal, TypeAlias
from urllib.parse import unquote

import numpy as np
import pyarrow as pa

from checker.cases.columnar.assemble import Places, assemble
from checker.cases.columnar.batches import Checked, check
from checker.cases.columnar.json_lines import lines_of, parsed
from checker.cases.columnar.nested import raw_records
from checker.cases.columnar.plan import Plan
from checker.cases.formats.jsonl_ndjson import read_line
from checker.cases.problems import BadCase, Path
from checker.cases.record import RawRecord, read_case
from checker.model.case import Case
from checker.model.place import Place

Form = Literal["records", "lines"]
"""Rows in the archive schema, or lines of JSON Lines."""

FILE, BLOCK, ROW, COUNTED = "__file", "__block", "__row", "__counted"
PLACE: Final = (FILE, BLOCK, ROW)
"""The columns the driver adds. COUNTED says that ROW counts in the file; else it only rises."""
LINE: Final = "value"
"""The column of a line."""

_LOCAL = re.compile("^file:/+")
_MARK: Final = b"\xef\xbb\xbf"

_Raw: TypeAlias = Callable[[int], RawRecord | BadCase | None]
_Parts: TypeAlias = tuple[list[tuple[Checked, Places]], Places, _Raw]
"""What was checked in bulk with the rows it stands in, the rows to be read one by one, and how."""


@dataclass(slots=True)
class Admitted:
    """A batch read: the cases in its order with their rows in it, what was left out, cases with remarks."""

    cases: pa.RecordBatch
    rows: list[int]
    bad: list[tuple[int, BadCase]]
    remarked: list[tuple[int, Case]]


@dataclass(slots=True)
class Admission:
    """Reads the batches of one partition in their order.

    Of a text file it counts the lines from where Spark began: at the file's first byte that gives the number of the
    line, further on there is none.
    """

    form: Form
    plan: Plan
    _first: dict[tuple[str, int], int] = field(default_factory=dict)

    def admit(self, batch: pa.RecordBatch) -> Admitted:
        """The cases of a batch, whose place columns stand beside the record's or the line's own."""
        parts, single, raw = self._lines(batch) if self.form == "lines" else self._records(batch)
        bad: list[tuple[int, BadCase]] = []
        remarked: list[tuple[int, Case]] = []

        def read(row: int) -> Case | BadCase | None:
            record = raw(row)
            item = read_case(record, self.plan.known) if isinstance(record, RawRecord) else record
            if isinstance(item, BadCase):
                bad.append((row, item))
            elif item is not None and item.remarks:
                remarked.append((row, item))
            return item

        done = assemble(parts, single, read, self.plan.known.vocabulary)
        return Admitted(done.batch, done.places.tolist(), bad, remarked)

    def _records(self, batch: pa.RecordBatch) -> _Parts:
        own = batch.select([name for name in batch.schema.names if name not in (*PLACE, COUNTED)])
        part = check(own, self.plan)

        def raw(row: int) -> RawRecord:
            file, number = file_name(batch.column(FILE)[row].as_py()), batch.column(ROW)[row].as_py()
            line = number + 1 if batch.column(COUNTED)[row].as_py() else None
            (record,) = raw_records(own.slice(row, 1), [line], file, self.plan.known.vocabulary)
            return replace(record, locate=lambda path: Place(file=file, line=line, cell=_text(path)))

        return [(part, np.arange(own.num_rows))], np.zeros(0, np.int64), raw

    def _lines(self, batch: pa.RecordBatch) -> _Parts:
        texts = batch.column(LINE).to_pylist()
        places = list(zip(*(batch.column(name).to_pylist() for name in (*PLACE, COUNTED)), strict=True))
        for file, block, number, _ in places:
            self._first.setdefault((file, block), number)

        def raw(row: int) -> RawRecord | BadCase | None:
            file, block, number, counted = places[row]
            line = number - self._first[file, block] + 1 if counted and block == 0 else None
            text = texts[row] + b"\n"  # as it stands in the file
            return read_line(text.removeprefix(_MARK) if line == 1 else text, line, file_name(file))

        whole = b"".join(text + b"\n" for text in texts)
        if not texts or whole.count(b"\n") != len(texts):  # a table of texts that are no lines
            return [], np.arange(len(texts)), raw
        found = parsed(lines_of(whole))
        return [(check(one, self.plan, marked=True), rows) for one, rows in found.batches], found.single, raw


def _text(path: Path) -> str | None:
    """``events[2].date``, positions from 1."""
    steps = (f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".") or None


def file_name(uri: str) -> str:
    """A file as messages name it: a local one by its path, any other by its address."""
    return unquote(_LOCAL.sub("/", uri)) or "数据表"
