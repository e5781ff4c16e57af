"""JSON Lines, some megabytes at a time, cut at line ends without reading what lies between."""

import io
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import BinaryIO, Final, overload

from checker.cases.columnar.assemble import assemble
from checker.cases.columnar.batches import check
from checker.cases.columnar.json_lines import Places, lines_of, parsed
from checker.cases.columnar.plan import plan
from checker.cases.compressed import DamagedError, read_some
from checker.cases.decoding import LARGEST, encoding_of
from checker.cases.formats.jsonl_ndjson import read_line
from checker.cases.portions import Chunk, Portion, Setup, rows
from checker.cases.problems import BadCase
from checker.cases.record import RawRecord, read_case
from checker.cases.source import Source, unreadable
from checker.model.case import Case
from checker.model.vocabulary import Vocabulary

SEQUENTIAL: Final = True

SIZE: Final = 16 * 1024 * 1024
"""Bytes of a portion, up to the end of the line."""
_MARK: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Bytes of a file from a line's beginning to a line's end."""

    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Carried:
    """The bytes themselves, of what can be read only once, and the number of their first line."""

    data: bytes
    first: int


def portions(source: Source, setup: Setup) -> Iterator[Portion | BadCase]:
    """Stretches of a plain file; of what cannot be read at any place the bytes, as they come."""
    try:
        with source.open() as stream:
            size = _plain_size(stream, source.name)
            head = stream.read(4096) if size is not None else b""
            if size is None:
                yield from _carried(stream, source, setup)
            elif encoding_of(head) == "utf-16" or _is_blank(head):
                yield from rows.portions(source, setup)
            else:
                yield from _cut(stream, source.name, size, _length(head, setup))
    except OSError as error:
        yield unreadable(source.name, error)


def load(portion: Portion, setup: Setup) -> Chunk:
    """The lines of one portion. Lines that cannot be read in bulk are read as the row reader reads them."""
    name, where = portion.source, portion.where
    assert isinstance(where, Stretch | Carried)
    try:
        lines = lines_of(_bytes(name, where))
    except OSError as error:
        return rows.chunk_of([unreadable(name, error)], setup)
    prepared, numbers = plan(setup.vocabulary, setup.options.zone), _Before(name, where)

    def read(place: int) -> Case | BadCase | None:
        record = read_line(lines.line(place), numbers.of(place), name)
        return read_case(record, prepared.known) if isinstance(record, RawRecord) else record

    found = parsed(lines, _dates(setup.vocabulary))
    parts = [(check(batch, prepared, marked=True), places) for batch, places in found.batches]
    done = assemble(parts, found.single, read, setup.vocabulary)
    return Chunk(done.batch, _Numbers(numbers, done.places), None, done.bad, done.remarks)


def _dates(vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """The attributes that are dates, by the field of a case in which they stand."""
    held = [("events", one) for act in vocabulary.acts.values() for one in act.attributes.items()]
    held += [("attributes", one) for one in vocabulary.case_attributes.items()]
    return [(field, name) for field, (name, kind) in held if kind.name == "日期" and not kind.many]


def _plain_size(stream: BinaryIO, name: str) -> int | None:
    """The size of a file that can be opened again and read at any place."""
    raw = getattr(stream, "raw", None)
    if not isinstance(stream, io.BufferedReader) or not isinstance(raw, io.FileIO):
        return None
    found = os.fstat(raw.fileno())
    is_same = os.path.exists(name) and os.path.samestat(found, os.stat(name))
    return found.st_size if is_same and stat.S_ISREG(found.st_mode) else None


def _is_blank(head: bytes) -> bool:
    return not head.removeprefix(_MARK).decode(errors="ignore").strip()


def _length(head: bytes, setup: Setup) -> int:
    """About how many bytes make a portion: as many lines like the first ones as are wanted, but no more than fit."""
    return max(1, min(SIZE, setup.cases * len(head) // (head.count(b"\n") or 1)))


def _cut(stream: BinaryIO, name: str, size: int, length: int) -> Iterator[Portion]:
    start = 0
    while start < size:
        end = size if size - start < 2 * length else _line_end(stream, start + length, size)
        yield Portion("jsonl_ndjson", name, Stretch(start, end - start), end - start)
        start = end


def _line_end(stream: BinaryIO, at: int, size: int) -> int:
    """Where the line that holds a byte ends."""
    stream.seek(at)
    while piece := stream.readline(1 << 20):
        at += len(piece)
        if piece.endswith(b"\n"):
            return at
    return size


def _carried(stream: BinaryIO, source: Source, setup: Setup) -> Iterator[Portion | BadCase]:
    """A stream in order. One in UTF-16, or with nothing in its beginning, goes case by case."""
    rest = read_some(stream, 4096)
    if encoding_of(rest[:4]) == "utf-16" or _is_blank(rest):
        yield from rows.portions(source, setup)
        return
    line, length = 1, _length(rest, setup)
    while True:
        try:
            if len(rest) < length:
                rest += read_some(stream, length - len(rest))
            if not rest:
                return
            end = rest.find(b"\n", length - 1) + 1
            if not end:
                rest += _to_line_end(stream)
                end = len(rest)
        except DamagedError:  # the lines before the one it is in are whole
            if whole := rest[: rest.rfind(b"\n") + 1]:
                yield Portion("jsonl_ndjson", source.name, Carried(whole, line), len(whole))
            raise
        yield Portion("jsonl_ndjson", source.name, Carried(rest[:end], line), end)
        line, rest = line + rest.count(b"\n", 0, end), rest[end:]


def _to_line_end(stream: BinaryIO) -> bytes:
    """The rest of a line; of one that is too long only as much as shows that."""
    found = stream.readline(LARGEST + 1)
    piece = found
    while piece and not piece.endswith(b"\n"):
        piece = stream.readline(1 << 20)
    return found


def _bytes(name: str, where: Stretch | Carried) -> bytes:
    """What a portion holds; of a last line that is too long only as much as shows that."""
    if isinstance(where, Carried):
        data = where.data
    else:
        with open(name, "rb") as stream:
            stream.seek(where.start)
            data = stream.read(min(where.length, 2 * SIZE + LARGEST + 1))
    is_first = where.first == 1 if isinstance(where, Carried) else where.start == 0
    return data.removeprefix(_MARK) if is_first else data


@dataclass(frozen=True, slots=True)
class _Before:
    """The numbers of a portion's lines. What stands before it is counted only when a number is asked for."""

    name: str
    where: Stretch | Carried

    def of(self, place: int) -> int:
        """The number of the line at a place of the portion, from 1 in the file."""
        if isinstance(self.where, Carried):
            return self.where.first + place
        changed = os.stat(self.name).st_mtime_ns
        whole, rest = divmod(self.where.start, SIZE)
        before = sum(_line_feeds(self.name, n * SIZE, SIZE, changed) for n in range(whole))
        return before + _line_feeds(self.name, whole * SIZE, rest, changed) + place + 1


@lru_cache(maxsize=4096)
def _line_feeds(name: str, start: int, length: int, _changed: int) -> int:
    with open(name, "rb") as stream:
        stream.seek(start)
        return stream.read(length).count(b"\n")


@dataclass(frozen=True, slots=True)
class _Numbers(Sequence[int]):
    """The line numbers of cases, found when they are asked for."""

    before: _Before
    places: Places

    def __len__(self) -> int:
        return len(self.places)

    @overload
    def __getitem__(self, at: int) -> int: ...
    @overload
    def __getitem__(self, at: slice) -> list[int]: ...
    def __getitem__(self, at: int | slice) -> int | list[int]:
        first = self.before.of(0)
        if isinstance(at, slice):
            return [first + int(place) for place in self.places[at]]
        return first + int(self.places[at])
