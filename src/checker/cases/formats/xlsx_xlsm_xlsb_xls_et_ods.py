"""Workbooks: of cases (a sheet of cases, one of events, one of expectations), or ledgers; needs python-calamine."""

import io
from collections.abc import Iterator
from typing import BinaryIO, Final

from checker.cases.decoding import LARGEST
from checker.cases.formats import Setup
from checker.cases.problems import BadCase
from checker.cases.record import RawRecord

_OF_CASES: Final = ("案件", "事件")
"""Sheets of a workbook of cases."""


def read(stream: BinaryIO, name: str, setup: Setup) -> Iterator[RawRecord | BadCase]:
    """The cases of a workbook: by its sheets if it is one of cases, by a mapping if it is a ledger."""
    data = stream.read(LARGEST + 1)
    if setup.ledger is None and _is_of_cases(data, name):
        from checker.cases.sheets.reading import read_workbook

        return read_workbook(io.BytesIO(data), name, setup.vocabulary)
    from checker.cases.ledger.door import read as read_ledger

    return read_ledger(io.BytesIO(data), name, setup.vocabulary, setup.ledger)


def _is_of_cases(data: bytes, name: str) -> bool:
    """Whether sheets are named so; a ledger that has such a sheet too is known by the mapping beside it."""
    from checker.cases.ledger.remembered import has_own

    titles = _titles(data)
    return titles is None or (any(title in titles for title in _OF_CASES) and not has_own(name))


def _titles(data: bytes) -> list[str] | None:
    """The names of the sheets; empty where the content is none that can be opened, None without the library."""
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        return None
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data)).sheet_names
    except (CalamineError, OSError, ValueError):
        return []
