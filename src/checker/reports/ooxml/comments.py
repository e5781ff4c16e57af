"""Comments (批注): the text is one part, the boxes that show it another; those of the user's are kept."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from checker.model.place import letters
from checker.reports.cell_text import shown
from checker.reports.layout import width
from checker.reports.ooxml.book import Book
from checker.reports.ooxml.markup import Element, Unusable, ordered, parsed, written
from checker.reports.ooxml.names import COMMENTS_TYPE, MAIN, OF_COMMENTS, OF_VML, REL, VML_TYPE, tag
from checker.reports.ooxml.sheet import ORDER, Sheet

AUTHOR: Final = "程序规范检查"
_THREADED: Final = "tc="
"""The author of a text that stands in for a conversation; a program shows the conversation instead."""

_NAMES: Final = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_DECLARED: Final = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _NAMES.items())
_KIND: Final = (
    f'<v:shapetype {_DECLARED} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE: Final = (
    '<v:shape {declared} id="_x0000_s{id}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;'
    'margin-top:1.5pt;width:280pt;height:{height}pt;z-index:{id};visibility:hidden" fillcolor="#ffffe1" '
    'o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div>'
    '</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_ID: Final = re.compile(rb"_x0000_s(\d+)")
_ROOM: Final = 46
"""Characters of half width on a line of the box."""
_WIDE: Final = 340
_LINE: Final = 17
_HIGHEST: Final = 500
_COLUMN: Final = 64
_ROW: Final = 20
_NUMBER: Final = "\0"
"""Stands in a box for its number until that is known; no text of a box has it."""

Notes = Mapping[tuple[int, int], str]
"""By row and column, from 1."""


def comment(
    book: Book, part: str, sheet: Sheet, notes: Notes, heights: Mapping[int, int]
) -> set[tuple[int, int]]:  # fmt: skip
    """Put notes into a sheet, behind what is noted there; the cells whose conversations have no room for one.

    ``heights`` are those of rows that are higher than usual, in points, so that boxes are as large as their text.
    """
    package = book.package
    name = next((one.part for one in package.relations(part) if one.type == OF_COMMENTS), "")
    is_new = name not in package.parts
    root = _empty() if is_new else parsed(package.parts[name])
    texts, closed = _put(root, notes)
    if not texts:
        return closed
    if is_new:
        name = package.add("xl/comments.xml", COMMENTS_TYPE, b"")
        package.relate(part, OF_COMMENTS, name)
    package.parts[name] = written(root)
    _draw(book, part, sheet, _shapes(texts, sheet.pixels(), heights))
    return closed


def _empty() -> Element:
    root = etree.Element(tag("comments"), nsmap={None: MAIN})
    etree.SubElement(root, tag("authors"))
    etree.SubElement(root, tag("commentList"))
    return root


def _put(root: Element, notes: Notes) -> tuple[dict[tuple[int, int], str], set[tuple[int, int]]]:
    """The texts that need a box of their own, and the cells that are closed to notes."""
    authors, listed = root.find(tag("authors")), root.find(tag("commentList"))
    if authors is None or listed is None:
        raise Unusable("它的批注不是通常的写法")
    names = [one.text or "" for one in authors]
    by_cell = {one.get("ref"): one for one in listed}
    boxes: dict[tuple[int, int], str] = {}
    closed: set[tuple[int, int]] = set()
    author = _author(authors, names)
    for (row, column), note in sorted(notes.items()):
        own = by_cell.get(f"{letters(column)}{row}")
        if own is None:
            made = etree.SubElement(listed, tag("comment"), ref=f"{letters(column)}{row}", authorId=str(author))
            _run(etree.SubElement(made, tag("text")), note)
            boxes[row, column] = note
        elif _name(names, own).startswith(_THREADED):
            closed.add((row, column))
        else:
            _extend(own, note)
    return boxes, closed


def _name(names: list[str], own: Element) -> str:
    number = int(own.get("authorId", 0))
    return names[number] if number < len(names) else ""


def _author(authors: Element, names: list[str]) -> int:
    if AUTHOR in names:
        return names.index(AUTHOR)
    etree.SubElement(authors, tag("author")).text = AUTHOR
    return len(names)


def _extend(own: Element, note: str) -> None:
    """Behind the user's own words, which stay as they are."""
    text = own.find(tag("text"))
    if text is None:
        text = etree.SubElement(own, tag("text"))
    plain = text.find(tag("t"))
    if plain is not None:
        text.remove(plain)
        run = etree.Element(tag("r"))
        run.append(plain)
        text.insert(0, run)
    _run(text, f"\n\n{note}")


def _run(text: Element, note: str) -> None:
    run = etree.SubElement(text, tag("r"))
    etree.SubElement(etree.SubElement(run, tag("rPr")), tag("sz"), val="9")
    piece = etree.SubElement(run, tag("t"))
    piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    piece.text = shown(note).replace("\ufffe", "�").replace("\uffff", "�")


def _draw(book: Book, part: str, sheet: Sheet, shapes: Iterator[str]) -> None:
    package = book.package
    found = sheet.root.find(tag("legacyDrawing"))
    own = found.get(f"{{{REL}}}id") if found is not None else None
    name = next((one.part for one in package.relations(part) if one.id == own and one.part in package.parts), "")
    if not name:
        root = f'<xml {_DECLARED}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
        name = package.add("xl/drawings/vmlDrawing.vml", VML_TYPE, root.encode())
        if found is not None:
            sheet.root.remove(found)
        made = ordered(sheet.root, etree.Element(tag("legacyDrawing"), None, {"r": REL}), ORDER)
        made.set(f"{{{REL}}}id", package.relate(part, OF_VML, name))
    package.parts[name] = _drawn(package.parts[name], shapes)


def _drawn(drawing: bytes, shapes: Iterator[str]) -> bytes:
    """The drawing with boxes before its end; it is often no well-formed XML, so it is never parsed."""
    end = drawing.rfind(b"</xml>")
    if end < 0:
        raise Unusable("它的批注不是通常的写法")
    first = max([1024, *(int(one) for one in _ID.findall(drawing))]) + 1
    kind = b"" if b'id="_x0000_t202"' in drawing else _KIND.encode()
    boxes = "".join(shape.replace(_NUMBER, str(number)) for number, shape in enumerate(shapes, first))
    return drawing[:end] + kind + boxes.encode() + drawing[end:]


def _shapes(texts: Notes, widths: Mapping[int, int], heights: Mapping[int, int]) -> Iterator[str]:
    """A box right of each cell, without a number yet."""
    rows = {row: points * 4 // 3 for row, points in heights.items()}
    for (row, column), note in texts.items():
        lines = sum(max(1, -(-width(line) // _ROOM)) for line in note.split("\n"))
        high = min(_LINE * (lines + 1), _HIGHEST)
        right, by = _reached(column + 1, _WIDE, widths, _COLUMN)
        bottom, down = _reached(row, high, rows, _ROW)
        anchor = f"{column}, 10, {row - 1}, 2, {right - 1}, {by}, {bottom - 1}, {down}"
        yield _SHAPE.format(declared=_DECLARED, id=_NUMBER, height=high * 3 // 4, anchor=anchor, row=row - 1,
                            column=column - 1)  # fmt: skip


def _reached(first: int, length: int, sizes: Mapping[int, int], common: int) -> tuple[int, int]:
    """Which row or column lies so many pixels behind the beginning of one, and how far into it."""
    at, rest = first, length
    while rest > (size := sizes.get(at, common)):
        rest -= size
        at += 1
    return at, rest
