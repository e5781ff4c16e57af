"""The three standard streams, which may be closed, full, or without a reader."""

import contextlib
import os
import sys
from collections.abc import Iterator
from typing import TextIO

import click

from checker.calendars.unreadable import reason
from checker.reports.layout import clean


def hold_descriptors() -> None:
    """Open what is closed of the first three descriptors on nothing, so that no file of ours is taken for a stream."""
    held = os.open(os.devnull, os.O_RDWR)
    while held <= 2:
        held = os.open(os.devnull, os.O_RDWR)
    os.close(held)


def standard_output() -> TextIO:
    """Standard output; where it was closed before we began, that is the user's mistake."""
    if sys.stdout is None:
        raise click.ClickException("写不了结果：标准输出已经关闭")
    return sys.stdout


@contextlib.contextmanager
def writing(what: str = "结果") -> Iterator[None]:
    """Turn what the system says against writing into a sentence; a reader that left is the caller's matter."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise click.ClickException(f"写不了{what}：{reason(error)}") from error


def say(text: str) -> None:
    """One line to standard error, cleaned; where that cannot be written there is nobody to tell."""
    try:
        click.echo(clean(text), err=True)
    except OSError:
        forget(sys.stderr)


def settle() -> None:
    """At the very end: what cannot be written by now is given up, or the interpreter would change the exit code."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            forget(stream)


def forget(stream: TextIO) -> None:
    """Point a stream nowhere, so that what it still holds goes there."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
        stream.flush()
