"""The output must be none of the inputs."""

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path, PurePath

import click


def refuse_overwriting(
    output: str | None, cases: Iterable[str], packs: Iterable[str], others: Iterable[str], option: str = "--output"
) -> None:
    """UsageError where the output is the same file as an input, or would be read as one in a folder of inputs.

    What lies in such a folder without being read, such as a report, may be written anew.
    """
    if output is None or output == "-":
        return
    from checker.cases.formats import formats
    from checker.cases.source import MAPPING
    from checker.language.packs import SUFFIX, shipped_folder

    if any(name.endswith(MAPPING) for name in (output, os.path.realpath(output))):
        message = f"「{option}」的「{output}」是台账对照文件的名称，不能写结果，换一个名称"
        raise click.UsageError(message)
    suffixes = frozenset(suffix for suffix in formats() if suffix)
    rules = (*packs, str(shipped_folder()))
    for paths, read in ((cases, suffixes), (rules, frozenset((SUFFIX,))), (others, frozenset[str]())):
        for path in paths:
            if any(test(output, path, read) for test in (_is_same, _would_be_read, _is_within, _is_matched)):
                shown = "标准输入" if path == "-" else path
                raise click.UsageError(f"「{option}」的「{output}」属于输入「{shown}」，不能写结果，换一个名称")


def _is_same(output: str, path: str, _: frozenset[str] = frozenset()) -> bool:
    try:
        there = os.fstat(sys.stdin.fileno()) if path == "-" and sys.stdin is not None else os.stat(path)
        here = os.stat(output)
    except (OSError, ValueError):  # not there yet, or no real stream
        return False
    return stat.S_ISREG(here.st_mode) and os.path.samestat(here, there)


def _would_be_read(output: str, folder: str, suffixes: frozenset[str]) -> bool:
    """Whether the file is, or at the next run would be, one that is read from the folder."""
    if not os.path.isdir(folder) or not _is_read(Path(output), suffixes):
        return False
    return Path(os.path.realpath(output)).is_relative_to(os.path.realpath(folder))


def _is_within(output: str, folder: str, suffixes: frozenset[str]) -> bool:
    """Whether an existing file is one that is read from the folder, under whatever name."""
    if not os.path.isfile(output) or not os.path.isdir(folder):
        return False
    return any(_is_same(output, str(file)) for file in _files(Path(folder), suffixes))


def _is_matched(output: str, pattern: str, suffixes: frozenset[str]) -> bool:
    """Whether the file is, or at the next run would be, one that a pattern of the cases stands for."""
    from checker.cases.globs import is_pattern, matching

    if not suffixes or not is_pattern(pattern):
        return False
    file, pattern = os.path.abspath(output), os.path.abspath(pattern)
    # Before Python 3.13 only fnmatch knows **, though not that * stops at a folder.
    would_match = fnmatch(file, pattern) if "**" in pattern else PurePath(file).match(pattern)
    return would_match or any(
        _is_same(output, path) or _would_be_read(output, path, suffixes) or _is_within(output, path, suffixes)
        for path in matching(pattern)
    )


def _files(folder: Path, suffixes: frozenset[str]) -> Iterator[Path]:
    return (file for file in folder.rglob("*") if _is_read(file, suffixes))


def _is_read(file: Path, suffixes: frozenset[str]) -> bool:
    from checker.cases.source import case_suffix

    return file.suffix.lower() in suffixes or case_suffix(file.name) in suffixes
