"""An Excel workbook: the findings as a register; where the cases stand in one workbook, a copy of it with remarks."""

from collections.abc import Sequence
from importlib.util import find_spec

from checker.model.diagnostic import DataError, Diagnostic
from checker.reports.content import RunReport
from checker.reports.documents import Wish


def written(report: RunReport, wish: Wish) -> bytes:
    """The workbook; nothing can be wished for it. DataError where the libraries for it are not installed."""
    del wish
    if find_spec("lxml") is None:
        message = "写 Excel 工作簿需要 lxml，用「pip install 'checker[ledger]'」安装"
        raise DataError((Diagnostic(code="no-lxml", message=message),))
    from checker.reports.annotated.copying import copied
    from checker.reports.annotated.ledger import Unreadable, ledger_of

    try:
        ledger = ledger_of(report)
        return copied(report, ledger) if ledger is not None else _register(report, ())
    except Unreadable as reason:
        return _register(report, (f"台账没有附在这一份里：{reason}。",))


def _register(report: RunReport, told: Sequence[str]) -> bytes:
    """The register alone."""
    from checker.reports.ooxml.blank import blank
    from checker.reports.ooxml.book import open_book
    from checker.reports.ooxml.register import put

    book = open_book(blank())
    put(report, book, lambda _: "", told)
    return book.saved()
