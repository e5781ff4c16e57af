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
        if _rank(child, rank) > own:
            root.insert(at, made)
            return made
    root.append(made)
    return made


def _rank(child: Element, rank: dict[str, int]) -> int:
    """Where a child belongs; one that newer programs read otherwise belongs where its content does."""
    for one in child.iter():
        found = rank.get(etree.QName(one).localname) if isinstance(one.tag, str) else None
        if found is not None:
            return found
        if one is child and (not isinstance(one.tag, str) or etree.QName(one).localname != "AlternateContent"):
            break
    return -1
