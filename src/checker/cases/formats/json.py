"""JSON: one case, or a list of cases."""

from collections.abc import Iterator
from typing import BinaryIO

from checker.cases.decoding import LARGEST, decode, encoding_of
from checker.cases.formats import Setup
from checker.cases.json_text import line_and_column, members, offset_of, parse
from checker.cases.problems import BadCase, Path, Refusal, unread
from checker.cases.record import RawRecord
from checker.model.place import Place


def read(stream: BinaryIO, name: str, setup: Setup) -> Iterator[RawRecord | BadCase]:  # noqa: ARG001
    """The case or cases of a JSON document. A syntax error spoils the whole file."""
    data = stream.read(LARGEST + 1)
    text = decode(data, encoding_of(data))
    if isinstance(text, Refusal):
        yield unread(text, Place(file=name))
    elif not text.strip():
        yield unread(Refusal("empty-file", "文件里没有案件"), Place(file=name, line=1))
    else:
        yield from read_text(text, name)


def read_text(text: str, name: str) -> Iterator[RawRecord | BadCase]:
    """The same, of text that is already decoded."""
    value, offset = parse(text)
    if isinstance(value, Refusal):
        line, column = line_and_column(text, offset) if offset is not None else (None, None)
        yield unread(value, Place(file=name, line=line, column=column))
    elif value == []:
        yield unread(Refusal("empty-file", "文件里没有案件"), Place(file=name, line=1))
    elif isinstance(value, list):
        starts = [start for _, start, _ in members(text, _first(text))]
        for start, item in zip(starts, value, strict=True):
            yield _record(item, text, start, name)
    else:
        yield _record(value, text, _first(text), name)


def _first(text: str) -> int:
    return len(text) - len(text.lstrip())


def _record(value: object, text: str, start: int, name: str) -> RawRecord:
    """A record whose places are found again in the text, from the offset where it begins, only when asked for."""
    own = text[start:] if start else text
    line, column = line_and_column(text, start)

    def place(offset: int, from_line: int, from_offset: int) -> Place:
        down = own.count("\n", from_offset, offset)
        across = offset - own.rfind("\n", 0, offset) + (column - 1 if own.find("\n", 0, offset) < 0 else 0)
        return Place(file=name, line=from_line + down, column=across)

    def locate(path: Path) -> Place:
        return place(offset_of(own, path), line, 0)

    def event_places(count: int) -> list[Place]:
        key = "事件" if isinstance(value, dict) and "事件" in value else "events"
        found, at, so_far = [], 0, line
        for offset in event_offsets(own, key):
            found.append(place(offset, so_far, at))
            at, so_far = offset, found[-1].line or so_far
        return found if len(found) == count else [locate(())] * count

    return RawRecord(value, locate, event_places)


def event_offsets(text: str, key: str) -> list[int]:
    """Where each event of the case that begins a text begins."""
    events = next((value for name, _, value in members(text, 0) if name == key), None)
    return [] if events is None else [start for _, start, _ in members(text, events)]
