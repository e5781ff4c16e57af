"""What a process must know to examine a portion of an archive, and what it says of one."""

from dataclasses import dataclass
from typing import Final, TypeAlias

from checker.cases.portions import Setup
from checker.engines.census.asked import Asked
from checker.model.diagnostic import Diagnostic
from checker.reports.showing import Listing

PARQUET: Final = "parquet"
"""The form of results that is no text; every other form is a writer of ``checker.reports.formats``."""

SUMS: Final = "sums"
"""The form of results that are only counted: what ``asked`` asks for, as :mod:`checker.host.batch_sums` writes it."""

DIGEST: Final = 16
"""Bytes of the digest that stands for the id of a case."""

Notice: TypeAlias = Diagnostic | str
"""What is to be told beside the results: a diagnostic, or one sentence."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How every portion of a run is examined; it can be pickled. ``colour`` concerns forms for reading only.

    ``asked`` goes with the form :data:`SUMS` and with no other.
    """

    listing: Listing
    setup: Setup
    form: str = "jsonl"
    colour: bool = False
    asked: Asked | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What came of a portion.

    ``body`` are its results, finished: lines in UTF-8, findings as an Arrow stream, or sums. ``ids`` are the digests of
    the ids of the cases examined (:data:`DIGEST` bytes each), in their order. ``read`` counts the cases examined,
    ``failed`` those of them without a conclusion, ``left_out`` the records that were not. ``findings`` are listed in
    the body. ``verdicts`` are (position of the norm, place of the verdict in ``VERDICTS``, instances), none with 0;
    ``opened`` counts by position of the norm the cases in which an anchor opened it. ``notices`` stand in the order of
    the records.
    """

    body: bytes
    ids: bytes = b""
    read: int = 0
    failed: int = 0
    left_out: int = 0
    findings: int = 0
    verdicts: tuple[tuple[int, int, int], ...] = ()
    opened: tuple[int, ...] = ()
    notices: tuple[Notice, ...] = ()
