"""Records of old binary workbooks (.xls, .et), and the texts in them."""

import struct
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

BEGIN: Final = (0x0809, 0x0409, 0x0209, 0x0009)
END: Final = 0x000A
_WIDE: Final = 1
_ASIAN: Final = 4
_RICH: Final = 8


class Record(NamedTuple):
    """Kind and body; ``rest`` are the bodies of the records that go on with it; ``depth`` is 1 outside of charts."""

    kind: int
    body: bytes
    rest: Sequence[bytes]
    depth: int


def records(stream: bytes, at: int) -> Iterator[Record]:
    """The records from a beginning to its end; charts stand in between, one deeper."""
    depth = 0
    size = len(stream)
    while at + 4 <= size:
        kind, length = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + length]
        at += 4 + length
        rest: list[bytes] = []
        while stream[at : at + 2] == b"\x3c\x00" and at + 4 <= size:
            length = struct.unpack_from("<H", stream, at + 2)[0]
            rest.append(stream[at + 4 : at + 4 + length])
            at += 4 + length
        depth += kind in BEGIN
        yield Record(kind, body, rest, depth)
        depth -= kind == END
        if depth <= 0:
            return


class Texts:
    """Texts one after another in a record and those that go on with it. ``encoding`` is None for wide characters."""

    def __init__(self, record: Record, at: int, encoding: str | None) -> None:
        self._parts = [record.body, *record.rest]
        self._part, self._at = 0, at
        self._encoding = encoding

    def next(self, short: bool = False) -> str:
        """The next text; ``short``: its length is one byte. struct.error where there is none."""
        length = self._number("<B" if short else "<H")
        if self._encoding is not None:
            return self._bytes(length).decode(self._encoding, "replace")
        flags = self._number("<B")
        runs = self._number("<H") if flags & _RICH else 0
        more = self._number("<I") if flags & _ASIAN else 0
        text = self._characters(length, flags & _WIDE)
        self._bytes(4 * runs + more)
        return text

    def _characters(self, length: int, wide: int) -> str:
        """Characters; where they go on in another record, that says anew how wide they are."""
        pieces = []
        while True:
            size = 2 if wide else 1
            here = self._parts[self._part][self._at : self._at + length * size]
            pieces.append(here.decode("utf-16-le" if wide else "latin-1", "replace"))
            self._at += len(here)
            length -= len(here) // size
            if length <= 0 or self._part + 1 >= len(self._parts):
                return "".join(pieces)
            self._part, self._at = self._part + 1, 0
            wide = self._number("<B") & _WIDE

    def _number(self, form: str) -> int:
        self._turn()
        number: int = struct.unpack_from(form, self._parts[self._part], self._at)[0]
        self._at += struct.calcsize(form)
        return number

    def _bytes(self, length: int) -> bytes:
        pieces = []
        while length > 0:
            self._turn()
            here = self._parts[self._part][self._at : self._at + length]
            if not here:
                break
            pieces.append(here)
            self._at += len(here)
            length -= len(here)
        return b"".join(pieces)

    def _turn(self) -> None:
        while self._at >= len(self._parts[self._part]) and self._part + 1 < len(self._parts):
            self._part, self._at = self._part + 1, 0
