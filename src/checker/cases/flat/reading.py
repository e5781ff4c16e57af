"""One stretch of a table to a batch of case records, and what had to be left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

from checker.cases.event_record import Words
from checker.cases.flat.cells import Codes
from checker.cases.flat.records import records_of
from checker.cases.flat.regrouping import Stretch
from checker.cases.flat.rows import Rows
from checker.cases.keys import EVENT, both_ways
from checker.cases.problems import BadCase, Refusal
from checker.cases.record import read_case
from checker.cases.table import Table, covers_of, missing_case, record, table
from checker.engines.archive.packing import pack
from checker.model.case import Case

_KIND: Final = "类型"
_STRUCTURAL: Final = frozenset(both_ways(EVENT))


@dataclass(frozen=True, slots=True)
class Read:
    """The records of a stretch: a batch, the line of the first row of each, what was left out before which row."""

    cases: pa.RecordBatch
    lines: list[int]
    bad: tuple[tuple[int, BadCase], ...]


def read(stretch: Stretch, name: str, known: Words) -> Read:
    """The cases of a stretch, exactly those that the reader by rows would give."""
    opened = table(stretch.header, name, stretch.layout, known.vocabulary)
    assert not isinstance(opened, Refusal)  # it was opened before
    rows = Rows.of(opened, stretch.rows)
    if not _is_odd(opened, known):
        batch, wrong = records_of(rows, known, np.array([one is not None for one in rows.apart()], bool))
        items = _one_by_one(rows, known, np.flatnonzero(wrong))
        if not any(isinstance(item, Case) for item in items.values()):
            return _result(rows, batch, items)
    # What only looked wrong comes from another mould than the batch: all cases by rows, then.
    items = _one_by_one(rows, known, np.arange(len(rows.begins)))
    return _result(rows, pack([item for item in items.values() if isinstance(item, Case)], known.vocabulary), items)


def _one_by_one(rows: Rows, known: Words, cases: Codes) -> dict[int, Case | BadCase]:
    """What the reader by rows says of these cases."""
    names = rows.names().take(pa.array(cases)).to_pylist()
    found = zip(cases.tolist(), names, rows.rows_of(cases), strict=True)
    apart = rows.apart()
    return {n: read_case(record(rows.opened, name, these, apart[n]), known) for n, name, these in found}


def _result(rows: Rows, batch: pa.RecordBatch, items: Mapping[int, Case | BadCase]) -> Read:
    left_out = {n: item for n, item in items.items() if isinstance(item, BadCase)}
    right = np.array([n not in left_out for n in range(len(rows.begins))], bool)
    before = np.concatenate(([0], np.cumsum(right))).tolist()
    astray = [(n, 0, missing_case(rows.opened, line)) for n, line in rows.astray]
    bad = sorted([*astray, *((n, 1, item) for n, item in left_out.items())], key=lambda one: one[:2])
    return Read(batch, rows.lines()[right].tolist(), tuple((before[n], item) for n, _, item in bad))


def _is_odd(opened: Table, known: Words) -> bool:
    """Columns that meet in one field, or no case that can be right: only the reader by rows is sure of these."""
    layout, of_case = opened.layout, list(opened.case_attributes.values())
    covers = covers_of(layout) or ()
    return (
        not _STRUCTURAL.isdisjoint(opened.attributes.values())
        or _KIND in of_case
        or len(set(of_case)) < len(of_case)
        or any(act not in known.vocabulary.acts for act in covers)
    )
