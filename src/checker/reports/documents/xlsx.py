"""An Excel workbook: the findings as a register; where the cases stand in one workbook, a copy of it with remarks."""

from collections.abc import Sequence
from importlib.util import find_spec

from checker.model.diagnostic import DataError, Diagnostic
from checker.reports.content import RunReport
from checker.reports.documents import Noted, Wish


def written(report: RunReport, wish: Wish) -> bytes | Noted:
    """The workbook, noted where a copy lacks something; nothing can be wished for it.

    DataError where the libraries for it are not installed.
    """
    del wish
    if find_spec("lxml") is None:
        message = "写 Excel 工作簿需要 lxml，用「pip install 'checker[ledger]'」安装"
        raise DataError((Diagnostic(code="no-lxml", message=message),))
    from checker.reports.annotated.copying import copied
    from checker.reports.annotated.ledger import Unreadable, ledger_of

    try:
        ledger = ledger_of(report)
        copy = copied(report, ledger) if ledger is not None else None
    except Unreadable as reason:
        told = f"台账没有附在这一份里：{reason}。"
        return Noted(_register(report, (told,)), (f"提示：{told}",))
    if copy is None:
        return _register(report, ())
    return Noted(copy.content, tuple(f"提示：{line}" for line in copy.lacks)) if copy.lacks else copy.content


def _register(report: RunReport, told: Sequence[str]) -> bytes:
    """The register alone."""
    from checker.reports.ooxml.blank import blank
    from checker.reports.ooxml.book import open_book
    from checker.reports.ooxml.register import put

    book = open_book(blank())
    put(report, book, lambda _: "", told)
    return book.saved()
