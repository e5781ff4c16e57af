"""Sources of event tables as stretches of whole cases."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import BinaryIO, TypeVar

from checker.calendars.unreadable import reason
from checker.cases.flat.regrouping import Stretch, stretches
from checker.cases.flat.staging import Block, blocks_of_batches, blocks_of_rows
from checker.cases.formats import Setup, csv, database, parquet
from checker.cases.problems import BadCase, Refusal, unread
from checker.cases.source import Source
from checker.cases.table import BrokenOffError, Table
from checker.model.place import Place

T = TypeVar("T")
_Opened = Callable[[BinaryIO, str, Setup], AbstractContextManager[tuple[Table, Iterator[T]]]]


def csv_stretches(source: Source, setup: Setup) -> Iterator[Stretch | BadCase]:
    """Of a CSV file."""
    return _stretches(source, setup, csv.opened, blocks_of_rows)


def parquet_stretches(source: Source, setup: Setup) -> Iterator[Stretch | BadCase]:
    """Of a Parquet file with one row an event."""
    return _stretches(source, setup, parquet.opened, blocks_of_batches)


def database_stretches(source: Source, setup: Setup) -> Iterator[Stretch | BadCase]:
    """Of a table or query in a database. It is read to the end first, so that nobody waits for us there."""
    return _stretches(source, setup, database.opened, blocks_of_rows)


def _stretches(
    source: Source, setup: Setup, opened: _Opened[T], blocks: Callable[[Table, Iterator[T]], Iterator[Block]]
) -> Iterator[Stretch | BadCase]:
    try:
        with source.open() as stream, opened(stream, source.name, setup) as (table, rows):
            yield from stretches(table, blocks(table, rows))
    except BrokenOffError as broken:
        yield broken.bad
    except OSError as error:
        refusal = Refusal("unreadable", f"文件「{source.name}」读不出来（{reason(error)}）")
        yield unread(refusal, Place(file=source.name))
