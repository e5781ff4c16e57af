"""Parquet files of nested case records: whether a file is one, whether it can be read, its rows in batches."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import types

from checker.cases.columnar.pieces import is_list
from checker.cases.keys import ANSWER, CASE, EVENT, EXTENT, both_ways
from checker.cases.problems import BadCase, Refusal, diagnosed, unread
from checker.model.place import Place

STRETCH: Final = 20_000
"""Rows read at a time, and the most in a stretch."""

_EVENTS: Final = ("events", CASE["events"])
_LISTS: Final = (*_EVENTS, "answers", CASE["answers"])


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows of one row group: ``start`` counts in the group, ``first`` from 1 in the file."""

    group: int
    start: int
    count: int
    first: int


def opened(stream: BinaryIO | str) -> pq.ParquetFile:
    """The file, its texts to be read as dictionaries. Raises what pyarrow raises for what is no Parquet file."""
    file = pq.ParquetFile(stream)
    texts = _text_paths(file)
    file = pq.ParquetFile(stream, metadata=file.metadata, read_dictionary=texts, page_checksum_verification=True)
    return file


def is_nested(schema: pa.Schema) -> bool:
    """Whether a row is a case, and not an event."""
    return any(is_list(field.type) for field in schema if field.name in _EVENTS)


def refused(schema: pa.Schema, name: str) -> BadCase | None:
    """Why a nested file cannot be read at all, naming every column that is missing or of a wrong type."""
    place = Place(file=name)
    found = [diagnosed(refusal, place) for refusal in _refusals(schema)]
    return BadCase(None, place, tuple(found)) if found else None


def stretches(file: pq.ParquetFile, most: int = STRETCH) -> Iterator[Stretch]:
    """The rows of a file cut into stretches of so many at most, none reaching over two row groups."""
    first = 1
    for group in range(file.metadata.num_row_groups):
        rows = file.metadata.row_group(group).num_rows
        for start in range(0, rows, most):
            yield Stretch(group, start, min(most, rows - start), first + start)
        first += rows


class GroupRows:
    """The rows of a row group in order. Rows can be found only from its beginning: going back costs reading anew."""

    def __init__(self, file: pq.ParquetFile, group: int, columns: Sequence[str] | None = None) -> None:
        """Nothing is read yet; ``columns`` are the paths of leaves, by default all that hold anything."""
        self._file, self._group = file, group
        self._columns = columns if columns is not None else _filled(file, group)
        self._batches: Iterator[pa.RecordBatch] = iter(())
        self._rest: pa.RecordBatch | None = None
        self._next = -1

    def take(self, stretch: Stretch) -> pa.RecordBatch:
        """The rows of a stretch. Raises what pyarrow raises where they, or rows before them, cannot be read."""
        if self._next < 0 or stretch.start < self._next:
            self._start()
        while self._next < stretch.start:
            self._read(stretch.start - self._next)
        found, wanted = [], stretch.count
        while wanted:
            found.append(self._read(wanted))
            wanted -= found[-1].num_rows
        return found[0] if len(found) == 1 else pa.Table.from_batches(found).combine_chunks().to_batches()[0]

    def _start(self) -> None:
        self._rest, self._next = None, 0
        self._batches = self._file.iter_batches(
            batch_size=STRETCH, row_groups=[self._group], columns=self._columns, use_threads=False
        )

    def _read(self, most: int) -> pa.RecordBatch:
        try:
            batch = next(self._batches) if self._rest is None else self._rest
        except StopIteration:
            raise pa.ArrowInvalid("the row group ends early") from None
        except BaseException:
            self._next = -1
            raise
        taken = batch.slice(0, most)
        self._rest = batch.slice(most) if batch.num_rows > most else None
        self._next += taken.num_rows
        return taken


def read_stretches(file: pq.ParquetFile, name: str) -> Iterator[tuple[Stretch, pa.RecordBatch | BadCase]]:
    """The rows of a whole file in order, or what to say where they cannot be read."""
    rows: GroupRows | None = None
    for stretch in stretches(file):
        if rows is None or stretch.start == 0:
            rows = GroupRows(file, stretch.group)
        try:
            yield stretch, rows.take(stretch)
        except (pa.ArrowException, OSError):
            yield stretch, lost(file, stretch, name)


def damaged(name: str) -> BadCase:
    """What to say of a file that cannot be opened."""
    refusal = Refusal("bad-parquet", "内容不是完整的 Parquet 文件", help="重新导出，并核对文件是否传完整")
    return unread(refusal, Place(file=name))


def lost(file: pq.ParquetFile, stretch: Stretch, name: str) -> BadCase:
    """What to say of rows that cannot be read: the row group, the rows, the columns that are spoilt."""
    rows = f"第 {stretch.first} 至 {stretch.first + stretch.count - 1} 行"
    spoilt = [path for path in _paths(file) if not _is_readable(file, stretch, path)]
    columns = f"的列{'、'.join(f'「{path}」' for path in spoilt[:10])}" if spoilt else ""
    refusal = Refusal(
        "bad-parquet",
        f"第 {stretch.group + 1} 个行组{columns}已损坏，{rows}（{stretch.count} 案）读不出来",
        help="重新导出，并核对文件是否传完整",
    )
    return unread(refusal, Place(file=name, line=stretch.first))


def _is_readable(file: pq.ParquetFile, stretch: Stretch, path: str) -> bool:
    try:
        GroupRows(file, stretch.group, [path]).take(stretch)
    except (pa.ArrowException, OSError):
        return False
    return True


def _paths(file: pq.ParquetFile) -> list[str]:
    return [file.schema.column(n).path for n in range(len(file.schema))]


def _text_paths(file: pq.ParquetFile) -> list[str]:
    """Texts repeat, but for the numbers of cases."""
    columns = [file.schema.column(n) for n in range(len(file.schema))]
    names = {name for name, meant in both_ways(CASE).items() if meant == "case"}
    return [one.path for one in columns if one.physical_type == "BYTE_ARRAY" and one.path not in names]


def _filled(file: pq.ParquetFile, group: int) -> list[str]:
    """The leaves that are not null throughout, as far as the file tells; of each nested column one at least is kept.

    What holds lists in its rows is kept too: of them an empty one and a null look alike here.
    """
    found = file.metadata.row_group(group)
    kept: list[str] = []
    spare: list[str] = []
    for n in range(found.num_columns):
        chunk = found.column(n)
        known = chunk.statistics if chunk.is_stats_set else None
        is_empty = known is not None and known.has_null_count and known.null_count == chunk.num_values
        outer = 1 if chunk.path_in_schema.split(".")[0] in _LISTS else 0
        may_go = is_empty and file.schema.column(n).max_repetition_level <= outer
        (spare if may_go else kept).append(chunk.path_in_schema)
    tops = {path.split(".")[0] for path in kept}
    return kept + [path for path in spare if path.split(".")[0] not in tops]


_FLAT: Final = "文字、数、日期、是否"


def _refusals(schema: pa.Schema) -> Iterator[Refusal]:
    yield from _twice(schema, "")
    fields = _by_name(schema, CASE)
    if "case" not in fields:
        yield Refusal(
            "missing-column", "没有案件编号一列", expected="case（案件）", help=f"列有：{'、'.join(schema.names[:20])}"
        )
    for name, field in fields.items():
        match name:
            case "events" | "answers":
                yield from _of_list(field, EVENT if name == "events" else ANSWER)
            case "attributes" if not types.is_null(field.type):
                yield from _of_struct(field, field.type, {}, "一组属性")
            case "extent" if types.is_struct(field.type):
                yield from _of_struct(field, field.type, EXTENT, "")
            case "as_of" | "expect" | "todo":
                continue
            case _:
                yield from _of_leaf(field, field.name, name)


def _of_list(field: pa.Field, table: Mapping[str, str]) -> Iterator[Refusal]:
    item = field.type.value_type if is_list(field.type) else None
    if types.is_null(field.type) or (item is not None and types.is_null(item)):
        return  # written where no row had anything to say
    yield from _of_struct(field, item, table, "一列，每项一组「项: 值」")


def _of_struct(field: pa.Field, kind: pa.DataType | None, table: Mapping[str, str], expected: str) -> Iterator[Refusal]:
    if kind is None or not types.is_struct(kind):
        yield _wrong(field.name, field.type, expected)
        return
    yield from _twice(kind, f"{field.name}.")
    names = both_ways(table)
    if table is EVENT and not any(names.get(one.name) == "act" for one in kind):
        yield Refusal("missing-column", f"「{field.name}」里没有行为一列", expected="act（行为）")
    for one in kind:
        yield from _of_leaf(one, f"{field.name}.{one.name}", names.get(one.name, ""))


def _twice(fields: Iterable[pa.Field], within: str) -> Iterator[Refusal]:
    """Columns of one name, of which nobody can say which is meant."""
    for name, often in Counter(field.name for field in fields).items():
        if often > 1:
            yield Refusal("duplicate-column", f"列「{within}{name}」出现 {often} 次", help="改掉其中一个列名")


def _of_leaf(field: pa.Field, path: str, meant: str) -> Iterator[Refusal]:
    """Whether each value of a column can be judged by itself."""
    kind = field.type
    if is_list(kind) and meant not in ("date", "act", "id", "case", "kind", "ordered"):
        kind = kind.value_type
    if types.is_dictionary(kind):
        kind = kind.value_type
    if meant in ("date", "first", "last"):
        fits, expected = types.is_date(kind) or types.is_timestamp(kind) or _is_text(kind), "日期、时刻或文字"
    elif meant in ("act", "actor", "covers"):
        fits, expected = _is_text(kind), "文字"
    else:
        fits, expected = not (types.is_nested(kind) or types.is_binary(kind) or types.is_large_binary(kind)), _FLAT
    if not fits and not types.is_null(kind):
        yield _wrong(path, field.type, expected)


def _wrong(path: str, kind: pa.DataType, expected: str) -> Refusal:
    return Refusal("nested-column", f"列「{path}」的类型 {kind} 不能读取", expected=expected)


def _is_text(kind: pa.DataType) -> bool:
    return bool(types.is_string(kind) or types.is_large_string(kind))


def _by_name(fields: Iterable[pa.Field], table: Mapping[str, str]) -> dict[str, pa.Field]:
    names = both_ways(table)
    return {names[field.name]: field for field in fields if field.name in names}
