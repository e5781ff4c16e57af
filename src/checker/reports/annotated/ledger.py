"""The one ledger that the cases of a run come from, and its sheets as plain values."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from checker.model.place import Place
from checker.reports.content import RunReport

Kind: TypeAlias = Literal["parts", "values", "text"]
"""A package whose parts are changed, a workbook whose values are taken, or a table in text."""

_ZIP: Final = b"PK\x03\x04"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT: Final = (".csv", ".tsv", ".txt")
_MARKS: Final = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_SIGNS: Final = (",", "\t", ";", "，", "；")
_LARGEST: Final = 256 * 1024 * 1024

Merge: TypeAlias = tuple[int, int, int, int]
"""Top, left, bottom, right, from 1, both ends included."""


class Ledger(NamedTuple):
    """A ledger file, not yet opened."""

    path: str
    data: bytes
    kind: Kind


class Grid(NamedTuple):
    """One sheet: its values as they are shown, row 1 first, and the cells that are shown as one.

    ``lines`` are the lines of a text on which the rows begin.
    """

    name: str
    rows: Sequence[Sequence[Any]]
    merges: tuple[Merge, ...] = ()
    state: str = "visible"
    lines: tuple[int, ...] = ()


class Unreadable(Exception):
    """The ledger was read for the cases, and cannot be read again for the copy; says why."""


def ledger_of(report: RunReport) -> Ledger | None:
    """The ledger, where there is exactly one and cases or messages name places in it."""
    files = _files(report)
    if len(report.sources) != 1 or len(files) != 1:
        return None  # a folder or a pattern may come to one file too
    name = files.pop()
    path = Path(name)
    if not path.is_file() or path.stat().st_size > _LARGEST:
        return None
    data = path.read_bytes()
    if data.startswith(_COMPOUND):
        return Ledger(name, data, "values")
    if data.startswith(_ZIP):
        head = data[:200]
        return Ledger(name, data, "values" if b"opendocument" in head else "parts")
    return Ledger(name, data, "text") if path.suffix.lower() in _TEXT else None


def _files(report: RunReport) -> set[str]:
    """The files in whose tables cases stand, or what could not be read."""
    found = {
        place.file
        for one in report.cases
        for place in (one.case.place, *(event.place for event in one.case.events))
        if place is not None and is_spot(place)
    }
    return found | {told.at.file for told in report.unread if isinstance(told.at, Place) and told.at.cell is not None}


def is_spot(place: Place | None) -> bool:
    """Whether a place is one in a table."""
    return place is not None and (place.cell is not None or place.line is not None)


def grids_of_workbook(data: bytes) -> list[Grid]:
    """Every sheet that holds a table. Unreadable where the library for it gives up."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    states = ((SheetVisibleEnum.Hidden, "hidden"), (SheetVisibleEnum.VeryHidden, "veryHidden"))
    found = []
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for about in book.sheets_metadata:
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(about.name)
            merges = tuple((a + 1, b + 1, c + 1, d + 1) for (a, b), (c, d) in sheet.merged_cell_ranges or ())
            rows = sheet.to_python(skip_empty_area=False)
            state = next((name for kind, name in states if about.visible == kind), "visible")
            found.append(Grid(about.name, rows, merges, state))
    except BaseException as error:
        # a reader that panics raises what is no Exception
        if isinstance(error, CalamineError | OSError | ValueError) or type(error).__name__ == "PanicException":
            raise Unreadable("再次打开台账时读不出来") from error
        raise
    return found


def grid_of_text(data: bytes, name: str) -> Grid:
    """A table in text; a leading line that only says what parts the cells is none of its rows."""
    text = _decoded(data)
    before = 0
    sign = ""
    if text.lower().startswith("sep=") and len(text) > 4:
        sign, text, before = text[4], text.partition("\n")[2], 1
    rows: list[list[str]] = []
    lines: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign or _sign_of(text))
    at = before + 1
    try:
        for row in reader:
            rows.append(row)
            lines.append(at)
            at = before + reader.line_num + 1
    except csv.Error as error:
        raise Unreadable("台账不是完整的表格") from error
    return Grid(_title(name), rows, lines=tuple(lines))


def _decoded(data: bytes) -> str:
    encoding = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "")
    for name in (encoding,) if encoding else ("utf-8", "gb18030"):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    raise Unreadable("台账的编码认不出来")


def _sign_of(text: str) -> str:
    """The sign that most evenly parts the first rows, as the reader of ledgers has it."""
    best, sign = 0, ","
    for one in _SIGNS:
        widths = [len(row) for row, _ in zip(_tried(text, one), range(200), strict=False) if any(row)]
        common = max(set(widths), key=widths.count, default=0)
        if common > best and common > 1 and 5 * widths.count(common) >= 3 * sum(width > 1 for width in widths):
            best, sign = common, one
    return sign


def _tried(text: str, sign: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    except csv.Error:
        return


def _title(name: str) -> str:
    """A name that a sheet may have."""
    found = "".join("_" if c in "[]:*?/\\" else c for c in Path(name).stem if c.isprintable()).strip("' ")
    return found[:31] or "台账"
