"""Parquet event tables, one row an event; needs pyarrow."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, BinaryIO

from checker.cases.formats import Setup
from checker.cases.problems import BadCase, Refusal, unread
from checker.cases.record import RawRecord
from checker.cases.table import Row, Table, records, table
from checker.model.place import Place

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq


def read(stream: BinaryIO, name: str, setup: Setup) -> Iterator[RawRecord | BadCase]:
    """The cases of a Parquet file, batch by batch. Columns that hold lists or structures are refused by name."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        lacking = Refusal("no-pyarrow", "读取 Parquet 需要 pyarrow", help="pip install checker[archive]")
        yield unread(lacking, Place(file=name))
        return
    try:
        file = pq.ParquetFile(stream)
        opened = table(file.schema_arrow.names, name, setup.layout, setup.vocabulary)
        if isinstance(opened, Refusal):
            yield unread(opened, Place(file=name))
        elif nested := _nested(file.schema_arrow, opened):
            yield unread(nested, Place(file=name))
        else:
            yield from records(opened, _rows(file, opened))
    except (pa.ArrowException, OSError):
        damaged = Refusal("bad-parquet", "内容不是完整的 Parquet 文件", help="重新导出，并核对文件是否传完整")
        yield unread(damaged, Place(file=name))


def _used(opened: Table) -> list[int]:
    return sorted({*opened.roles.values(), *opened.attributes, *opened.case_attributes})


def _nested(schema: "pa.Schema", opened: Table) -> Refusal | None:
    from pyarrow import types

    for n in _used(opened):
        column = schema.field(n)
        if types.is_nested(column.type) or types.is_binary(column.type):
            message = f"列「{column.name}」的类型 {column.type} 不能读取"
            return Refusal("nested-column", message, expected="文字、数、日期、是否的平列")
    return None


def _rows(file: "pq.ParquetFile", opened: Table) -> Iterator[Row]:
    used = set(_used(opened))
    names = file.schema_arrow.names
    number = 0
    for batch in file.iter_batches(batch_size=10_000, columns=[names[n] for n in sorted(used)]):
        columns = {name: batch.column(i).to_pylist() for i, name in enumerate(batch.schema.names)}
        ordered = [columns.get(name) for name in names]
        for i in range(batch.num_rows):
            number += 1
            yield number, [None if column is None else _native(column[i]) for column in ordered]


def _native(value: object) -> object:
    """Binary floats as the shortest decimal that reads back the same: what was written, not what was stored."""
    return Decimal(repr(value)) if isinstance(value, float) else value
