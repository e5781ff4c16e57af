"""Ledger files opened: the format is told by content, never by suffix."""

import os
from typing import BinaryIO, Final

from checker.calendars.unreadable import reason
from checker.cases.decoding import LARGEST
from checker.cases.ledger.grid import Book, Kind
from checker.cases.ledger.old_workbooks import OldWorkbook, old_workbook_of
from checker.cases.ledger.open_document import document_of
from checker.cases.ledger.packages import Package, package_of
from checker.cases.ledger.remarks import remarks_on, skipped
from checker.cases.ledger.telling import sort_of
from checker.cases.ledger.text_tables import Fault, decoded, table_of
from checker.cases.problems import BadCase, Refusal, unread
from checker.cases.unpacking import names_in
from checker.model.place import Place

_EMPTY: Final = Refusal("empty-file", "文件是空的（0 字节）", help="重新保存或重新拷贝一份")
_TOO_LARGE: Final = Refusal("too-large", f"文件超过 {LARGEST // 1024 // 1024} MB", help="分成几个文件")
_FOLDER: Final = Refusal("not-a-file", "这是文件夹，不是文件", expected="xlsx、xls、et、ods 或 csv 文件")
_NO_SHEETS: Final = Refusal("no-sheets", "工作簿里没有一张有格子的表")


def open_path(path: str) -> Book | BadCase:
    """The ledger in a file, or why it cannot be read."""
    if os.path.isdir(path):
        return unread(_FOLDER, Place(file=path))
    try:
        with open(path, "rb") as stream:
            return open_book(stream, path)
    except OSError as error:
        return unread(Refusal("unreadable", f"文件「{path}」读不出来（{reason(error)}）"), Place(file=path))


def open_book(stream: BinaryIO, name: str) -> Book | BadCase:
    """The ledger in a stream, or why it cannot be read. Nothing in it is run, and no other file is opened.

    ``name`` is for messages; besides, a binary workbook of that suffix is called .et.
    """
    data = stream.read(LARGEST + 1)
    if not data or len(data) > LARGEST:
        return unread(_TOO_LARGE if data else _EMPTY, Place(file=name))
    sort = sort_of(data)
    match sort:
        case "package":
            found = _package(data, name)
        case "ods":
            found = document_of(data, name)
        case "compound":
            found = _old(data, name)
        case "text":
            return _text(data, name)
        case Refusal():
            found = sort
    if isinstance(found, Book) and not found.grids:
        found = _NO_SHEETS
    return unread(found, Place(file=name)) if isinstance(found, Refusal) else found


def _package(data: bytes, name: str) -> Book | Refusal:
    names = names_in(data)
    package = names if isinstance(names, Refusal) else package_of(data, names)
    return package if isinstance(package, Refusal) else _book(name, package.kind, package)


def _old(data: bytes, name: str) -> Book | Refusal:
    workbook = old_workbook_of(data)
    if isinstance(workbook, Refusal):
        return workbook
    return _book(name, "et" if name.lower().endswith(".et") else "xls", workbook)


def _book(name: str, kind: Kind, found: Package | OldWorkbook) -> Book:
    remarks = remarks_on(name, found.grids, found.has_macros, found.has_links)
    if found.skipped:
        remarks = (*remarks, skipped(name, found.skipped))
    return Book(name, kind, found.grids, remarks, found.date1904)


def _text(data: bytes, name: str) -> Book | BadCase:
    text = decoded(data)
    if isinstance(text, Refusal):
        return unread(text, Place(file=name))
    grid = table_of(text)
    if isinstance(grid, Fault):
        return unread(grid.refusal, Place(file=name, line=grid.line))
    return Book(name, "csv", (grid,))
