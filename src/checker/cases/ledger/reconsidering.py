"""What was proposed for other columns than a person chose, thought over again; what the person wrote stays."""

from typing import NamedTuple

from checker.cases.ledger.grid import Book
from checker.cases.ledger.mapping import LedgerMapping, SheetMapping
from checker.cases.ledger.ordering import rows_in_order
from checker.cases.ledger.reading.bound import Bound, fitted


class Reconsidered(NamedTuple):
    """The mapping, and what was changed in it, one sentence each."""

    mapping: LedgerMapping
    said: tuple[str, ...]


def reconsidered(mapping: LedgerMapping, proposed: LedgerMapping, book: Book) -> Reconsidered:
    """Rows are in no order any more where they were so only by the columns that were proposed.

    A mapping that a person confirmed is left alone.
    """
    fresh = {sheet.title: sheet for sheet in proposed.sheets}
    sheets, said = list(mapping.sheets), list[str]()
    for bound in () if mapping.confirmed else fitted(mapping, book).bound:
        now = fresh.get(bound.sheet.title)
        if now is not None and _is_stale(bound, now, book):
            sheets[bound.number] = bound.sheet.model_copy(update={"ordered": False})
            said.append(f"工作表「{bound.sheet.title}」按现在写的列，各案的行不是按先后排的，「有序」改成「否」")
    return Reconsidered(mapping.model_copy(update={"sheets": tuple(sheets)}), tuple(said))


def _is_stale(bound: Bound, now: SheetMapping, book: Book) -> bool:
    """Whether the order rests on what was proposed for other columns, and is none in those of the person."""
    sheet = bound.sheet
    if not (sheet.ordered and now.ordered) or _rests_on(sheet) == _rests_on(now):
        return False
    date = sheet.events[0].date if sheet.events else None
    return sheet.form != "event" or not rows_in_order(book, bound.grid, bound.header, sheet.case, date)


def _rests_on(sheet: SheetMapping) -> tuple[object, ...]:
    return sheet.form, sheet.header_rows, sheet.case, *(event.date for event in sheet.events)
