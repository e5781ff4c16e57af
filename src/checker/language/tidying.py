"""A rule file laid out anew: bytes in, bytes out, in the encoding and with the line ends that the file has."""

import codecs
from typing import NamedTuple

from checker.language.format import format_file
from checker.language.mistakes import explain
from checker.language.parse import parse
from checker.language.source import Source, decode
from checker.model.diagnostic import Diagnostic, EngineFault

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class Tidied(NamedTuple):
    """``before`` and ``after`` are the texts with one kind of line end; ``data`` is what the file should hold.

    ``data`` None: the file has faults, which ``problems`` tell, and stays as it is.
    """

    name: str
    before: str
    after: str
    data: bytes | None
    problems: tuple[Diagnostic, ...] = ()


def tidied(source: Source) -> Tidied:
    """The file in canonical layout. EngineFault where that would not read the same, which is never written."""
    text, refusal = decode(source)
    if text is None:
        return Tidied(source.name, "", "", None, (refusal,) if refusal is not None else ())
    parsed = parse(source.name, text)
    if parsed.faults:
        untouched = "这个文件没有改动。"
        told = (problem.model_copy(update={"meanwhile": untouched}) for problem in explain(parsed, set()))
        return Tidied(source.name, text, text, None, tuple(told))
    laid_out = format_file(parsed)
    again = parse(source.name, laid_out)
    if again.faults or again.tree != parsed.tree or format_file(again) != laid_out:
        message = f"文件「{source.name}」排版之后读出来不同，没有改动。"
        raise EngineFault((Diagnostic(code="format", message=message, help="请把这个文件报告给维护者。"),))
    return Tidied(source.name, text, laid_out, encoded(laid_out, source.data))


def encoded(text: str, like: bytes) -> bytes:
    """The text as bytes with the mark, the encoding and, if they are all alike, the line ends of the other bytes."""
    mark, encoding = next(((m, e) for m, e in _MARKS if like.startswith(m)), (b"", "utf-8"))
    plain = like[len(mark) :].decode(encoding)
    is_windows = "\r\n" in plain and plain.count("\r\n") == plain.count("\n") == plain.count("\r")
    shown = text.replace("\n", "\r\n") if is_windows else text
    return mark + shown.encode(encoding)
