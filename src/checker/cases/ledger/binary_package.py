"""Workbooks in packages of binary records (.xlsb), read here for the reason that ``biff`` gives."""

import struct
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from checker.cases.ledger.binary_records import records, text_at
from checker.cases.ledger.grid import ErrorCell, Grid, Merge
from checker.cases.ledger.marks import ERRORS, too_wide
from checker.cases.ledger.number_formats import compressed, is_date, is_elapsed, moment_of
from checker.cases.ledger.relations import targets_of
from checker.cases.ledger.rows import fill, put
from checker.cases.problems import Refusal
from checker.cases.unpacking import DAMAGED

_ROW: Final = 0
_FORMULAS: Final = (8, 9, 10, 11)
_NUMBERS: Final = (2, 5, 9)
_TEXT_ITEM: Final = 19
_FORMAT: Final = 44
_STYLE: Final = 47
_WORKBOOK: Final = 153
_SHEET: Final = 156
_MERGE: Final = 176
_STYLES_BEGIN: Final = 617
_STYLES_END: Final = 618


class BinaryPackage(NamedTuple):
    """The sheets, and the titles of those without cells."""

    grids: tuple[Grid, ...]
    skipped: tuple[str, ...]
    date1904: bool


class _Setting(NamedTuple):
    """What the cells refer to."""

    texts: Sequence[str]
    date_formats: Mapping[int, bool]
    date1904: bool


class _Sheet(NamedTuple):
    title: str
    part: str
    hidden: bool


def binary_package_of(parts: Mapping[str, bytes]) -> BinaryPackage | Refusal:
    """The workbook that the parts make."""
    try:
        sheets, date1904 = _outline(parts)
        texts = [
            text_at(body, 1)[0] for kind, body in records(parts.get("xl/sharedStrings.bin", b"")) if kind == _TEXT_ITEM
        ]
        setting = _Setting(texts, _date_formats(parts.get("xl/styles.bin", b"")), date1904)
        grids: list[Grid] = []
        for sheet in sheets:
            if sheet.part.startswith("xl/worksheets/"):
                grid = _grid(sheet, parts[sheet.part], setting)
                if isinstance(grid, Refusal):
                    return grid
                grids.append(grid)
    except (struct.error, LookupError, OverflowError):
        return DAMAGED
    skipped = tuple(sheet.title for sheet in sheets if not sheet.part.startswith("xl/worksheets/"))
    return BinaryPackage(tuple(grids), skipped, date1904)


def _outline(parts: Mapping[str, bytes]) -> tuple[list[_Sheet], bool]:
    targets = targets_of(parts.get("xl/_rels/workbook.bin.rels", b""))
    sheets: list[_Sheet] = []
    date1904 = False
    for kind, body in records(parts["xl/workbook.bin"]):
        if kind == _WORKBOOK:
            date1904 = bool(body[0] & 1)
        elif kind == _SHEET:
            link, at = text_at(body, 8)
            sheets.append(_Sheet(text_at(body, at)[0], targets.get(link, ""), struct.unpack_from("<I", body)[0] != 0))
    return sheets, date1904


def _date_formats(styles: bytes) -> dict[int, bool]:
    """By number of the style, for those that show dates: whether they show a length of time."""
    formats: dict[int, str] = {}
    used: list[int] = []
    is_within = False
    for kind, body in records(styles):
        if kind == _FORMAT:
            formats[struct.unpack_from("<H", body)[0]] = text_at(body, 2)[0]
        elif kind in (_STYLES_BEGIN, _STYLES_END):
            is_within = kind == _STYLES_BEGIN
        elif kind == _STYLE and is_within:
            used.append(struct.unpack_from("<H", body, 2)[0])
    texts = [(style, number, formats.get(number)) for style, number in enumerate(used)]
    return {style: is_elapsed(text) for style, number, text in texts if is_date(number, text)}


def _grid(sheet: _Sheet, content: bytes, setting: _Setting) -> Grid | Refusal:
    rows: list[list[object]] = []
    merged: list[Merge] = []
    row = formulas = 0
    last_row = last_column = 1
    for kind, body in records(content):
        if kind == _ROW:
            row = struct.unpack_from("<I", body)[0]
        elif kind in _READERS:
            value = _value(kind, body, setting)
            formulas += kind in _FORMULAS and not isinstance(value, ErrorCell)
            if value is None:
                continue
            column = struct.unpack_from("<I", body)[0]
            last_row, last_column = max(last_row, row + 1), max(last_column, column + 1)
            wide = too_wide(last_row, last_column)
            if wide is not None:
                return wide
            put(rows, row + 1, column + 1, value)
        elif kind == _MERGE:
            top, bottom, left, right = struct.unpack_from("<4I", body)
            merged.append(Merge(top + 1, left + 1, bottom + 1, right + 1))
    fill(rows, merged)
    return Grid(sheet.title, sheet.hidden, tuple(map(tuple, rows)), tuple(sorted(merged)), formulas)


def _value(kind: int, body: bytes, setting: _Setting) -> object:
    value = _READERS[kind](body, setting)
    if isinstance(value, str):
        return value if value and not value.isspace() else None
    if kind in _NUMBERS and isinstance(value, float):
        elapsed = setting.date_formats.get(int.from_bytes(body[4:7], "little"))
        return value if elapsed is None else moment_of(value, setting.date1904, elapsed)
    return value


def _error(body: bytes, _setting: _Setting) -> ErrorCell:
    return ErrorCell(ERRORS.get(body[8], "#ERROR!"))


def _truth(body: bytes, _setting: _Setting) -> bool:
    return bool(body[8])


def _number(body: bytes, _setting: _Setting) -> float:
    value: float = struct.unpack_from("<d", body, 8)[0]
    return value


def _text(body: bytes, _setting: _Setting) -> str:
    return text_at(body, 8)[0]


_READERS: Final[dict[int, Callable[[bytes, _Setting], object]]] = {
    2: lambda body, _: compressed(struct.unpack_from("<I", body, 8)[0]),
    3: _error,
    4: _truth,
    5: _number,
    6: _text,
    7: lambda body, setting: setting.texts[struct.unpack_from("<I", body, 8)[0]],
    8: _text,
    9: _number,
    10: _truth,
    11: _error,
    62: lambda body, _: text_at(body, 9)[0],
}
