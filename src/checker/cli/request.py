"""What ``checker check`` is asked for, once the command line has been read."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checker.cases.reading import ReadOptions
    from checker.reports.showing import Listing

PARQUET = "parquet"
"""The form of results that is no text."""


@dataclass(frozen=True, slots=True)
class Request:
    """The cases, how they are read, and what becomes of the findings. ``colour`` is the word of ``--color``."""

    listing: "Listing"
    cases: tuple[str, ...]
    options: "ReadOptions"
    form: str
    output: str | None
    colour: str
    jobs: int | None = None
    restart: bool = False
    dated: bool = True
    """Whether the command line gave the date."""
