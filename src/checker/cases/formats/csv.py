"""CSV: event tables, one row an event, or ledgers that have a mapping."""

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO, Final

from checker.cases.astray import Ahead, look_ahead
from checker.cases.columns import Layout
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


_PACKAGE: Final = b"PK\x03\x04"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0"


def read(stream: BinaryIO, name: str, setup: Setup) -> Iterator[RawRecord | BadCase]:
    """The cases of a CSV file. Text that cannot be decoded ends the file: rows after it would shift."""
    if is_ledger(name, setup):
        from checker.cases.ledger.door import read as read_ledger

        yield from read_ledger(stream, name, setup.vocabulary, setup.ledger)
        return
    try:
        with opened(stream, name, setup) as (found, rows):
            yield from records_of(found, rows, _ahead(name, setup))
    except BrokenOffError as broken:
        yield broken.bad


def _ahead(name: str, setup: Setup) -> Callable[[], Ahead] | None:
    """What reads the file beforehand; None where it can be read only once."""
    again = setup.again
    if again is None:
        return None

    def looked() -> Ahead:
        with again() as stream, opened(stream, name, setup) as (found, rows):
            return look_ahead(found, rows)

    return looked


def is_ledger(name: str, setup: Setup) -> bool:
    """Whether the file is a ledger: a workbook, or by a mapping that was named, its own, or that of a like ledger."""
    if setup.ledger is not None:
        return True
    if setup.layout != Layout():
        return False
    from checker.cases.ledger.remembered import has_own, is_remembered

    return has_own(name) or is_remembered(name) or _is_workbook(name)


def _is_workbook(name: str) -> bool:
    """Whether the suffix says CSV and the content does not."""
    try:
        with open(name, "rb") as file:
            return file.read(len(_PACKAGE)).startswith((_PACKAGE, _COMPOUND))
    except OSError:  # standard input, or gone: whoever reads it will say so
        return False


@contextmanager
def opened(stream: BinaryIO, name: str, setup: Setup) -> Iterator[tuple[Table, Iterator[Row]]]:
    """The table and its rows, which can be read once. BrokenOffError, there or among the rows, ends it."""
    head = stream.peek(4) if hasattr(stream, "peek") else b""
    text = io.TextIOWrapper(stream, encoding_of(head[:4], setup.layout.encoding), newline="")
    lines = _Lines(text)
    rows = csv.reader(lines, delimiter=setup.layout.delimiter, strict=True)
    try:
        with _broken_off(rows, name):
            header = next(rows, None)
        found = None if header is None else table([c.strip() for c in header], name, setup.layout, setup.vocabulary)
        if found is None or isinstance(found, Refusal):
            refusal = _or_a_ledger(found) if found is not None else Refusal("empty-file", "文件里没有案件")
            raise BrokenOffError(unread(refusal, Place(file=name, line=1)))
        yield found, _numbered(rows, lines, found)
    finally:
        text.detach()  # the stream is its opener's to close


def _or_a_ledger(refusal: Refusal) -> Refusal:
    """What has no columns of events may be a ledger, which needs a mapping first."""
    if refusal.code != "missing-column":
        return refusal
    return replace(refusal, help=f"{refusal.help}；若是台账，先运行「checker intake」")


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


class _Lines:
    """The lines with their ends; one without an end, as a few bytes of gzip can hold, would fill the memory.

    ``last`` is the one that was given last.
    """

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self.last = ""

    def __iter__(self) -> Iterator[str]:
        while line := self._text.readline(LARGEST + 1):
            if len(line) > LARGEST:
                raise csv.Error("line too long")
            self.last = line
            yield line


def _numbered(rows: "_csv.Reader", lines: _Lines, found: Table) -> Iterator[Row]:
    """Rows with the line they begin on; a quoted cell may run over several lines. Empty rows are passed over."""
    line, width = rows.line_num + 1, found.width
    with _broken_off(rows, found.name):
        for row in rows:
            if any(map(str.strip, row)):
                if len(row) < width and not lines.last.endswith(("\n", "\r")):
                    raise BrokenOffError(_cut_short(found, line, len(row)))
                yield line, row
            line = rows.line_num + 1


def _cut_short(found: Table, line: int, cells: int) -> BadCase:
    """The last row, where neither it nor its line is whole: what else the file should hold, nobody knows."""
    message = f"文件到这一行就断了：只有 {cells} 格，表头有 {found.width} 列，行末没有换行"
    help_text = "核对文件是否传完整；这一行确是最后一行的，补齐各格"
    return unread(Refusal("cut-short", message, help=help_text), Place(file=found.name, line=line))
