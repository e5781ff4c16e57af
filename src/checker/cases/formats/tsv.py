"""Tables parted by tabs: ledgers, or event tables, one row an event."""

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from checker.cases.formats import Setup, csv
from checker.cases.problems import BadCase
from checker.cases.record import RawRecord


def read(stream: BinaryIO, name: str, setup: Setup) -> Iterator[RawRecord | BadCase]:
    """As of a CSV file whose delimiter is a tab unless another was named."""
    if csv.is_ledger(name, setup):
        return csv.read(stream, name, setup)
    layout = setup.layout
    tabs = layout.model_copy(update={"delimiter": "\t"}) if layout.delimiter == "," else layout
    return csv.read(stream, name, replace(setup, layout=tabs))
