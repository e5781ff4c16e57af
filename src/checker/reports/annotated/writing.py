"""Marks written into one sheet of the ledger: colours, comments, and two columns behind the table."""

from collections import defaultdict
from itertools import chain, count
from typing import Final, NamedTuple

from checker.model.place import letters
from checker.reports.annotated.layout import Layout
from checker.reports.annotated.marks import Marks, Remark, Result, graver
from checker.reports.layout import width
from checker.reports.ooxml.book import Book
from checker.reports.ooxml.comments import AUTHOR, comment
from checker.reports.ooxml.drawings import Area, areas
from checker.reports.ooxml.markup import Unusable
from checker.reports.ooxml.rows import Change, last_filled, rows_of
from checker.reports.ooxml.sheet import Sheet, open_sheet
from checker.reports.ooxml.styles import GENERAL, Look

_HEADS: Final = (("检查结果", "规范检查结果"), ("说明", "检查说明"))
"""What the two columns are called; the second name where the ledger has a column of the first."""

MOST_NOTES: Final = 10_000
"""Comments of one sheet; with more of them programs take minutes to open it."""

_WIDTHS: Final = (30, 80)
_LAST: Final = 16_384
_LINE: Final = 16
_TALLEST: Final = 409
_MOST_REMARKS: Final = 8
_TEXT: Final = Look(number=GENERAL, wrap=True, left=True)

_Changes = dict[int, dict[int, Change]]


class Done(NamedTuple):
    """What was done to a sheet: which columns were added, for how many rows; cells coloured, noted, and not noted.

    ``closed`` counts cells whose conversations take no comment.
    """

    sheet: str
    columns: str
    heads: tuple[str, ...]
    results: int
    coloured: int
    notes: int
    unnoted: int
    closed: int


def write(book: Book, name: str, layout: Layout, marks: Marks) -> Done:
    """Write all marks of a sheet into its part."""
    part = book.sheets[name]
    sheet = open_sheet(book.package.parts[part])
    remarks = _by_shown_cell(layout, marks.cells.get(name, {}))
    results = marks.rows.get(name, {})
    changes: _Changes = defaultdict(dict)
    for (row, column), found in remarks.items():
        changes[row][column] = Change(Look(graver(found)))
    edge = _edge(sheet, layout, areas(book.package, part))
    heads = _heads(layout)
    if results:
        _conclude(layout, edge, heads, results, changes)
        _make_room(book, name, sheet, edge)
    heights = _heights(layout, results)
    sheet.change(changes, heights, book.writing)
    notes = {cell: _note(found) for cell, found in sorted(remarks.items())[:MOST_NOTES]}
    closed = comment(book, part, sheet, notes, heights)
    book.package.parts[part] = sheet.saved()
    shown = f"{letters(edge + 1)}、{letters(edge + 2)}"
    unnoted = len(remarks) - len(notes)
    return Done(name, shown, heads, len(results), len(remarks), len(notes) - len(closed), unnoted, len(closed))


def _heads(layout: Layout) -> tuple[str, ...]:
    """Names that no column of the user's has, be it from an earlier check."""
    above = layout.grid.rows[: layout.head or 0]
    taken = {"".join(value.split()) for row in above for value in row if isinstance(value, str)}
    found = []
    for first, other in _HEADS:
        numbered = (f"{other}{number}" for number in count(2))
        found.append(next(name for name in chain((first, other), numbered) if name not in taken))
    return tuple(found)


def _by_shown_cell(
    layout: Layout, cells: dict[tuple[int, int], list[Remark]]
) -> dict[tuple[int, int], list[Remark]]:  # fmt: skip
    """A cell under a merge shows nothing: its remarks go to the one that shows what stands there."""
    found: dict[tuple[int, int], list[Remark]] = {}
    for cell, remarks in cells.items():
        known = found.setdefault(layout.shown_at(*cell), [])
        known += [one for one in remarks if one not in known]
    return found


def _edge(sheet: Sheet, layout: Layout, drawn: list[Area]) -> int:
    """The column behind which two are free from the head to the last record, also of charts and pictures."""
    top = layout.head or layout.first
    filled = (
        last_filled(sheet.rows, row, sheet.words)
        for row in rows_of(sheet.rows, sheet.words)
        if top <= row.number <= layout.last
    )
    edge = max(layout.merged_edge(), max(filled, default=0))
    for _, left, _, right in sorted(
        (area for area in drawn if area[0] <= layout.last and area[2] >= top), key=lambda area: area[1]
    ):  # fmt: skip
        if left <= edge + len(_HEADS) and right > edge:
            edge = right
    if edge + len(_HEADS) > _LAST:
        raise Unusable("表的右边没有空列")
    return edge


def _conclude(
    layout: Layout, edge: int, heads: tuple[str, ...], results: dict[int, list[Result]], changes: _Changes
) -> None:
    if layout.head is not None:
        for column, head in enumerate(heads, edge + 1):
            changes[layout.head][column] = Change(Look(number=GENERAL, wrap=True), head, written=True)
    for row, found in results.items():
        words = "\n".join(dict.fromkeys(one.words for one in found))
        lines = "\n".join(line for one in found for line in one.lines)
        changes[row][edge + 1] = Change(_TEXT._replace(tone=found[0].tone), words, written=True)
        changes[row][edge + 2] = Change(_TEXT, lines, written=True)


def _heights(layout: Layout, results: dict[int, list[Result]]) -> dict[int, int]:
    """Points that a row needs to show its result, and the lines that it had before."""
    found = {}
    for row, all_of_it in results.items():
        own = layout.grid.rows[row - 1] if row <= len(layout.grid.rows) else ()
        lines = max((str(value).count("\n") + 1 for value in own), default=1)
        words = sum(_lines(one.words, _WIDTHS[0]) for one in all_of_it)
        told = sum(_lines(line, _WIDTHS[1]) for one in all_of_it for line in one.lines)
        found[row] = min(_LINE * max(lines, words, told) + 2, _TALLEST)
    return found


def _lines(text: str, room: int) -> int:
    return max(1, -(-width(text) // (room - 2)))


def _make_room(book: Book, name: str, sheet: Sheet, edge: int) -> None:
    """Columns wide enough, shown, and within a filter that ended where the table did."""
    sheet.widen(dict(enumerate(_WIDTHS, edge + 1)))
    area = sheet.extend_filter(edge, edge + len(_HEADS))
    if area is not None:
        book.refilter(name, area)


def _note(remarks: list[Remark]) -> str:
    lines = [f"【{AUTHOR}】", *(one.text for one in remarks[:_MOST_REMARKS])]
    if len(remarks) > _MOST_REMARKS:
        lines.append(f"其余 {len(remarks) - _MOST_REMARKS}条见各清单")
    return "\n".join(lines)
