"""Styles: looks are added to those of the workbook, and a coloured cell keeps everything else of its own."""

from copy import deepcopy
from typing import Final, NamedTuple

from lxml import etree

from checker.reports.ooxml.markup import Element, ordered, parsed, written
from checker.reports.ooxml.names import MAIN, tag
from checker.reports.pages.page import Tone

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
STYLES: Final = (
    f'{_HEAD}<styleSheet xmlns="{MAIN}">'
    '<fonts count="1"><font><sz val="11"/><name val="宋体"/><family val="3"/><charset val="134"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    "</fills>"
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
).encode()
"""The styles of an empty workbook."""

DATE: Final = "yyyy\\-mm\\-dd"
MOMENT: Final = "yyyy\\-mm\\-dd\\ hh:mm"

GENERAL: Final = "General"

_FILLS: Final = {
    Tone.RED: "FFFFC7CE",
    Tone.YELLOW: "FFFFEB9C",
    Tone.GREEN: "FFC6EFCE",
    Tone.GREY: "FFD9D9D9",
    Tone.BLUE: "FFDDEBF7",
    Tone.HEAD: "FFD6E3F3",
    Tone.PEOPLE: "FFFFF8E1",
}
_SECTIONS: Final = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs",
                    "tableStyles", "colors", "extLst")  # fmt: skip
_FIRST: Final = ("fonts", "fills", "borders", "cellStyleXfs", "cellXfs")
_OWN_FORMATS: Final = 164
"""Below this number the formats are those that every program knows."""


class Look(NamedTuple):
    """What a cell looks like; on a cell of the user's, what is changed of it."""

    tone: Tone | None = None
    number: str = ""
    bold: bool = False
    wrap: bool = False
    border: bool = False
    guard: bool = False
    """Text that some program would run as a formula is marked as text."""
    link: bool = False
    left: bool = False


class Styles:
    """The styles of one workbook while looks are added to it."""

    def __init__(self, data: bytes) -> None:
        """From the part of the workbook."""
        self._root = parsed(data)
        self._complete()
        self._found: dict[tuple[int | None, Look], int] = {}
        self._kept: dict[tuple[str, object], int] = {}

    def _complete(self) -> None:
        """What every workbook is taken to have: the first looks are those of cells that name none."""
        least = parsed(STYLES)
        for name in _FIRST:
            section, wanted = self._section(name), least.find(tag(name))
            for one in wanted[len(section) :]:
                section.append(deepcopy(one))
                section.set("count", str(len(section)))

    def of(self, look: Look, base: int | None = None) -> int:
        """The number of a look: on top of that of a cell, or by itself."""
        key = (base, look)
        if key not in self._found:
            self._found[key] = self._added(look, base)
        return self._found[key]

    def saved(self) -> bytes:
        """The part."""
        return written(self._root)

    def _section(self, name: str) -> Element:
        found = self._root.find(tag(name))
        return found if found is not None else ordered(self._root, etree.Element(tag(name)), _SECTIONS)

    def _append(self, name: str, key: object, made: Element) -> int:
        """One more entry of a section, or the one that was made for the same key before."""
        if (name, key) not in self._kept:
            section = self._section(name)
            section.append(made)
            section.set("count", str(len(section)))
            self._kept[name, key] = len(section) - 1
        return self._kept[name, key]

    def _added(self, look: Look, base: int | None) -> int:
        formats = self._section("cellXfs")
        own = base is not None and base < len(formats)
        made = deepcopy(formats[base]) if own else etree.Element(tag("xf"), numFmtId="0", fontId="0", fillId="0",
                                                                 borderId="0", xfId="0")  # fmt: skip
        if look.tone is not None:
            made.set("fillId", str(self._fill(look.tone)))
            made.set("applyFill", "1")
        if look.number:
            made.set("numFmtId", str(self._format(look.number)))
            made.set("applyNumberFormat", "1")
        if look.bold or look.link:
            _use_font(made, self._font(look))
        elif own and look.tone is not None:
            self._darken(made)
        if look.border:
            made.set("borderId", str(self._border()))
            made.set("applyBorder", "1")
        if look.guard:
            made.set("quotePrefix", "1")
        if not own or look.wrap:
            _align(made, look)
        formats.append(made)
        formats.set("count", str(len(formats)))
        return len(formats) - 1

    def _fill(self, tone: Tone) -> int:
        made = etree.Element(tag("fill"))
        pattern = etree.SubElement(made, tag("patternFill"), patternType="solid")
        etree.SubElement(pattern, tag("fgColor"), rgb=_FILLS[tone])
        etree.SubElement(pattern, tag("bgColor"), indexed="64")
        return self._append("fills", tone, made)

    def _border(self) -> int:
        made = etree.Element(tag("border"))
        for side in ("left", "right", "top", "bottom"):
            edge = etree.SubElement(made, tag(side), style="thin")
            etree.SubElement(edge, tag("color"), rgb="FFBFBFBF")
        etree.SubElement(made, tag("diagonal"))
        return self._append("borders", "thin", made)

    def _font(self, look: Look) -> int:
        """The font of the workbook, so that our sheets look like the user's."""
        fonts = self._section("fonts")
        made = etree.Element(tag("font"))
        if look.bold:
            etree.SubElement(made, tag("b"))
        if look.link:
            etree.SubElement(made, tag("u"))
        own = fonts[0] if len(fonts) else etree.Element(tag("font"))
        size = own.find(tag("sz"))
        etree.SubElement(made, tag("sz"), val=size.get("val", "11") if size is not None else "11")
        etree.SubElement(made, tag("color"), rgb="FF1F4E79" if look.link else "FF000000")
        for name in ("name", "family", "charset", "scheme"):
            found = own.find(tag(name))
            if found is not None:
                made.append(deepcopy(found))
        return self._append("fonts", (look.bold, look.link), made)

    def _darken(self, made: Element) -> None:
        """White text stands on a dark fill, and the fill is replaced."""
        fonts = self._section("fonts")
        at = int(made.get("fontId", 0))
        if at >= len(fonts) or not _is_light(fonts[at].find(tag("color"))):
            return
        dark = deepcopy(fonts[at])
        colour = dark.find(tag("color"))
        colour.attrib.clear()
        colour.set("rgb", "FF000000")
        _use_font(made, self._append("fonts", ("dark", at), dark))

    def _format(self, code: str) -> int:
        if code == GENERAL:
            return 0
        formats = self._section("numFmts")
        for one in formats:
            if one.get("formatCode") == code:
                return int(one.get("numFmtId"))
        number = max([_OWN_FORMATS - 1, *(int(one.get("numFmtId", 0)) for one in formats)]) + 1
        etree.SubElement(formats, tag("numFmt"), numFmtId=str(number), formatCode=code)
        formats.set("count", str(len(formats)))
        return number


def _align(made: Element, look: Look) -> None:
    """The alignment of a cell of the user's is kept but for the wrapping, and where text must begin on the left."""
    found = made.find(tag("alignment"))
    if found is None:
        found = etree.Element(tag("alignment"), vertical="top")
        made.insert(0, found)
    found.set("wrapText", "1" if look.wrap else "0")
    if look.left:
        found.set("horizontal", "left")
    made.set("applyAlignment", "1")


def _use_font(made: Element, font: int) -> None:
    made.set("fontId", str(font))
    made.set("applyFont", "1")


def _is_light(colour: Element) -> bool:
    """Whether a text would vanish on one of our fills, which are all light."""
    if colour is None:
        return False
    rgb = colour.get("rgb", "")
    if len(rgb) == 8:
        red, green, blue = (int(rgb[at : at + 2], 16) for at in (2, 4, 6))
        return 299 * red + 587 * green + 114 * blue > 160_000
    return colour.get("theme") in ("0", "2") or colour.get("indexed") in ("1", "9")
