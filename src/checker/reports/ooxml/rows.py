"""The rows of a sheet as text: only those with something to change are taken apart."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from checker.model.place import column_number, letters
from checker.reports.ooxml.cells import Writing, cell
from checker.reports.ooxml.markup import Unusable
from checker.reports.ooxml.styles import Look
from checker.reports.pages.page import Value

_ATTRIBUTES: Final = r"""((?:[^>"']|"[^"]*"|'[^']*')*?)(/?)>"""
_AT: Final = re.compile(rb"""\sr\s*=\s*["']([A-Z]*)(\d*)["']""")
_ROW_STYLE: Final = re.compile(rb"""\scustomFormat\s*=\s*["'](?:1|true)["']""")
_STYLE: Final = re.compile(rb"""\ss\s*=\s*["'](\d+)["']""")
_SPANS: Final = re.compile(rb"""\sspans\s*=\s*["'][^"']*["']""")
_HEIGHT: Final = re.compile(rb"""\sht\s*=\s*["']([^"']*)["']""")
_FIXED: Final = re.compile(rb"""\scustomHeight\s*=\s*["'](?:1|true)["']""")


class Change(NamedTuple):
    """What becomes of a cell: ``look`` goes on top of its own. ``written``: it is empty, and gets the value."""

    look: Look
    value: Value = None
    written: bool = False


Changes = Mapping[int, Mapping[int, Change]]
"""By row and column, from 1."""


class Columns(NamedTuple):
    """The look that a stretch of columns gives to cells that are not there."""

    first: int
    last: int
    style: int


class Task(NamedTuple):
    """What is done to the rows: changes of cells, and heights that a row must at least have, unless it is fixed."""

    changes: Changes
    heights: Mapping[int, int]
    writing: Writing
    words: "Words"
    columns: Sequence[Columns] = ()


class Words(NamedTuple):
    """The tags of a sheet, with the prefix that it uses."""

    row: "re.Pattern[bytes]"
    row_end: bytes
    cell: "re.Pattern[bytes]"
    cell_start: bytes
    cell_end: bytes

    @classmethod
    def of(cls, prefix: str) -> "Words":
        """For a prefix like ``x:``; mostly there is none."""
        p = re.escape(prefix)
        return cls(
            re.compile(rf"<{p}row(?=[\s/>]){_ATTRIBUTES}".encode()),
            f"</{prefix}row>".encode(),
            re.compile(rf"<{p}c(?=[\s/>]){_ATTRIBUTES}".encode()),
            f"<{prefix}c ".encode(),
            f"</{prefix}c>".encode(),
        )


class Row(NamedTuple):
    """A row where it stands in the text: from its tag to behind its end."""

    number: int
    start: int
    content: int
    end: int
    attributes: bytes


class _Cell(NamedTuple):
    """A cell where it stands in its row; ``tag`` is its beginning, ``filled`` says that something is in it."""

    column: int
    style: int
    tag: "re.Match[bytes]"
    filled: bool
    end: int


def rows_of(text: bytes, words: Words) -> Iterator[Row]:
    """Every row in order. Unusable where they are out of order."""
    last, at = 0, 0
    while found := words.row.search(text, at):
        said = _AT.search(b" " + found[1])
        own = int(said[2]) if said is not None and said[2] else last + 1
        if own <= last:
            raise Unusable("它的行次序不对")
        last, at = own, found.end()
        if not found[2]:
            at = text.index(words.row_end, at) + len(words.row_end)
        yield Row(own, found.start(), found.end(), at, found[1])


def last_filled(text: bytes, row: Row, words: Words) -> int:
    """The last column of a row in which something stands, be it an empty result of a formula; 0 for none."""
    end = text.rfind(words.cell_end, row.content, row.end)
    while end >= 0:
        start = text.rfind(words.cell_start, row.content, end)
        found = words.cell.match(text, start) if start >= 0 else None
        said = _AT.search(b" " + found[1]) if found is not None else None
        if found is None or said is None or not said[1]:
            break
        if text[found.end() : end].strip():
            return column_number(said[1])
        end = text.rfind(words.cell_end, row.content, start)
    content = text[row.content : row.end]  # cells that do not say where they are: count them
    return max((one.column for one in _cells(content, words) if one.filled), default=0)


def changed(text: bytes, task: Task) -> bytes:
    """The rows with the changes made; rows and cells that are not there yet are put in."""
    out: list[bytes] = []
    waiting, at = sorted(task.changes, reverse=True), 0
    for row in rows_of(text, task.words) if waiting else ():
        while waiting and waiting[-1] < row.number:
            out += [text[at : row.start], _new(waiting.pop(), task)]
            at = row.start
        if waiting and waiting[-1] == row.number:
            out += [text[at : row.start], _row(text, row, task, task.changes[waiting.pop()])]
            at = row.end
    out += [text[at:], *(_new(number, task) for number in reversed(waiting))]
    return b"".join(out)


def _new(number: int, task: Task) -> bytes:
    p = task.writing.prefix
    changes = task.changes[number]
    cells = (
        cell(f"{letters(n)}{number}", one.value, one.look, task.writing, None if one.written else _bare(b"", n, task))
        for n, one in sorted(changes.items())
    )
    return f'<{p}row r="{number}">{"".join(cells)}</{p}row>'.encode()


def _row(text: bytes, row: Row, task: Task, changes: Mapping[int, Change]) -> bytes:
    p, writing, words = task.writing.prefix.encode(), task.writing, task.words
    content = text[row.content : row.end].removesuffix(words.row_end) if row.end > row.content else b""
    out: list[bytes] = []
    waiting, at, rest, before = sorted(changes, reverse=True), 0, 0, None
    for one in _cells(content, words):
        start = one.tag.start()
        while waiting and waiting[-1] < one.column:
            number = waiting.pop()
            out += [content[at:start], _put(row, number, task, before)]
            at = start
        before, rest = one.style, one.end
        if waiting and waiting[-1] == one.column:
            change = changes[waiting.pop()]
            out.append(content[at:start])
            if change.written and not one.filled:
                out.append(_cell(row.number, one.column, change, writing, one.style))
            else:
                out.append(_restyled(one, change.look, writing) + content[one.tag.end() : one.end])
            at = one.end
    out.append(content[at:rest])
    out += [_put(row, number, task, before) for number in reversed(waiting)]
    attributes = _attributes(row.attributes, task.heights.get(row.number, 0))
    return b"<" + p + b"row" + attributes + b">" + b"".join([*out, content[rest:], words.row_end])


def _put(row: Row, column: int, task: Task, before: int | None) -> bytes:
    """A cell that is not there yet: what is written looks like the cell before it, else it looks as it did."""
    change = task.changes[row.number][column]
    base = before if change.written else _bare(row.attributes, column, task)
    return _cell(row.number, column, change, task.writing, base)


def _bare(row: bytes, column: int, task: Task) -> int:
    """The look of a cell that is not there: that of its row, else of its column, else the first."""
    own = _STYLE.search(b" " + row) if _ROW_STYLE.search(b" " + row) else None
    if own is not None:
        return int(own[1])
    return next((one.style for one in task.columns if one.first <= column <= one.last), 0)


def _attributes(given: bytes, height: int) -> bytes:
    """Without the span of columns, which no longer holds; high enough, unless somebody fixed the height."""
    found = _SPANS.sub(b"", given.rstrip())
    if not height or _FIXED.search(found):
        return found
    own = _HEIGHT.search(found)
    if own is not None and _points(own[1]) >= height:
        return found
    return _HEIGHT.sub(b"", found) + f' ht="{height}"'.encode()


def _points(text: bytes) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _cell(row: int, column: int, change: Change, writing: Writing, base: int | None) -> bytes:
    return cell(f"{letters(column)}{row}", change.value, change.look, writing, base).encode()


def _restyled(one: _Cell, look: Look, writing: Writing) -> bytes:
    attributes = _STYLE.sub(b"", b" " + one.tag[1].strip())
    new = writing.styles.of(look, one.style)
    return f'<{writing.prefix}c s="{new}"'.encode() + attributes.rstrip() + one.tag[2] + b">"


def _cells(content: bytes, words: Words) -> Iterator[_Cell]:
    column, at = 0, 0
    while found := words.cell.search(content, at):
        attributes = b" " + found[1]
        said, styled = _AT.search(attributes), _STYLE.search(attributes)
        column = column_number(said[1]) if said is not None and said[1] else column + 1
        stop = found.end() if found[2] else content.index(words.cell_end, found.end())
        at = stop if found[2] else stop + len(words.cell_end)
        filled = bool(content[found.end() : stop].strip())
        yield _Cell(column, int(styled[1]) if styled is not None else 0, found, filled, at)
