"""Gzip, told by its first bytes; whatever spoils it is said with the place reached, after all that came before it."""

import gzip
import io
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final, cast

from checker.cases.problems import Refusal

MAGIC: Final = b"\x1f\x8b"
"""How every gzip stream begins."""

SUFFIX: Final = ".gz"
_BLOCK: Final = 1 << 17
_AGAIN: Final = "重新传输或者重新压缩"


class DamagedError(OSError):
    """A compressed source that breaks off or is spoilt; ``line`` is the first line that was not given out whole."""

    def __init__(self, refusal: Refusal, line: int) -> None:
        super().__init__(refusal.message)
        self.refusal, self.line = refusal, line


class _Unpacked(io.RawIOBase):
    """What a gzip stream holds. Errors come one read later than the last good bytes, so that these are not lost."""

    def __init__(self, packed: BinaryIO) -> None:
        self._packed = packed
        self._gzip = gzip.GzipFile(fileobj=packed, mode="rb")
        self._bytes = self._lines = 0
        self._spoilt: DamagedError | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._spoilt is not None:
            raise self._spoilt
        try:
            data = self._gzip.read1(len(buffer))
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            self._spoilt = DamagedError(self._refusal(error), self._lines + 1)
            raise self._spoilt from error
        self._bytes += len(data)
        self._lines += data.count(b"\n")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._gzip.close()
            self._packed.close()
        super().close()

    def _refusal(self, error: Exception) -> Refusal:
        so_far = f"已解出 {self._bytes} 字节、{self._lines} 行"
        if isinstance(error, EOFError):
            return Refusal("gzip-cut-short", f"压缩内容不完整，到这里就断了（{so_far}）", help=_AGAIN)
        said = str(error)
        if said.startswith(("CRC", "Incorrect length")):
            return Refusal("gzip-checksum", f"压缩内容的校验和不符，前面读入的也可能有错（{so_far}）", help=_AGAIN)
        if said.startswith("Not a gzip"):
            message = f"压缩内容结束之后还有别的字节（{so_far}）"
            return Refusal("gzip-trailing", message, help=f"{_AGAIN}；几个 .gz 相接的，核对后一个是否完整")
        return Refusal("gzip-damaged", f"压缩内容从这里起损坏（{so_far}）", help=_AGAIN)


def unpacked(packed: BinaryIO) -> BinaryIO:
    """What a gzip stream holds, read as it is asked for; :class:`DamagedError` where it is spoilt."""
    return cast(BinaryIO, io.BufferedReader(_Unpacked(packed), _BLOCK))


def read_some(stream: BinaryIO, size: int) -> bytes:
    """So many bytes, fewer at the end or before damage, which the next reading tells: ``read`` would lose them."""
    found: list[bytes] = []
    while size > 0:
        try:
            data = cast(io.BufferedReader, stream).read1(size)
        except DamagedError:
            if not found:
                raise
            break
        if not data:
            break
        found.append(data)
        size -= len(data)
    return b"".join(found)


@contextmanager
def seekable(stream: BinaryIO) -> Iterator[BinaryIO]:
    """The stream, or its content in a file without a name: for formats that are not read from front to back."""
    if stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as file:
        shutil.copyfileobj(stream, file, _BLOCK)
        file.seek(0)
        yield cast(BinaryIO, file)


class _Kept(io.RawIOBase):
    """A file from its beginning, and at its end what spoilt the stream it was copied from."""

    def __init__(self, file: BinaryIO, spoilt: DamagedError | None) -> None:
        self._file = file
        self._spoilt = spoilt
        self._at = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self._file.seek(self._at)
        data = self._file.read(len(buffer))
        if not data and self._spoilt is not None:
            raise self._spoilt
        self._at += len(data)
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def spooled(stream: BinaryIO) -> Iterator[Callable[[], BinaryIO]]:
    """What can be read only once, in a file without a name: each call reads it from its beginning to where it ended."""
    with tempfile.TemporaryFile() as file:
        spoilt = None
        try:
            while data := read_some(stream, _BLOCK):
                file.write(data)
        except DamagedError as error:
            spoilt = error
        yield lambda: cast(BinaryIO, io.BufferedReader(_Kept(cast(BinaryIO, file), spoilt), _BLOCK))


def without_suffix(name: str) -> str:
    """A file's name without the suffix of compression."""
    return name[: -len(SUFFIX)] if name.lower().endswith(SUFFIX) else name
