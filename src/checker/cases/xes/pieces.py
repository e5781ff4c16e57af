"""A log cut into stretches of whole traces; what is well-formed and what is not is expat's to say, as it passes by."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from typing import BinaryIO, Final, cast
from xml.parsers.expat import ExpatError

from checker.cases.compressed import DamagedError
from checker.cases.problems import BadCase, Refusal, unread
from checker.cases.table import Table
from checker.cases.xes.guard import BLOCK, StoppedError, broken_off, check_root, check_size, guarded, local
from checker.cases.xes.traces import LOG, TRACE, Loose, TraceReader
from checker.model.place import Place

BYTES: Final = 1 << 23
"""A stretch ends with the first trace that makes it so long, or so many traces as are asked for."""

_END: Final = re.compile(rb"</trace\s*>|<trace\s*/>")
_END_OR_REMARK: Final = re.compile(
    rb"(?:<!--.*?(-->|\Z)|<!\[CDATA\[.*?(\]\]>|\Z)|<\?.*?(\?>|\Z))|</trace\s*>|<trace\s*/>", re.DOTALL
)
_LONGEST_END: Final = 64
_ASCII: Final = ("utf-8", "us-ascii", "ascii")
_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class UnusualError(Exception):
    """A log that cannot be cut: its encoding has other bytes than UTF-8, or its elements have a prefix."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes from behind the last trace before to the end of a trace; how many lines stand before, how many traces.

    A rough one is what follows the last end that was found: whatever is whole in it counts.
    """

    data: bytes
    before: int
    traces: int
    is_rough: bool = False


class _Head:
    """What stands before the first trace, element by element; from there on the parser works without calls."""

    def __init__(self, opened: Table) -> None:
        self.first: int | None = None
        self.line = 0
        self.loose = Loose(opened.name)
        self.parser = guarded()
        self.parser.XmlDeclHandler = self._declared
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self._depth = 0

    @property
    def at(self) -> tuple[int, int]:
        """Line and column, from 1, where the parser stands."""
        return self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1

    def _declared(self, _version: str, encoding: str | None, _alone: int) -> None:
        if encoding is not None and encoding.lower() not in _ASCII:
            raise UnusualError

    def _start(self, name: str, _: list[str]) -> None:
        depth, self._depth = self._depth, self._depth + 1
        kind = local(name)
        if depth == LOG:
            check_root(kind)
        if name != kind and kind in ("log", "trace"):
            raise UnusualError
        if depth == TRACE and kind == "event":
            self.loose.add(self.parser.CurrentLineNumber)
        if kind == "trace":
            self._found(depth)

    def _found(self, depth: int) -> None:
        if depth != TRACE:
            raise UnusualError
        self.first, self.line = self.parser.CurrentByteIndex, self.parser.CurrentLineNumber
        self.parser.StartElementHandler = self.parser.EndElementHandler = None

    def _end(self, _: str) -> None:
        self._depth -= 1


class _Cutter:
    """The bytes that are in no piece yet, from the first trace on."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._buffer = bytearray()
        self._searched = self._end = self._traces = 0
        self._has_remarks = False
        self.begin: int | None = None
        self.before = 0

    def add(self, data: bytes) -> None:
        """Some more bytes."""
        joint = len(self._buffer)
        self._buffer += data
        if self.begin is not None:
            self._has_remarks = self._has_remarks or _has_remarks(self._buffer, max(0, joint - 1))
            return
        if bytes(self._buffer[:2]) in _MARKS or 0 in self._buffer[:2]:
            raise UnusualError
        check_size(len(self._buffer))

    def start(self, at: int, before: int) -> None:
        """The first trace begins here; the bytes before it are done with."""
        del self._buffer[:at]
        self.begin, self.before = at, before
        self._has_remarks = _has_remarks(self._buffer, 0)

    def cut(self, stop: int | None = None) -> Iterator[Piece]:
        """The pieces that are complete; those before a byte of the log where it stops."""
        while (end := self._next_end(self._limit(stop))) is not None:
            self._searched = self._end = end
            self._traces += 1
            if self._traces == self._most or self._end >= BYTES:
                yield self._piece()
        check_size(len(self._buffer) - self._end)

    def _limit(self, stop: int | None) -> int:
        assert self.begin is not None
        return len(self._buffer) if stop is None else max(0, min(len(self._buffer), stop - self.begin))

    def _next_end(self, limit: int) -> int | None:
        """Behind the next trace that ends; what stands in remarks and the like ends nothing."""
        pattern = _END_OR_REMARK if self._has_remarks else _END
        while found := pattern.search(self._buffer, self._searched, limit):
            if found.lastindex is None:
                return found.end()
            if not found[found.lastindex]:  # the remark goes on beyond what is there
                self._searched = found.start()
                return None
            self._searched = found.end()
        self._searched = max(self._searched, limit - _LONGEST_END)
        return None

    def rest(self, stop: int | None) -> Iterator[Piece]:
        """The last piece, if there is any more of one, then what follows the last trace."""
        if self._traces:
            yield self._piece()
        yield Piece(bytes(self._buffer[: self._limit(stop)]), self.before, 0, is_rough=True)

    def _piece(self) -> Piece:
        assert self.begin is not None
        made = Piece(bytes(self._buffer[: self._end]), self.before, self._traces)
        del self._buffer[: self._end]
        self.begin += self._end
        self.before += made.data.count(b"\n")
        self._searched = self._end = self._traces = 0
        return made


def _has_remarks(data: bytearray, begin: int) -> bool:
    return data.find(b"<!", begin) >= 0 or data.find(b"<?", begin) >= 0


def pieces(stream: BinaryIO, opened: Table, most: int) -> Iterator[Piece | BadCase]:
    """The stretches of a log in order, always the same; :class:`UnusualError` before the first where there are none."""
    head, cutter = _Head(opened), _Cutter(most)
    broken: BadCase | None = None
    stop: int | None = None
    more = True
    while more and broken is None:
        try:
            data = cast(BufferedReader, stream).read1(BLOCK)
            cutter.add(data)
            more = bool(data)
            head.parser.Parse(data, not data)
        except (ExpatError, StoppedError, DamagedError) as error:
            broken = broken_off(
                error, opened.name, (head.parser.CurrentLineNumber, head.parser.CurrentColumnNumber + 1)
            )
            stop = head.parser.ErrorByteIndex if isinstance(error, ExpatError) else None
        if head.first is not None:
            if cutter.begin is None:
                cutter.start(head.first, head.line - 1)
                yield from head.loose.told()
            try:
                yield from cutter.cut(stop)
            except StoppedError as error:
                broken = broken_off(error, opened.name, head.at)
    yield from _last(head, cutter, opened, broken, stop)


def _last(
    head: _Head, cutter: _Cutter, opened: Table, broken: BadCase | None, stop: int | None
) -> Iterator[Piece | BadCase]:
    """The last piece, what is left out behind it, and why the log broke off, if it did."""
    loose = head.loose.told()
    yield from loose
    if head.first is not None:
        yield from (piece for piece in cutter.rest(stop) if not piece.is_rough or _has_cases(opened, piece))
    if broken is not None:
        yield broken
    elif head.first is None and not loose:
        yield unread(Refusal("empty-file", "日志里没有轨迹"), Place(file=opened.name, line=1))


def _has_cases(opened: Table, piece: Piece) -> bool:
    """Whether there is anything in the rest of a log that has to be read or told."""
    reader = TraceReader(opened, piece.before)
    reader.feed_rest(piece.data)
    return bool(reader.done)
