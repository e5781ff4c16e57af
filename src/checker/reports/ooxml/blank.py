"""An empty workbook, for pages that go into no other."""

from typing import Final

from checker.reports.ooxml.markup import parsed
from checker.reports.ooxml.names import BOOK_TYPE, MAIN, OF_BOOK, OF_STYLES, PACKAGE_REL, REL, STYLES_TYPE, TYPES
from checker.reports.ooxml.package import Package
from checker.reports.ooxml.styles import STYLES

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def blank() -> Package:
    """No sheet yet: programs refuse it until one is added."""
    types = (
        f'<Types xmlns="{TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>'
    )
    package = Package({}, parsed(types.encode()))
    package.parts["_rels/.rels"] = f'{_HEAD}<Relationships xmlns="{PACKAGE_REL}"/>'.encode()
    package.parts["xl/workbook.xml"] = (
        f'{_HEAD}<workbook xmlns="{MAIN}" xmlns:r="{REL}"><bookViews><workbookView/></bookViews><sheets/></workbook>'
    ).encode()
    package.parts["xl/styles.xml"] = STYLES
    package.declare("xl/workbook.xml", BOOK_TYPE)
    package.declare("xl/styles.xml", STYLES_TYPE)
    package.relate("", OF_BOOK, "xl/workbook.xml")
    package.relate("xl/workbook.xml", OF_STYLES, "xl/styles.xml")
    return package
