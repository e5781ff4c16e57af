"""Event tables in databases, regrouped by case."""

from collections.abc import Iterator

from checker.cases.formats.database import opened
from checker.cases.portions import Chunk, Portion, Setup
from checker.cases.portions.csv import load_in, portions_of
from checker.cases.problems import BadCase
from checker.cases.source import Source


def portions(source: Source, setup: Setup) -> Iterator[Portion | BadCase]:
    """The cases of the table in its order."""
    from checker.cases.flat.staging import blocks_of_rows

    return portions_of(source, setup, opened, blocks_of_rows, "database")


def load(portion: Portion, setup: Setup) -> Chunk:
    """The cases of a stretch; the zone that the file names goes before that of the command."""
    from checker.cases.flat.regrouping import Stretch

    assert isinstance(portion.where, Stretch)
    return load_in(portion, setup, portion.where.layout.time_zone or setup.options.zone)
