"""The sheets of the register put into a workbook."""

from collections.abc import Callable, Sequence
from typing import Final

from checker.model.place import Place
from checker.reports.content import RunReport
from checker.reports.ooxml.book import Book
from checker.reports.pages import cases, findings, lacking, overview, unread, upcoming

MOST_ROWS: Final = 1_000_000
"""A sheet holds 1048576."""


def put(report: RunReport, book: Book, target: Callable[[Place | None], str], copied: Sequence[str] = ()) -> None:
    """After the sheets that are there. ``copied`` says what was done to those, ``target`` leads into them."""
    modules = (findings, upcoming, lacking, unread, cases)
    names = {module.NAME: book.free(module.NAME) for module in modules}
    own = book.free(overview.NAME)
    pages = [module.page(report, target) for module in modules]
    cut = tuple(
        f"「{names[page.name]}」有 {len(page.rows)}行，一张表写不下，只写了前 {MOST_ROWS}行；全部结论用 jsonl 写出。"
        for page in pages
        if len(page.rows) > MOST_ROWS
    )
    book.add(overview.page(report, (*copied, *cut), names), own)
    for page in pages:
        book.add(page._replace(rows=page.rows[:MOST_ROWS]), names[page.name])
