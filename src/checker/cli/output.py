"""Where results go: standard output or a file; whether in colour."""

import contextlib
import os
import secrets
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click

from checker.calendars.unreadable import reason
from checker.cli.streams import standard_output, writing

_NEW = 0o666
"""Mode of a new file, before the user's mask is taken off."""


@contextmanager
def results(path: str | None) -> Iterator[TextIO]:
    """Standard output, or the file, which is written anew.

    A file appears whole or not at all: what was there stays until all is written. A device or a pipe is written to as
    it is. What cannot be written is the user's matter.
    """
    if path is None or path == "-":
        yield standard_output()
        return
    with _replaced(path) if is_file(path) else _opened(path, path) as stream:
        yield stream
        with writing(f"文件「{path}」"):
            stream.flush()


def is_file(path: str) -> bool:
    """Whether the path is a file, or nothing yet. What the system keeps in /dev leads to streams already open."""
    if Path(os.path.abspath(path)).is_relative_to("/dev"):
        return False
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return True


def refuse_unwritable(path: str) -> None:
    """UsageError where a file is there that may not be written."""
    if os.path.exists(path) and not os.access(os.path.realpath(path), os.W_OK):
        raise click.UsageError(f"写不了文件「{path}」：没有权限")


class Unwanted(Exception):
    """There is nothing to write after all; what was there stays."""


@contextmanager
def replacing(path: str) -> Iterator[Path]:
    """A name beside the file for a new one, which takes the old one's place (and its mode) at the end."""
    target = Path(os.path.realpath(path))
    refuse_unwritable(path)
    beside = target.parent / f".checker-{secrets.token_hex(6)}.tmp"
    with contextlib.ExitStack() as last:
        last.callback(beside.unlink, missing_ok=True)
        yield beside
        with writing(f"文件「{path}」"):
            if target.exists():
                beside.chmod(stat.S_IMODE(target.stat().st_mode))
            _settled(beside)
            os.replace(beside, target)
            _settled(target.parent)


def _settled(path: Path) -> None:
    """Wait until it is on the disk: what it was made from may be removed next."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _replaced(path: str) -> Iterator[TextIO]:
    with replacing(path) as beside, _opened(str(beside), path) as stream:
        yield stream
        with writing(f"文件「{path}」"):
            stream.flush()


@contextmanager
def _opened(path: str, shown: str) -> Iterator[TextIO]:
    # What is no file of its own is added to: behind /dev/stdout there may be a file that others write to as well.
    flags = os.O_WRONLY | (os.O_APPEND if path == shown else os.O_CREAT | os.O_EXCL)
    try:
        descriptor = os.open(path, flags, _NEW)
    except OSError as error:
        raise click.UsageError(f"写不了文件「{shown}」：{reason(error)}") from error
    stream = os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace", newline="\n")
    try:
        yield stream
    finally:
        with contextlib.suppress(OSError):  # all was flushed where that mattered
            stream.close()


def print_lines(stream: TextIO, lines: Iterable[str]) -> None:
    """Each line with its line end."""
    with writing():
        for line in lines:
            stream.write(line + "\n")


def is_coloured(wanted: str, stream: TextIO) -> bool:
    """Colour on a terminal only, unless told otherwise; https://no-color.org is respected."""
    if wanted != "auto":
        return wanted == "always"
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return stream.isatty() and not plain
