"""Where records come from: files, folders, standard input."""

import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import BinaryIO, Final

from checker.calendars.unreadable import reason
from checker.cases.problems import Refusal
from checker.model.place import Place

STANDARD_INPUT: Final = "-"
EXPECTATION: Final = ".expect.yaml"
"""How the names of files end that say what indicators should come to; they hold no cases."""
_KINDS: Final = (
    (stat.S_ISCHR, "字符设备"),
    (stat.S_ISBLK, "块设备"),
    (stat.S_ISFIFO, "管道"),
    (stat.S_ISSOCK, "套接字"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """A name for messages, the suffix that tells the format ("" where it must be sniffed), and how to open it.

    ``is_file``: the name is the path of a file that can be read any number of times.
    """

    name: str
    suffix: str
    open: Callable[[], AbstractContextManager[BinaryIO]]
    is_file: bool = False


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
            yield _standard_input()
        elif os.path.isdir(path):
            yield from _folder(path, suffixes)
        elif os.path.isfile(path):
            yield _file(FilePath(path), suffixes)
        else:
            yield Missing(Place(file=path), _no_file(path))


def _standard_input() -> Source | Missing:
    if sys.stdin is None:  # closed before we were started
        return Missing(Place(file="标准输入"), Refusal("no-input", "标准输入已经关闭，没有可读的内容"))
    return Source("标准输入", "", lambda: nullcontext(sys.stdin.buffer))


def _no_file(path: str) -> Refusal:
    """Why a path that is neither file nor folder cannot be read."""
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        is_link = os.path.islink(path)
        return Refusal("no-such-file", f"链接「{path}」指向的文件不存在" if is_link else f"找不到文件「{path}」")
    except OSError as error:
        return Refusal("unreadable", f"文件「{path}」读不出来（{reason(error)}）")
    kind = next((name for test, name in _KINDS if test(mode)), "特殊文件")
    return Refusal("not-a-file", f"「{path}」是{kind}，不是案件文件", help="从程序读入的，写「-」并接到标准输入")


def _folder(path: str, suffixes: frozenset[str]) -> Iterator[Source | Missing | Skipped]:
    files = sorted(file for file in FilePath(path).rglob("*") if file.is_file())
    usable = [file for file in files if _holds_cases(file, suffixes)]
    yield from (Skipped(str(file)) for file in files if not _holds_cases(file, suffixes))
    yield from (_file(file, suffixes) for file in usable)
    if not usable:
        expected = "、".join(f"*{suffix}" for suffix in sorted(suffixes))
        yield Missing(Place(file=path), Refusal("no-cases", f"文件夹「{path}」里没有案件文件", expected=expected))


def _holds_cases(file: FilePath, suffixes: frozenset[str]) -> bool:
    return file.suffix.lower() in suffixes and not file.name.endswith(EXPECTATION)


def _file(path: FilePath, suffixes: frozenset[str]) -> Source:
    suffix = path.suffix.lower()
    return Source(str(path), suffix if suffix in suffixes else "", lambda: path.open("rb"), is_file=True)
