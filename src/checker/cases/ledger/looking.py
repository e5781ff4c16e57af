"""A ledger looked at: what its columns seem to be, what a person made of that, how its rows would be read."""

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from typing import BinaryIO, Literal, NamedTuple

from checker.cases.ledger.beyond import Beyond, beyond
from checker.cases.ledger.completing import completed
from checker.cases.ledger.grid import Book
from checker.cases.ledger.mapping import LedgerMapping
from checker.cases.ledger.mapping_text import Comments
from checker.cases.ledger.mapping_yaml import read_mapping
from checker.cases.ledger.opening import open_book
from checker.cases.ledger.proposing.ledger import propose
from checker.cases.ledger.reading.ahead import ahead, latest
from checker.cases.ledger.reading.bound import Fit, fitted
from checker.cases.ledger.reading.ledger import Intake, read_ledger
from checker.cases.ledger.reading.single_rows import single_rows
from checker.cases.ledger.reconsidering import reconsidered
from checker.cases.ledger.remarks import told
from checker.cases.ledger.remembered import of_folder, own_path
from checker.cases.ledger.wording import wrong_words
from checker.cases.problems import BadCase
from checker.model.diagnostic import Diagnostic
from checker.model.norm import RuleSet


class Look(NamedTuple):
    """What there is to see.

    ``state``: the mapping is a new proposal; as the person left it; completed, which ``changes`` tells; or another
    ledger's. ``wrong``: what in it is not declared; then nothing is read with it, and ``intake`` is None.
    """

    book: Book
    mapping: LedgerMapping
    comments: Comments
    state: Literal["new", "kept", "completed", "remembered"]
    changes: tuple[str, ...]
    fit: Fit
    wrong: tuple[Diagnostic, ...]
    intake: Intake | None
    late: tuple[Diagnostic, ...] = ()
    """Dates that have not come yet."""
    until: dt.date | None = None
    """The last date in it that has come."""
    beyond: tuple[Beyond, ...] = ()
    """Of each sheet of the mapping, in its order."""

    @property
    def points(self) -> tuple[str, ...]:
        """What keeps the mapping from being confirmed for this ledger."""
        return (*self.mapping.open_points, *single_rows(self.fit))

    @property
    def messages(self) -> tuple[Diagnostic, ...]:
        """Everything to be told about rows."""
        return () if self.intake is None else (*self.intake.diagnostics, *self.late)


def _fitting(comments: Comments, proposed: LedgerMapping, mapping: LedgerMapping) -> Comments:
    """Without what is said of an order of rows that is another now."""
    kept = {(sheet.title, sheet.ordered) for sheet in mapping.sheets}
    other = [(sheet.title, "有序") for sheet in proposed.sheets if (sheet.title, sheet.ordered) not in kept]
    return {part: text for part, text in comments.items() if part not in other}


class Said(NamedTuple):
    """What is said of a ledger: its mapping file, if not the one beside it, rows of headers by sheet, and today."""

    file: str | None = None
    rows: Mapping[str, Sequence[int]] = {}
    today: dt.date | None = None


def look(stream: BinaryIO, name: str, rules: RuleSet, said: Said) -> Look | BadCase:
    """Look at an open ledger. DataError where there is a mapping file that cannot be read."""
    book = open_book(stream, name)
    if isinstance(book, BadCase):
        return book
    target = said.file or own_path(name)
    proposal = propose(book, rules, target, said.rows)
    state: Literal["new", "kept", "completed", "remembered"] = "new"
    mapping, changes, comments = proposal.mapping, tuple[str, ...](), proposal.comments
    if os.path.isfile(target):
        done = completed(read_mapping(target), proposal)
        again = reconsidered(done.mapping, proposal.mapping, book)
        mapping, changes = again.mapping, (*done.said, *again.said)
        comments = _fitting(comments, proposal.mapping, mapping)
        state = "completed" if changes else "kept"
    elif said.file is None and (other := of_folder(book)) is not None:
        mapping, state = other.mapping, "remembered"
    wrong = wrong_words(mapping, rules.vocabulary)
    fit = fitted(mapping, book)
    ready = [one for one in fit.bound if not one.sheet.open_points]
    intake = None if wrong else read_ledger(book, mapping, ready, rules.vocabulary, told(book.remarks, fit.left))
    late = tuple(ahead(intake, said.today)) if intake is not None and said.today is not None else ()
    asked = tuple(beyond(sheet, rules) for sheet in mapping.sheets)
    until = None if intake is None else latest(intake, said.today)
    return Look(book, mapping, comments, state, changes, fit, wrong, intake, late, until, asked)
