"""First pass: bytes to text. Nothing is guessed: UTF-8, or UTF-16 with its mark; anything else is refused."""

import re
from typing import NamedTuple

from checker.model.diagnostic import Diagnostic
from checker.model.place import Span

LIMIT = 8 * 1024 * 1024
"""A rule file above this many bytes is surely not one."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LINE_END = re.compile(r"\r\n|\r|\n")


class Source(NamedTuple):
    """A rule file: the name shown to the user, and its bytes."""

    name: str
    data: bytes


def decode(source: Source) -> tuple[str | None, Diagnostic | None]:
    """The text of the file with one kind of line end, or why there is none."""
    if len(source.data) > LIMIT:
        return None, _refusal(source, "too-large", f"文件「{source.name}」超过 8 MB，不是规则文件。")
    try:
        text = source.data.decode(_encoding(source.data))
    except UnicodeDecodeError as error:
        line = source.data[: error.start].count(b"\n") + 1
        message = f"文件「{source.name}」第 {line} 行不是 UTF-8 文字，无法读取。"
        return None, _refusal(source, "not-text", message, line)
    found = _CONTROL.search(text)
    if found:
        line = text[: found.start()].count("\n") + 1
        message = f"文件「{source.name}」第 {line} 行含有控制字符 U+{ord(found[0]):04X}，不是文字文件。"
        return None, _refusal(source, "not-text", message, line)
    return _LINE_END.sub("\n", text), None


def _encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    return "utf-8-sig"


def _refusal(source: Source, code: str, message: str, line: int = 1) -> Diagnostic:
    span = Span(file=source.name, line=line, column=1, end_line=line, end_column=1)
    return Diagnostic(code=code, message=message, at=span, help="请另存为 UTF-8 编码的文本文件。")
