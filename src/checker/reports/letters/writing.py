"""All letters of a run, by the names of their files."""

from typing import Final, NamedTuple

from checker.model.diagnostic import DataError, Diagnostic
from checker.reports.content import RunReport
from checker.reports.letters.choosing import templates_for
from checker.reports.letters.context import context_of
from checker.reports.letters.fields import field_names
from checker.reports.letters.filling import filled, require_docxtpl
from checker.reports.letters.inventory import NAME, inventory, notes_of
from checker.reports.letters.naming import file_names
from checker.reports.letters.sorting import letters_of

MOST: Final = 2000
"""Letters of one run; nobody looks through more before they are sent."""


class Letters(NamedTuple):
    """The documents by name, the list beside them, and what is to be told."""

    documents: dict[str, bytes]
    listing: dict[str, bytes]
    notes: tuple[str, ...]


def written_letters(report: RunReport, wish: str | None) -> Letters:
    """The letters wished for. DataError for a template that cannot be used, or for too many letters."""
    require_docxtpl()
    from checker.reports.letters.sandbox import Sandbox

    templates = templates_for(wish)
    found = tuple(letters_of(report, templates))
    if len(found) > MOST:
        message = f"共有 {len(found)}份文书要写，一次最多写 {MOST}份"
        raise DataError(
            (Diagnostic(code="many-letters", message=message, help="用「--letter」选一种，或者分批检查案件"),)
        )
    letters = dict(zip(file_names(found), found, strict=True))
    sandbox, day = Sandbox(), report.head.as_of
    documents = {
        name: filled(sandbox, templates[one.kind], context_of(report, one), day, field_names(one.kind))
        for name, one in letters.items()
    }
    kinds = frozenset(templates)
    text = "\r\n".join([*inventory(report, letters, kinds), ""])
    return Letters(documents, {NAME: text.encode("utf-8-sig")}, tuple(notes_of(report, letters, kinds)))
