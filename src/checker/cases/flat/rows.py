"""The rows of a stretch, laid out by case."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from checker.cases.flat.cells import Coded, Codes, Column, cells_of, coded
from checker.cases.table import Apart, Row, Table, used


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of whole cases.

    ``batch`` holds the rows that name a case, ``begins`` the first row of each case and ``cases`` the case of each row.
    ``astray`` are the lines of rows that name none, each with the case before which it counts.
    """

    opened: Table
    batch: pa.RecordBatch
    begins: Codes
    cases: Codes
    astray: list[tuple[int, int]]

    @classmethod
    def of(cls, opened: Table, data: bytes) -> "Rows":
        """The rows of an Arrow stream."""
        everything = pa.ipc.open_stream(data).read_all().combine_chunks().to_batches()[0]
        named = everything.filter(everything["case"].is_valid())
        keys = named["key"].to_numpy()
        changes = np.ones(len(keys), bool)
        changes[1:] = keys[1:] != keys[:-1]
        begins = np.flatnonzero(changes)
        others = everything.filter(everything["case"].is_null())
        before = np.searchsorted(keys[begins], others["key"].to_numpy()).tolist()
        astray = list(zip(before, others["line"].to_pylist(), strict=True))
        return cls(opened, named, begins, np.cumsum(changes) - 1, astray)

    def column(self, n: int) -> Column:
        """The cells at a position of the header."""
        texts, others = self.batch[f"text{n}"], self.batch[f"other{n}"]
        length = self.batch.num_rows
        return Column(*(None if array.null_count == length else array for array in (texts, others)))

    def coded(self, n: int) -> Coded:
        """The codes of the cells at a position of the header."""
        return coded(self.column(n), self.batch.num_rows)

    def lines(self) -> Codes:
        """The line of the first row of each case."""
        found: Codes = self.batch["line"].to_numpy()[self.begins]
        return found

    def apart(self) -> list[Apart | None]:
        """Where each case has other rows, of which there should be none."""
        ends = (self.batch[name].take(pa.array(self.begins)).to_pylist() for name in ("earlier", "later"))
        return [None if pair == (None, None) else Apart(*pair) for pair in zip(*ends, strict=True)]

    def names(self) -> pa.Array:
        """The cases."""
        return self.batch["case"].take(pa.array(self.begins))

    def rows_of(self, cases: Codes) -> list[list[Row]]:
        """The rows of each of these cases as a reader by rows has them."""
        ends = np.append(self.begins[1:], self.batch.num_rows)
        places = np.concatenate([np.arange(self.begins[n], ends[n]) for n in cases] or [np.array([], np.int64)])
        cells = {n: cells_of(self.column(n), places) for n in used(self.opened)}
        widths = self.batch["width"].take(pa.array(places)).to_pylist()
        lines = self.batch["line"].take(pa.array(places)).to_pylist()
        pairs = enumerate(zip(lines, widths, strict=True))
        rows: list[Row] = [(line, self._cells(cells, at, width)) for at, (line, width) in pairs]
        lengths = (ends - self.begins)[cases]
        stops = np.cumsum(lengths)
        return [rows[stop - length : stop] for stop, length in zip(stops, lengths, strict=True)]

    def _cells(self, cells: dict[int, list[object]], at: int, width: int | None) -> list[object]:
        """The cells of one row; of a row of the wrong width only their number."""
        row: list[object] = [None] * (self.opened.width if width is None else width)
        if width is None:
            for n, column in cells.items():
                row[n] = column[at]
        return row
