"""Cells as calamine reads them, put together with what it does not tell."""

import io
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from checker.cases.ledger.grid import CELLS, Grid, Merge
from checker.cases.ledger.marks import Marks
from checker.cases.ledger.rows import fill, put
from checker.cases.problems import Refusal
from checker.cases.unpacking import DAMAGED

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_MISSING = Refusal("no-calamine", "读取 Excel 需要 python-calamine", help="pip install 'checker[ledger]'")
_LOCKED = Refusal("password", "文件有打开密码", help="打开文件，去掉打开密码，另存一份再读入")
_ODD = Refusal("bad-workbook", "工作簿的结构读不出来", help="用 Excel 或 WPS 打开，另存为 .xlsx 再读入")


class Sheets(NamedTuple):
    """The sheets with cells, and the titles of those without."""

    grids: tuple[Grid, ...]
    skipped: tuple[str, ...]


def sheets_of(data: bytes, marks: Mapping[str, Marks]) -> Sheets | Refusal:
    """All sheets of a workbook; ``marks`` by title."""
    try:
        from python_calamine import CalamineError, CalamineWorkbook, PasswordError
    except ImportError:
        return _MISSING
    try:
        with _guarded():
            book = CalamineWorkbook.from_filelike(io.BytesIO(data))
            return _all(book, marks)
    except PasswordError:
        return _LOCKED
    except (CalamineError, OSError, ValueError, OverflowError):
        return DAMAGED
    except _PanicError:
        return _ODD


class _PanicError(Exception):
    """The reader gave up in a way that is no error of Python."""


@contextmanager
def _guarded() -> Iterator[None]:
    """Panics of the reader become errors, and what it prints of them on the way is not shown to the user."""
    sys.stderr.flush()
    try:
        kept = os.dup(2)
    except OSError:  # there is no standard error
        kept = -1
    silent = os.open(os.devnull, os.O_WRONLY)
    if kept >= 0:
        os.dup2(silent, 2)
    try:
        yield
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise _PanicError from None
        raise
    finally:
        os.close(silent)
        if kept >= 0:
            os.dup2(kept, 2)
            os.close(kept)


def _all(book: "CalamineWorkbook", marks: Mapping[str, Marks]) -> Sheets | Refusal:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    grids: list[Grid] = []
    skipped: list[str] = []
    for about in book.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet:
            skipped.append(about.name)
            continue
        mark = marks.get(about.name)
        sheet = book.get_sheet_by_name(about.name)
        if mark is None or sheet.total_height * sheet.total_width > CELLS:
            return _ODD
        grids.append(_grid(sheet, about.visible != SheetVisibleEnum.Visible, mark))
    return Sheets(tuple(grids), tuple(skipped))


def _grid(sheet: "CalamineSheet", hidden: bool, marks: Marks) -> Grid:
    ranges = sheet.merged_cell_ranges or ()
    merged = tuple(Merge(a + 1, b + 1, c + 1, d + 1) for (a, b), (c, d) in ranges)
    rows: list[list[object]] = [
        [None if isinstance(cell, str) and not cell.strip() else cell for cell in row]
        for row in sheet.to_python(skip_empty_area=False)
    ]
    for (row, column), special in marks.special.items():
        put(rows, row, column, special)
    fill(rows, merged)
    return Grid(sheet.name, hidden, tuple(map(tuple, rows)), tuple(sorted(merged)), marks.formulas)
