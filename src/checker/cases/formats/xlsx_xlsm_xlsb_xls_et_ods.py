"""Workbooks: of cases (a sheet of cases, one of events, one of expectations), or ledgers; needs python-calamine."""

from collections.abc import Iterator
from typing import BinaryIO

from checker.cases.formats import Setup
from checker.cases.problems import BadCase
from checker.cases.record import RawRecord


def read(stream: BinaryIO, name: str, setup: Setup) -> Iterator[RawRecord | BadCase]:
    """The cases of a workbook: by its sheets if it is one of cases, by a mapping if it is a ledger.

    A ledger that has sheets of these names too, with other heads, is known by the mapping beside it.
    """
    from checker.cases.ledger.door import read_opened as read_ledger
    from checker.cases.ledger.opening import open_book
    from checker.cases.ledger.remembered import has_own
    from checker.cases.sheets.book import is_named_so, is_of_cases
    from checker.cases.sheets.reading import read_opened

    book = open_book(stream, name)
    if isinstance(book, BadCase):
        yield book
    elif setup.ledger is None and (is_of_cases(book) or (is_named_so(book) and not has_own(name))):
        yield from read_opened(book, setup.vocabulary)
    else:
        yield from read_ledger(book, setup.vocabulary, setup.ledger)
