"""The expectations of YAML fixtures edited where they stand, everything else in the text left as it is."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import yaml

from checker.cases.keys import CASE, EXPECT, both_ways
from checker.cases.yaml_documents import parts

_TOP: Final = both_ways(CASE)
_KEYS: Final = both_ways(EXPECT)


class Edits(NamedTuple):
    """For one document: ``values`` are (place in the list, key, new text), ``dropped`` places, ``added`` new texts."""

    values: tuple[tuple[int, str, str], ...] = ()
    dropped: tuple[int, ...] = ()
    added: tuple[str, ...] = ()


class CannotEditError(Exception):
    """The expectations are written in a way that is not edited here; the text is a Chinese sentence."""


class _Cut(NamedTuple):
    """Characters to be replaced."""

    start: int
    end: int
    text: str


def edited(text: str, line: int, edits: Edits) -> str:
    """The text with the document that holds a line edited. CannotEditError where that is not safe."""
    offset, part = document(text, line)
    end = offset + len(part)
    for cut in sorted(_cuts(part, edits), reverse=True):
        part = part[: cut.start] + cut.text + part[cut.end :]
    return text[:offset] + part + text[end:]


def said(text: str, line: int, index: int, key: str) -> str:
    """How a key of an expectation is written now; empty if it is not."""
    part = document(text, line)[1]
    node = _value(_items(_expectations(part)[1])[index], key)
    return "" if node is None else part[node.start_mark.index : _end(part, node)]


def document(text: str, line: int) -> tuple[int, str]:
    """The document that holds a line, and before it where it begins."""
    offset, found = 0, (0, text)
    for part, before in parts(text):
        if before < line:
            found = offset, part
        offset += len(part)
    return found


def _cuts(part: str, edits: Edits) -> Iterator[_Cut]:
    key, node = _expectations(part)
    items = _items(node)
    for index, name, text in edits.values:
        value = _value(items[index], name)
        if value is None:
            raise CannotEditError(f"期望里找不到「{name}」这一项")
        start, end = value.start_mark.index, _end(part, value)
        yield _Cut(start, end, text if end > start else f" {text}")
    if not edits.dropped and not edits.added:
        return
    if not isinstance(node, yaml.SequenceNode) and items:
        raise CannotEditError("期望没有写成一列")
    kept = [item for n, item in enumerate(items) if n not in edits.dropped]
    if not kept:
        yield _whole(part, key, node, edits.added)
    elif isinstance(node, yaml.SequenceNode) and node.flow_style:
        yield from _in_line(part, items, kept, edits)
    else:
        yield from _in_lines(part, items, kept, edits)


def _expectations(part: str) -> tuple[yaml.Node, yaml.Node]:
    whole = yaml.compose(part, Loader=yaml.SafeLoader)
    pairs = whole.value if isinstance(whole, yaml.MappingNode) else []
    for key, value in pairs:
        if _TOP.get(str(key.value)) == "expect":
            return key, value
    raise CannotEditError("用例没有写期望")


def _items(node: yaml.Node) -> Sequence[yaml.Node]:
    if isinstance(node, yaml.SequenceNode):
        return list(node.value)
    return [node] if isinstance(node, yaml.MappingNode) else []


def _value(item: yaml.Node, name: str) -> yaml.Node | None:
    pairs = item.value if isinstance(item, yaml.MappingNode) else []
    return next((value for key, value in pairs if _KEYS.get(str(key.value)) == name), None)


def _end(part: str, node: yaml.Node) -> int:
    """Where a node ends; the marks of one in block style reach as far as the next thing."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(part, last[1] if isinstance(last, tuple) else last)
    start, end = node.start_mark.index, node.end_mark.index
    return start + len(part[start:end].rstrip())


def _whole(part: str, key: yaml.Node, node: yaml.Node, added: Sequence[str]) -> _Cut:
    """Nothing stays: the list is written anew, under its key."""
    indent = " " * (key.start_mark.column + 2)
    ending = "\r\n" if "\r\n" in part else "\n"
    lines = "".join(f"{ending}{indent}- {text}" for text in added) or " []"
    return _Cut(part.index(":", key.end_mark.index) + 1, max(_end(part, node), key.end_mark.index + 1), lines)


def _in_line(part: str, items: Sequence[yaml.Node], kept: Sequence[yaml.Node], edits: Edits) -> Iterator[_Cut]:
    """``[{…}, {…}]``: an item goes with the comma before it, or the one after it where it is the first."""
    for n in edits.dropped:
        earlier = [item for item in items[:n] if item in kept]
        if earlier:
            yield _Cut(_end(part, items[n - 1]), _end(part, items[n]), "")
        else:
            yield _Cut(items[n].start_mark.index, items[n + 1].start_mark.index, "")
    if edits.added:
        end = _end(part, kept[-1])
        yield _Cut(end, end, "".join(f", {text}" for text in edits.added))


def _in_lines(part: str, items: Sequence[yaml.Node], kept: Sequence[yaml.Node], edits: Edits) -> Iterator[_Cut]:
    """One ``- `` a line: an item goes with its lines, and the comment at their end."""
    for n in edits.dropped:
        start = part.rfind("\n", 0, items[n].start_mark.index) + 1
        if part[start : items[n].start_mark.index].strip() != "-":
            raise CannotEditError("期望的「-」与内容不在一行")
        yield _Cut(start, _line_end(part, _end(part, items[n])), "")
    if edits.added:
        first = kept[-1].start_mark.index
        start = part.rfind("\n", 0, first) + 1
        lead = part[start:first]
        if lead.strip() != "-":
            raise CannotEditError("期望的「-」与内容不在一行")
        end = _line_end(part, _end(part, kept[-1]))
        ending = "\r\n" if part[:end].endswith("\r\n") else "\n"
        before = "" if part[:end].endswith("\n") else ending
        yield _Cut(end, end, before + "".join(f"{lead}{text}{ending}" for text in edits.added))


def _line_end(part: str, at: int) -> int:
    found = part.find("\n", at)
    return len(part) if found < 0 else found + 1
