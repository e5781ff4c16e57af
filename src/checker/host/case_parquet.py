"""Nested Parquet files of cases, written from batches in steady memory."""

from collections.abc import Iterator, Mapping
from typing import IO, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from checker.engines.archive.conforming import conformed
from checker.engines.archive.schema import EVENT_FIELDS, NONE, case_schema
from checker.model.vocabulary import Vocabulary

ROWS: Final = 50_000
BYTES: Final = 64 << 20
"""A row group ends with the batch that makes it so many cases, or so many bytes in memory."""

_FIXED: Final = frozenset(field.name for field in EVENT_FIELDS)


class ParquetCases:
    """A nested Parquet file with a column for every attribute that any case has.

    Which these are is known only at the end: until then the batches are kept in the spool, a file without a name.
    """

    def __init__(self, vocabulary: Vocabulary, spool: IO[bytes]) -> None:
        """Nothing is written yet."""
        self._schema, self._spool = case_schema(vocabulary), spool
        self._streams: list[int] = []
        self._of_events: set[str] = set()
        self._of_cases: set[str] = set()

    def add(self, cases: pa.RecordBatch) -> None:
        """Keep a batch, without the columns that nothing is in."""
        batch = _filled(cases)
        self._of_events.update(field.name for field in batch.schema.field("events").type.value_type)
        if "attributes" in batch.schema.names:
            self._of_cases.update(field.name for field in batch.schema.field("attributes").type)
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, batch.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as writer:
            writer.write_batch(batch)
        data = sink.getvalue()
        self._streams.append(len(data))
        self._spool.write(data)

    def write(self, file: IO[bytes], metadata: Mapping[str, str]) -> None:
        """All of it, as Parquet."""
        schema = self._schema_of_all()
        self._spool.seek(0)
        with pq.ParquetWriter(file, schema, compression="zstd", write_page_checksum=True) as writer:
            for table in _row_groups(self._batches(schema), schema):
                writer.write_table(table, row_group_size=table.num_rows)
            writer.add_key_value_metadata(dict(metadata))

    def _schema_of_all(self) -> pa.Schema:
        """That of case records, without the attributes that no case has."""
        events = self._schema.field("events").type.value_type
        event = pa.struct([one for one in events if one.name in _FIXED or one.name in self._of_events])
        of_case = self._schema.field("attributes").type
        attributes = pa.struct([one for one in of_case if one.name == NONE or one.name in self._of_cases])
        types = {"events": pa.list_(event), "attributes": attributes}
        return pa.schema([(one.name, _nullable(types.get(one.name, one.type))) for one in self._schema])

    def _batches(self, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
        for length in self._streams:
            with pa.ipc.open_stream(self._spool.read(length)) as reader:
                yield from (conformed(batch, schema) for batch in reader)


def _nullable(kind: pa.DataType) -> pa.DataType:
    """The same, every field of it nullable: within a structure that is null, its fields may be null as well."""
    if pa.types.is_struct(kind):
        return pa.struct([(one.name, _nullable(one.type)) for one in kind])
    return pa.list_(_nullable(kind.value_type)) if pa.types.is_list(kind) else kind


def _filled(cases: pa.RecordBatch) -> pa.RecordBatch:
    """Without the attributes that nothing is in."""
    arrays = {name: cases.column(name) for name in cases.schema.names}
    events = arrays["events"]
    lengths = events.value_lengths().fill_null(0).to_numpy()
    offsets = pa.array(np.concatenate(([0], np.cumsum(lengths))), pa.int32())
    arrays["events"] = pa.ListArray.from_arrays(offsets, _filled_struct(events.flatten()))
    if "attributes" in arrays:
        arrays["attributes"] = _filled_struct(arrays["attributes"])
    return pa.RecordBatch.from_arrays(list(arrays.values()), list(arrays))


def _filled_struct(values: pa.StructArray) -> pa.StructArray:
    kept = [n for n, one in enumerate(values.type) if one.name in _FIXED or values.field(n).null_count < len(values)]
    names = [values.type.field(n).name for n in kept]
    mask = values.is_null() if values.null_count else None
    return pa.StructArray.from_arrays([values.field(n) for n in kept], names, mask=mask)


def _row_groups(batches: Iterator[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.Table]:
    held: list[pa.RecordBatch] = []
    for batch in batches:
        for start in range(0, batch.num_rows, ROWS):
            held.append(batch.slice(start, ROWS))
            if sum(one.num_rows for one in held) >= ROWS or sum(one.nbytes for one in held) >= BYTES:
                yield pa.Table.from_batches(held, schema)
                held = []
    if held:
        yield pa.Table.from_batches(held, schema)
