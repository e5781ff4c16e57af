"""The door for formats: an open file to records, through the mapping that holds for it."""

from collections.abc import Iterator
from typing import BinaryIO

from checker.cases.ledger.grid import Book
from checker.cases.ledger.mapping import LedgerMapping
from checker.cases.ledger.opening import open_book
from checker.cases.ledger.reading.ledger import read_ledger
from checker.cases.ledger.remarks import told
from checker.cases.ledger.remembered import choose
from checker.cases.problems import BadCase, Refusal, unread
from checker.cases.record import RawRecord
from checker.model.diagnostic import Diagnostic
from checker.model.place import Place
from checker.model.vocabulary import Vocabulary


def read(
    stream: BinaryIO, name: str, vocabulary: Vocabulary, named: LedgerMapping | None
) -> Iterator[RawRecord | BadCase]:
    """The cases of a ledger in a stream; ``named`` is the mapping of a command line."""
    book = open_book(stream, name)
    if isinstance(book, BadCase):
        yield book
    else:
        yield from read_opened(book, vocabulary, named)


def read_opened(book: Book, vocabulary: Vocabulary, named: LedgerMapping | None) -> Iterator[RawRecord | BadCase]:
    """The cases of a ledger that was opened already."""
    chosen = choose(book, vocabulary, named)
    if isinstance(chosen, BadCase):
        yield chosen
        return
    note = chosen.note(book.name)
    notes: tuple[Diagnostic, ...] = (*told(book.remarks, chosen.fit.left), *([note] if note is not None else []))
    found = read_ledger(book, chosen.mapping, chosen.fit.bound, vocabulary, notes)
    if not found.items:
        yield unread(Refusal("empty-file", "台账里没有案件"), Place(file=book.name))
    yield from found.items
