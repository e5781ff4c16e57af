"""Sheets of .xlsb looked through for what calamine passes over."""

import struct
from collections.abc import Iterator, Mapping
from typing import Final

from checker.cases.ledger.grid import ErrorCell, Merge
from checker.cases.ledger.marks import ERRORS, Marks, Special, too_wide
from checker.cases.ledger.relations import targets_of
from checker.cases.problems import Refusal
from checker.cases.unpacking import DAMAGED

_ROW: Final = 0
_BLANK: Final = 1
_ERROR: Final = 3
_FORMULAS: Final = (8, 9, 10, 11)
_FORMULA_ERROR: Final = 11
_LAST_CELL: Final = 11
_WORKBOOK: Final = 153
_SHEET: Final = 156
_MERGE: Final = 176


def outline_of(parts: Mapping[str, bytes]) -> tuple[dict[str, str], bool] | Refusal:
    """The parts of the sheets by title, and whether days count from 1904."""
    targets = targets_of(parts.get("xl/_rels/workbook.bin.rels", b""))
    sheets: dict[str, str] = {}
    date1904 = False
    try:
        for kind, body in _records(parts["xl/workbook.bin"]):
            if kind == _WORKBOOK:
                date1904 = bool(body[0] & 1)
            elif kind == _SHEET:
                link, at = _text(body, 8)
                title, _ = _text(body, at)
                sheets[title] = targets.get(link, "")
    except (struct.error, IndexError, UnicodeDecodeError):
        return DAMAGED
    return sheets, date1904


def marks_of(sheet: bytes) -> Marks | Refusal:
    """What is marked in a sheet; Refusal where its cells reach too far."""
    row = last_row = last_column = formulas = 0
    special: dict[tuple[int, int], Special] = {}
    merged: list[Merge] = []
    try:
        for kind, body in _records(sheet):
            if kind == _ROW:
                row = _number(body, 0)
            elif _BLANK < kind <= _LAST_CELL:
                column = _number(body, 0)
                last_row, last_column = max(last_row, row), max(last_column, column)
                if kind in (_ERROR, _FORMULA_ERROR):
                    special[row + 1, column + 1] = ErrorCell(ERRORS.get(body[8], "#ERROR!"))
                else:
                    formulas += kind in _FORMULAS
            elif kind == _MERGE:
                top, bottom, left, right = struct.unpack_from("<4I", body)
                merged.append(Merge(top + 1, left + 1, bottom + 1, right + 1))
    except (struct.error, IndexError):
        return DAMAGED
    return too_wide(last_row + 1, last_column + 1) or Marks(formulas, special, tuple(merged))


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Type and body; both lengths are written seven bits a byte, the lowest first."""
    at, end = 0, len(data)
    while at < end:
        kind, at = _varied(data, at, 2, 0x80)
        size, at = _varied(data, at, 4, 0x80)
        if at + size > end:
            raise IndexError(at)
        yield kind, data[at : at + size]
        at += size


def _varied(data: bytes, at: int, most: int, more: int) -> tuple[int, int]:
    value = 0
    for place in range(most):
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << (7 * place)
        if not byte & more:
            break
    return value, at


def _number(body: bytes, at: int) -> int:
    return int.from_bytes(body[at : at + 4], "little")


def _text(body: bytes, at: int) -> tuple[str, int]:
    end = at + 4 + 2 * struct.unpack_from("<I", body, at)[0]
    if end > len(body):
        raise IndexError(end)
    return body[at + 4 : end].decode("utf-16-le"), end
