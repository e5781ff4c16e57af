"""A stream that gives again what was read from it to see what it is."""

import io
from typing import BinaryIO


class _Rewound(io.RawIOBase):
    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._head:
            self._head = self._rest.read1(len(buffer)) if hasattr(self._rest, "read1") else self._rest.read(len(buffer))
        part, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)


def rewound(head: bytes, rest: BinaryIO) -> BinaryIO:
    """The head, then the rest; closing it leaves the rest open."""
    return io.BufferedReader(_Rewound(head, rest))
