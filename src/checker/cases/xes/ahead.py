"""A log looked through beforehand, for the events outside of traces: each may belong to any of its cases.

Most logs have none. That is seen from the bytes between the traces; only where these hold anything unusual, or might
mean something else than they seem to, does expat look over every element.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from io import BufferedReader
from typing import BinaryIO, Final, TypeAlias, cast
from xml.parsers.expat import ExpatError

from checker.cases.astray import UNKNOWN, acts_told, covering
from checker.cases.compressed import DamagedError, read_some, spooled
from checker.cases.decoding import LARGEST
from checker.cases.table import Cell, Table, clean
from checker.cases.typed import Plain
from checker.cases.xes.guard import BLOCK, StoppedError, check_root, guarded, local
from checker.cases.xes.keys import OF_TRACE
from checker.cases.xes.traces import EVENT, LOG, TRACE, pairs

Again: TypeAlias = Callable[[], AbstractContextManager[BinaryIO]]

_FIRST: Final = re.compile(rb"<trace[\s/>]")
_EVENT: Final = re.compile(rb"[<:]event[\s/>]")
_UNUSUAL_HEAD: Final = re.compile(rb"<!\[|encoding\s*=\s*[\"'](?!(?:utf-8|us-ascii|ascii)[\"'])", re.IGNORECASE)
_GAP: Final = rb"(?!\s*(?:<trace[\s/>]|</log\s*>\s*\Z))"
_UNUSUAL_ENDS: Final = re.compile(rb"</trace\s*>" + _GAP), re.compile(rb"<trace\s*/>" + _GAP)
"""Ends of traces with something behind them; two, since what begins in one way only is found much faster."""
_BYTES: Final = 1 << 20


@contextmanager
def looked_ahead(stream: BinaryIO, again: Again | None, opened: Table) -> Iterator[tuple[BinaryIO, Table]]:
    """The log from its beginning, and the table without what events outside of traces tell in what its cases cover.

    What can be read only once is kept in a file meanwhile.
    """
    if again is not None:
        yield stream, covering(opened, _acts_outside(again, opened))
        return
    with spooled(stream) as kept:
        yield kept(), covering(opened, _acts_outside(lambda: _left_open(kept()), opened))


@contextmanager
def _left_open(stream: BinaryIO) -> Iterator[BinaryIO]:
    yield stream


def _acts_outside(again: Again, opened: Table) -> set[str]:
    with again() as stream:
        if _is_plain(stream):
            return set()
    with again() as stream:
        reader = _Outside(opened)
        with suppress(ExpatError, StoppedError, DamagedError):
            while data := cast(BufferedReader, stream).read1(BLOCK):
                reader.parser.Parse(data)
        return reader.acts


def _is_plain(stream: BinaryIO) -> bool:
    """Whether nothing but space stands between traces, and no event before the first: False where that is not sure."""
    data, has_begun = b"", False
    for block in _blocks(stream):
        data += block
        if 0 in data[:4]:  # UTF-16
            return False
        if not has_begun:
            first = _FIRST.search(data)
            if first is not None:
                if not _is_plain_head(data[: first.start()]):
                    return False
                data, has_begun = data[first.start() :], True
        if has_begun:
            if _has_remarks(data):
                return False
            last = max(0, data.rfind(b"</trace"))  # what follows it is not all there yet
            if _unusual_end(data) < last:
                return False
            data = data[last:]
        if len(data) > LARGEST:
            return False
    return _unusual_end(data) == len(data) if has_begun else _is_plain_head(data)


def _has_remarks(data: bytes) -> bool:
    """Whether there are comments and the like; their second characters are rarer, hence sooner found to be absent."""
    return (b"!" in data and b"<!" in data) or (b"?" in data and b"<?" in data)


def _unusual_end(data: bytes) -> int:
    """Where the first trace ends behind which there is something else than the next; the length if there is none."""
    return min(len(data) if found is None else found.start() for found in (one.search(data) for one in _UNUSUAL_ENDS))


def _is_plain_head(head: bytes) -> bool:
    """What stands before the first trace, which must not be in a remark itself."""
    is_whole = head.count(b"<!--") == head.count(b"-->") and head.count(b"<?") == head.count(b"?>")
    return is_whole and not _UNUSUAL_HEAD.search(head) and not _EVENT.search(head)


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    """What the log holds, as far as it can be read."""
    with suppress(DamagedError):
        while data := read_some(stream, _BYTES):
            yield data


class _Outside:
    """Fed with a log, it collects the acts of the events outside of traces."""

    def __init__(self, opened: Table) -> None:
        self.acts: set[str] = set()
        self._layout = opened.layout
        key = opened.header[opened.roles["act"]]
        self._key = None if key.startswith(OF_TRACE) else key
        self._depth = 0
        self._cells: list[Cell] | None = None
        self.parser = guarded()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: list[str]) -> None:
        depth, self._depth = self._depth, self._depth + 1
        kind = local(name)
        if depth == LOG:
            check_root(kind)
        elif depth == TRACE:
            self._cells = [] if kind == "event" else None
        elif depth == EVENT and self._cells is not None:
            given = pairs(attributes)
            if self._key is not None and given.get("key") == self._key:
                self._cells.append(clean(Plain(given.get("value", ""))) if kind != "list" else None)

    def _end(self, _: str) -> None:
        self._depth -= 1
        if self._depth == TRACE and self._cells is not None:
            self.acts |= acts_told(self._layout, self._cells) if len(self._cells) == 1 else {UNKNOWN}
            self._cells = None
