"""Workbooks in compound files: .xls and .et of the binary sort; those with a password are told."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from checker.cases.ledger.biff import outline_of
from checker.cases.ledger.compound import BrokenCompoundError, Compound
from checker.cases.ledger.marks import Marks
from checker.cases.problems import Refusal
from checker.cases.unpacking import DAMAGED

PASSWORD: Final = Refusal("password", "文件有打开密码", help="打开文件，去掉打开密码，另存一份再读入")
_NO_BOOK: Final = Refusal(
    "no-workbook",
    "不是 Excel 或 WPS 表格（像是旧版 Word、PPT 或更老的 WPS 文件）",
    help="打开原文件，另存为 .xlsx 再读入",
)
_TOO_OLD: Final = Refusal("too-old", "是很老的 Excel 格式，读不出来", help="用 Excel 或 WPS 打开，另存为 .xlsx 再读入")


class OldWorkbook(NamedTuple):
    """What calamine does not tell of a workbook; ``marks`` in the order of the sheets."""

    marks: Sequence[Marks]
    date1904: bool
    has_macros: bool
    has_links: bool


def old_workbook_of(data: bytes) -> OldWorkbook | Refusal:
    """The workbook in a compound file, or why there is none to be read."""
    try:
        file = Compound(data)
        if "EncryptedPackage" in file.entries or "EncryptionInfo" in file.entries:
            return PASSWORD
        stream = file.stream("Workbook") or file.stream("Book")
    except BrokenCompoundError:
        return DAMAGED
    if not stream:
        return _NO_BOOK
    outline = outline_of(stream)
    if outline is None:
        return _TOO_OLD
    if isinstance(outline, Refusal):
        return outline
    if outline.has_password:
        return PASSWORD
    has_macros = any(name in file.entries for name in ("_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA"))
    return OldWorkbook(outline.marks, outline.date1904, has_macros, outline.has_links)
