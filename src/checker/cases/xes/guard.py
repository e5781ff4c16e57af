"""The parser of logs: expat, without anything a document could use against its reader."""

from typing import Final
from xml.parsers import expat
from xml.parsers.expat import errors

from checker.cases.compressed import DamagedError
from checker.cases.decoding import LARGEST
from checker.cases.problems import BadCase, Refusal, unread
from checker.model.place import Place

BLOCK: Final = 1 << 18
"""Bytes that are parsed at a time."""

_MEANINGS: Final = {
    errors.codes[text]: meaning
    for text, meaning in (
        (errors.XML_ERROR_TAG_MISMATCH, "标签不配对"),
        (errors.XML_ERROR_UNCLOSED_TOKEN, "标签没有写完"),
        (errors.XML_ERROR_NO_ELEMENTS, "内容到这里就断了"),
        (errors.XML_ERROR_INVALID_TOKEN, "有不合写法的字符"),
        (errors.XML_ERROR_PARTIAL_CHAR, "有半个字符"),
        (errors.XML_ERROR_DUPLICATE_ATTRIBUTE, "同一个属性写了两次"),
        (errors.XML_ERROR_UNDEFINED_ENTITY, "用了没有定义的实体"),
        (errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT, "日志结束之后还有内容"),
        (errors.XML_ERROR_UNKNOWN_ENCODING, "声明了不认识的编码"),
        (errors.XML_ERROR_INCORRECT_ENCODING, "编码与声明的不同"),
    )
}
_DTD: Final = Refusal("xml-doctype", "日志里有文档类型声明（DOCTYPE）", help="XES 用不着它，为安全起见不读，删去这一段")


class StoppedError(Exception):
    """A log that is not read any further, for another reason than its syntax."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


def guarded(encoding: str | None = None) -> expat.XMLParserType:
    """A parser that refuses document types, and with them all entities but the five of XML itself."""
    parser = expat.ParserCreate(encoding)
    parser.ordered_attributes = True
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def _refuse_doctype(*_: object) -> None:
    raise StoppedError(_DTD)


def local(name: str) -> str:
    """An element's name without its prefix."""
    return name.rpartition(":")[2]


def check_root(kind: str) -> None:
    """Stop where the outermost element is another one than that of a log."""
    if kind != "log":
        raise StoppedError(Refusal("not-xes", f"最外层是「{kind}」，不是 XES 日志", expected="log"))


def check_size(since: int) -> None:
    """Stop where nothing has been completed for so many bytes."""
    if since > LARGEST:
        message = f"一条轨迹超过 {LARGEST // 1024 // 1024} MB，或者日志的开头太长"
        raise StoppedError(Refusal("too-large", message, help="核对标签是否写完"))


def broken_off(error: expat.ExpatError | StoppedError | DamagedError, name: str, at: tuple[int, int]) -> BadCase:
    """The rest of a log, left out; ``at`` is the line and column, from 1, where the parser stood."""
    if isinstance(error, DamagedError):
        return unread(error.refusal, Place(file=name, line=error.line))
    place = Place(file=name, line=at[0], column=at[1])
    if isinstance(error, StoppedError):
        return unread(error.refusal, place)
    why = _MEANINGS.get(error.code)
    message = f"从这里起不合 XML 的写法{f'（{why}）' if why else ''}，此前完整的轨迹已经读入"
    return unread(Refusal("bad-xml", message, help="重新导出，并核对文件是否传完整"), place)
