"""OpenDocument spreadsheets (.ods), read here: calamine knows neither their merges nor their errors."""

from typing import Final
from xml.parsers import expat

from checker.cases.ledger.grid import Book
from checker.cases.ledger.open_document_tables import BadDocumentError, Tables
from checker.cases.ledger.remarks import remarks_on
from checker.cases.problems import Refusal
from checker.cases.unpacking import DAMAGED, names_in, parts_of

_LOCKED: Final = Refusal("password", "文件有打开密码", help="打开文件，去掉打开密码，另存一份再读入")
_OTHER: Final = Refusal(
    "other-format",
    "内容是文字文档，不是表格",
    "xlsx、xls、et、ods 或 csv",
    "把表格贴进 Excel 或 WPS，存为 .xlsx 再读入",
)
_MANIFEST: Final = "META-INF/manifest.xml"
_CONTENT: Final = "content.xml"


def document_of(data: bytes, name: str) -> Book | Refusal:
    """The sheets of a document in a ZIP package that has a ``content.xml``."""
    manifest, names = parts_of(data, _MANIFEST.__eq__), names_in(data)
    if isinstance(manifest, Refusal) or isinstance(names, Refusal):
        return manifest if isinstance(manifest, Refusal) else DAMAGED
    if b"encryption-data" in manifest.get(_MANIFEST, b""):
        return _LOCKED
    parts = parts_of(data, _CONTENT.__eq__)
    if isinstance(parts, Refusal):
        return parts
    tables = Tables()
    try:
        tables.parser.Parse(parts[_CONTENT], True)
    except (expat.ExpatError, LookupError):
        return DAMAGED
    except BadDocumentError as bad:
        return bad.refusal
    if not tables.is_spreadsheet:
        return _OTHER
    grids = tables.judged()
    has_macros = any(part.startswith(("Basic/", "Scripts/")) for part in names)
    return Book(name, "ods", grids, remarks_on(name, grids, has_macros, tables.has_links))
