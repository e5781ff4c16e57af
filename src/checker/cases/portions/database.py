"""Event tables in databases, regrouped by case."""

from collections.abc import Iterator

from checker.cases.event_record import words
from checker.cases.formats import Setup as FormatSetup
from checker.cases.portions import Chunk, Portion, Setup
from checker.cases.problems import BadCase
from checker.cases.source import Source


def portions(source: Source, setup: Setup) -> Iterator[Portion | BadCase]:
    """The cases of the table in the order of their first rows; sizes are numbers of rows."""
    from checker.cases.flat.sources import database_stretches

    for item in database_stretches(source, FormatSetup(setup.options.layout, setup.vocabulary)):
        yield item if isinstance(item, BadCase) else Portion("database", source.name, item, item.count)


def load(portion: Portion, setup: Setup) -> Chunk:
    """The cases of a stretch."""
    from checker.cases.flat.reading import read
    from checker.cases.flat.regrouping import Stretch

    assert isinstance(portion.where, Stretch)
    found = read(
        portion.where, portion.source, words(setup.vocabulary, portion.where.layout.time_zone or setup.options.zone)
    )
    return Chunk(found.cases, found.lines, None, found.bad)
