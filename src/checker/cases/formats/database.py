"""Event tables in databases, one row an event; a small YAML file names the database and the table."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import BinaryIO

from checker.cases.flat.large import records_of
from checker.cases.formats import Setup
from checker.cases.problems import BadCase
from checker.cases.record import RawRecord
from checker.cases.table import BrokenOffError, Row, Table


def read(stream: BinaryIO, name: str, setup: Setup) -> Iterator[RawRecord | BadCase]:
    """The cases of the table or query that the file names."""
    try:
        with opened(stream, name, setup) as (found, rows):
            for item in records_of(found, rows):
                yield replace(item, zone=found.layout.time_zone) if isinstance(item, RawRecord) else item
    except BrokenOffError as broken:
        yield broken.bad


@contextmanager
def opened(stream: BinaryIO, name: str, setup: Setup) -> Iterator[tuple[Table, Iterator[Row]]]:
    """The table and its rows, which can be read once. BrokenOffError, there or among the rows, ends it."""
    from checker.cases.database.rows import open_rows
    from checker.cases.database.settings import read_settings

    with open_rows(read_settings(stream, name, setup.layout), name, setup.vocabulary) as found:
        yield found
