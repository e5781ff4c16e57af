"""Parquet: nested case records, one row a case, or event tables, one row an event; needs pyarrow."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, Final

from checker.cases.astray import Ahead
from checker.cases.compressed import seekable
from checker.cases.flat.large import records_of
from checker.cases.formats import Setup
from checker.cases.problems import BadCase, Refusal, unread
from checker.cases.record import RawRecord
from checker.cases.table import BrokenOffError, Row, Table, native, table, used
from checker.model.place import Place
from checker.model.vocabulary import Vocabulary

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq


_ROWS: Final = 1_000
"""Rows turned into records at a time."""


def read(stream: BinaryIO, name: str, setup: Setup) -> Iterator[RawRecord | BadCase]:
    """The cases of a Parquet file, batch by batch; one that has a column of lists of events holds a case a row."""
    try:
        with seekable(stream) as content:
            if _holds_records(content, name):
                yield from _nested_rows(content, name, setup.vocabulary)
                return
            with opened(content, name, setup) as (found, batches):
                yield from records_of(found, _rows(found, batches), lambda: _ahead(content, name, setup))
    except BrokenOffError as broken:
        yield broken.bad


def _ahead(content: BinaryIO, name: str, setup: Setup) -> Ahead:
    """What is read beforehand."""
    from checker.cases.flat.staging import look_ahead

    with opened(content, name, setup) as (found, batches):
        return look_ahead(found, batches)


def _holds_records(content: BinaryIO, name: str) -> bool:
    """Whether each row is a case with its events, and not an event. BrokenOffError where that cannot be seen."""
    try:
        import pyarrow.parquet as pq
    except ImportError as error:
        lacking = Refusal("no-pyarrow", "读取 Parquet 需要 pyarrow", help="pip install checker[archive]")
        raise BrokenOffError(unread(lacking, Place(file=name))) from error
    from checker.cases.columnar.parquet_file import is_nested

    with _broken_off(name):
        return is_nested(pq.ParquetFile(content).schema_arrow)


@contextmanager
def opened(stream: BinaryIO, name: str, setup: Setup) -> Iterator[tuple[Table, Iterator["pa.RecordBatch"]]]:
    """The table and batches of its rows, only the used columns. BrokenOffError, there or among the rows, ends it."""
    try:
        import pyarrow.parquet as pq
    except ImportError as error:
        lacking = Refusal("no-pyarrow", "读取 Parquet 需要 pyarrow", help="pip install checker[archive]")
        raise BrokenOffError(unread(lacking, Place(file=name))) from error
    with seekable(stream) as content:
        with _broken_off(name):
            file = pq.ParquetFile(content)
            schema = file.schema_arrow
            found = table(schema.names, name, setup.layout, setup.vocabulary)
        if isinstance(found, Refusal):
            raise BrokenOffError(unread(found, Place(file=name)))
        if nested := _nested(schema, found):
            raise BrokenOffError(unread(nested, Place(file=name)))
        yield found, _batches(file, found, name)


@contextmanager
def _broken_off(name: str) -> Iterator[None]:
    import pyarrow as pa

    try:
        yield
    except (pa.ArrowException, OSError) as error:
        damaged = Refusal("bad-parquet", "内容不是完整的 Parquet 文件", help="重新导出，并核对文件是否传完整")
        raise BrokenOffError(unread(damaged, Place(file=name))) from error


def _nested_rows(content: BinaryIO, name: str, vocabulary: Vocabulary) -> Iterator[RawRecord | BadCase]:
    """The rows of nested case records; of a row group that is spoilt the rows that still can be read."""
    import pyarrow.parquet as pq

    from checker.cases.columnar.nested import raw_records
    from checker.cases.columnar.parquet_file import read_stretches, refused

    with _broken_off(name):
        file = pq.ParquetFile(content)
    wrong = refused(file.schema_arrow, name)
    if wrong is not None:
        yield wrong
        return
    for stretch, batch in read_stretches(file, name):
        if isinstance(batch, BadCase):
            yield batch
            continue
        for start in range(0, batch.num_rows, _ROWS):
            some = batch.slice(start, _ROWS)
            numbers = list(range(stretch.first + start, stretch.first + start + some.num_rows))
            yield from raw_records(some, numbers, name, vocabulary)


def _batches(file: "pq.ParquetFile", found: Table, name: str) -> Iterator["pa.RecordBatch"]:
    names = file.schema_arrow.names
    with _broken_off(name):
        for batch in file.iter_batches(batch_size=10_000, columns=[names[n] for n in used(found)]):
            _require_unicode(batch, name)
            yield _in_microseconds(batch)


def _require_unicode(batch: "pa.RecordBatch", name: str) -> None:
    """BrokenOffError where a column of texts holds bytes of another encoding, which Parquet does not prevent."""
    from pyarrow import ArrowInvalid, types

    for column, array in zip(batch.schema.names, batch.columns, strict=True):
        kind = array.type.value_type if types.is_dictionary(array.type) else array.type
        if not (types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind)):
            continue
        try:
            array.validate(full=True)
        except ArrowInvalid as error:
            wrong = Refusal("bad-encoding", f"列「{column}」里有不是 UTF-8 的文字", help="按 UTF-8 重新导出")
            raise BrokenOffError(unread(wrong, Place(file=name))) from error


def _in_microseconds(batch: "pa.RecordBatch") -> "pa.RecordBatch":
    """Nanoseconds, which no object of ours has, dropped as they are from text."""
    import pyarrow as pa

    from checker.cases.columnar.native import in_microseconds

    def coarse(column: pa.Array) -> pa.Array:
        kind = column.type
        if pa.types.is_timestamp(kind) and kind.unit == "ns":
            return in_microseconds(column)
        return column.cast(pa.time64("us"), safe=False) if kind == pa.time64("ns") else column

    return pa.RecordBatch.from_arrays(list(map(coarse, batch.columns)), names=batch.schema.names)


def _nested(schema: "pa.Schema", opened: Table) -> Refusal | None:
    from pyarrow import types

    for n in used(opened):
        column = schema.field(n)
        if types.is_nested(column.type) or types.is_binary(column.type):
            message = f"列「{column.name}」的类型 {column.type} 不能读取"
            return Refusal("nested-column", message, expected="文字、数、日期、是否的平列")
    return None


def _rows(found: Table, batches: Iterator["pa.RecordBatch"]) -> Iterator[Row]:
    from checker.cases.columnar.native import plain

    places = used(found)
    number = 0
    for batch in batches:
        columns = [plain(column) for column in batch.columns]
        for cells in zip(*columns, strict=True):
            number += 1
            row: list[object] = [None] * found.width
            for n, cell in zip(places, cells, strict=True):
                row[n] = native(cell)
            yield number, row
