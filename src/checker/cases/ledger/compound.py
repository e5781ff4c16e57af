"""Compound files (OLE2): the container of .xls, .et and of workbooks with a password."""

import struct
import sys
from array import array
from collections.abc import Callable
from typing import Final

MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END: Final = 0xFFFFFFFA
"""Sector numbers from here on are marks."""
_ENTRY: Final = 128
_STREAM: Final = 2


class BrokenCompoundError(Exception):
    """The container is damaged or cut off."""


class Compound:
    """Streams by name; those of inner storages too, since workbooks name theirs once."""

    def __init__(self, data: bytes) -> None:
        """Read the tables; BrokenCompoundError where they do not hold together."""
        try:
            self._open(data)
        except (struct.error, IndexError, ValueError) as error:
            raise BrokenCompoundError from error

    def _open(self, data: bytes) -> None:
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 0x1E)
        if shift not in (9, 12) or mini_shift != 6:
            raise BrokenCompoundError
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        directory, _, self._cutoff, mini_first, _, more, _ = struct.unpack_from("<7I", data, 0x30)
        tables = [n for n in struct.unpack_from("<109I", data, 0x4C) if n < _END]
        self._fat = array("I")
        self._fat = _words(b"".join(map(self._sector, self._all_tables(tables, more))))
        self.entries = self._directory(self._chain(directory, self._fat, self._sector))
        self._mini_fat = _words(self._chain(mini_first, self._fat, self._sector))
        start, size = self._root
        self._mini = self._chain(start, self._fat, self._sector)[:size]

    def _all_tables(self, tables: list[int], more: int) -> list[int]:
        """Sectors of the allocation table: the first 109 stand in the header, the others in a chain."""
        seen: set[int] = set()
        while more < _END and more not in seen:
            seen.add(more)
            *found, more = struct.unpack(f"<{self._size // 4}I", self._sector(more))
            tables += [n for n in found if n < _END]
        return tables

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        found = self._data[at : at + self._size]
        if not found:
            raise BrokenCompoundError
        return found

    def _mini_sector(self, number: int) -> bytes:
        return self._mini[number * self._mini_size : (number + 1) * self._mini_size]

    def _chain(self, start: int, table: "array[int]", sector: Callable[[int], bytes]) -> bytes:
        pieces: list[bytes] = []
        while start < _END:
            if len(pieces) > len(table):
                raise BrokenCompoundError  # a ring
            pieces.append(sector(start))
            start = table[start]
        return b"".join(pieces)

    def _directory(self, content: bytes) -> dict[str, tuple[int, int]]:
        found: dict[str, tuple[int, int]] = {}
        for at in range(0, len(content) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", content, at + 64)
            start, size = struct.unpack_from("<II", content, at + 116)
            if at == 0:
                self._root = start, size
            if kind and 2 <= length <= 64:
                name = content[at : at + length - 2].decode("utf-16-le", "replace")
                found.setdefault(name, (start, size if kind == _STREAM else 0))
        return found

    def stream(self, name: str) -> bytes:
        """The content of a stream; empty if there is none of that name."""
        start, size = self.entries.get(name, (_END, 0))
        try:
            if size < self._cutoff:
                return self._chain(start, self._mini_fat, self._mini_sector)[:size]
            content = self._chain(start, self._fat, self._sector)[:size]
        except IndexError as error:
            raise BrokenCompoundError from error
        if len(content) < size:
            raise BrokenCompoundError
        return content


def _words(content: bytes) -> "array[int]":
    found = array("I", content[: len(content) // 4 * 4])
    if sys.byteorder == "big":
        found.byteswap()
    return found
