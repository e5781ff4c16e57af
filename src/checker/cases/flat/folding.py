"""What the rows of a case say of the case itself: they must agree."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from checker.cases.event_record import Words
from checker.cases.flat.cells import Coded, Codes
from checker.cases.flat.events import Flags, problems, written
from checker.cases.problems import Refusal
from checker.cases.record import read_identifier, read_kind
from checker.cases.table import Cell
from checker.cases.typed import read_value
from checker.model.values import ValueType


@dataclass(frozen=True, slots=True)
class Folded:
    """A column of the cases: what each says, and the cases whose rows differ or cannot be taken."""

    values: list[object]
    bad: Flags


def fold(cells: Coded, cases: Codes, count: int, read: Callable[[Cell], object]) -> Folded:
    """The first value of each of ``count`` cases; ``cases`` is the case of each row, ascending.

    ``read`` gives what the archive writes for a cell, or a Refusal.
    """
    first: dict[Cell, int] = {}
    same = np.array([first.setdefault(cell, n) for n, cell in enumerate(cells.values)])  # two cells may mean one value
    codes = same[cells.codes]
    filled = np.flatnonzero(codes)
    with_value, begins = np.unique(cases[filled], return_index=True)
    of_case = np.zeros(count, np.int64)
    of_case[with_value] = codes[filled[begins]]
    bad = np.zeros(count, bool)
    bad[cases[filled[codes[filled] != of_case[cases[filled]]]]] = True
    taken = {n: read(cells.values[n]) for n in np.unique(of_case).tolist() if n}
    bad |= np.isin(of_case, [n for n, value in taken.items() if isinstance(value, Refusal)])
    return Folded([taken.get(n) for n in of_case.tolist()], bad)


def kind_reader(known: Words) -> Callable[[Cell], object]:
    """What reads the kind of a case."""

    def read(cell: Cell) -> object:
        met = problems()
        kind = read_kind({"kind": (cell, ())}, known, met)
        return Refusal("", "") if met.total else kind

    return read


def attribute_reader(declared: ValueType, known: Words) -> Callable[[Cell], object]:
    """What reads an attribute of the case."""

    def read(cell: Cell) -> object:
        value = read_value(cell, declared, known.vocabulary, known.zone)
        return value if isinstance(value, Refusal) else written(value, declared.many)

    return read


def unnameable(cases: pa.Array) -> Flags:
    """The cases that have no id that can be used."""
    return np.array([_is_unnameable(case) for case in cases.to_pylist()], bool)


def _is_unnameable(case: str) -> bool:
    met = problems()
    read_identifier({"case": (case, ())}, met)
    return met.total > 0
