"""CSV event tables of any size, regrouped by case; other tables of events go the same way."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, BinaryIO, Final, TypeAlias, TypeVar

from checker.cases.event_record import words
from checker.cases.formats import Setup as FormatSetup
from checker.cases.formats.csv import opened
from checker.cases.portions import Chunk, Portion, Setup
from checker.cases.problems import BadCase
from checker.cases.source import Source, unreadable
from checker.cases.table import BrokenOffError, Table

if TYPE_CHECKING:
    from checker.cases.flat.staging import Block

T = TypeVar("T")
Opened: TypeAlias = Callable[[BinaryIO, str, FormatSetup], AbstractContextManager[tuple[Table, Iterator[T]]]]
Blocks: TypeAlias = "Callable[[Table, Iterator[T]], Iterator[Block]]"

SEQUENTIAL: Final = True


def portions(source: Source, setup: Setup) -> Iterator[Portion | BadCase]:
    """The cases of the table in the order of their first rows."""
    from checker.cases.flat.staging import blocks_of_rows

    return portions_of(source, setup, opened, blocks_of_rows)


def portions_of(
    source: Source, setup: Setup, opened: Opened[T], blocks: "Blocks[T]", name: str = "csv"
) -> Iterator[Portion | BadCase]:
    """A table of events as portions; sizes are numbers of rows.

    ``opened`` opens it, ``blocks`` makes blocks of what that gives, ``name`` is the module here that loads them.
    """
    from checker.cases.flat.regrouping import stretches

    layout = FormatSetup(setup.options.layout, setup.vocabulary)
    try:
        with source.open() as stream, opened(stream, source.name, layout) as (table, rows):
            for item in stretches(table, blocks(table, rows)):
                yield item if isinstance(item, BadCase) else Portion(name, source.name, item, item.count)
    except BrokenOffError as broken:
        yield broken.bad
    except OSError as error:
        yield unreadable(source.name, error)


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
