"""Workbooks in compound files: .xls and .et of the binary sort; those with a password are told."""

import struct
from collections.abc import Sequence
from typing import Final, NamedTuple

from checker.cases.ledger.biff import Workbook, workbook_of
from checker.cases.ledger.biff_cells import Cells, cells_of, grid_of
from checker.cases.ledger.compound import BrokenCompoundError, Compound
from checker.cases.ledger.grid import Formula, Grid
from checker.cases.ledger.rows import put
from checker.cases.problems import Refusal
from checker.cases.unpacking import DAMAGED

_PASSWORD: Final = Refusal("password", "文件有打开密码", help="打开文件，去掉打开密码，另存一份再读入")
_NO_BOOK: Final = Refusal(
    "no-workbook", "不是 Excel 或 WPS 表格，像是旧版文档", help="打开原文件，把表格另存为 .xlsx 再读入"
)
_BROKEN: Final = (BrokenCompoundError, struct.error, LookupError, OverflowError)


class OldWorkbook(NamedTuple):
    """The sheets, and the titles of those without cells."""

    grids: tuple[Grid, ...]
    skipped: tuple[str, ...]
    date1904: bool
    has_macros: bool
    has_links: bool


def old_workbook_of(data: bytes) -> OldWorkbook | Refusal:
    """The workbook in a compound file, or why there is none to be read."""
    try:
        file = Compound(data)
        if "EncryptedPackage" in file.entries or "EncryptionInfo" in file.entries:
            return _PASSWORD
        stream = file.stream("Workbook") or file.stream("Book")
        workbook = workbook_of(stream)
        if workbook is None:
            return _NO_BOOK
        if workbook.has_password:
            return _PASSWORD
        sheets = [(start, cells_of(stream, start, workbook)) for start in workbook.sheets if start.has_cells]
    except _BROKEN:
        return DAMAGED
    refusal = next((cells.refusal for _, cells in sheets if cells.refusal), None)
    if refusal is not None:
        return refusal
    _judge([cells for _, cells in sheets])
    grids = tuple(grid_of(start, cells) for start, cells in sheets)
    has_macros = any(name in file.entries for name in ("_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA"))
    return OldWorkbook(grids, _without_cells(workbook), workbook.date1904, has_macros, workbook.has_links)


def _without_cells(workbook: Workbook) -> tuple[str, ...]:
    return tuple(start.title for start in workbook.sheets if not start.has_cells)


def _judge(sheets: Sequence[Cells]) -> None:
    """Writers that do not calculate keep an empty text for every formula; a workbook with any result is calculated."""
    is_calculated = any(cells.formulas for cells in sheets)
    for cells in sheets:
        if is_calculated:
            cells.formulas += len(cells.empty)
            continue
        for row, column in cells.empty:
            put(cells.rows, row, column, Formula())
