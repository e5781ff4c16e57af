"""The workbook of a package: its sheets by name, its styles, and sheets put after them."""

from dataclasses import dataclass
from typing import Final

from lxml import etree

from checker.reports.ooxml.cells import Writing
from checker.reports.ooxml.markup import Element, Unusable, ordered, parsed, written
from checker.reports.ooxml.names import MAIN, OF_BOOK, OF_SHEET, OF_STYLES, REL, SHEET_TYPE, STYLES_TYPE, tag
from checker.reports.ooxml.package import Package
from checker.reports.ooxml.page_writer import filter_range, printed_range, sheet_xml
from checker.reports.ooxml.styles import STYLES, Styles
from checker.reports.pages.page import Page

_LONGEST: Final = 31
_ORDER: Final = ("fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets",
                 "functionGroups", "externalReferences", "definedNames", "calcPr", "oleSize", "customWorkbookViews",
                 "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing", "fileRecoveryPr",
                 "webPublishObjects", "extLst")  # fmt: skip


@dataclass(slots=True)
class Book:
    """A workbook while it is changed. ``sheets`` are the parts of its sheets, by name."""

    package: Package
    part: str
    root: Element
    sheets: dict[str, str]
    styles: Styles
    styles_part: str

    @property
    def writing(self) -> Writing:
        """What cells of ours are written with."""
        settings = self.root.find(tag("workbookPr"))
        from_1904 = settings is not None and settings.get("date1904") in ("1", "true")
        return Writing(self.styles, from_1904)

    def free(self, name: str) -> str:
        """The name, or with the first number that is not taken: programs do not tell capitals from small letters."""
        taken = {one.lower() for one in self.sheets}
        tries = (name, *(f"{name[: _LONGEST - 6]}{n}" for n in range(2, len(taken) + 3)))
        return next(one for one in tries if one.lower() not in taken)

    def add(self, page: Page, name: str) -> None:
        """A page as the last sheet, under a free name."""
        self.add_part(name, sheet_xml(page, name, self.writing))
        if page.table:
            at, quoted = len(self.root.find(tag("sheets"))) - 1, quoted_name(name)
            self._define("_xlnm._FilterDatabase", at, f"{quoted}!{_absolute(filter_range(page))}", hidden=True)
            self._define("_xlnm.Print_Area", at, f"{quoted}!{_absolute(printed_range(page))}")
            self._define("_xlnm.Print_Titles", at, f"{quoted}!$1:$1")

    def add_part(self, name: str, xml: bytes, state: str = "visible") -> None:
        """The last sheet, under a free name."""
        sheets = self.root.find(tag("sheets"))
        part = self.package.add("xl/worksheets/checker.xml", SHEET_TYPE, xml)
        number = max((int(one.get("sheetId", 0)) for one in sheets), default=0) + 1
        made = etree.SubElement(sheets, tag("sheet"), {"name": name, "sheetId": str(number)}, {"r": REL})
        if state != "visible":
            made.set("state", state)
        made.set(f"{{{REL}}}id", self.package.relate(self.part, OF_SHEET, part))
        self.sheets[name] = part

    def refilter(self, name: str, area: str) -> None:
        """The hidden name that repeats the range of a filter."""
        at = str(list(self.sheets).index(name))
        for one in self.root.iter(tag("definedName")):
            if one.get("name") == "_xlnm._FilterDatabase" and one.get("localSheetId") == at:
                one.text = f"{quoted_name(name)}!{area}"

    def saved(self) -> bytes:
        """The file."""
        self.package.parts[self.part] = written(self.root)
        self.package.parts[self.styles_part] = self.styles.saved()
        return self.package.saved()

    def _define(self, name: str, sheet: int, refers: str, hidden: bool = False) -> None:
        found = self.root.find(tag("definedNames"))
        if found is None:
            found = ordered(self.root, etree.Element(tag("definedNames")), _ORDER)
        made = etree.SubElement(found, tag("definedName"), name=name, localSheetId=str(sheet))
        if hidden:
            made.set("hidden", "1")
        made.text = refers


def open_book(package: Package) -> Book:
    """The workbook; Unusable where it is of a kind that is not changed in place."""
    part = next((one.part for one in package.relations("") if one.type == OF_BOOK), "")
    if part.endswith(".bin"):
        raise Unusable("它是 .xlsb 格式")
    root = parsed(package.parts.get(part, b""))
    if root.tag != f"{{{MAIN}}}workbook" or root.find(tag("sheets")) is None:
        raise Unusable("它是用「严格」的 Open XML 或者别的格式写的")
    relations = {one.id: one for one in package.relations(part)}
    sheets = {}
    for one in root.find(tag("sheets")):
        found = relations.get(one.get(f"{{{REL}}}id", ""))
        if found is not None and found.type == OF_SHEET and found.part in package.parts:
            sheets[one.get("name", "")] = found.part
        else:
            sheets[one.get("name", "")] = ""
    return Book(package, part, root, sheets, *_styles(package, part))


def quoted_name(name: str) -> str:
    """The name of a sheet as it stands before an address."""
    return "'" + name.replace("'", "''") + "'"


def _styles(package: Package, part: str) -> tuple[Styles, str]:
    found = next((one.part for one in package.relations(part) if one.type == OF_STYLES), "")
    if found not in package.parts:
        found = "xl/styles.xml"  # some readers know it by this name only
        package.parts[found] = STYLES
        package.declare(found, STYLES_TYPE)
        package.relate(part, OF_STYLES, found)
    return Styles(package.parts[found]), found


def _absolute(area: str) -> str:
    """``$A$1:$T$20`` for ``A1:T20``."""
    ends = []
    for end in area.split(":"):
        column = end.rstrip("0123456789")
        ends.append(f"${column}${end[len(column) :]}")
    return ":".join(ends)
