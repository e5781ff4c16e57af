"""From what Spark hands over to validated case records: a bad one is left out with its reasons and spoils no other."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal
from urllib.parse import unquote

import pyarrow as pa

from checker.cases.event_record import Words
from checker.cases.formats.jsonl_ndjson import read_line
from checker.cases.problems import BadCase
from checker.cases.record import RawRecord, read_case
from checker.cluster.nested import raw_record
from checker.engines.archive.packing import pack
from checker.model.case import Case

Form = Literal["records", "lines"]
"""Rows in the archive schema, or lines of JSON Lines."""

FILE, BLOCK, ROW, COUNTED = "__file", "__block", "__row", "__counted"
PLACE: Final = (FILE, BLOCK, ROW)
"""The columns the driver adds. COUNTED says that ROW counts in the file; else it only rises."""
LINE: Final = "value"
"""The column of a line."""

_LOCAL = re.compile("^file:/+")
_MARK = b"\xef\xbb\xbf"


@dataclass(slots=True)
class Admitted:
    """A batch read: the cases in its order with their rows in it, and what was left out."""

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
    known: Words
    _first: dict[tuple[str, int], int] = field(default_factory=dict)

    def admit(self, batch: pa.RecordBatch) -> Admitted:
        """The cases of a batch, whose place columns stand beside the record's or the line's own."""
        cases: list[Case] = []
        rows: list[int] = []
        bad: list[tuple[int, BadCase]] = []
        for row, record in self._records(batch):
            item = read_case(record, self.known) if isinstance(record, RawRecord) else record
            if isinstance(item, BadCase):
                bad.append((row, item))
            else:
                cases.append(item)
                rows.append(row)
        remarked = [(row, case) for row, case in zip(rows, cases, strict=True) if case.remarks]
        return Admitted(pack(cases, self.known.vocabulary), rows, bad, remarked)

    def _records(self, batch: pa.RecordBatch) -> Iterator[tuple[int, RawRecord | BadCase]]:
        places = zip(*(batch.column(name).to_pylist() for name in (*PLACE, COUNTED)), strict=True)
        own = batch.select([name for name in batch.schema.names if name not in (*PLACE, COUNTED)])
        for n, (row, (file, block, number, counted)) in enumerate(zip(own.to_pylist(), places, strict=True)):
            if self.form == "records":
                yield n, raw_record(row, file_name(file), number + 1 if counted else None, self.known.vocabulary)
                continue
            first = self._first.setdefault((file, block), number)
            line = number - first + 1 if counted and block == 0 else None
            text = row[LINE] + b"\n"  # as it stands in the file
            record = read_line(text.removeprefix(_MARK) if line == 1 else text, line, file_name(file))
            if record is not None:
                yield n, record


def file_name(uri: str) -> str:
    """A file as messages name it: a local one by its path, any other by its address."""
    return unquote(_LOCAL.sub("/", uri)) or "数据表"
