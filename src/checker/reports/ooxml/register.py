"""The sheets of the register put into a workbook."""

from collections.abc import Callable, Sequence
from typing import Final

from checker.model.place import Place
from checker.reports.content import RunReport
from checker.reports.ooxml.book import Book
from checker.reports.pages import cases, findings, lacking, overview, unread, upcoming
from checker.reports.pages.page import Page

MOST_ROWS: Final = 1_000_000
"""A sheet holds 1048576."""


def put(report: RunReport, book: Book, target: Callable[[Place | None], str], copied: Sequence[str] = ()) -> None:
    """After the sheets that are there. ``copied`` says what was done to those, ``target`` leads into them."""
    modules = (findings, upcoming, lacking, unread, cases)
    names = {module.NAME: book.free(module.NAME) for module in modules}
    own = book.free(overview.NAME)
    book.add(overview.page(report, copied, names), own)
    for module in modules:
        book.add(_cut(module.page(report, target)), names[module.NAME])


def _cut(page: Page) -> Page:
    """What one sheet holds, with a line on what it does not."""
    if len(page.rows) <= MOST_ROWS:
        return page
    rest = f"其余 {len(page.rows) - MOST_ROWS}行写不下，全部结论用 jsonl 写出"
    return page._replace(rows=[*page.rows[:MOST_ROWS], (rest, *[None] * (len(page.columns) - 1))])
