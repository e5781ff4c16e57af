"""The format of a ledger by its content."""

import re
from typing import Final, Literal, TypeAlias

from checker.cases.ledger.compound import MAGIC as COMPOUND
from checker.cases.problems import Refusal
from checker.cases.unpacking import names_in

Sort: TypeAlias = Literal["package", "ods", "compound", "text"]

_AS_WORKBOOK: Final = "用 Excel 或 WPS 打开，另存为 .xlsx 再读入"
_OTHERS: Final = (
    (b"%PDF", "PDF", "找到原来的表格文件再读入"),
    (b"{\\rtf", "RTF 文档", "把表格贴进 Excel 或 WPS，存为 .xlsx 再读入"),
    (b"\x89PNG", "图片", "找到原来的表格文件再读入"),
    (b"\xff\xd8\xff", "图片", "找到原来的表格文件再读入"),
    (b"Rar!", "压缩包", "解压后读入里面的表格"),
    (b"7z\xbc\xaf", "压缩包", "解压后读入里面的表格"),
    (b"\x1f\x8b", "压缩包", "解压后读入里面的表格"),
    (b"SQLite format 3", "数据库", "导出为 .xlsx 或 .csv 再读入"),
)
_PARTS: Final = (
    ("word/document.xml", "Word 文档", "把表格贴进 Excel 或 WPS，存为 .xlsx 再读入"),
    ("ppt/presentation.xml", "演示文稿", "把表格贴进 Excel 或 WPS，存为 .xlsx 再读入"),
)
_MARKUP: Final = (
    (re.compile(rb"(?:<\?xml[^>]*\?>\s*)?(?:<\?mso[^>]*\?>\s*)?<(?:\w+:)?Workbook\b"), "XML 表格（Excel 2003）"),
    (re.compile(rb"(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|meta|table|body|div|style)\b", re.I | re.S), "网页"),
    (re.compile(rb"MIME-Version:", re.I), "网页"),
)
_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HEAD: Final = 4096


def sort_of(data: bytes) -> Sort | Refusal:
    """Which reader the content needs, or what it is instead of a ledger."""
    if data.startswith(b"PK"):
        return _package(data)
    if data.startswith(COMPOUND):
        return "compound"
    other = next((one for one in _OTHERS if data.startswith(one[0])), None)
    if other is not None:
        return Refusal("other-format", f"内容是{other[1]}，不是表格", "xlsx、xls、et、ods 或 csv", other[2])
    return _markup(data) or "text"


def _package(data: bytes) -> Sort | Refusal:
    names = names_in(data)
    if isinstance(names, Refusal):
        return names
    if any(name.startswith("xl/") for name in names):
        return "package"
    if "content.xml" in names:
        return "ods"
    for part, what, help_text in _PARTS:
        if part in names:
            return Refusal("other-format", f"内容是{what}，不是表格", "xlsx、xls、et、ods 或 csv", help_text)
    return Refusal("other-format", "内容是压缩包，不是表格", "xlsx、xls、et、ods 或 csv", "解压后读入里面的表格")


def _markup(data: bytes) -> Refusal | None:
    """Office systems export web pages under the name of .xls; Excel opens them with a warning."""
    head = data[:_HEAD]
    for mark in _MARKS:
        head = head.removeprefix(mark)
    head = head.replace(b"\0", b"").lstrip()
    for form, what in _MARKUP:
        if form.match(head):
            return Refusal("markup", f"内容是{what}，只是用了表格的后缀名", "xlsx、xls、et、ods 或 csv", _AS_WORKBOOK)
    return None
