"""The rows of a table handed out case by case, in stretches small enough for memory, however large the table is."""

import errno
import glob
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from checker.calendars.unreadable import reason
from checker.cases.astray import covering
from checker.cases.columns import Layout
from checker.cases.flat.cells import Codes
from checker.cases.flat.staging import Block, Staged, stage
from checker.cases.problems import BadCase, Refusal, unread
from checker.cases.table import BrokenOffError, Table
from checker.model.place import Place

if TYPE_CHECKING:
    import duckdb

CASES: Final = 20_000
ROWS: Final = 100_000
"""A stretch ends with the first case that makes it so many cases or rows."""
_MEMORY: Final = ("160MB", "320MB", "640MB", "1280MB", "2560MB")
"""Beyond it the sorting goes on in the temporary folder; the next where even that takes more."""

_BATCH: Final = 65_536

_DISTINCT: Final = """select count(distinct "case") from {rows}"""
_BY_CASE: Final = """
    select first as key, null::bigint as earlier, null::bigint as later, held.* from {rows} as held
    join (select "case", min(line) as first from {rows} where "case" is not null group by "case") as firsts
    on held."case" = firsts."case" order by key, line
"""
_AS_THEY_STAND: Final = """
    select held.run as key, earlier, later, held.* from {rows} as held
    left join (
        select run, lag(last) over stretches as earlier, lead(first) over stretches as later from (
            select "case", run, min(line) as first, max(line) as last from {rows}
            where "case" is not null group by "case", run)
        window stretches as (partition by "case" order by run)
    ) as runs on held.run = runs.run
    where held."case" is null or held.run < {before} order by key, line
"""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows of whole cases, in the order of the cases and then of the table; it can be pickled.

    ``rows`` is an Arrow stream of ``count`` rows with the columns of :func:`checker.cases.flat.staging.schema_of` and
    three more: ``key``, ascending, the same for all rows of a case; ``earlier`` and ``later``, the last line of the
    same case before these rows and the first behind them, where all were said to stand together. ``header`` and
    ``layout`` open the table again.
    """

    header: tuple[str, ...]
    layout: Layout
    rows: bytes
    count: int


def stretches(opened: Table, blocks: Iterator[Block]) -> Iterator[Stretch | BadCase]:
    """The stretches of a table, the same every time; what ended it too early comes last, as from the reader by rows.

    The temporary folder is gone when the last stretch is, or the iterator is closed.
    """
    where = tempfile.gettempdir()
    try:
        with tempfile.TemporaryDirectory(prefix="checker-", ignore_cleanup_errors=True) as folder:
            yield from _from_folder(opened, blocks, Path(folder))
    except OSError as error:
        help_text = "腾出空间，或用环境变量 TMPDIR 指定别的临时文件夹"
        full = Refusal("no-room", f"临时文件夹「{where}」用不了（{reason(error)}），表没有读完", help=help_text)
        yield unread(full, Place(file=opened.name))


def _from_folder(opened: Table, blocks: Iterator[Block], folder: Path) -> Iterator[Stretch | BadCase]:
    path = folder / "rows.parquet"
    staged = stage(opened, _readable(blocks, opened.name), path)
    pa.default_memory_pool().release_unused()  # what is sorted now needs the room
    opened = covering(opened, staged.astray)
    with _connected(folder) as database:
        for table in _cut(_Rows(staged, path, database, opened.layout.grouped).by_case()):
            yield _stretch(opened, table)
    if staged.broken is not None:
        yield staged.broken.bad


def _readable(blocks: Iterator[Block], name: str) -> Iterator[Block]:
    """Tell trouble with the source from trouble with the temporary folder."""
    try:
        yield from blocks
    except OSError as error:
        refusal = Refusal("unreadable", f"文件「{name}」读不出来（{reason(error)}）")
        raise BrokenOffError(unread(refusal, Place(file=name))) from error


@contextmanager
def _connected(folder: Path) -> Iterator["duckdb.DuckDBPyConnection"]:
    """A database that keeps what does not fit into memory in the folder; its errors as OSError."""
    import duckdb

    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": _MEMORY[0],
        "temp_directory": str(folder / "spill"),
        "threads": 1,  # each needs memory of its own
        "preserve_insertion_order": False,  # every query says its order
    }
    try:
        with duckdb.connect(config=settings) as database:
            yield database
    except duckdb.Error as error:
        is_full = "space" in str(error) or not isinstance(error, duckdb.OutOfMemoryException)
        raise OSError(errno.ENOSPC if is_full else errno.ENOMEM, str(error)) from error


@dataclass(frozen=True, slots=True)
class _Rows:
    """The copied rows and the questions to them."""

    staged: Staged
    path: Path
    database: "duckdb.DuckDBPyConnection"
    grouped: bool

    def by_case(self) -> Iterator[pa.Table]:
        """The rows with their key, sorted by it. Of a table that broke off, what the reader by rows would give."""
        staged = self.staged
        whole = staged.broken is None
        # The case that was being read when it broke off may go on; without grouping that may be any case.
        before = staged.runs + 1 if whole else staged.runs if self.grouped else 0
        if self.grouped and not self._is_together():
            yield from self._sorted(_AS_THEY_STAND.replace("{before}", str(before)))
        elif self.grouped or not whole or (not staged.caseless and self._is_together()):
            yield from self._in_order(before)
        else:
            if staged.caseless:
                yield from self._in_order(0, key=0)
            yield from self._sorted(_BY_CASE)

    def _is_together(self) -> bool:
        """Whether the rows of each case stand together."""
        if self.staged.apart:
            return False
        ((distinct,),) = self._asked(_DISTINCT).fetchall()
        return bool(distinct == self.staged.runs)

    def _asked(self, query: str) -> "duckdb.DuckDBPyRelation":
        name = glob.escape(str(self.path)).replace("'", "''")
        return self.database.sql(query.replace("{rows}", f"read_parquet('{name}')"))

    def _sorted(self, query: str) -> Iterator[pa.Table]:
        import duckdb

        given = 0
        for limit in _MEMORY:
            self.database.sql(f"set memory_limit = '{limit}'")
            try:
                before = 0
                for batch in self._asked(query).to_arrow_reader(_BATCH):
                    fresh = batch.slice(min(max(given - before, 0), batch.num_rows))  # the order is the same again
                    before += batch.num_rows
                    given += fresh.num_rows
                    yield pa.Table.from_batches([fresh])
                return
            except (duckdb.OutOfMemoryException, OSError) as error:  # OSError where it comes through Arrow
                if limit == _MEMORY[-1] or "memory" not in str(error).lower():
                    raise

    def _in_order(self, before: int, key: int | None = None) -> Iterator[pa.Table]:
        for batch in pq.ParquetFile(self.path, pre_buffer=False).iter_batches(_BATCH):
            wanted = pc.or_(pc.is_null(batch["case"]), pc.less(batch["run"], before))
            table = pa.Table.from_batches([batch]).filter(wanted)
            nulls = pa.nulls(table.num_rows, pa.int64())
            keys = table["run"] if key is None else pa.array(np.full(table.num_rows, key))
            yield table.add_column(0, "key", keys).add_column(1, "earlier", nulls).add_column(2, "later", nulls)


def _cut(tables: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """Whole cases, cut where their rows say and nothing else."""
    waiting: pa.Table | None = None
    for table in tables:
        waiting = table if waiting is None else pa.concat_tables([waiting, table])
        while (end := _end(waiting["key"].to_numpy())) is not None:
            yield waiting.slice(0, end)
            waiting = waiting.slice(end)
    if waiting is not None and waiting.num_rows:
        yield waiting


def _end(keys: Codes) -> int | None:
    """Where the first stretch of these rows ends; None if that is not to be known yet."""
    begins = np.flatnonzero((keys[1:] != keys[:-1]) | (keys[1:] == 0)) + 1  # rows of no case need not stay together
    late = begins[begins >= ROWS][:1]
    found = [int(end) for end in (*begins[CASES - 1 : CASES], *late)]
    return min(found) if found else None


def _stretch(opened: Table, rows: pa.Table) -> Stretch:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.schema) as writer:
        writer.write_table(rows.combine_chunks())
    return Stretch(opened.header, opened.layout, sink.getvalue().to_pybytes(), rows.num_rows)
