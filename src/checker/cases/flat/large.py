"""The records of a table read by rows, however large it is."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.util import find_spec
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from checker.cases.astray import Ahead, look_ahead
from checker.cases.grouping import records, streamed
from checker.cases.problems import BadCase
from checker.cases.record import RawRecord
from checker.cases.table import BrokenOffError, Row, Table, missing_case, record

if TYPE_CHECKING:
    from checker.cases.flat.regrouping import Stretch

FEW: Final = 100_000
"""Rows that are brought together in memory; of more, each case is read back from a temporary folder."""


def records_of(
    opened: Table, rows: Iterator[Row], ahead: Callable[[], Ahead] | None = None
) -> Iterator[RawRecord | BadCase]:
    """What :func:`checker.cases.grouping.records` gives, and BrokenOffError where it would come, out of bounded memory.

    ``ahead`` reads the same rows beforehand, since a case that is given as it ends may not wait for a row further down.
    Where that cannot be done, or without the libraries of the extra ``archive``, all rows are kept.
    """
    if opened.layout.grouped and ahead is not None:
        yield from streamed(opened, rows, ahead())
        return
    broken: list[BrokenOffError] = []
    whole = _until_broken(rows, broken)
    if opened.layout.grouped:
        kept = list(whole)
        yield from streamed(opened, _to_the_end(iter(kept), broken), look_ahead(opened, kept))
        return
    few = list(islice(whole, FEW + 1))
    again = chain(few, _to_the_end(whole, broken))
    if len(few) <= FEW or not (find_spec("pyarrow") and find_spec("duckdb")):
        yield from records(opened, again)
    else:
        yield from _regrouped(opened, again)


def _until_broken(rows: Iterator[Row], broken: list[BrokenOffError]) -> Iterator[Row]:
    try:
        yield from rows
    except BrokenOffError as error:
        broken.append(error)


def _to_the_end(rows: Iterator[Row], broken: list[BrokenOffError]) -> Iterator[Row]:
    yield from rows
    if broken:
        raise broken[0]


def _regrouped(opened: Table, rows: Iterator[Row]) -> Iterator[RawRecord | BadCase]:
    from checker.cases.flat.regrouping import stretches
    from checker.cases.flat.staging import blocks_of_rows

    for item in stretches(opened, blocks_of_rows(opened, rows)):
        if isinstance(item, BadCase):
            yield item
        else:
            yield from _records(opened, item)


def _records(opened: Table, stretch: "Stretch") -> Iterator[RawRecord | BadCase]:
    import numpy as np

    from checker.cases.flat.rows import Rows

    opened = replace(opened, layout=stretch.layout)
    rows = Rows.of(opened, stretch.rows)
    yield from (missing_case(opened, line) for _, line in rows.astray)
    every = rows.rows_of(np.arange(len(rows.begins)))
    for name, these in zip(rows.names().to_pylist(), every, strict=True):
        yield record(opened, name, these)
