"""Patterns of file names, expanded here where no shell has done it: in quotation marks, or on Windows."""

import difflib
import glob
import os
from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Final

from checker.cases.problems import Refusal

_SIGNS: Final = frozenset("*?[")
_NAMES: Final = 5


def is_pattern(path: str) -> bool:
    """Whether the path may stand for several; one that exists as it is written stands for itself."""
    return not _SIGNS.isdisjoint(path) and not os.path.lexists(path)


def matching(pattern: str) -> list[str]:
    """The files and folders that a pattern matches, sorted; ``**`` for folders at any depth."""
    return sorted(glob.glob(pattern, recursive=True))


def no_match(pattern: str) -> Refusal:
    """Why nothing matches, with the names there that are most like it."""
    folder, part = _stem(FilePath(pattern))
    if not folder.is_dir():
        return Refusal("no-match", f"没有与「{pattern}」相符的文件：没有文件夹「{folder}」", help="核对路径")
    names = sorted(_names(folder))
    near = difflib.get_close_matches(part, names, _NAMES, 0.3) or names[:_NAMES]
    listed = f"文件夹「{folder}」里有：{'、'.join(near)}{'等' if len(names) > len(near) else ''}"
    return Refusal("no-match", f"没有与「{pattern}」相符的文件", help=listed if names else f"文件夹「{folder}」是空的")


def _stem(pattern: FilePath) -> tuple[FilePath, str]:
    """The folder before the first part that is a pattern, and that part."""
    for n, part in enumerate(pattern.parts):
        if not _SIGNS.isdisjoint(part):
            return FilePath(*pattern.parts[:n]), part
    return pattern.parent, pattern.name


def _names(folder: FilePath) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            yield from (entry.name for entry in entries)
    except OSError:
        return
