"""Parquet files of nested case records, some thousand rows at a time; flat event tables are regrouped by case.

Rows are found only from the beginning of their row group: of a large one each portion costs the reading of what stands
before it, unless the same process has just read that.
"""

import os
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from checker.cases.columnar.assemble import Places, assemble
from checker.cases.columnar.batches import Checked, check
from checker.cases.columnar.nested import raw_records
from checker.cases.columnar.parquet_file import (
    STRETCH,
    GroupRows,
    Stretch,
    damaged,
    is_nested,
    lost,
    opened,
    refused,
    stretches,
)
from checker.cases.columnar.plan import plan
from checker.cases.formats.parquet import opened as table_in
from checker.cases.portions import Chunk, Portion, Setup
from checker.cases.portions.csv import load as load_table
from checker.cases.portions.csv import portions_of
from checker.cases.problems import BadCase
from checker.cases.record import read_case
from checker.cases.source import Source
from checker.model.case import Case


def portions(source: Source, setup: Setup) -> Iterator[Portion | BadCase]:
    """Small row groups together, large ones in pieces."""
    try:
        file = pq.ParquetFile(source.name)
    except (pa.ArrowException, OSError):
        yield damaged(source.name)
        return
    if not is_nested(file.schema_arrow):
        from checker.cases.flat.staging import blocks_of_batches

        yield from portions_of(source, setup, table_in, blocks_of_batches, "parquet")
    elif bad := refused(file.schema_arrow, source.name):
        yield bad
    else:
        yield from _cut(file, source.name, min(STRETCH, setup.cases))


def _cut(file: pq.ParquetFile, name: str, most: int) -> Iterator[Portion]:
    gathered: list[Stretch] = []
    for stretch in stretches(file, most):
        if gathered and sum(one.count for one in gathered) + stretch.count > most:
            yield _portion(file, name, gathered)
            gathered = []
        gathered.append(stretch)
    if gathered:
        yield _portion(file, name, gathered)


def _portion(file: pq.ParquetFile, name: str, gathered: list[Stretch]) -> Portion:
    groups = [(one, file.metadata.row_group(one.group)) for one in gathered]
    size = sum(group.total_byte_size * one.count // max(1, group.num_rows) for one, group in groups)
    return Portion("parquet", name, tuple(gathered), size)


def load(portion: Portion, setup: Setup) -> Chunk:
    """The rows of one portion; a row group that cannot be read is left out by itself."""
    if not isinstance(portion.where, tuple):
        return load_table(portion, setup)
    name, prepared = portion.source, plan(setup.vocabulary, setup.options.zone)
    batches: list[tuple[pa.RecordBatch, Checked, int]] = []
    unread: dict[int, BadCase] = {}
    for stretch in portion.where:
        try:
            batch = _rows(name, stretch)
        except (pa.ArrowException, OSError):
            unread[stretch.first] = _lost(name, stretch)
        else:
            batches.append((batch, check(batch, prepared), stretch.first))

    def read(place: int) -> Case | BadCase:
        if place in unread:
            return unread[place]
        batch, first = next((batch, first) for batch, _, first in batches if 0 <= place - first < batch.num_rows)
        (record,) = raw_records(batch.slice(place - first, 1), [place], name, setup.vocabulary)
        return read_case(record, prepared.known)

    parts = [(checked, np.arange(first, first + batch.num_rows)) for batch, checked, first in batches]
    done = assemble(parts, np.array(sorted(unread), np.int64), read, setup.vocabulary)
    return Chunk(done.batch, _lines(done.places), None, done.bad, done.remarks)


def _lines(places: Places) -> range | tuple[int, ...]:
    """The numbers of rows; as a range where none is missing."""
    first = int(places[0]) if len(places) else 1
    unbroken = len(places) and int(places[-1]) - first == len(places) - 1
    return range(first, first + len(places)) if unbroken else tuple(places.tolist())


def _rows(name: str, stretch: Stretch) -> pa.RecordBatch:
    stamp = os.stat(name)
    return _group(name, stretch.group, stamp.st_mtime_ns, stamp.st_size).take(stretch)


def _lost(name: str, stretch: Stretch) -> BadCase:
    try:
        return lost(opened(name), stretch, name)
    except (pa.ArrowException, OSError):
        return damaged(name)


@lru_cache(maxsize=1)
def _group(name: str, group: int, _changed: int, _size: int) -> GroupRows:
    """The row group that was read last, so that the next portion goes on where this one ends."""
    return GroupRows(opened(name), group)
