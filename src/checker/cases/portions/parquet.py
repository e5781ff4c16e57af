"""Parquet event tables of any size, regrouped by case."""

from collections.abc import Iterator
from typing import Final

from checker.cases.formats.parquet import opened
from checker.cases.portions import Portion, Setup
from checker.cases.portions.csv import load, portions_of
from checker.cases.problems import BadCase
from checker.cases.source import Source

__all__ = ["load", "portions"]

SEQUENTIAL: Final = True


def portions(source: Source, setup: Setup) -> Iterator[Portion | BadCase]:
    """The cases of the table in the order of their first rows."""
    from checker.cases.flat.staging import blocks_of_batches

    return portions_of(source, setup, opened, blocks_of_batches, "parquet")
