"""Where charts and pictures lie over a sheet: nothing is to be written under them."""

from typing import Final

from lxml import etree

from checker.reports.ooxml.markup import Element, Unusable, parsed
from checker.reports.ooxml.names import REL
from checker.reports.ooxml.package import Package

_SPACE: Final = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_OF_DRAWING: Final = f"{REL}/drawing"
_WIDE: Final = 609_600
_HIGH: Final = 180_000
"""Units of a column and of a row as programs make them at first: only a guess is needed here."""

Area = tuple[int, int, int, int]
"""Top, left, bottom, right, from 1, both ends included."""


def areas(package: Package, part: str) -> list[Area]:
    """The cells that lie under the drawings of a sheet."""
    names = [one.part for one in package.relations(part) if one.type == _OF_DRAWING]
    found = []
    for name in names:
        try:
            root = parsed(package.parts.get(name, b""))
        except Unusable:
            continue  # it is kept as it is; programs will not show it either
        found += [area for anchor in root if (area := _area(anchor)) is not None]
    return found


def _area(anchor: Element) -> Area | None:
    start, end, size = (anchor.find(f"{_SPACE}{name}") for name in ("from", "to", "ext"))
    if start is None or not isinstance(anchor.tag, str) or etree.QName(anchor).localname == "absoluteAnchor":
        return None
    top, left = _number(start, "row"), _number(start, "col")
    if end is not None:
        return top, left, _number(end, "row"), _number(end, "col")
    if size is None:
        return None
    return top, left, top + int(size.get("cy", 0)) // _HIGH, left + int(size.get("cx", 0)) // _WIDE


def _number(at: Element, name: str) -> int:
    text = at.findtext(f"{_SPACE}{name}") or "0"
    return int(text) + 1 if text.strip().isdigit() else 1
