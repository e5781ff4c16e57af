"""Which mapping holds for a ledger: the one that was named, its own, or that of another with equal headers."""

import os
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Literal, NamedTuple

from checker.cases.compressed import without_suffix
from checker.cases.ledger.grid import Book
from checker.cases.ledger.mapping import LedgerMapping
from checker.cases.ledger.mapping_yaml import read_mapping
from checker.cases.ledger.opening import open_book
from checker.cases.ledger.reading.bound import Fit, fitted
from checker.cases.ledger.reading.single_rows import single_rows
from checker.cases.ledger.wording import wrong_words
from checker.cases.problems import BadCase, Refusal, unread
from checker.cases.source import MAPPING
from checker.model.diagnostic import DataError, Diagnostic, Level
from checker.model.place import Place
from checker.model.vocabulary import Vocabulary


class Chosen(NamedTuple):
    """The mapping, how it fits, and whose it is."""

    mapping: LedgerMapping
    fit: Fit
    whose: Literal["named", "own", "remembered"]

    def note(self, name: str) -> Diagnostic | None:
        """One sentence where the mapping is another ledger's, or a sheet is read by the part of another."""
        said = [f"工作表「{one.grid.title}」与「{one.sheet.title}」表头相同，按它的对照读入" for one in self.fit.bound
                if one.grid.title != one.sheet.title and one.grid.title]  # fmt: skip
        if self.whose == "remembered":
            said.insert(0, f"表头与已确认的对照「{self.mapping.file}」相同，按它读入")
        if not said:
            return None
        return Diagnostic(code="mapping-used", level=Level.NOTE, message="；".join(said), at=Place(file=name))


def own_path(ledger: str) -> str:
    """Where the mapping of a ledger stands: beside it, under its name."""
    path = Path(without_suffix(ledger))
    return str(path.with_name(path.stem + MAPPING))


def has_own(ledger: str) -> bool:
    """Whether there is a mapping beside it."""
    return os.path.isfile(own_path(ledger))


def is_remembered(ledger: str) -> bool:
    """Whether another ledger in the folder has a confirmed mapping with the headers of this file."""
    if not any(True for _ in _others(ledger)):
        return False
    with open(ledger, "rb") as stream:
        book = open_book(stream, ledger)
    return not isinstance(book, BadCase) and of_folder(book) is not None


def choose(book: Book, vocabulary: Vocabulary, named: LedgerMapping | None) -> Chosen | BadCase:
    """The confirmed mapping that holds for a ledger, or what is to be done first."""
    try:
        found = _chosen(book, named)
    except DataError as error:
        return BadCase(None, Place(file=book.name), error.diagnostics)
    if isinstance(found, Refusal):
        return unread(found, Place(file=book.name))
    wrong = wrong_words(found.mapping, vocabulary)
    return BadCase(None, Place(file=book.name), wrong) if wrong else found


def _chosen(book: Book, named: LedgerMapping | None) -> Chosen | Refusal:
    if named is not None:
        fit = fitted(named, book)
        return _usable(book, named, fit) or Chosen(named, fit, "named")
    refusal = _none(book)
    if has_own(book.name):
        own = read_mapping(own_path(book.name))
        fit = fitted(own, book)
        unusable = _usable(book, own, fit)
        if unusable is None:
            return Chosen(own, fit, "own")
        if not own.confirmed:
            return unusable
        refusal = unusable
    other = of_folder(book)
    return refusal if other is None else _usable(book, other.mapping, other.fit) or other


def of_folder(book: Book) -> Chosen | None:
    """A confirmed mapping of another ledger in the same folder whose headers are equal."""
    for path in _others(book.name):
        try:
            mapping = read_mapping(path)
        except DataError:
            continue  # its own ledger will say so
        if mapping.confirmed:
            fit = fitted(mapping, book)
            if fit.bound and not fit.differences:
                return Chosen(mapping, fit, "remembered")
    return None


def mappings_beside(ledger: str) -> list[str]:
    """The mapping files in the folder of a ledger, its own among them."""
    return [str(path) for path in sorted(Path(ledger).parent.glob(f"*{MAPPING}"))] if os.path.isfile(ledger) else []


def _others(ledger: str) -> Iterator[str]:
    own = own_path(ledger)
    yield from (path for path in mappings_beside(ledger) if path != own)


def _usable(book: Book, mapping: LedgerMapping, fit: Fit) -> Refusal | None:
    if fit.differences:
        message = f"对照「{mapping.file}」与台账「{book.name}」的表头对不上：{'；'.join(fit.differences)}"
        return Refusal("mapping-differs", message, help=_run(book.name))
    if not mapping.confirmed:
        what = "确认以后又改过，改过的还没有确认" if mapping.edited else "还没有确认"
        return Refusal(
            "mapping-unconfirmed", f"对照「{mapping.file}」{what}", help=f"核对后{_run(book.name, ' --confirm')}"
        )
    points = (*mapping.open_points, *single_rows(fit))
    if points:
        return Refusal("mapping-open", f"对照「{mapping.file}」还有没定的：{'；'.join(points)}")
    return None


def _none(book: Book) -> Refusal:
    name = PurePath(book.name).name
    what = f"「{name}」" if book.kind == "csv" else f"「{name}」里没有工作表「事件」；"
    return Refusal("no-mapping", f"{what}作为台账，还没有写明哪一列是什么的对照", help=_run(book.name))


def _run(ledger: str, more: str = "") -> str:
    return f"运行「checker intake {ledger} --rules 规则包{more}」"
