"""Old binary workbooks (.xls, .et) looked through for what calamine passes over."""

import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

from checker.cases.ledger.grid import ErrorCell, Formula
from checker.cases.ledger.marks import ERRORS, Marks, Special, too_wide
from checker.cases.problems import Refusal

_BEGIN: Final = (0x0809, 0x0409, 0x0209, 0x0009)
_END: Final = 0x000A
_PASSWORD: Final = 0x002F
_SHEET: Final = 0x0085
_DATE_MODE: Final = 0x0022
_OTHER_BOOKS: Final = 0x01AE
_FORMULA: Final = 0x0006
_TRUTH_OR_ERROR: Final = 0x0205
_MANY: Final = 0x00BD
_CELLS: Final = frozenset((_FORMULA, _TRUTH_OR_ERROR, _MANY, 0x00FD, 0x0204, 0x0203, 0x027E, 0x00D6))
_OWN_BOOK: Final = 4
"""Bytes of the reference of a workbook to itself."""
_NO_NUMBER: Final = 0xFFFF


class Outline(NamedTuple):
    """The marks of the sheets in the order of the workbook, and what concerns all of it."""

    marks: tuple[Marks, ...]
    date1904: bool = False
    has_password: bool = False
    has_links: bool = False


class _Found(NamedTuple):
    """Of one sheet; ``empty`` are formulas whose result is no text at all."""

    formulas: int
    special: dict[tuple[int, int], Special]
    empty: list[tuple[int, int]]


def outline_of(stream: bytes) -> Outline | Refusal | None:
    """What there is in the stream of a workbook; None where it is no such stream."""
    starts: list[int] = []
    date1904 = has_links = False
    for kind, body, _ in _records(stream, 0):
        match kind:
            case 0x002F:
                return Outline((), has_password=True)
            case 0x0022:
                date1904 = body[:1] == b"\x01"
            case 0x01AE:
                has_links = has_links or len(body) > _OWN_BOOK
            case 0x0085 if len(body) >= 6:
                starts.append(struct.unpack_from("<I", body)[0])
    if not stream or struct.unpack_from("<H", stream + b"\0\0")[0] not in _BEGIN:
        return None
    sheets: list[_Found] = []
    for start in starts:
        found = _sheet(stream, start)
        if isinstance(found, Refusal):
            return found
        sheets.append(found)
    return Outline(tuple(_judged(sheets)), date1904, has_links=has_links)


def _judged(sheets: list[_Found]) -> Iterator[Marks]:
    """Writers that do not calculate keep an empty text for every formula; a workbook with any result is calculated."""
    is_calculated = any(found.formulas for found in sheets)
    for found in sheets:
        if is_calculated:
            yield Marks(found.formulas + len(found.empty), found.special)
        else:
            yield Marks(found.formulas, {**found.special, **dict.fromkeys(found.empty, Formula())})


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes, int]]:
    """Kind, body and depth of the records from a beginning to its end; charts stand in between, one deeper."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind in _BEGIN:
            depth += 1
        yield kind, stream[at + 4 : at + 4 + size], depth
        if kind == _END:
            depth -= 1
            if depth <= 0:
                return
        at += 4 + size


def _sheet(stream: bytes, start: int) -> _Found | Refusal:
    found = _Found(0, {}, [])
    formulas = last_row = last_column = 0
    for kind, body, depth in _records(stream, start):
        if depth != 1 or kind not in _CELLS or len(body) < 8:
            continue
        row, column = struct.unpack_from("<HH", body)
        last_row = max(last_row, row)
        last_column = max(last_column, column, struct.unpack_from("<H", body, len(body) - 2)[0] if kind == _MANY else 0)
        if kind == _FORMULA and len(body) >= 14:
            formulas += _formula(body, (row + 1, column + 1), found)
        elif kind == _TRUTH_OR_ERROR and body[7]:
            found.special[row + 1, column + 1] = ErrorCell(ERRORS.get(body[6], "#ERROR!"))
    return too_wide(last_row + 1, last_column + 1) or found._replace(formulas=formulas)


def _formula(body: bytes, at: tuple[int, int], found: _Found) -> bool:
    """Whether the result is kept; an error, or no text at all, is noted."""
    if struct.unpack_from("<H", body, 12)[0] != _NO_NUMBER:
        return True
    if body[6] == 2:
        found.special[at] = ErrorCell(ERRORS.get(body[8], "#ERROR!"))
    elif body[6] == 3:
        found.empty.append(at)
    return body[6] < 2
