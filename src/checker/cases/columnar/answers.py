"""The answers of persons, of all cases of a batch."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import types

from checker.cases.answer_record import is_synthetic
from checker.cases.columnar.bits import Codes, Mask, valid_rows
from checker.cases.columnar.coded import Texts, looked_up, text_array
from checker.cases.columnar.events import Events, position_numbers
from checker.cases.columnar.moments import date_array
from checker.cases.columnar.pieces import is_list, listed
from checker.cases.columnar.plan import Plan
from checker.cases.columnar.readers import NAME, TRUTH
from checker.cases.columnar.structs import Struct, members, one_column, struct
from checker.cases.keys import ANSWER, both_ways
from checker.engines.archive.schema import ANSWER as ANSWER_TYPE


def read_answers(fields: Struct, events: Events, plan: Plan, marked: bool) -> dict[str, pa.Array]:
    """The column of answers; none if no case has any. An answer to what is no event of its case is doubtful."""
    array = one_column(fields, "answers", lambda kind: is_list(kind) and types.is_struct(kind.value_type))
    if array is None:
        return {}
    lengths, given = listed(array)
    rows = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    inner = struct(members(given), len(given), both_ways(ANSWER), marked)
    if given.null_count:
        inner.doubt(~valid_rows(given))
    inner.doubt_rest()
    norm, event, said = inner.text("norm", NAME), inner.text("event", NAME), inner.text("answer", TRUTH)
    by, date = inner.text("by", NAME), inner.moments("date", plan.known.zone)
    for texts in (norm, event, said):
        inner.doubt(np.ones_like(inner.doubtful) if texts is None else texts.codes < 0)
    if norm is None or event is None or said is None:
        fields.doubtful[rows] = True
        return {}
    inner.doubt(~_known(event, rows, events))
    fields.doubtful[rows[inner.doubtful]] = True
    yes = np.array([text == "是" for text in said.texts.to_pylist()] + [False], np.bool_)[said.codes]
    columns = [
        text_array(norm),
        text_array(event),
        pa.array(yes),
        pa.nulls(len(rows), pa.string()) if by is None else text_array(by),
        pa.nulls(len(rows), pa.date32()) if date is None else date_array(date),
    ]
    kinds = [pa.field(ANSWER_TYPE.field(n).name, column.type) for n, column in enumerate(columns)]
    offsets = pa.array(np.concatenate([np.zeros(1, np.int32), np.cumsum(lengths, dtype=np.int32)]))
    return {"answers": pa.ListArray.from_arrays(offsets, pa.StructArray.from_arrays(columns, fields=kinds))}


def _known(named: Texts, rows: Codes, events: Events) -> Mask:
    """Where what is answered is an event of the same case, or a printed anchor."""
    synthetic = np.array([is_synthetic(text) for text in named.texts.to_pylist()] + [False], np.bool_)[named.codes]
    found: Mask = synthetic | _numbered(named, rows, events)
    if events.ids is not None:
        places = pa.concat_arrays([events.ids.texts, named.texts]).dictionary_encode().indices.to_numpy()
        own, asked = places[: len(events.ids.texts)], places[len(events.ids.texts) :]
        written = events.ids.codes >= 0
        keys = _keys(events.rows[written], own[events.ids.codes[written]])
        found |= np.isin(_keys(rows, looked_up(asked.astype(np.int32), named.codes)), keys)
    return found


def _numbered(named: Texts, rows: Codes, events: Events) -> Mask:
    """Where it is an event without an id, called by its position."""
    numbers = looked_up(position_numbers(named.texts), named.codes)
    firsts = np.searchsorted(events.rows, rows)
    sizes = np.searchsorted(events.rows, rows, side="right") - firsts
    inside = (numbers > 0) & (numbers <= sizes)
    if events.ids is not None and len(events.rows):
        inside &= events.ids.codes[np.where(inside, firsts + numbers - 1, 0)] < 0
    found: Mask = inside
    return found


def _keys(rows: Codes, codes: Codes) -> npt.NDArray[np.int64]:
    return (rows.astype(np.int64) << 32) + codes
