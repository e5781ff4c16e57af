"""A workbook as plain rows: the sheets we know, each with its header, every cell findable again."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import BinaryIO, NamedTuple

from checker.cases.ledger.grid import Book
from checker.cases.ledger.opening import open_book
from checker.cases.ledger.values.absent import no_result
from checker.cases.problems import BadCase, Refusal, quoted, unread
from checker.cases.sheets.layout import CASE, CASES, EVENTS, REMARK, SHEETS
from checker.cases.spots import Spot
from checker.cases.typed import Plain
from checker.cases.unpacking import DAMAGED
from checker.model.place import Place


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
    book = open_book(stream, name)
    return book if isinstance(book, BadCase) else sheets_of(book)


def sheets_of(book: Book) -> dict[str, Sheet] | BadCase:
    """The known sheets of an opened workbook, or what is wrong with them."""
    if book.kind == "csv":
        return unread(DAMAGED, Place(file=book.name))
    grids = {grid.title: grid for grid in book.grids}
    found: dict[str, Sheet] = {}
    for title in (one for one in SHEETS if one in grids):
        sheet = _sheet(title, grids[title].rows, book.name)
        if isinstance(sheet, BadCase):
            return sheet
        found[title] = sheet
    return found


def is_named_so(book: Book) -> bool:
    """Whether a sheet has the name that one of a workbook of cases has."""
    return any(grid.title in (CASES, EVENTS) for grid in book.grids)


def is_of_cases(book: Book) -> bool:
    """Whether the workbook is one of cases, by its sheets and their heads."""
    grids = [grid for grid in book.grids if grid.title in (CASES, EVENTS) and grid.rows]
    return any(CASE in (str(raw or "").strip() for raw in grid.rows[0]) for grid in grids)


def _sheet(title: str, rows: Sequence[Sequence[object]], file: str) -> Sheet | BadCase:
    heads: dict[str, Spot] = {}
    for column, raw in enumerate(rows[0] if rows else [], start=1):
        head, spot = str(raw or "").strip(), Spot(title, 1, column)
        if head in heads:
            twice = Refusal("duplicate-column", f"表头里「{quoted(head)}」出现两次", help="改掉其中一个列名")
            return unread(twice, spot.place(file))
        if head:
            heads[head] = spot
    columns = {spot.column: head for head, spot in heads.items()}
    found = []
    for number, cells in enumerate(rows[1:], start=2):
        wrong = next(((n, one) for n, raw in enumerate(cells, start=1) if (one := no_result(raw)) is not None), None)
        if wrong is not None:
            return unread(wrong[1], Spot(title, number, wrong[0]).place(file))
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
