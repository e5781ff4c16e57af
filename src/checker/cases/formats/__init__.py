"""One file a format, found by walking this folder.

A module is named after the file suffixes it reads, joined by ``_``, so that only the one that is needed is imported;
``unknown`` reads what has no suffix. Its ``read(stream, name, setup)`` yields a ``RawRecord`` for each record and a
``BadCase`` for each stretch it cannot read.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from typing import BinaryIO, Protocol

from checker.cases.columns import Layout
from checker.cases.ledger.mapping import LedgerMapping
from checker.cases.problems import BadCase
from checker.cases.record import RawRecord
from checker.model.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Setup:
    """What the formats may need: how a table's columns are named, the words that columns may be named after.

    ``again`` opens the source once more from its beginning; None where it can be read only once.
    ``ledger`` is the mapping that a command line named; without one a ledger's own is looked for beside it.
    """

    layout: Layout
    vocabulary: Vocabulary
    again: Callable[[], AbstractContextManager[BinaryIO]] | None = None
    ledger: LedgerMapping | None = None


class Reader(Protocol):
    """The door of a format."""

    def __call__(self, stream: BinaryIO, name: str, setup: Setup) -> Iterator[RawRecord | BadCase]:
        """Read the records of one open source."""


@cache
def formats() -> dict[str, str]:
    """File suffix, with its dot ("" for none), to the module that reads it."""
    found = {f".{suffix}": info.name for info in pkgutil.iter_modules(__path__) for suffix in info.name.split("_")}
    return {"" if suffix == ".unknown" else suffix: module for suffix, module in found.items()}


def reader(suffix: str) -> Reader:
    """The door of the format with this suffix; KeyError if there is none."""
    read: Reader = importlib.import_module(f"{__name__}.{formats()[suffix]}").read
    return read
