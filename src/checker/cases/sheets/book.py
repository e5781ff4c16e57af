"""A workbook as plain rows: the sheets we know, each with its header, every cell findable again."""

import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, BinaryIO, Final, NamedTuple

from checker.cases.decoding import LARGEST
from checker.cases.problems import BadCase, Refusal, quoted, unread
from checker.cases.sheets.layout import REMARK, SHEETS
from checker.cases.spots import Spot, column_number, letters
from checker.cases.typed import Plain
from checker.model.place import Place

_CELLS: Final = 2_000_000
_CELL: Final = re.compile(
    rb"""<(?:\w+:)?(?:c|row)\s(?:[^>]*?\s)?r\s*=\s*["'](?:(?P<column>[A-Z]{1,3})(?P<row>\d{1,7})|(?P<only>\d{1,7}))["']"""
)
_DAMAGED: Final = Refusal("bad-workbook", "内容不是完整的 Excel 工作簿", help="用 Excel 另存一份")
_MOST: Final = 8 * LARGEST
"""Bytes of all parts, unpacked."""


class Cells(NamedTuple):
    """One row: what its filled cells hold, by the head of their column, and where they are."""

    start: Spot
    values: Mapping[str, object]
    spots: Mapping[str, Spot]


class Sheet(NamedTuple):
    """A sheet: its heads in order with their places, and the rows below, blank ones left out."""

    heads: Mapping[str, Spot]
    rows: tuple[Cells, ...]


def read_book(stream: BinaryIO, name: str) -> dict[str, Sheet] | BadCase:
    """The known sheets of a workbook, or why it cannot be read."""
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        return unread(Refusal("no-calamine", "读取 Excel 需要 python-calamine", help="pip install 'checker[ledger]'"),
                      Place(file=name))  # fmt: skip
    data = stream.read(LARGEST + 1)
    refusal = _refused(data)
    if refusal is not None:
        return unread(refusal, Place(file=name))
    found: dict[str, Sheet] = {}
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for title in (one for one in SHEETS if one in book.sheet_names):
            held = book.get_sheet_by_name(title)
            rows = held.to_python(skip_empty_area=False)
            sheet = _sheet(title, _filled(rows, held.merged_cell_ranges or ()), name)
            if isinstance(sheet, BadCase):
                return sheet
            found[title] = sheet
    except CalamineError:
        return unread(
            Refusal("bad-workbook", "内容不是完整的 Excel 工作簿", help="用 Excel 另存一份"), Place(file=name)
        )
    return found


def _refused(data: bytes) -> Refusal | None:
    if not data:
        return Refusal("empty-file", "文件里没有案件")
    if len(data) > LARGEST:
        return Refusal("too-large", f"文件超过 {LARGEST // 1024 // 1024} MB")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            infos = parts.infolist()
            if sum(part.file_size for part in infos) > _MOST:
                return Refusal("too-large", f"工作簿解开后超过 {_MOST // 1024 // 1024} MB")
            sheets = [parts.read(part) for part in infos if part.filename.startswith("xl/worksheets/")]
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError):
        return _DAMAGED
    return next((wide for wide in map(_too_wide, sheets) if wide is not None), None)


def _too_wide(sheet: bytes) -> Refusal | None:
    """A stray cell at the far corner makes a sheet of so many cells that reading it would end the program."""
    rows = columns = 1
    for found in _CELL.finditer(sheet):
        rows = max(rows, int(found["row"] or found["only"]))
        columns = max(columns, column_number(found["column"] or b"A"))
    if rows * columns <= _CELLS:
        return None
    corner = f"{letters(columns)}{rows}"
    return Refusal("too-large", f"有一张表用到单元格 {corner}，太大", help="删去远处零星的格子、空行和空列，另存一份")


def _filled(rows: list[list[Any]], merged: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> list[list[Any]]:
    """What stands in cells merged downwards in one column stands in each of their rows."""
    for (first, left), (last, right) in merged:
        for row in range(first + 1, last + 1) if left == right else ():
            if row < len(rows) and left < len(rows[row]):
                rows[row][left] = rows[first][left]
    return rows


def _sheet(title: str, rows: Sequence[Sequence[object]], file: str) -> Sheet | BadCase:
    heads: dict[str, Spot] = {}
    for column, raw in enumerate(rows[0] if rows else [], start=1):
        head, spot = str(raw).strip(), Spot(title, 1, column)
        if head in heads:
            twice = Refusal("duplicate-column", f"表头里「{quoted(head)}」出现两次", help="改掉其中一个列名")
            return unread(twice, spot.place(file))
        if head:
            heads[head] = spot
    columns = {spot.column: head for head, spot in heads.items()}
    found = []
    for number, cells in enumerate(rows[1:], start=2):
        filled = {n: value for n, raw in enumerate(cells, start=1) if (value := plain(raw)) is not None}
        stray = next((n for n in filled if n not in columns), None)
        if stray is not None:
            return unread(Refusal("no-head", "这一格所在的列没有表头", help="在第一行写明列名，或者删去这一格"),
                          Spot(title, number, stray).place(file))  # fmt: skip
        kept = {n: columns[n] for n in filled if not columns[n].startswith(REMARK)}
        if kept:
            spots = {head: Spot(title, number, n) for n, head in kept.items()}
            found.append(Cells(Spot(title, number, 1), {head: filled[n] for n, head in kept.items()}, spots))
    return Sheet({head: spot for head, spot in heads.items() if not head.startswith(REMARK)}, tuple(found))


def plain(raw: object) -> object:
    """A cell as records take it: numbers without the float they were kept in, text trimmed, None for a blank one."""
    match raw:
        case str():
            return Plain(raw.strip()) if raw.strip() else None
        case bool() | dt.date():
            return raw
        case float():
            return int(raw) if raw.is_integer() else Decimal(repr(raw))
        case _:
            return None if raw is None else Plain(str(raw))


def pieces(value: object, between: str) -> Iterator[object]:
    """The parts of a cell that holds a list."""
    if isinstance(value, str):
        yield from (Plain(piece.strip()) for piece in value.split(between) if piece.strip())
    else:
        yield value
