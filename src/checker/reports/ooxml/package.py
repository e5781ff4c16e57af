"""A package: parts by name, what type each is of, and which refers to which."""

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from typing import Final, NamedTuple

from lxml import etree

from checker.reports.ooxml.markup import Element, Unusable, parsed, written
from checker.reports.ooxml.names import PACKAGE_REL, TYPES
from checker.reports.packing import packed

_LIST: Final = "[Content_Types].xml"
_MOST: Final = 512 * 1024 * 1024
"""Bytes of all parts, unpacked."""


class Relation(NamedTuple):
    """A part that another one refers to; ``part`` is empty where it lies outside of the package."""

    id: str
    type: str
    part: str


@dataclass(slots=True)
class Package:
    """The parts, in the order of the file. Changed in place while a copy is made."""

    parts: dict[str, bytes]
    types: Element

    def relations(self, part: str) -> list[Relation]:
        """What a part refers to, in order; the package itself is the part with the empty name."""
        name = _relations_of(part)
        root = parsed(self.parts[name]) if name in self.parts else ()
        return [
            Relation(one.get("Id", ""), one.get("Type", ""), _resolved(part, one))
            for one in root
            if one.tag == f"{{{PACKAGE_REL}}}Relationship"
        ]

    def relate(self, part: str, kind: str, target: str) -> str:
        """Let a part refer to another; the id by which it does."""
        name = _relations_of(part)
        root = parsed(self.parts[name]) if name in self.parts else _empty("Relationships", PACKAGE_REL)
        taken = {one.get("Id") for one in root}
        number = next(n for n in range(len(taken) + 1, 2 * len(taken) + 3) if f"rId{n}" not in taken)
        etree.SubElement(
            root, f"{{{PACKAGE_REL}}}Relationship", Id=f"rId{number}", Type=kind, Target=f"/{target}"
        )  # fmt: skip
        self.parts[name] = written(root)
        return f"rId{number}"

    def unrelate(self, part: str, kinds: tuple[str, ...]) -> list[str]:
        """Drop what a part refers to as one of some kinds (by the last word of the type); the parts it referred to."""
        name = _relations_of(part)
        if name not in self.parts:
            return []
        gone = [one for one in self.relations(part) if one.type.rpartition("/")[2] in kinds]
        if gone:
            root, ids = parsed(self.parts[name]), {one.id for one in gone}
            for one in [one for one in root if one.get("Id") in ids]:
                root.remove(one)
            self.parts[name] = written(root)
        return [one.part for one in gone]

    def drop(self, part: str) -> None:
        """A part, and all that it refers to: for parts that nothing else refers to."""
        for one in self.relations(part):
            if one.part in self.parts:
                self.drop(one.part)
        for name in (part, _relations_of(part)):
            self.parts.pop(name, None)
        for one in [one for one in self.types if one.get("PartName") == f"/{part}"]:
            self.types.remove(one)

    def add(self, part: str, kind: str, content: bytes) -> str:
        """A new part of a type; its name, with a number put to it until it is free."""
        stem, dot, suffix = part.rpartition(".")
        taken = {name.lower() for name in self.parts}
        number = next(n for n in range(1, len(taken) + 2) if f"{stem}{n}{dot}{suffix}".lower() not in taken)
        name = f"{stem}{number}.{suffix}"
        self.parts[name] = content
        if suffix == "xml":
            self.declare(name, kind)
        elif not any(one.get("Extension", "").lower() == suffix for one in self.types):
            self.types.insert(0, etree.Element(f"{{{TYPES}}}Default", Extension=suffix, ContentType=kind))
        return name

    def declare(self, part: str, kind: str) -> None:
        """Say of which type a part is."""
        for one in self.types:
            if one.get("PartName") == f"/{part}":
                one.set("ContentType", kind)
                return
        etree.SubElement(self.types, f"{{{TYPES}}}Override", PartName=f"/{part}", ContentType=kind)

    def saved(self) -> bytes:
        """The file."""
        rest = {name: content for name, content in self.parts.items() if name != _LIST}
        return packed({_LIST: written(self.types), **rest})


def open_package(data: bytes) -> Package:
    """The package in a file; Unusable where it is none that can be changed in place."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source:
            entries = [entry for entry in source.infolist() if not entry.is_dir()]
            if sum(entry.file_size for entry in entries) > _MOST:
                raise Unusable("解开以后太大")
            parts = {entry.filename.replace("\\", "/").lstrip("/"): source.read(entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
        raise Unusable("不是完整的压缩包") from error
    if len(parts) != len(entries):
        raise Unusable("压缩包里有重名的部分")
    if _LIST not in parts:
        raise Unusable("不是 Excel 工作簿")
    return Package(parts, parsed(parts[_LIST]))


def _empty(name: str, space: str) -> Element:
    return etree.Element(f"{{{space}}}{name}", nsmap={None: space})


def _relations_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def _resolved(part: str, relation: Element) -> str:
    target = relation.get("Target", "")
    if relation.get("TargetMode") == "External":
        return ""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
