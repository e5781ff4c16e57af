"""Bytes to text: UTF-8, UTF-16 by its mark, or an encoding that was named. Never guessed."""

import codecs
from typing import Final

from checker.cases.problems import Refusal

LARGEST: Final = 64 * 1024 * 1024
"""Bytes of one document, or of one line of a stream."""

_MARKS: Final = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def encoding_of(head: bytes, named: str = "utf-8-sig") -> str:
    """The encoding that a byte-order mark at the beginning announces, else the one named."""
    return next((encoding for mark, encoding in _MARKS.items() if head.startswith(mark)), named)


def decode(data: bytes, encoding: str) -> str | Refusal:
    """The text, or why it is none."""
    if len(data) > LARGEST:
        return Refusal(
            "too-large", f"单个文件或单行超过 {LARGEST // 1024 // 1024} MB", help="改用 JSON Lines，一行一案"
        )
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        return wrong_encoding(error, data.count(b"\n", 0, error.start) + 1)
    if "\0" in text:
        return Refusal("not-text", "内容不是文本（含有空字节）", expected="UTF-8 文本")
    return text


def wrong_encoding(error: UnicodeDecodeError, line: int) -> Refusal:
    """The refusal for bytes that are not in the encoding they were read in."""
    return Refusal(
        "wrong-encoding",
        f"内容不是 {error.encoding} 编码（第 {line} 行附近有不合的字节 0x{error.object[error.start]:02X}）",
        expected="UTF-8，或带字节序标记的 UTF-16",
        help="用「另存为 UTF-8」重新保存；表格可以指定编码，如 gb18030",
    )
