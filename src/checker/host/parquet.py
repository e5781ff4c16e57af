"""Findings as a Parquet file: the columns of ``FINDINGS`` but the row of a batch, what they rest on in the metadata."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from checker.engines.archive.schema import FINDINGS

SCHEMA = FINDINGS.remove(FINDINGS.get_field_index("row"))
ROWS = 100_000
"""Findings in a row group, however the input was cut."""


def encoded(batches: Iterable[pa.RecordBatch]) -> bytes:
    """Findings (schema ``FINDINGS``) as an Arrow stream without their rows."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, SCHEMA) as writer:
        for batch in batches:
            writer.write_batch(batch.select(SCHEMA.names))
    return sink.getvalue().to_pybytes()  # type: ignore[no-any-return]  # pyarrow has no types


def write(file: IO[bytes], streams: Iterable[bytes], metadata: Callable[[], Mapping[str, str]]) -> None:
    """All findings of the streams, in their order; ``metadata`` is asked for after the last of them.

    OSError where the file cannot be written.
    """
    with pq.ParquetWriter(file, SCHEMA, compression="zstd") as writer:
        for table in _even(streams):
            writer.write_table(table, row_group_size=ROWS)
        writer.add_key_value_metadata(dict(metadata()))


def _even(streams: Iterable[bytes]) -> Iterator[pa.Table]:
    """Tables of :data:`ROWS` rows, so that the cut of the input cannot be told from the file."""
    held = SCHEMA.empty_table()
    for stream in filter(None, streams):
        held = pa.concat_tables([held, pa.ipc.open_stream(stream).read_all()])
        while held.num_rows >= ROWS:
            yield held.slice(0, ROWS).combine_chunks()
            held = held.slice(ROWS)
    if held.num_rows:
        yield held.combine_chunks()
