"""CSV event tables of any size, regrouped by case; other tables of events go the same way."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from checker.cases.event_record import words
from checker.cases.formats import Setup as FormatSetup
from checker.cases.portions import Chunk, Portion, Setup
from checker.cases.problems import BadCase
from checker.cases.source import Source

if TYPE_CHECKING:
    from checker.cases.flat.regrouping import Stretch

    Stretches: TypeAlias = Callable[[Source, FormatSetup], Iterator[Stretch | BadCase]]


def portions(source: Source, setup: Setup) -> Iterator[Portion | BadCase]:
    """The cases of the table in the order of their first rows."""
    from checker.cases.flat.sources import csv_stretches

    return portions_of(csv_stretches, source, setup)


def portions_of(stretches: "Stretches", source: Source, setup: Setup, name: str = "csv") -> Iterator[Portion | BadCase]:
    """The stretches of a table as portions; sizes are numbers of rows. ``name`` is the module here that loads them."""
    for item in stretches(source, FormatSetup(setup.options.layout, setup.vocabulary)):
        yield item if isinstance(item, BadCase) else Portion(name, source.name, item, item.count)


def load(portion: Portion, setup: Setup) -> Chunk:
    """The cases of a stretch."""
    return load_in(portion, setup, setup.options.zone)


def load_in(portion: Portion, setup: Setup, zone: str | None) -> Chunk:
    """The cases of a stretch, its instants in a time zone."""
    from checker.cases.flat.reading import read
    from checker.cases.flat.regrouping import Stretch

    assert isinstance(portion.where, Stretch)
    found = read(portion.where, portion.source, words(setup.vocabulary, zone))
    return Chunk(found.cases, found.lines, None, found.bad)
