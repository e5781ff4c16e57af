"""A file of JSON lines, each with the hash of the one before: what is changed later no longer fits.

The hash of a line is the SHA-256 of its canonical JSON (keys sorted, no blanks, UTF-8) without its own hash.
"""

import errno
import fcntl
import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Final, NamedTuple

from checker.calendars.unreadable import reason
from checker.model.diagnostic import DataError, Diagnostic

KIND: Final = "checker-run"
FORMAT: Final = 1
PATIENCE: Final = 10
"""Seconds to wait for another program that is writing."""

Entry = Mapping[str, Any]


class Appended(NamedTuple):
    """The line that was written. ``moved`` names the file into which a half-written last line was put before."""

    number: int
    digest: str
    moved: str | None


def canonical(entry: Entry) -> str:
    """The one way an entry is written."""
    return json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest_of(entry: Entry) -> str:
    """The hash that belongs to an entry."""
    text = canonical({key: value for key, value in entry.items() if key != "hash"})
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def read_line(line: bytes) -> Entry | None:
    """The entry of a line; None where it is none of ours, or written otherwise than we write.

    A key that stands twice, or a blank too many, says to a reader what it does not say to the hash.
    """
    try:
        found = json.loads(line)
        is_ours = isinstance(found, dict) and found.get("kind") == KIND
        return found if is_ours and canonical(found).encode("utf-8", "surrogatepass") == line else None
    except (ValueError, RecursionError):
        return None


def append(path: Path, entry: Entry) -> Appended:
    """Put an entry behind the last line. DataError where the file is none of ours, in use, or cannot be written."""
    with _held(path) as file:
        whole, moved = _whole(path, file)
        last = _last(path, whole)
        number = int(last["number"]) + 1 if last is not None else 1
        linked = {**entry, "kind": KIND, "format": FORMAT, "number": number}
        linked["previous"] = last["hash"] if last is not None else ""
        linked["hash"] = digest_of(linked)
        separator = b"\n" if whole and not whole.endswith(b"\n") else b""
        _write(path, file, separator + canonical(linked).encode("utf-8", "surrogatepass") + b"\n")
    return Appended(number, linked["hash"], moved)


def refuse_other(path: Path) -> None:
    """DataError where the file holds something else, or cannot be written, so that nobody checks in vain."""
    if not path.parent.is_dir():
        raise _unwritable(path, FileNotFoundError(errno.ENOENT, ""))
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise _unwritable(path, PermissionError(errno.EACCES, ""))
    try:
        whole = path.read_bytes() if path.exists() else b""
    except OSError as error:
        raise _unwritable(path, error) from error
    _last(path, _without_rest(whole))


def _last(path: Path, whole: bytes) -> Entry | None:
    """The last whole line, which must be ours and unchanged: nothing is linked to what was tampered with."""
    if not whole:
        return None
    line = whole.rstrip(b"\n").rsplit(b"\n", 1)[-1]
    entry = read_line(line)
    if entry is None:
        message = f"「{path}」不是检查记录"
        raise _refused("not-a-record", message, "换一个文件名")
    if entry.get("hash") != digest_of(entry) or not isinstance(entry.get("number"), int):
        message = f"检查记录「{path}」的最后一行改动过，不能往后接"
        raise _refused("record-changed", message, "用 checker verify 查看；换一个文件名另起一份")
    return entry


def _without_rest(whole: bytes) -> bytes:
    """The whole lines; a last line without its end counts if nothing but the end is missing."""
    if not whole or whole.endswith(b"\n"):
        return whole
    kept, _, rest = whole.rpartition(b"\n")
    entry = read_line(rest)
    return whole if entry is not None and entry.get("hash") == digest_of(entry) else (kept + b"\n" if kept else b"")


def _whole(path: Path, file: IO[bytes]) -> tuple[bytes, str | None]:
    """What stands in whole lines; a rest that a crash left is put into a file beside, not thrown away."""
    file.seek(0)
    whole = file.read()
    kept = _without_rest(whole)
    rest = whole[len(kept) :]
    if not rest:
        return kept, None
    _last(path, kept)
    if not kept and not rest.startswith(b"{"):
        raise _refused("not-a-record", f"「{path}」不是检查记录", "换一个文件名")
    beside = _free(path)
    with _telling(path):
        beside.write_bytes(rest)
        file.truncate(len(kept))
    return kept, str(beside)


def _free(path: Path) -> Path:
    names = (path.with_name(f"{path.name}.partial{n or ''}") for n in range(10_000))
    return next(name for name in names if not name.exists())


@contextmanager
def _held(path: Path) -> Iterator[IO[bytes]]:
    """The file, for us alone."""
    with _telling(path):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        file = os.fdopen(descriptor, "r+b", buffering=0)
    with file:
        _lock(path, file)
        yield file


def _lock(path: Path, file: IO[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError as error:
            if time.monotonic() > until:
                message = f"另一个程序正在写检查记录「{path}」，等了 {PATIENCE} 秒"
                raise _refused("record-in-use", message, "等它办完再运行") from error
            time.sleep(0.05)
        except OSError as error:
            raise _unwritable(path, error) from error


def _write(path: Path, file: IO[bytes], data: bytes) -> None:
    """All of it, and on the disk; what could be written only in part is taken back."""
    size = file.seek(0, os.SEEK_END)
    with _telling(path):
        try:
            view = memoryview(data)
            while view:
                view = view[file.write(view) :]
            os.fsync(file.fileno())
        except OSError:
            with suppress(OSError):
                file.truncate(size)
            raise


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> DataError:
    return _refused("record-unwritable", f"写不了检查记录「{path}」：{reason(error)}", "核对路径和权限")


def _refused(code: str, message: str, help_text: str) -> DataError:
    meanwhile = "没有写检查记录"
    return DataError((Diagnostic(code=code, message=message, help=help_text, meanwhile=meanwhile),))
