"""A person's answers to 人工认定, over batches."""

from collections.abc import Callable
from typing import Final

import numpy as np
import pyarrow as pa

from checker.engines.archive.columns import EPOCH, Columns
from checker.engines.archive.scope import Scope
from checker.engines.archive.truth import MAYBE, NO, YES, Ints, Truths, filled

_Key = tuple[int, str]
"""The row of a case and a printed anchor."""

_NAMES: Final = "answers"


def answered(norm: str, scope: Scope, printed: Callable[[Ints], pa.Array]) -> Truths:
    """The last visible answer at each anchor, in record order; MAYBE where there is none.

    ``printed`` gives the anchors of some rows as they are printed.
    """
    result = filled(len(scope), MAYBE)
    said = _said(scope.columns).get(norm)
    if said is None:
        return result
    rows = np.flatnonzero(np.isin(scope.case, [case for case, _ in said]))
    anchors = printed(rows).to_pylist()
    for row, case, anchor in zip(rows.tolist(), scope.case[rows].tolist(), anchors, strict=True):
        result[row] = said.get((case, anchor), MAYBE)
    return result


def _said(columns: Columns) -> dict[str, dict[_Key, int]]:
    """The answers of the batch by norm; a later one takes the place of an earlier."""
    found: dict[str, dict[_Key, int]] | None = columns.memory.get(_NAMES)
    if found is None:
        found = columns.memory[_NAMES] = {}
        for case, norm, anchor, answer in _visible(columns):
            found.setdefault(norm, {})[case, anchor] = YES if answer else NO
    return found


def _visible(columns: Columns) -> list[tuple[int, str, str, bool]]:
    if _NAMES not in columns.cases.schema.names:
        return []
    column = columns.cases.column(_NAMES)
    lengths = column.value_lengths().fill_null(0).to_numpy(zero_copy_only=False)
    answers: pa.StructArray = column.flatten()
    date = answers.field("date").cast(pa.int32())
    is_seen = date.fill_null(0).to_numpy(zero_copy_only=False) + EPOCH <= columns.as_of
    is_seen |= ~np.asarray(date.is_valid())
    case = np.repeat(np.arange(columns.size), lengths)[is_seen].tolist()
    held = [answers.field(name).filter(pa.array(is_seen)).to_pylist() for name in ("norm", "event", "answer")]
    return list(zip(case, *held, strict=True))
