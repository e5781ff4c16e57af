"""The cells of a sheet of an old binary workbook."""

import struct
from typing import Final

from checker.cases.ledger.biff import SheetStart, Workbook
from checker.cases.ledger.biff_records import Record, Texts, records
from checker.cases.ledger.grid import ErrorCell, Grid, Merge
from checker.cases.ledger.marks import ERRORS, too_wide
from checker.cases.ledger.number_formats import compressed, moment_of, without_day
from checker.cases.ledger.rows import fill, put
from checker.cases.problems import Refusal

_FORMULA: Final = (0x0006, 0x0206, 0x0406)
_SPECIAL: Final = 0xFFFF
"""In place of the high end of a number: the result is no number."""


class Cells:
    """Reads the records of one sheet; ``empty`` are formulas whose result is no text at all."""

    def __init__(self, workbook: Workbook) -> None:
        self.rows: list[list[object]] = []
        self.merged: list[Merge] = []
        self.formulas = 0
        self.empty: list[tuple[int, int]] = []
        self.refusal: Refusal | None = None
        self._workbook = workbook
        self._waiting: tuple[int, int] | None = None
        self._last_row = self._last_column = 1

    def take(self, record: Record) -> None:
        """Note what a record says. struct.error or IndexError where it is damaged."""
        body = record.body
        match record.kind:
            case 0x00FD:
                self._put(body, self._workbook.texts[struct.unpack_from("<I", body, 6)[0]])
            case 0x0203:
                self._number(body, struct.unpack_from("<d", body, 6)[0])
            case 0x027E:
                self._number(body, compressed(struct.unpack_from("<I", body, 6)[0]))
            case 0x00BD:
                self._many(body)
            case 0x0204 | 0x00D6:
                self._put(body, Texts(record, 6, self._workbook.encoding).next())
            case 0x0205:
                self._put(body, ErrorCell(ERRORS.get(body[6], "#ERROR!")) if body[7] else bool(body[6]))
            case 0x0207 if self._waiting is not None:
                self._place(*self._waiting, Texts(record, 0, self._workbook.encoding).next())
                self._waiting = None
            case 0x00E5:
                self._merge(body)
            case kind if kind in _FORMULA:
                self._formula(body)

    def _put(self, body: bytes, value: object) -> None:
        row, column = struct.unpack_from("<HH", body)
        self._place(row + 1, column + 1, value)

    def _place(self, row: int, column: int, value: object) -> None:
        if isinstance(value, str) and (not value or value.isspace()):
            return
        self._last_row, self._last_column = max(row, self._last_row), max(column, self._last_column)
        self.refusal = self.refusal or too_wide(self._last_row, self._last_column)
        if self.refusal is None:
            put(self.rows, row, column, value)

    def _number(self, body: bytes, number: float) -> None:
        self._put(body, self._shown(number, struct.unpack_from("<H", body, 4)[0]))

    def _shown(self, number: float, style: int) -> object:
        elapsed = self._workbook.date_formats.get(style)
        if elapsed is None:
            return number
        moment = moment_of(number, self._workbook.date1904, elapsed)
        return without_day(moment, self._workbook.dayless.get(style, "")) or moment

    def _many(self, body: bytes) -> None:
        row, column = struct.unpack_from("<HH", body)
        for step, at in enumerate(range(4, len(body) - 6, 6)):
            style, number = struct.unpack_from("<HI", body, at)
            self._place(row + 1, column + step + 1, self._shown(compressed(number), style))

    def _formula(self, body: bytes) -> None:
        row, column, style = struct.unpack_from("<HHH", body)
        self._waiting = None
        if struct.unpack_from("<H", body, 12)[0] != _SPECIAL:
            self._place(row + 1, column + 1, self._shown(struct.unpack_from("<d", body, 6)[0], style))
        elif body[6] == 0:
            self._waiting = row + 1, column + 1
        elif body[6] == 3:
            self.empty.append((row + 1, column + 1))
            return
        else:
            self._put(body, bool(body[8]) if body[6] == 1 else ErrorCell(ERRORS.get(body[8], "#ERROR!")))
        self.formulas += body[6] != 2 or struct.unpack_from("<H", body, 12)[0] != _SPECIAL

    def _merge(self, body: bytes) -> None:
        for at in range(2, len(body) - 7, 8):
            top, bottom, left, right = struct.unpack_from("<4H", body, at)
            self.merged.append(Merge(top + 1, left + 1, bottom + 1, right + 1))


def cells_of(stream: bytes, start: SheetStart, workbook: Workbook) -> Cells:
    """The cells of a sheet; charts that stand in it keep figures of their own, which are passed over."""
    cells = Cells(workbook)
    for record in records(stream, start.at):
        if record.depth == 1:
            cells.take(record)
    return cells


def grid_of(start: SheetStart, cells: Cells) -> Grid:
    """The sheet that the cells make."""
    fill(cells.rows, cells.merged)
    return Grid(start.title, start.hidden, tuple(map(tuple, cells.rows)), tuple(sorted(cells.merged)), cells.formulas)
