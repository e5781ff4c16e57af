"""A template of the user's, looked at before it is opened: a Word document, without macros, of sensible size."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any, Final

from checker.calendars import unreadable
from checker.model.diagnostic import DataError, Diagnostic
from checker.model.place import Place

_MOST_BYTES: Final = 50_000_000
"""Of all parts together, unpacked."""

_MOST_PARTS: Final = 2000
_LONGEST_TEXT: Final = 2_000_000
"""Of the part that holds the text; patterns are sought in it."""

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_INSTRUCTION: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}instr"
_FETCHING: Final = re.compile(
    r"\b(DDE|DDEAUTO|INCLUDE|INCLUDEPICTURE|INCLUDETEXT|LINK|IMPORT|DATABASE|MACROBUTTON)\b", re.IGNORECASE
)
_TYPES: Final = "[Content_Types].xml"
_TEXT: Final = "word/document.xml"


def opened(path: str) -> bytes:
    """The template. DataError with what is wrong with it."""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise refusal(path, f"打不开：{unreadable.reason(error)}", "核对路径和权限") from error
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise refusal(path, "设了密码，不能作模板", "在 Word 或者 WPS 里去掉密码，再保存")
        raise refusal(path, "是旧版的 .doc 文件", "在 Word 或者 WPS 里另存为 .docx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            _look_into(path, packed)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise refusal(path, "不是 Word 文件（.docx），或者已经损坏", "用 Word 或者 WPS 打开，另存为 .docx") from error
    return data


def refusal(path: str, message: str, help_: str) -> DataError:
    """What is told of a template that cannot be used at all."""
    told = f"文书模板「{path}」{message}"
    at = Place(file=path)
    return DataError(
        (Diagnostic(code="letter-template", message=told, at=at, help=help_, meanwhile="没有写出任何文书"),)
    )


def _look_into(path: str, packed: zipfile.ZipFile) -> None:
    """DataError for what may not be opened. What a part says of its size is held to when it is unpacked."""
    parts = {info.filename: info for info in packed.infolist()}
    size = sum(info.file_size for info in packed.infolist())
    if size > _MOST_BYTES or len(packed.infolist()) > _MOST_PARTS:
        told = f"解开后有 {size // 1_000_000}兆字节、{len(packed.infolist())}个部分，过大"
        raise refusal(path, told, "去掉大图片，模板解开后不超过 50兆字节")
    if _TYPES not in parts or _TEXT not in parts:
        raise refusal(path, "不是 Word 文件（.docx）", "用 Word 或者 WPS 另存为 .docx")
    if parts[_TEXT].file_size > _LONGEST_TEXT:
        raise refusal(path, "文字部分过大", "模板只写格式和字段，不放成批的内容")
    kinds = packed.read(_TYPES)
    if b"macroEnabled" in kinds or any(name.lower().endswith("vbaproject.bin") for name in parts):
        raise refusal(path, "带有宏，不能作模板", "另存为不带宏的 .docx")
    if b"wordprocessingml.template" in kinds:
        raise refusal(path, "是 .dotx 文件", "另存为 .docx")
    for name in parts:
        if name.lower().endswith((".xml", ".rels")):
            _look_into_part(path, name, packed.read(name))


def _look_into_part(path: str, name: str, part: bytes) -> None:
    if b"<!DOCTYPE" in part:
        raise refusal(path, f"的「{name}」含有文档类型定义，不是 Word 写出来的", "用 Word 或者 WPS 另存一次")
    if name.lower().endswith(".rels"):
        _refuse_outside(path, _root(path, part))
    elif name.lower().startswith("word/"):
        _refuse_fields(path, _root(path, part))


def _root(path: str, part: bytes) -> Any:  # noqa: ANN401 - the library has no types
    from lxml import etree

    try:
        return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise refusal(path, "已经损坏", "用 Word 或者 WPS 打开，另存为 .docx") from error


def _refuse_outside(path: str, relations: Any) -> None:  # noqa: ANN401 - as above
    """A letter must not fetch anything when it is opened: pictures, objects and frames stand in the file itself."""
    for one in relations:
        kind = one.get("Type", "").rpartition("/")[2]
        if one.get("TargetMode") == "External" and kind not in ("hyperlink", "attachedTemplate"):
            raise refusal(path, f"引用了文件之外的内容（{kind}）", "把图片等内容嵌入文件，不用链接")


def _refuse_fields(path: str, part: Any) -> None:  # noqa: ANN401 - as above
    """Nor run anything: some fields fetch files or start programs when a document is opened or updated."""
    told = "".join(
        one.text or "" if str(one.tag).endswith("}instrText") else f" {one.get(_INSTRUCTION)} "
        for one in part.iter()
        if str(one.tag).endswith(("}instrText", "}fldSimple"))
    )
    found = _FETCHING.search(told)
    if found is not None:
        raise refusal(path, f"含有会打开别处内容的域（{found[0].upper()}）", "删去这个域，把内容直接写在模板里")
