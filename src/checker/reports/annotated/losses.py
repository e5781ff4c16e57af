"""What must not go into the copy of a workbook, taken out and told."""

from collections.abc import Iterator
from typing import Final

from checker.reports.ooxml.markup import Unusable
from checker.reports.ooxml.names import BOOK_TYPE, OF_BOOK
from checker.reports.ooxml.package import Package

_MACROS: Final = ("vbaProject", "attachedToolbars")
_RIBBONS: Final = ("extensibility", "userCustomization")
_SIGNATURES: Final = ("origin",)
_REVISIONS: Final = ("revisionHeaders", "usernames")
_MACRO_SHEETS: Final = ("xlMacrosheet", "xlIntlMacrosheet")


def cleaned(package: Package) -> Iterator[str]:
    """Take it out of the package; a sentence for each kind. Unusable where it cannot be taken out alone."""
    book = next((one.part for one in package.relations("") if one.type == OF_BOOK), "")
    if any(one.type.rpartition("/")[2] in _MACRO_SHEETS for one in package.relations(book)):
        raise Unusable("它带有 Excel 4.0 宏表")
    if _dropped(package, book, _MACROS):
        _dropped(package, "", _RIBBONS)
        yield "原文件带有宏，副本里没有宏，调用宏的按钮不起作用"
    if _dropped(package, "", _SIGNATURES):
        yield "原文件带有数字签名，副本改动过，所以没有签名"
    if _dropped(package, book, _REVISIONS):
        yield "原文件是共享工作簿，副本里没有修订记录，不再共享"
    package.declare(book, BOOK_TYPE)  # whatever it was: with macros, a template


def _dropped(package: Package, part: str, kinds: tuple[str, ...]) -> bool:
    gone = package.unrelate(part, kinds)
    for one in gone:
        if one in package.parts:
            package.drop(one)
    return bool(gone)
