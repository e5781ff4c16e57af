"""Where records come from: files, folders, standard input."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import BinaryIO, Final

from checker.cases.problems import Refusal
from checker.model.place import Place

STANDARD_INPUT: Final = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """A name for messages, the suffix that tells the format ("" where it must be sniffed), and how to open it."""

    name: str
    suffix: str
    open: Callable[[], AbstractContextManager[BinaryIO]]


@dataclass(frozen=True, slots=True)
class Missing:
    """A path that gives no source, and why."""

    place: Place
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file of a folder that is in no format of ours."""

    name: str


def sources(paths: Sequence[str], suffixes: frozenset[str]) -> Iterator[Source | Missing | Skipped]:
    """The sources under the paths, in the order given; the files of a folder, at any depth, sorted by name."""
    for path in paths:
        if path == STANDARD_INPUT:
            yield Source("标准输入", "", lambda: nullcontext(sys.stdin.buffer))
        elif FilePath(path).is_dir():
            yield from _folder(path, suffixes)
        elif FilePath(path).is_file():
            yield _file(FilePath(path), suffixes)
        else:
            yield Missing(Place(file=path), Refusal("no-such-file", f"找不到文件「{path}」"))


def _folder(path: str, suffixes: frozenset[str]) -> Iterator[Source | Missing | Skipped]:
    files = sorted(file for file in FilePath(path).rglob("*") if file.is_file())
    usable = [file for file in files if file.suffix.lower() in suffixes]
    yield from (Skipped(str(file)) for file in files if file.suffix.lower() not in suffixes)
    yield from (_file(file, suffixes) for file in usable)
    if not usable:
        expected = "、".join(f"*{suffix}" for suffix in sorted(suffixes))
        yield Missing(Place(file=path), Refusal("no-cases", f"文件夹「{path}」里没有案件文件", expected=expected))


def _file(path: FilePath, suffixes: frozenset[str]) -> Source:
    suffix = path.suffix.lower()
    return Source(str(path), suffix if suffix in suffixes else "", lambda: path.open("rb"))
