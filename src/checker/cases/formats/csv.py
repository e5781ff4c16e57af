"""CSV event tables, one row an event."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from checker.cases.compressed import DamagedError
from checker.cases.csv_faults import fault_of
from checker.cases.decoding import LARGEST, encoding_of, wrong_encoding
from checker.cases.flat.large import records_of
from checker.cases.formats import Setup
from checker.cases.problems import BadCase, Refusal, unread
from checker.cases.record import RawRecord
from checker.cases.table import BrokenOffError, Row, Table, table
from checker.model.place import Place

if TYPE_CHECKING:
    import _csv


def read(stream: BinaryIO, name: str, setup: Setup) -> Iterator[RawRecord | BadCase]:
    """The cases of a CSV file. Text that cannot be decoded ends the file: rows after it would shift."""
    try:
        with opened(stream, name, setup) as (found, rows):
            yield from records_of(found, rows)
    except BrokenOffError as broken:
        yield broken.bad


@contextmanager
def opened(stream: BinaryIO, name: str, setup: Setup) -> Iterator[tuple[Table, Iterator[Row]]]:
    """The table and its rows, which can be read once. BrokenOffError, there or among the rows, ends it."""
    head = stream.peek(4) if hasattr(stream, "peek") else b""
    text = io.TextIOWrapper(stream, encoding_of(head[:4], setup.layout.encoding), newline="")
    rows = csv.reader(_lines(text), delimiter=setup.layout.delimiter, strict=True)
    try:
        with _broken_off(rows, name):
            header = next(rows, None)
        found = None if header is None else table([c.strip() for c in header], name, setup.layout, setup.vocabulary)
        if found is None or isinstance(found, Refusal):
            raise BrokenOffError(unread(found or Refusal("empty-file", "文件里没有案件"), Place(file=name, line=1)))
        yield found, _numbered(rows, name)
    finally:
        text.detach()  # the stream is its opener's to close


@contextmanager
def _broken_off(rows: "_csv.Reader", name: str) -> Iterator[None]:
    """What the reader of the standard library may find, as our own words."""
    try:
        yield
    except DamagedError as error:
        raise BrokenOffError(unread(error.refusal, Place(file=name, line=error.line))) from error
    except UnicodeDecodeError as error:
        line = rows.line_num + 1
        raise BrokenOffError(unread(wrong_encoding(error, line), Place(file=name, line=line))) from error
    except csv.Error as error:
        raise BrokenOffError(unread(fault_of(error), Place(file=name, line=rows.line_num))) from error


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """The lines with their ends; one without an end, as a few bytes of gzip can hold, would fill the memory."""
    while line := text.readline(LARGEST + 1):
        if len(line) > LARGEST:
            raise csv.Error("line too long")
        yield line


def _numbered(rows: "_csv.Reader", name: str) -> Iterator[Row]:
    """Rows with the line they begin on; a quoted cell may run over several lines. Blank lines are passed over."""
    line = rows.line_num + 1
    with _broken_off(rows, name):
        for row in rows:
            if row:
                yield line, row
            line = rows.line_num + 1
