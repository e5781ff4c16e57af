"""A batch of nested case records checked as a whole."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
from pyarrow import types

from checker.cases.columnar.answers import read_answers
from checker.cases.columnar.bits import Mask, valid_rows
from checker.cases.columnar.coded import list_array, text_array
from checker.cases.columnar.events import Events, attribute_columns, read_events
from checker.cases.columnar.moments import date_array
from checker.cases.columnar.pieces import is_list, listed
from checker.cases.columnar.plan import Plan
from checker.cases.columnar.readers import NAME, TRUTH, word
from checker.cases.columnar.structs import Struct, members, one_column, struct
from checker.cases.keys import CASE, EXTENT, both_ways
from checker.engines.archive.schema import EXTENT as EXTENT_TYPE

NESTED: Final = frozenset(("attributes", "events", "answers", "extent"))
_IGNORED: Final = ("as_of", "expect", "todo")


@dataclass(frozen=True, slots=True)
class Checked:
    """A row for every record, right where ``doubtful`` does not say otherwise."""

    batch: pa.RecordBatch
    doubtful: Mask


def check(given: pa.RecordBatch, plan: Plan, marked: bool = False) -> Checked:
    """The records of a batch, with the columns of a case record, as ``case_schema`` has them.

    ``marked``: from a source in which null is said and columns bear marks (:mod:`checker.cases.columnar.pieces`).
    """
    size = given.num_rows
    columns_in = list(zip(given.schema.names, given.columns, strict=True))
    fields = struct(columns_in, size, both_ways(CASE), marked, NESTED | {*_IGNORED})
    fields.doubt_rest()
    columns = {"case": _names(fields)} | _kinds(fields, plan) | _covers(fields, plan) | _ordered(fields)
    columns |= _extent(fields, plan, marked) | _attributes(fields, plan, marked)
    events, columns["events"] = _events(fields, plan, marked)
    columns |= read_answers(fields, events, plan, marked)
    required = {"case", "events"}
    kinds = [pa.field(name, column.type, nullable=name not in required) for name, column in columns.items()]
    return Checked(pa.RecordBatch.from_arrays(list(columns.values()), schema=pa.schema(kinds)), fields.doubtful)


def _names(fields: Struct) -> pa.Array:
    texts = fields.text("case", NAME)
    if texts is None:
        fields.doubt(np.ones_like(fields.doubtful))
        return pa.nulls(len(fields.doubtful), pa.string())
    fields.doubt(texts.codes < 0)
    array = text_array(texts)
    return array.cast(pa.string())


def _kinds(fields: Struct, plan: Plan) -> dict[str, pa.Array]:
    kinds = plan.known.vocabulary.kinds
    texts = fields.text("kind", word(kinds.__contains__, NAME) if kinds else NAME)
    return {} if texts is None else {"kind": text_array(texts)}


def _covers(fields: Struct, plan: Plan) -> dict[str, pa.Array]:
    for piece in fields.known["covers"].scalars if "covers" in fields.known else []:
        fields.doubt(piece.valid)
    lists = fields.lists("covers", word(plan.known.vocabulary.acts.__contains__))
    return {} if lists is None else {"covers": list_array(lists)}


def _ordered(fields: Struct) -> dict[str, pa.Array]:
    texts = fields.text("ordered", TRUTH)
    if texts is None:
        return {}
    said = np.array([text == "是" for text in texts.texts.to_pylist()] + [True], np.bool_)[texts.codes]
    return {"ordered": pa.array(said, mask=texts.codes < 0)}


def _attributes(fields: Struct, plan: Plan, marked: bool) -> dict[str, pa.Array]:
    array = one_column(fields, "attributes", types.is_struct)
    if array is None:
        return {}
    inner = struct(members(array), len(array), {}, marked)
    columns = attribute_columns(inner, plan.of_case, np.zeros(len(array), np.int32), plan, marked)
    fields.doubt(inner.doubtful)
    return {"attributes": pa.StructArray.from_arrays(list(columns.values()), names=list(columns))} if columns else {}


def _extent(fields: Struct, plan: Plan, marked: bool) -> dict[str, pa.Array]:
    array = one_column(fields, "extent", lambda kind: types.is_struct(kind) or is_list(kind))
    if array is None:
        return {}
    stated = valid_rows(array)
    if is_list(array.type):
        array, longer = _pairs(array)
        fields.doubt(longer)
    inner = struct(members(array), len(array), both_ways(EXTENT), marked)
    inner.doubt_rest()
    first, last = inner.moments("first", plan.known.zone), inner.moments("last", plan.known.zone)
    fields.doubt(inner.doubtful)
    if first is None:
        fields.doubt(stated)
        return {}
    fields.doubt(stated & ~first.valid)
    until = pa.nulls(len(stated), pa.date32()) if last is None else date_array(last)
    if last is not None:
        fields.doubt(last.valid & (last.days < first.days))
    ends = [date_array(first), until]
    return {"extent": pa.StructArray.from_arrays(ends, fields=list(EXTENT_TYPE), mask=pa.array(~stated))}


def _pairs(array: pa.Array) -> tuple[pa.StructArray, Mask]:
    """Lists of the two ends as structs of them, and the rows that hold more, or nulls."""
    lengths, items = listed(array)
    starts = np.cumsum(lengths) - lengths
    nulls = ~valid_rows(items)
    doubtful = lengths > 2
    doubtful[np.repeat(np.arange(len(lengths)), lengths)[nulls]] = True
    ends = [items.take(pa.array(starts + n, mask=lengths <= n)) for n in range(2)]
    return pa.StructArray.from_arrays(ends, names=list(EXTENT)), doubtful


def _null_events(fields: Struct, array: pa.Array | None, marked: bool) -> Mask:
    """The rows that say null for their events, which must not pass for "nothing happened"."""
    if not marked:
        return np.ones_like(fields.doubtful) if array is None else ~valid_rows(array)
    said = np.zeros_like(fields.doubtful)
    for piece in fields.known["events"].nulls if "events" in fields.known else []:
        said |= piece.valid
    return said


def _events(fields: Struct, plan: Plan, marked: bool) -> tuple[Events, pa.Array]:
    array = one_column(fields, "events", lambda kind: is_list(kind) and types.is_struct(kind.value_type))
    if array is None:
        given, lengths = pa.array([], pa.struct([])), np.zeros(len(fields.doubtful), np.int32)
    else:
        lengths, given = listed(array)
    fields.doubt(_null_events(fields, array, marked))
    ends = np.cumsum(lengths, dtype=np.int32)
    rows = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    positions = np.arange(1, len(rows) + 1, dtype=np.int32) - np.repeat(ends - lengths, lengths)
    events = read_events(given, rows, positions, plan, marked)
    fields.doubtful[rows[events.doubtful]] = True
    offsets = pa.array(np.concatenate([np.zeros(1, np.int32), ends]))
    return events, pa.ListArray.from_arrays(offsets, events.array)
