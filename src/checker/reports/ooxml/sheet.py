"""A sheet taken apart: its frame as a tree, its rows as text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.parsers.expat import ExpatError, ParserCreate

from lxml import etree

from checker.model.place import column_number, letters
from checker.reports.ooxml.cells import Writing
from checker.reports.ooxml.markup import Element, Unusable, ordered, parsed, written
from checker.reports.ooxml.names import MAIN, tag
from checker.reports.ooxml.rows import Changes, Columns, Task, Words, changed

ORDER: Final = ("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
                "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate",
                "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations",
                "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks",
                "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing",
                "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts",
                "extLst")  # fmt: skip
_ROOT: Final = re.compile(rb"<(?:([A-Za-z_][\w.\-]*):)?worksheet[\s>]")
_ENCODED: Final = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["'](?!utf-8["'])""", re.IGNORECASE)
_NEAR: Final = 500
_RANGE: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")


@dataclass(slots=True)
class Sheet:
    """``root`` has an empty ``sheetData``; ``rows`` is what stands in it."""

    root: Element
    rows: bytes
    prefix: str
    words: Words

    def change(self, changes: Changes, heights: Mapping[int, int], writing: Writing) -> None:
        """Change cells, in rows at least so high; the used area grows with them."""
        task = Task(changes, heights, writing._replace(prefix=self.prefix), self.words, self._columns())
        self.rows = changed(self.rows, task)
        found = self.root.find(tag("dimension"))
        if found is not None:
            self.root.remove(found)  # a hint that programs do without

    def saved(self) -> bytes:
        """The part."""
        text = written(self.root)
        at = text.index(f"<{self.prefix}sheetData/>".encode())
        rest = text[at + len(f"<{self.prefix}sheetData/>") :]
        return b"".join((text[:at], f"<{self.prefix}sheetData>".encode(), self.rows,
                         f"</{self.prefix}sheetData>".encode(), rest))  # fmt: skip

    def widen(self, widths: dict[int, int]) -> None:
        """Give columns a width of their own, and show them: they may lie in a stretch that is hidden."""
        cols = self.root.find(tag("cols"))
        if cols is None:
            cols = ordered(self.root, etree.Element(tag("cols")), ORDER)
        for column, width in widths.items():
            _cut_out(cols, column)
            own = {"min": str(column), "max": str(column), "width": str(width), "customWidth": "1"}
            etree.SubElement(cols, tag("col"), own)
        cols[:] = sorted(cols, key=lambda one: int(one.get("min")))

    def pixels(self) -> dict[int, int]:
        """How wide the first columns are shown that do not have the common width."""
        found: dict[int, int] = {}
        cols = self.root.find(tag("cols"))
        for one in cols if cols is not None else ():
            wide = 0 if one.get("hidden") in ("1", "true") else int(float(one.get("width", 8)) * 7 + 5)
            for column in range(int(one.get("min", 1)), min(int(one.get("max", 1)), _NEAR) + 1):
                found[column] = wide
        return found

    def _columns(self) -> list[Columns]:
        cols = self.root.find(tag("cols"))
        return [
            Columns(int(one.get("min", 0)), int(one.get("max", 0)), int(one.get("style", 0)))
            for one in (cols if cols is not None else ())
        ]

    def extend_filter(self, edge: int, last: int) -> str | None:
        """A filter that ends at the edge of the table takes the columns behind it too; its range now, if it did."""
        found = self.root.find(tag("autoFilter"))
        area = _RANGE.fullmatch(found.get("ref", "")) if found is not None else None
        if found is None or area is None or area[3] is None or column_number(area[3]) != edge:
            return None
        found.set("ref", f"{area[1]}{area[2]}:{letters(last)}{area[4]}")
        return f"${area[1]}${area[2]}:${letters(last)}${area[4]}"


def open_sheet(data: bytes) -> Sheet:
    """The sheet; Unusable where its rows cannot be told apart safely."""
    text = _plain(data)
    found = _ROOT.search(text)
    prefix = f"{found[1].decode()}:" if found is not None and found[1] else ""
    data_tag = re.search(rf"<{re.escape(prefix)}sheetData\s*(/?)>".encode(), text)
    if found is None or data_tag is None:
        raise Unusable("有一张表不是通常的写法")
    if data_tag[1]:
        rows, tail = b"", text[data_tag.end() :]
    else:
        end = f"</{prefix}sheetData>".encode()
        stop = text.index(end)
        rows, tail = text[data_tag.end() : stop], text[stop + len(end) :]
    root = parsed(text[: data_tag.start()] + f"<{prefix}sheetData/>".encode() + tail)
    if root.tag != f"{{{MAIN}}}worksheet":
        raise Unusable("它是用「严格」的 Open XML 或者别的格式写的")
    return Sheet(root, rows, prefix, Words.of(prefix))


def _plain(data: bytes) -> bytes:
    """Well-formed UTF-8 without comments or marked sections, so that every < begins a tag."""
    if b"<!" in data or data[:2] in (b"\xff\xfe", b"\xfe\xff") or _ENCODED.search(data[:200]):
        return written(parsed(data))
    try:
        ParserCreate().Parse(data, True)
    except ExpatError as error:
        raise Unusable("其中一部分不是完整的 XML") from error
    return data


def _cut_out(cols: Element, column: int) -> None:
    """Take a column out of the stretch that it lies in; what is left of it stands on both sides."""
    for one in list(cols):
        first, last = int(one.get("min", 0)), int(one.get("max", 0))
        if not first <= column <= last:
            continue
        for low, high in ((first, column - 1), (column + 1, last)):
            if low <= high:
                etree.SubElement(cols, tag("col"), {**one.attrib, "min": str(low), "max": str(high)})
        cols.remove(one)
