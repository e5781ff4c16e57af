"""The mapping of a whole ledger, proposed: its sheets one by one, the hidden ones left to be decided."""

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import NamedTuple

from checker.cases.ledger.grid import Book, Grid
from checker.cases.ledger.headers import Header, find_header, header_at
from checker.cases.ledger.mapping import LedgerMapping, SheetMapping
from checker.cases.ledger.mapping_text import Comments
from checker.cases.ledger.proposing.doers import doers, looked_at, opened_by
from checker.cases.ledger.proposing.draft import Draft
from checker.cases.ledger.proposing.samples import table
from checker.cases.ledger.proposing.sheet import proposed
from checker.cases.ledger.proposing.words import Words, words_of
from checker.cases.ledger.reading.bound import filled
from checker.cases.ledger.values.organs import register
from checker.model.norm import RuleSet


class Proposal(NamedTuple):
    """A mapping nobody has looked at yet, and what is to be said beside its parts."""

    mapping: LedgerMapping
    comments: Comments


def propose(book: Book, rules: RuleSet, file: str, rows: Mapping[str, Sequence[int]] | None = None) -> Proposal:
    """What the sheets of a ledger seem to say; ``file`` is where the mapping will stand.

    ``rows``: where a person says that the header of a sheet stands ("" : of every sheet that is not named).
    """
    words = words_of(rules.vocabulary)
    known, who, excuses, before = register(rules.vocabulary, {}), doers(rules), looked_at(rules), opened_by(rules)
    sheets: list[SheetMapping] = []
    organs: dict[str, str | None] = {}
    comments: dict[tuple[str, ...], str] = {}
    for grid in filled(book):
        header = _header(grid, words, rows or {})
        if header is None:
            sheets.append(SheetMapping(title=grid.title, read=None))
            comments[grid.title, "读取"] = "没有认出表头；不读的写「否」"
            continue
        draft = Draft(table(book, grid, header), words, known, excuses, before)
        sheet = proposed(draft, who)
        sheets.append(_decided(grid, sheet, draft))
        comments |= {(grid.title, *part): text for part, text in draft.comments.items()}
        organs = {**draft.organs, **organs}
        comments |= {("机关对照", name): text for name, text in draft.organ_comments.items()}
    mapping = LedgerMapping(file=file, ledger=PurePath(book.name).name, sheets=tuple(sheets), organs=organs)
    return Proposal(mapping, comments)


def _header(grid: Grid, words: Words, rows: Mapping[str, Sequence[int]]) -> Header | None:
    said = rows.get(grid.title, rows.get("", ()))
    return header_at(grid, said) if said else find_header(grid, words.is_known)


def _decided(grid: Grid, sheet: SheetMapping, draft: Draft) -> SheetMapping:
    """Read it, unless it is hidden or nothing in it was understood: then a person says."""
    if grid.hidden:
        draft.say("这是隐藏的工作表：要读的写「是」，不读的写「否」", "读取")
        return sheet.model_copy(update={"read": None})
    if sheet.case is None or not (sheet.events or sheet.case_attributes):
        draft.say("没有认出案件编号或者任何行为；不读的写「否」", "读取")
        return sheet.model_copy(update={"read": None})
    return sheet
