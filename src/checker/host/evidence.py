"""What a check rests on, file by file, for the record of the run."""

import errno
import os
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

from checker.calendars.unreadable import reason
from checker.cases.formats import formats
from checker.cases.source import MAPPING, Source, sources
from checker.language.packs import load_packs, shipped_folder
from checker.language.texts import text_files
from checker.model.diagnostic import DataError, Diagnostic

SHIPPED: Final = "随附:"
"""Stands for the folder of the shipped packs, which is another on each machine."""

_PIECE: Final = 1 << 20


class FileHash(NamedTuple):
    """One file that was read: what for, its name as it was given, and what was in it."""

    role: str
    file: str
    sha256: str
    bytes: int


class Given(NamedTuple):
    """The arguments of a check that bear on its results, as they were given."""

    cases: tuple[str, ...]
    rules: tuple[str, ...]
    site: str | None
    calendar: str
    columns: str | None
    mapping: str | None


def files_of(given: Given, packs: Sequence[str]) -> tuple[FileHash, ...]:
    """Every file behind the arguments, with its hash: cases in the order they are read, rules sorted.

    ``packs`` are the packs that ``rules`` comes to. DataError where a file cannot be read.
    """
    cases = tuple(_case_files(given.cases))
    return (*_hashes("案件", cases), *_hashes("对照", _mappings(cases)), *_rule_files(packs), *_others(given))


def _case_files(cases: Sequence[str]) -> Iterator[str]:
    for source in sources(cases, frozenset(suffix for suffix in formats() if suffix)):
        if isinstance(source, Source) and source.is_file:
            yield source.name


def _mappings(cases: Iterable[str]) -> Iterator[str]:
    """Every mapping beside a ledger: that of another one there may hold for it."""
    for folder in dict.fromkeys(Path(name).parent for name in cases):
        yield from (str(path) for path in sorted(folder.glob(f"*{MAPPING}")) if path.is_file())


def _rule_files(packs: Sequence[str]) -> Iterator[FileHash]:
    found = load_packs(packs)
    for name in sorted({*(source.name for source in found), *(str(file) for file in text_files(found))}):
        yield hashed("规则", name)._replace(file=_shown(name))


def _others(given: Given) -> Iterator[FileHash]:
    named = (("本地登记", given.site), ("工作日表", given.calendar), ("对照", given.mapping))
    yield from (hashed(role, name) for role, name in named if name is not None and os.path.isfile(name))


def _hashes(role: str, names: Iterable[str]) -> Iterator[FileHash]:
    return (hashed(role, name) for name in names)


def hashed(role: str, name: str) -> FileHash:
    """The hash of a file as it is now; DataError where it cannot be read."""
    digest, size = sha256(), 0
    try:
        if os.path.exists(path_of(name)) and not os.path.isfile(path_of(name)):
            raise OSError(errno.EINVAL, "")
        with Path(path_of(name)).open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
                size += len(piece)
    except OSError as error:
        message = f"读不了文件「{name}」：{reason(error)}"
        told = Diagnostic(code="unreadable", message=message, help="核对路径和权限", meanwhile="没有写检查记录")
        raise DataError((told,)) from error
    return FileHash(role, name, digest.hexdigest(), size)


def path_of(name: str) -> str:
    """Where a file of a record stands on this machine."""
    return str(shipped_folder() / name.removeprefix(SHIPPED)) if name.startswith(SHIPPED) else name


def _shown(name: str) -> str:
    inside = os.path.relpath(os.path.abspath(name), shipped_folder())
    is_shipped = os.path.isabs(name) and not inside.startswith("..")
    return f"{SHIPPED}{Path(inside).as_posix()}" if is_shipped else name
