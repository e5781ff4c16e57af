"""The names that workbooks are written in."""

from typing import Final

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_REL: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"

OF_BOOK: Final = f"{REL}/officeDocument"
OF_SHEET: Final = f"{REL}/worksheet"
OF_STYLES: Final = f"{REL}/styles"
OF_COMMENTS: Final = f"{REL}/comments"
OF_VML: Final = f"{REL}/vmlDrawing"

_FORMAT: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
BOOK_TYPE: Final = f"{_FORMAT}.sheet.main+xml"
SHEET_TYPE: Final = f"{_FORMAT}.worksheet+xml"
STYLES_TYPE: Final = f"{_FORMAT}.styles+xml"
COMMENTS_TYPE: Final = f"{_FORMAT}.comments+xml"
VML_TYPE: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"


def tag(name: str) -> str:
    """An element of a workbook or a sheet."""
    return f"{{{MAIN}}}{name}"
