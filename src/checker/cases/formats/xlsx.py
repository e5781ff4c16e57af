"""Excel workbooks of cases: a sheet of cases, one of events, one of expectations; needs python-calamine."""

from collections.abc import Iterator
from typing import BinaryIO

from checker.cases.formats import Setup
from checker.cases.problems import BadCase
from checker.cases.record import RawRecord
from checker.cases.sheets.reading import read_workbook


def read(stream: BinaryIO, name: str, setup: Setup) -> Iterator[RawRecord | BadCase]:
    """The cases of a workbook."""
    return read_workbook(stream, name, setup.vocabulary)
