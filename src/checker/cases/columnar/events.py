"""The events of all cases of a batch, one after the other, checked a column at a time."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import types

from checker.cases.columnar.attributes import none_array, read_attributes, stated_none
from checker.cases.columnar.bits import Codes, Mask, valid_rows
from checker.cases.columnar.coded import Texts, list_array, looked_up, text_array
from checker.cases.columnar.moments import date_array, time_array
from checker.cases.columnar.nested import TIME
from checker.cases.columnar.pieces import Field
from checker.cases.columnar.plan import Plan, Typing
from checker.cases.columnar.readers import EVENT_ID, NAME, word
from checker.cases.columnar.structs import Struct, members, struct
from checker.cases.keys import EVENT, both_ways
from checker.engines.archive.schema import NONE

_POSITION = re.compile(r"e([1-9][0-9]{0,8})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Events:
    """The events as a struct array; on which of them anything is doubtful, the rows of their cases, the ids written."""

    array: pa.StructArray
    doubtful: Mask
    rows: Codes
    ids: Texts | None


def read_events(given: pa.StructArray, rows: Codes, positions: Codes, plan: Plan, marked: bool) -> Events:
    """The events of a struct array, with the row of the case and the position from 1 of each.

    ``marked``: from a source in which null is said and columns bear marks (:mod:`checker.cases.columnar.pieces`).
    """
    spelling = both_ways(EVENT if marked else EVENT | TIME)
    fields = struct(members(given), len(given), spelling, marked)
    if given.null_count:
        fields.doubt(~valid_rows(given))
    columns: dict[str, pa.Array] = {}
    ids = _ids(fields, rows, positions, columns)
    _moments(fields, plan.known.zone, columns)
    acts = _acts(fields, plan, columns)
    _actors(fields, plan, columns)
    _documents(fields, acts, plan, columns)
    columns |= attribute_columns(fields, plan.of_events, acts, plan, marked)
    kinds = [pa.field(name, array.type, nullable=name != "act") for name, array in columns.items()]
    return Events(pa.StructArray.from_arrays(list(columns.values()), fields=kinds), fields.doubtful, rows, ids)


def attribute_columns(
    fields: Struct, typings: Mapping[str, Typing], owners: Codes, plan: Plan, marked: bool
) -> dict[str, pa.Array]:
    """The columns of all attributes, and of what is known to be none."""
    if not marked and NONE in fields.rest:
        stated, bad = stated_none(fields.rest.pop(NONE))
        fields.doubt(bad)
        for name, piece in stated.items():
            fields.rest.setdefault(name, Field()).pieces.append(piece)
    read = read_attributes(fields.rest, typings, owners, plan.known, lenient=not marked)
    fields.doubt(read.doubtful)
    none = none_array(read.none, len(owners))
    return ({} if none is None else {NONE: none}) | read.columns


def _ids(fields: Struct, rows: Codes, positions: Codes, columns: dict[str, pa.Array]) -> Texts | None:
    """In the column an id that says no more than the position is null."""
    columns["id"] = pa.nulls(len(rows), pa.string())
    texts = fields.text("id", EVENT_ID)
    if texts is None:
        return None
    numbers = np.where(texts.codes < 0, positions, looked_up(position_numbers(texts.texts), texts.codes))
    usual = numbers == positions
    if not usual.all():
        columns["id"] = text_array(Texts(np.where(usual, np.int32(-1), texts.codes), texts.texts))
        fields.doubt(_twice(rows, numbers, texts, usual))
    return texts


def position_numbers(texts: pa.Array) -> Codes:
    """The position that an id which is made of one bears; 0 for the others."""
    found = [_POSITION.fullmatch(text or "") for text in texts.to_pylist()]
    return np.array([int(form[1]) if form else 0 for form in found], np.int32)


def _twice(rows: Codes, numbers: Codes, texts: Texts, usual: Mask) -> Mask:
    """Ids that stand twice in a case, looked for in those cases that do not simply number their events."""
    twice = np.zeros(len(rows), np.bool_)
    if len(texts.texts) == len(rows) and not (texts.codes < 0).any():
        return twice
    mixed = np.zeros(int(rows[-1]) + 1, np.bool_)
    mixed[rows[~usual]] = True
    own = np.flatnonzero(mixed[rows])
    ids: npt.NDArray[np.int64] = np.where(numbers[own] > 0, numbers[own], -1 - texts.codes[own].astype(np.int64))
    keys = (rows[own].astype(np.int64) << 33) + ids
    order = np.argsort(keys)
    twice[own[order[np.flatnonzero(np.diff(keys[order]) == 0)]]] = True
    return twice


def _moments(fields: Struct, zone: str | None, columns: dict[str, pa.Array]) -> None:
    moments = fields.moments("date", zone)
    columns["date"] = pa.nulls(len(fields.doubtful), pa.date32()) if moments is None else date_array(moments)
    times = None if moments is None else time_array(moments)
    for piece in fields.known["time"].pieces if "time" in fields.known else []:
        undated = np.ones_like(fields.doubtful) if moments is None else ~moments.valid | (moments.micros >= 0)
        if types.is_time(piece.array.type):
            fields.doubt(piece.valid & undated)
            own = piece.array.cast(pa.time64("us"), safe=False)
            times = own if times is None else pc.coalesce(times, own)
        else:
            fields.doubt(piece.valid)
    if times is not None:
        columns["time"] = times


def _acts(fields: Struct, plan: Plan, columns: dict[str, pa.Array]) -> Codes:
    """The act of each event by its number; -1 where it is none."""
    of = {act: n for n, act in enumerate(plan.acts)}
    texts = fields.text("act", word(of.__contains__))
    codes = np.full(len(fields.doubtful), -1, np.int32)
    if texts is not None:
        codes = looked_up(np.array([of[act] for act in texts.texts.to_pylist()], np.int32), texts.codes)
    fields.doubt(codes < 0)
    columns["act"] = text_array(Texts(codes, pa.array(plan.acts, pa.string())))
    return codes


def _actors(fields: Struct, plan: Plan, columns: dict[str, pa.Array]) -> None:
    lists = fields.lists("actor", word(plan.known.actors.__contains__))
    if lists is not None:
        fields.doubt(lists.valid & (lists.lengths == 0))
        columns["actor"] = list_array(lists)


def _documents(fields: Struct, acts: Codes, plan: Plan, columns: dict[str, pa.Array]) -> None:
    lists = fields.lists("document", NAME)
    if lists is None:
        return
    columns["document"] = list_array(lists)
    names = lists.items.texts.to_pylist() if plan.parts else []
    allowed = np.ones((len(plan.acts) + 1, len(names) + 1), np.bool_)
    for act, parts in plan.parts.items():
        allowed[act, :-1] = [name in parts for name in names]
    if plan.parts:
        owners = np.repeat(np.arange(len(acts)), lists.lengths)
        fields.doubtful[owners[~allowed[acts[owners], lists.items.codes]]] = True
