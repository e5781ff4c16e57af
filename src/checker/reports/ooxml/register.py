"""The sheets of the register put into a workbook."""

from collections.abc import Callable, Sequence

from checker.model.place import Place
from checker.reports.content import RunReport
from checker.reports.ooxml.book import Book
from checker.reports.pages import cases, findings, lacking, overview, unread, upcoming


def put(report: RunReport, book: Book, target: Callable[[Place | None], str], copied: Sequence[str] = ()) -> None:
    """After the sheets that are there. ``copied`` says what was done to those, ``target`` leads into them."""
    modules = (findings, upcoming, lacking, unread, cases)
    names = {module.NAME: book.free(module.NAME) for module in modules}
    own = book.free(overview.NAME)
    book.add(overview.page(report, copied, names), own)
    for module in modules:
        book.add(module.page(report, target), names[module.NAME])
