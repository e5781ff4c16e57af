"""Where results go: standard output or a file; whether in colour."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TextIO

import click


@contextmanager
def results(path: str | None) -> Iterator[TextIO]:
    """Standard output, or the file, which is written anew; a file that cannot be written is the user's mistake."""
    if path is None or path == "-":
        yield sys.stdout
        return
    try:
        stream = open(path, "w", encoding="utf-8", newline="\n")  # noqa: SIM115
    except OSError as error:
        raise click.UsageError(f"写不了文件「{path}」：{error.strerror}") from error
    with stream:
        yield stream


def print_lines(stream: TextIO, lines: Iterable[str]) -> None:
    """Each line with its line end."""
    for line in lines:
        stream.write(line + "\n")


def is_coloured(wanted: str, stream: TextIO) -> bool:
    """Colour on a terminal only, unless told otherwise; https://no-color.org is respected."""
    if wanted != "auto":
        return wanted == "always"
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return stream.isatty() and not plain
