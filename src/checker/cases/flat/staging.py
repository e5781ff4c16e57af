"""The used cells of a table into a temporary Parquet file, with the run of rows of one case that each row is in."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from checker.cases.astray import UNKNOWN, Ahead, acts_told, is_name, is_shifted
from checker.cases.flat.cells import Codes, Column, coded, column_from, column_of
from checker.cases.table import BrokenOffError, Row, Table, case_text, used

Flags = npt.NDArray[np.bool_]
ROWS: Final = 65_536
"""About so many rows make a row group of the file."""
_CELLS: Final = 400_000
"""About so many cells are kept as objects at a time."""


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows: the line each begins on, how many cells it has where that is wrong, its used cells by position."""

    lines: pa.Array
    widths: pa.Array
    cells: dict[int, Column]


@dataclass(frozen=True, slots=True)
class Staged:
    """What was copied: how many runs of rows of one case, how many rows of no case; why it ended.

    ``apart``: rows of one case are known not to stand together; they may also if this is false. ``astray``: the acts of
    the rows that may belong to any case.
    """

    runs: int
    caseless: int
    apart: bool
    astray: frozenset[str]
    broken: BrokenOffError | None


def schema_of(opened: Table) -> pa.Schema:
    """The columns of the file; ``run`` counts from 1, a row of no case is in that of the row before it."""
    fixed = [("line", pa.int64()), ("run", pa.int64()), ("width", pa.int32()), ("case", pa.string())]
    texts = [(f"text{n}", pa.string()) for n in used(opened)]
    return pa.schema([*fixed, *texts, *((f"other{n}", pa.binary()) for n in used(opened))])


def blocks_of_rows(opened: Table, rows: Iterator[Row]) -> Iterator[Block]:
    """Rows as blocks. What was read before the rows broke off comes first."""
    size = max(100, min(ROWS, _CELLS // opened.width))
    broken: list[BrokenOffError] = []
    guarded = _until_broken(rows, broken)
    while some := list(islice(guarded, size)):
        yield _block(opened, some)
    if broken:
        raise broken[0]


def _until_broken(rows: Iterator[Row], broken: list[BrokenOffError]) -> Iterator[Row]:
    try:
        yield from rows
    except BrokenOffError as error:
        broken.append(error)


def _block(opened: Table, rows: Sequence[Row]) -> Block:
    cells = [row for _, row in rows]
    widths = pa.array([len(row) for row in cells], pa.int32())
    wrong = pc.not_equal(widths, opened.width)
    if wrong.true_count:
        cells = [[*row, *[None] * (opened.width - len(row))] for row in cells]
    return Block(
        pa.array([line for line, _ in rows], pa.int64()),
        pc.if_else(wrong, widths, pa.scalar(None, pa.int32())),
        {n: column_of([row[n] for row in cells]) for n in used(opened)},
    )


def blocks_of_batches(opened: Table, batches: Iterator[pa.RecordBatch]) -> Iterator[Block]:
    """Batches with the used columns as blocks; lines are the numbers of the rows, from 1."""
    before = 0
    for batch in batches:
        lines = pa.array(np.arange(before + 1, before + batch.num_rows + 1))
        columns = zip(used(opened), batch.columns, strict=True)
        yield Block(lines, pa.nulls(batch.num_rows, pa.int32()), {n: column_from(array) for n, array in columns})
        before += batch.num_rows


class _Runs:
    """Numbers the runs of rows of one case over all blocks."""

    def __init__(self) -> None:
        self.count = 0
        self.apart = False
        self._last: str | None = None

    def number(self, cases: pa.Array) -> Codes:
        """The run of each row."""
        begins = np.zeros(len(cases), bool)
        found = np.flatnonzero(cases.is_valid().to_numpy(zero_copy_only=False))
        if len(found):
            named = cases.drop_null().dictionary_encode()
            codes = named.indices.to_numpy()
            begins[found[1:]] = codes[1:] != codes[:-1]
            begins[found[0]] = named[0].as_py() != self._last
            self._last = named[-1].as_py()
            self.apart |= bool(np.count_nonzero(codes[1:] != codes[:-1]) >= len(named.dictionary))
        runs: Codes = np.cumsum(begins) + self.count
        self.count = int(runs[-1]) if len(runs) else self.count
        return runs


def stage(opened: Table, blocks: Iterator[Block], path: Path) -> Staged:
    """Copy the rows; OSError where the file cannot be written."""
    schema, runs = schema_of(opened), _Runs()
    caseless = 0
    astray: set[str] = set()
    broken = None
    waiting: list[pa.RecordBatch] = []
    with pq.ParquetWriter(path, schema, compression="lz4") as writer:
        try:
            for block in blocks:
                cases = _cases(opened, block)
                waiting.append(_batch(opened, block, cases.names, runs, schema))
                caseless += cases.names.null_count
                astray |= _acts_astray(opened, block, cases)
                if sum(batch.num_rows for batch in waiting) >= ROWS:
                    writer.write_table(pa.Table.from_batches(waiting))
                    waiting.clear()
        except BrokenOffError as error:
            broken = error
        if waiting:
            writer.write_table(pa.Table.from_batches(waiting))
    return Staged(runs.count, caseless, runs.apart, frozenset(astray), broken)


def look_ahead(opened: Table, batches: Iterator[pa.RecordBatch]) -> Ahead:
    """What :func:`checker.cases.astray.look_ahead` gives of the rows of batches with the used columns."""
    wanted = {n: used(opened).index(n) for n in (opened.roles["case"], opened.roles["act"])}
    found, before = Ahead(), 0
    with suppress(BrokenOffError):
        for batch in batches:
            cells = {n: column_from(batch.column(at)) for n, at in wanted.items()}
            block = Block(pa.nulls(batch.num_rows, pa.int64()), pa.nulls(batch.num_rows, pa.int32()), cells)
            cases = _cases(opened, block)
            found.acts |= _acts_astray(opened, block, cases)
            for case, at in _begins(cases.names):
                found.begins(case, before + at + 1)
            before += batch.num_rows
    return found


def _begins(names: pa.Array) -> Iterator[tuple[str, int]]:
    """The case of each run of rows, and the place of its first row."""
    held = np.flatnonzero(names.is_valid().to_numpy(zero_copy_only=False))
    codes = names.drop_null().dictionary_encode().indices.to_numpy()
    first = np.flatnonzero(np.concatenate(([True], codes[1:] != codes[:-1]))[: len(codes)])
    places = held[first]
    yield from zip(names.take(pa.array(places)).to_pylist(), places.tolist(), strict=True)


@dataclass(frozen=True, slots=True)
class _Cases:
    """The case of each row, null where it has none; whether no case can be called so."""

    names: pa.Array
    unusable: Flags


def _cases(opened: Table, block: Block) -> _Cases:
    found = coded(block.cells[opened.roles["case"]], len(block.lines))
    texts = [case_text(value) for value in found.values]
    names = pa.array([text or None for text in texts], pa.string())
    unusable = np.array([not is_name(text) for text in texts], bool)
    return _Cases(names.take(pa.array(found.codes)), unusable[found.codes])


def _acts_astray(opened: Table, block: Block, cases: _Cases) -> set[str]:
    """What :func:`checker.cases.astray.acts_of` gives of the rows."""
    wrong = block.widths.is_valid().to_numpy(zero_copy_only=False)
    told = cases.unusable & ~wrong
    acts: set[str] = set()
    if told.any():
        cells = coded(block.cells[opened.roles["act"]], len(block.lines))
        acts = acts_told(opened.layout, [cells.values[n] for n in np.unique(cells.codes[told])])
    if wrong.any() and (is_shifted(opened) or (cases.unusable & wrong).any()):
        acts.add(UNKNOWN)
    return acts


def _batch(opened: Table, block: Block, cases: pa.Array, runs: _Runs, schema: pa.Schema) -> pa.RecordBatch:
    length = len(block.lines)
    columns = [block.lines, pa.array(runs.number(cases)), block.widths, cases]
    columns += [block.cells[n].texts for n in used(opened)] + [block.cells[n].others for n in used(opened)]
    arrays = [pa.nulls(length, field.type) if one is None else one for one, field in zip(columns, schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)
