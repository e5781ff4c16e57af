"""A progress bar on standard error, where somebody may be looking at it and the work is long."""

import sys
from collections.abc import Iterable, Iterator
from typing import TextIO, TypeVar

T = TypeVar("T")
_PATIENCE = 2.0
"""Seconds before the bar appears."""


def shown(items: Iterable[T], total: int | None, results: TextIO, what: str = "检查", unit: str = "件") -> Iterable[T]:
    """The same items, counted on a terminal that the results do not go to as well."""
    if sys.stderr is None or not sys.stderr.isatty() or results.isatty():
        return items
    return _counted(items, total, what, unit)


def _counted(items: Iterable[T], total: int | None, what: str, unit: str) -> Iterator[T]:
    from tqdm import tqdm

    yield from tqdm(items, total=total, unit=unit, delay=_PATIENCE, file=sys.stderr, leave=False, desc=what)
