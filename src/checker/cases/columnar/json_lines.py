"""JSON Lines to Arrow batches: whole stretches of lines at once, and which lines cannot be read so."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.json as pj

from checker.cases.columnar.json_shape import Key, Shape
from checker.cases.columnar.pieces import MARK, NULL
from checker.cases.json_text import parse
from checker.cases.problems import Refusal

Places = npt.NDArray[np.int64]

_SAMPLED: Final = 10
"""Lines at the beginning, and again so many between. What they do not show is met early if it is frequent."""

_ROW: Final = re.compile(r" in row (\d+)$")
_BLANK: Final = b" \t\r"


@dataclass(frozen=True, slots=True)
class Lines:
    """Bytes, and where each line begins and ends (its line feed is not counted to it)."""

    data: bytes
    starts: Places
    ends: Places

    def line(self, place: int) -> bytes:
        """A line with its line feed."""
        return self.data[self.starts[place] : self.ends[place] + 1]

    def text(self, places: Places) -> bytes:
        """These lines, in their order, blank lines between them included or not."""
        breaks = np.flatnonzero(np.diff(places) != 1)
        firsts = places[np.concatenate([[0], breaks + 1])]
        lasts = places[np.concatenate([breaks, [len(places) - 1]])]
        if len(firsts) == 1 and firsts[0] == 0 and lasts[0] == len(self.starts) - 1:
            return self.data
        pairs = zip(self.starts[firsts].tolist(), self.ends[lasts].tolist(), strict=True)
        return b"\n".join([self.data[start:end] for start, end in pairs])

    def holding(self, offsets: Iterable[int]) -> Places:
        """The places of the lines that hold these bytes."""
        return np.unique(np.searchsorted(self.starts, np.array(list(offsets), np.int64), side="right") - 1)


@dataclass(frozen=True, slots=True)
class Parsed:
    """Batches with the places of their rows among the lines, and the places of lines to be read one by one."""

    batches: tuple[tuple[pa.RecordBatch, Places], ...]
    single: Places


def lines_of(data: bytes) -> Lines:
    """The lines of some bytes; what follows the last line feed is one if it is anything."""
    ends = np.flatnonzero(np.frombuffer(data, np.uint8) == ord("\n"))
    starts = np.concatenate([np.zeros(1, np.int64), ends + 1])
    if int(starts[-1]) == len(data):
        return Lines(data, starts[:-1], ends)
    return Lines(data, starts, np.append(ends, len(data)))


def parsed(lines: Lines, dates: Iterable[Key] = ()) -> Parsed:
    """The records of lines: each in exactly one of the batches, or to be read by itself, or blank.

    ``dates`` are fields that hold dates as text: one that no sampled line has would else be taken for an instant, and
    all be read again.
    """
    whole, odd = _sorted_out(lines)
    if MARK.encode() in lines.data or (b"\\" in lines.data and b"\\u007" in lines.data):
        odd = np.union1d(odd, lines.holding([*_hits(lines.data, MARK.encode()), *_hits(lines.data, b"\\u007")]))
    data, stray = nulls_marked(lines.data)
    odd = np.union1d(odd, lines.holding(stray)) if len(stray) else odd
    whole = whole[~np.isin(whole, odd)] if len(odd) else whole
    shape = Shape()
    for place in np.unique(np.concatenate([whole[:_SAMPLED], whole[:: len(whole) // _SAMPLED + 1]])).tolist():
        shape.learn(_value(lines.line(place)))
    shape.expect(dates)
    return _Parsing(lines, Lines(data, lines.starts, lines.ends), shape, odd.tolist()).run(whole)


def _sorted_out(lines: Lines) -> tuple[Places, Places]:
    """The lines that begin and end as an object does, and the others; blank ones are neither.

    An object may so neither run over lines nor share one unnoticed.
    """
    data = np.frombuffer(lines.data, np.uint8)
    lengths = lines.ends - lines.starts
    usual = lengths > 1
    usual[usual] = (data[lines.starts[usual]] == ord("{")) & (data[lines.ends[usual] - 1] == ord("}"))
    odd = []
    for place in np.flatnonzero(~usual).tolist():
        text = lines.line(place).rstrip(b"\n").strip(_BLANK)
        if text[:1] == b"{" and text[-1:] == b"}":
            usual[place] = True
        elif text:
            odd.append(place)
    return np.flatnonzero(usual), np.array(odd, np.int64)


def nulls_marked(data: bytes) -> tuple[bytes, Places]:
    """The same bytes with every member that is null marked, and where the word null stands besides.

    ``"x":null`` becomes ``"x?":1`` with :data:`NULL` for the question mark, padded to the same length.
    """
    text = np.frombuffer(data, np.uint8)
    found = _words(text)
    if not len(found):
        return data, found
    padded = np.concatenate([np.zeros(8, np.uint8), text])
    before = [padded[found + 8 - n] for n in range(4)]  # before[1] stands just before the word
    close = (before[1] == ord(":")) & (before[2] == ord('"'))
    apart = (before[1] == ord(" ")) & (before[2] == ord(":")) & (before[3] == ord('"'))
    marked = text.copy()
    quotes = np.concatenate([found[close] - 2, found[apart] - 3])
    ends = np.concatenate([found[close], found[apart]]) + 4
    for n, byte in enumerate(f'{NULL}":1'.encode()):
        marked[quotes + n] = byte
    for n in range(4, 7):
        inside = quotes + n < ends
        marked[(quotes + n)[inside]] = ord(" ")
    return marked.tobytes(), found[~(close | apart)]


def _words(text: npt.NDArray[np.uint8]) -> Places:
    """Where the word null stands: two of its letters at once are found several times faster than all of it."""
    pairs = []
    for start in (0, 1):
        two = text[start : start + (len(text) - start) // 2 * 2].view(np.uint16)
        pairs.append(np.flatnonzero(two == 0x6C6C) * 2 + start)
    ends = np.sort(np.concatenate(pairs))
    ends = ends[ends >= 2]
    is_word = (text[ends - 1] == ord("u")) & (text[ends - 2] == ord("n"))
    return np.asarray(ends[is_word] - 2, np.int64)


def _hits(data: bytes, wanted: bytes) -> list[int]:
    found, at = [], data.find(wanted)
    while at >= 0:
        found.append(at)
        at = data.find(wanted, at + 1)
    return found


def _value(line: bytes) -> object:
    try:
        value, _ = parse(line.decode())
    except UnicodeDecodeError:
        return None
    return None if isinstance(value, Refusal) else value


@dataclass(slots=True)
class _Parsing:
    """One run over some lines (``marked``: with marks for nulls).

    Each failure costs the reading of what stands before it a second time, and no more.
    """

    lines: Lines
    marked: Lines
    shape: Shape
    odd: list[int]

    def run(self, places: Places) -> Parsed:
        batches: list[tuple[pa.RecordBatch, Places]] = []
        waiting = [places]
        while waiting:
            some = waiting.pop()
            if len(some):
                batch = self._attempt(some, waiting)
                if batch is not None:
                    batches.append((batch, some))
        return Parsed(tuple(batches), np.array(sorted(self.odd), np.int64))

    def _attempt(self, places: Places, waiting: list[Places]) -> pa.RecordBatch | None:
        """The lines as a batch; else None, and what is to be tried instead goes on the pile."""
        try:
            batch = _read(self.shape.marked(self.marked.text(places)), self.shape.schema())
            if batch.num_rows == len(places):
                if not self.shape.learn_types(batch.schema):
                    return batch
                waiting.append(places)
                return None
        except pa.ArrowInvalid as error:
            found = _ROW.search(str(error))
            if found is not None and int(found[1]) < len(places):
                self._part(places, int(found[1]), waiting)
                return None
            if "Failed to convert" in str(error) and self.shape.split_numbers():
                waiting.append(places)
                return None
        except (pa.ArrowException, UnicodeDecodeError):
            pass
        self._halve(places, waiting)
        return None

    def _part(self, places: Places, row: int, waiting: list[Places]) -> None:
        """Around a row that does not fit: once more if it shows a new way of writing, without it if it does not."""
        if self.shape.learn(_value(self.lines.line(int(places[row])))):
            waiting.append(places)
            return
        self.odd.append(int(places[row]))
        waiting += [places[row + 1 :], places[:row]]

    def _halve(self, places: Places, waiting: list[Places]) -> None:
        if len(places) == 1:
            self.odd.append(int(places[0]))
            return
        middle = len(places) // 2
        waiting += [places[middle:], places[:middle]]


def _read(text: bytes, schema: pa.Schema) -> pa.RecordBatch:
    """All of it as one batch, so that errors count rows from its beginning."""
    table = pj.read_json(
        pa.BufferReader(text),
        read_options=pj.ReadOptions(use_threads=False, block_size=len(text) + 1),
        parse_options=pj.ParseOptions(explicit_schema=schema, unexpected_field_behavior="infer"),
    )
    found: list[pa.RecordBatch] = table.combine_chunks().to_batches()
    return found[0] if found else pa.RecordBatch.from_pylist([], schema=table.schema)
