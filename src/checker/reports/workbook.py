"""Tables as an Excel workbook. Nothing that a user wrote is ever a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from typing import Any, Final, NamedTuple

from checker.model.diagnostic import DataError, Diagnostic
from checker.reports.cell_text import is_formula_like, shown
from checker.reports.layout import width

_WIDEST: Final = 60

Cell = str | int | float | None


class Sheet(NamedTuple):
    """One sheet: its name, the heads of its columns, its rows."""

    name: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """The file. DataError where the library for it is not installed."""
    if find_spec("openpyxl") is None:
        message = "写 Excel 文件需要 openpyxl，用「pip install 'checker[ledger]'」安装"
        raise DataError((Diagnostic(code="no-openpyxl", message=message),))
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name[:31]), sheet)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _fill(page: Any, sheet: Sheet) -> None:  # noqa: ANN401 - a class of the library
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    widths = [width(head) for head in sheet.heads]
    for column, head in enumerate(sheet.heads, 1):
        _write(page.cell(1, column), head)
        page.cell(1, column).font = Font(bold=True)
    for number, row in enumerate(sheet.rows, 2):
        for column, value in enumerate(row, 1):
            cell = page.cell(number, column)
            _write(cell, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            widths[column - 1] = max(widths[column - 1], *(width(line) for line in str(value or "").split("\n")))
    for column, columns in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(column)].width = min(columns, _WIDEST) + 2
    page.freeze_panes = "A2"
    if sheet.heads:
        page.auto_filter.ref = page.dimensions


def _write(cell: Any, value: Cell) -> None:  # noqa: ANN401 - as above
    """Numbers as numbers, everything else as text, whatever it looks like."""
    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = shown(value)
    cell.data_type = "s"
    cell.quotePrefix = is_formula_like(value)
