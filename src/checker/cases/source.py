"""Where records come from: files, folders, patterns of names, standard input; plain or compressed."""

import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import BinaryIO, Final

from checker.calendars.unreadable import reason
from checker.cases.compressed import MAGIC, SUFFIX, DamagedError, unpacked, without_suffix
from checker.cases.globs import is_pattern, matching, no_match
from checker.cases.problems import BadCase, Refusal, unread
from checker.cases.rewound import rewound
from checker.model.place import Place

STANDARD_INPUT: Final = "-"
EXPECTATION: Final = ".expect.yaml"
"""How the names of files end that say what indicators should come to; they hold no cases."""
MAPPING: Final = ".对照.yaml"
"""How the names of files end that say which column of a ledger is what; they hold no cases."""
LOCK: Final = "~$"
"""How the names of files begin that office programs keep beside a workbook while it is open."""
_KINDS: Final = (
    (stat.S_ISCHR, "字符设备"),
    (stat.S_ISBLK, "块设备"),
    (stat.S_ISFIFO, "管道"),
    (stat.S_ISSOCK, "套接字"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """A name for messages, the suffix that tells the format ("" where it must be sniffed), and how to open it.

    ``is_file``: the name is the path of a file that can be read any number of times. What ``compressed`` opens gives
    the content, and cannot be sought in.
    """

    name: str
    suffix: str
    open: Callable[[], AbstractContextManager[BinaryIO]]
    is_file: bool = False
    compressed: bool = False

    @property
    def again(self) -> Callable[[], AbstractContextManager[BinaryIO]] | None:
        """How to open it a second time; None where it can be read only once."""
        return self.open if self.is_file else None


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
    """The sources under the paths, in the order given; the files of a folder, at any depth, sorted by name.

    A path that exists as it is written is that file or folder; any other with ``*``, ``?`` or ``[`` in it is a pattern.
    A file that is reached twice is read once, and the second time comes as :class:`Missing`.
    """
    seen: dict[tuple[int, int], str] = {}
    for path in paths:
        for found in _under(path, suffixes):
            yield _once(found, seen) if isinstance(found, Source) else found


def _under(path: str, suffixes: frozenset[str]) -> Iterator[Source | Missing | Skipped]:
    if path == STANDARD_INPUT:
        yield _standard_input()
    elif os.path.isdir(path):
        yield from _folder(path, suffixes)
    elif os.path.isfile(path):
        yield _file(FilePath(path), suffixes)
    elif is_pattern(path):
        yield from _matching(path, suffixes)
    else:
        yield Missing(Place(file=path), _no_file(path))


def _matching(pattern: str, suffixes: frozenset[str]) -> Iterator[Source | Missing | Skipped]:
    """What a pattern matches, as if each had been named; what lies in a folder that matches too comes only once."""
    found = matching(pattern)
    if not found:
        yield Missing(Place(file=pattern), no_match(pattern))
    inside: set[str] = set()
    for path in found:
        for one in _under(path, suffixes):
            name = one.place.file if isinstance(one, Missing) else one.name
            if os.path.abspath(name) not in inside:
                inside.add(os.path.abspath(name))
                yield one


def _once(source: Source, seen: dict[tuple[int, int], str]) -> Source | Missing:
    try:
        status = os.stat(source.name)
    except OSError:  # standard input, or gone meanwhile: whoever opens it will say so
        return source
    earlier = seen.setdefault((status.st_dev, status.st_ino), source.name)
    if earlier is source.name:
        return source
    twice = "给了两次" if earlier == source.name else f"与「{earlier}」是同一个文件"
    message = f"文件「{source.name}」{twice}，只读一次"
    return Missing(Place(file=source.name), Refusal("same-file", message, help="去掉重复的路径"))


def unreadable(name: str, error: OSError) -> BadCase:
    """What is left out of a source because of an error in the middle of it; what came before has been read."""
    if isinstance(error, DamagedError):
        return unread(error.refusal, Place(file=name, line=error.line))
    refusal = Refusal("unreadable", f"文件「{name}」读不出来（{reason(error)}）")
    return unread(refusal, Place(file=name))


def _standard_input() -> Source | Missing:
    if sys.stdin is None:  # closed before we were started
        return Missing(Place(file="标准输入"), Refusal("no-input", "标准输入已经关闭，没有可读的内容"))
    return Source("标准输入", "", lambda: nullcontext(_sniffed(sys.stdin.buffer)))


def _sniffed(stream: BinaryIO) -> BinaryIO:
    head = stream.read(len(MAGIC))
    whole = rewound(head, stream)
    return unpacked(whole) if head == MAGIC else whole


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
    is_beside = file.name.endswith((EXPECTATION, MAPPING)) or file.name.startswith(LOCK)
    return case_suffix(file.name) in suffixes and not is_beside


def case_suffix(name: str) -> str:
    """The suffix that tells a file's format, ``.jsonl`` of ``a.jsonl.gz``."""
    return FilePath(without_suffix(name)).suffix.lower()


def _file(path: FilePath, suffixes: frozenset[str]) -> Source | Missing:
    """A file: its name tells the format, its first bytes whether it is compressed."""
    suffix = case_suffix(path.name)
    suffix = suffix if suffix in suffixes else ""
    head = _head(path)
    if head == MAGIC:
        return Source(str(path), suffix, lambda: unpacked(path.open("rb")), is_file=True, compressed=True)
    if path.name.lower().endswith(SUFFIX) and head is not None:
        empty = Refusal("empty-file", "文件里没有案件")
        plain = Refusal("not-gzip", f"名称以 {SUFFIX} 结尾，内容却不是 gzip", help=f"没有压缩的，去掉 {SUFFIX} 后缀")
        return Missing(Place(file=str(path)), plain if head else empty)
    return Source(str(path), suffix, lambda: path.open("rb"), is_file=True)


def _head(path: FilePath) -> bytes | None:
    """The first bytes; None where they cannot be read, which opening the file will tell."""
    try:
        with path.open("rb", buffering=0) as stream:
            return stream.read(len(MAGIC))
    except OSError:
        return None
