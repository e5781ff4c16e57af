"""Sheets of .xlsx looked through for what calamine passes over: formulas, errors, how far the cells reach.

Bytes are searched, since few cells have any of that: five times as fast as an event for each element. Where a sheet is
written in a way that a search could misread, ``sheet_events`` reads it element by element.
"""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Final

from checker.cases.ledger.grid import CELLS
from checker.cases.ledger.marks import Marks, Special, judged, too_wide
from checker.cases.ledger.sheet_events import marks_by_events
from checker.cases.problems import Refusal
from checker.model.place import column_number

_ROOT: Final = re.compile(rb"<(\w+:)?worksheet[\s>]")
_NEAR: Final = 99_999
_FAR_CELL: Final = re.compile(rb'r="[A-Z]{1,3}(\d{6,9})"')
_ANY_FAR_CELL: Final = re.compile(rb'r="[A-Z]{1,3}(\d{1,9})"')
_NAME: Final = re.compile(rb' r="([A-Z]{1,3})(\d{1,9})"')
_TYPE: Final = re.compile(rb' t="(\w+)"')
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s/>]")
_VALUE: Final = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?(?:/>|>([^<]*)<)")
_ERROR: Final = re.compile(rb'"e"')
_ODD: Final = (b"<!", b"'e'")
_ODD_HEAD: Final = re.compile(rb"[\n\t\r'&]| =|= ")
"""Attributes written as hardly any program does."""
_TAG: Final = ord("<")


class _OddError(Exception):
    """The sheet is written in a way that a search could misread."""


def marks_of(sheet: bytes) -> Marks | Refusal:
    """What is marked in a sheet; Refusal where its cells reach too far."""
    root = _ROOT.search(sheet)
    try:
        if root is None or any(odd in sheet for odd in _ODD):
            raise _OddError
        prefix = root[1] or b""
        return too_wide(*_reach(sheet, prefix)) or _searched(sheet, prefix)
    except _OddError:
        return marks_by_events(sheet)


def _reach(sheet: bytes, prefix: bytes) -> tuple[int, int]:
    """The last row and column.

    Rows are told by their own names; those that cells have are looked at only where they could reach too far.
    """
    tag = re.escape(b"<" + prefix)
    first, last = sheet.find(b"<" + prefix + b"sheetData"), sheet.find(b"</" + prefix + b"sheetData>")
    rows = re.findall(tag + rb'row (?:[^<>]*? )?r="(\d{1,9})"', sheet)
    names = re.findall(tag + rb'c (?:[^<>]*? )?r="([A-Z]{1,3})\d', sheet)
    there = [sheet.count(b"<" + prefix + name, first, max(last, 0)) for name in (b"row", b"c")]
    if [len(rows), len(names)] != there:
        raise _OddError  # some have no names
    columns = max(map(column_number, set(names)), default=1)
    form = _FAR_CELL if columns * _NEAR <= CELLS else _ANY_FAR_CELL
    last = max(map(int, chain(rows, form.findall(sheet))), default=1)
    return (last, columns) if last * columns <= CELLS else _filled_reach(sheet, tag)


def _filled_reach(sheet: bytes, tag: bytes) -> tuple[int, int]:
    """The same of cells that hold something: many a ledger has borders drawn down to the last row there is."""
    row = column = 1
    for cell in re.finditer(tag + rb'c (?:[^<>]*? )?r="([A-Z]{1,3})(\d{1,9})"(?:[^<>]*[^</>])?>', sheet):
        row, column = max(row, int(cell[2])), max(column, column_number(cell[1]))
    return row, column


def _searched(sheet: bytes, prefix: bytes) -> Marks:
    special: dict[tuple[int, int], Special] = {}
    formulas = 0
    for head, cell in _marked_cells(sheet, prefix):
        name, kind = _NAME.search(head), _TYPE.search(head)
        if name is None or _ODD_HEAD.search(head):
            raise _OddError
        value = _VALUE.search(cell)
        has_formula = _FORMULA.search(cell) is not None
        kept = None if value is None else (value[1] or b"").decode("utf-8", "replace").strip()
        found = judged(kind[1].decode() if kind else "", has_formula, kept)
        if found is None:
            formulas += has_formula
        else:
            special[int(name[2]), column_number(name[1])] = found
    return Marks(formulas, special)


def _marked_cells(sheet: bytes, prefix: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The first tag and the whole of each cell with a formula or an error."""
    last = max(sheet.find(b"</" + prefix + b"sheetData>"), 0)
    formula = re.compile(re.escape(b"<" + prefix) + rb"f[\s/>]")
    found: dict[int, tuple[int, int]] = {}
    for form in (formula, _ERROR):
        found |= _cells_with(form, sheet, prefix, last)
    for start, (head, end) in sorted(found.items()):
        yield sheet[start:head], sheet[start:end]


def _cells_with(form: re.Pattern[bytes], sheet: bytes, prefix: bytes, last: int) -> dict[int, tuple[int, int]]:
    """Where cells with such a mark begin; where their first tag and they themselves end.

    Each stretch is looked over once, whatever the marks are: there may be a million.
    """
    opening, closing = b"<" + prefix + b"c ", b"</" + prefix + b"c>"
    found: dict[int, tuple[int, int]] = {}
    start = head = end = -1
    before = 0
    for mark in form.finditer(sheet, 0, last):
        at = mark.start()
        if at < end:
            continue  # in the same cell
        begins = sheet.rfind(opening, before, at)
        before = at
        if begins >= 0:
            start, head = begins, sheet.find(b">", begins)
        is_empty = sheet[head - 1 : head] == b"/"
        if sheet[at] == _TAG:
            is_within = begins >= 0 and not is_empty and 0 <= head < at and sheet.find(closing, head, at) < 0
            if not is_within:
                raise _OddError
        elif not start < at < head:
            continue  # a text that says "e", or the attribute of something else
        end = head if is_empty else sheet.find(closing, at)
        if end < 0:
            raise _OddError
        found[start] = head, end
    return found
