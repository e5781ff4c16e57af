"""Ledger files opened: the format is told by content, never by suffix."""

import io
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from checker.cases.decoding import LARGEST
from checker.cases.ledger.grid import Book, Grid, Merge, Row
from checker.cases.problems import BadCase, Refusal, unread
from checker.model.place import Place

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_DAMAGED: Final = Refusal("bad-workbook", "内容不是完整的 Excel 工作簿", help="用 Excel 另存一份")


def open_book(stream: BinaryIO, name: str) -> Book | BadCase:
    """The ledger in a file, or why it cannot be read; ``name`` is only for messages."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    data = stream.read(LARGEST + 1)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        grids = tuple(
            _grid(book.get_sheet_by_name(one.name), one.visible is not SheetVisibleEnum.Visible)
            for one in book.sheets_metadata
        )
    except CalamineError:
        return unread(_DAMAGED, Place(file=name))
    return Book(name, "xlsx", grids)


def _grid(sheet: "CalamineSheet", hidden: bool) -> Grid:
    merged = tuple(Merge(a + 1, b + 1, c + 1, d + 1) for (a, b), (c, d) in sheet.merged_cell_ranges or ())
    rows = sheet.to_python(skip_empty_area=False)
    for merge in merged:
        for row in range(merge.top, merge.bottom) if merge.is_downwards else ():
            rows[row][merge.left - 1] = rows[merge.top - 1][merge.left - 1]
    return Grid(sheet.name, hidden, tuple(map(_row, rows)), merged)


def _row(cells: list[Any]) -> Row:
    return tuple(None if cell == "" else cell for cell in cells)
