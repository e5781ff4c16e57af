"""XML of parts, from files that strangers made."""

from typing import Any, Final, TypeAlias

from lxml import etree

Element: TypeAlias = Any
"""lxml has no types of its own."""

_HEAD: Final = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Unusable(Exception):
    """A part cannot be changed in place; the text is a Chinese clause that says why."""


def parsed(data: bytes) -> Element:
    """The root of a part; nothing outside of it is ever read. Unusable if it is not XML, or has a document type."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unusable("其中一部分不是完整的 XML") from error
    if root.getroottree().docinfo.doctype:
        raise Unusable("其中一部分带有文档类型声明")
    return root


def written(root: Element) -> bytes:
    """The part again."""
    return _HEAD + bytes(etree.tostring(root, encoding="UTF-8"))


def ordered(root: Element, made: Element, order: tuple[str, ...]) -> Element:
    """Put a child where the order of names says, since programs refuse a sheet with its parts in another one."""
    rank = {name: n for n, name in enumerate(order)}
    own = rank[etree.QName(made).localname]
    for at, child in enumerate(root):
        if isinstance(child.tag, str) and rank.get(etree.QName(child).localname, -1) > own:
            root.insert(at, made)
            return made
    root.append(made)
    return made
