"""Whether an input is for the archive engine, and whether that can be used here."""

import os
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import Final

from checker.cases.compressed import SUFFIX
from checker.cases.globs import is_pattern, matching

LARGE: Final = 16 << 20
"""Bytes beyond which nobody counts the cases first: such an input is for the archive engine."""

_COMPRESSED: Final = 10


def lacking() -> str | None:
    """None if the archive engine can be used, else why not, one Chinese sentence without a full stop."""
    missing = [name for name in ("numpy", "pyarrow") if find_spec(name) is None]
    if not missing:
        return None
    return f"批量检查（archive）需要 {'、'.join(missing)}，用「pip install checker[archive]」安装"


def is_large(paths: Sequence[str]) -> bool:
    """Whether the files under the paths have more than :data:`LARGE` bytes; what is no file counts for nothing."""
    total = 0
    for size in sizes(paths):
        total += size
        if total > LARGE:
            return True
    return False


def sizes(paths: Sequence[str]) -> Iterator[int]:
    """The bytes of each file under the paths; of a compressed one about as many as it holds."""
    for path in paths:
        if is_pattern(path):
            yield from sizes(matching(path))
        elif os.path.isdir(path):
            yield from (_size(os.path.join(folder, name)) for folder, _, names in os.walk(path) for name in names)
        else:
            yield _size(path)


def _size(path: str) -> int:
    try:
        return os.path.getsize(path) * (_COMPRESSED if path.lower().endswith(SUFFIX) else 1)
    except (OSError, ValueError):
        return 0
