"""ZIP packages unpacked under bounds, and packed anew from what was checked."""

import codecs
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from checker.cases.decoding import LARGEST
from checker.cases.problems import Refusal

MOST: Final = 8 * LARGEST
"""Bytes of all parts, unpacked."""
_PARTS: Final = 10_000
_CHUNK: Final = 1 << 20
_FAR: Final = 16 * _CHUNK
_RATIO: Final = 200
"""Sheets of ledgers pack ten to thirty times; beyond :data:`_FAR` bytes, more than this is a bomb."""
_XML: Final = (".xml", ".rels")
_PLAIN: Final = b'<?xml version="1.0"?>'
_DECLARED: Final = re.compile(
    rb"""<\?xml\b[^>]*?(?:\sencoding\s*=\s*["'](?P<encoding>[A-Za-z0-9._-]+)["'][^>]*?)?\?>"""
)
_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_AS_UTF8: Final = ("utf-8", "utf8", "us-ascii", "ascii")
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError)

DAMAGED: Final = Refusal("bad-workbook", "内容不是完整的 Excel 工作簿", help="用 Excel 另存一份")
TOO_LARGE: Final = Refusal("too-large", f"工作簿解开后超过 {MOST // 1024 // 1024} MB")
_BOMB: Final = Refusal(
    "zip-bomb", f"压缩率超过 {_RATIO} 倍，不像是台账，没有解开", help="确认文件来源；是台账的，用 Excel 或 WPS 另存一份"
)
_LOCKED: Final = Refusal("password", "文件有打开密码", help="打开文件，去掉打开密码，另存一份再读入")
_ENTITIES: Final = Refusal("doctype", "工作簿里有实体声明，不安全，没有读入", help="用 Excel 或 WPS 另存一份")


def names_in(data: bytes) -> tuple[str, ...] | Refusal:
    """The names of the parts, with forward slashes as they should be written."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return tuple(_plain(one.filename) for one in package.infolist()[: _PARTS + 1])
    except _BROKEN:
        return DAMAGED


def parts_of(data: bytes, wanted: Callable[[str], bool]) -> dict[str, bytes] | Refusal:
    """The wanted parts by name. Sizes are checked as declared and again while unpacking; entities are refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            infos = [one for one in package.infolist() if wanted(_plain(one.filename))]
            if len(package.infolist()) > _PARTS or len({_plain(one.filename).lower() for one in infos}) < len(infos):
                return DAMAGED
            if any(one.flag_bits & 1 for one in infos):
                return _LOCKED
            if sum(one.file_size for one in package.infolist()) > MOST:
                return TOO_LARGE
            return _unpacked(package, infos)
    except _BROKEN:
        return DAMAGED


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A package of these parts and no others, so that no second reader sees what was not checked."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name), content)
    return stream.getvalue()


def _unpacked(package: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> dict[str, bytes] | Refusal:
    parts: dict[str, bytes] = {}
    total = 0
    for info in infos:
        if info.compress_type not in _METHODS:
            return DAMAGED
        pieces = []
        size = 0
        for piece in _pieces(package, info):
            pieces.append(piece)
            size += len(piece)
            if total + size > MOST:
                return TOO_LARGE
            if size > _FAR and size > _RATIO * max(info.compress_size, 1):
                return _BOMB
        total += size
        name = _plain(info.filename)
        content = b"".join(pieces)
        if name.lower().endswith(_XML):
            content = _in_utf8(content)
            if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                return _ENTITIES
        parts[name] = content
    return parts


def _in_utf8(content: bytes) -> bytes:
    """XML as all readers understand it; some read other encodings as nothing at all. ValueError where it is in none."""
    if b"\0" in content:
        wide = "utf-16" if content[:2] in _MARKS else "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"
        return _DECLARED.sub(_PLAIN, content.decode(wide).encode("utf-8"), count=1)
    declared = _DECLARED.match(content.removeprefix(codecs.BOM_UTF8))
    encoding = (declared["encoding"] or b"utf-8").decode("ascii").lower() if declared else "utf-8"
    if encoding in _AS_UTF8 or declared is None:
        return content
    try:
        return _DECLARED.sub(_PLAIN, content.decode(encoding).encode("utf-8"), count=1)
    except LookupError as error:
        raise ValueError(encoding) from error


def _pieces(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    with package.open(info) as part:
        while piece := part.read(_CHUNK):
            yield piece


def _plain(name: str) -> str:
    return name.replace("\\", "/").removeprefix("/")
