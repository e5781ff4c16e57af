"""The same batch of cases in the other forms in which readers may hand it over."""

from __future__ import annotations

from random import Random
from typing import Any

import pyarrow as pa

NEEDED = frozenset(("case", "events", "act", "norm", "event", "answer", "first"))
"""Columns that are there whatever they hold."""


def recoded(batch: pa.RecordBatch, random: Random) -> pa.RecordBatch:
    """Some texts as dictionaries, some unfilled columns left out, nulls for what is empty, cut from a longer one."""
    rows = [_thinned(row, random) for row in batch.to_pylist()]
    schema = pa.schema(
        [
            _field(field, [row.get(field.name) for row in rows], random)
            for field in batch.schema
            if _stays(field, rows, random)
        ]
    )
    before, after = (random.choices(rows, k=random.randrange(4)) if rows else [] for _ in range(2))
    whole = pa.RecordBatch.from_pylist([*before, *rows, *after], schema=schema)
    return with_values_under_nulls(whole.slice(len(before), len(rows)))


def with_values_under_nulls(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The batch with something standing under every null of 起止: a null struct says nothing of its children."""
    at = batch.schema.get_field_index("extent")
    if at < 0:
        return batch
    extents = batch.column(at)
    filled = pa.array([one or {"first": 0, "last": None} for one in extents.to_pylist()], extents.type)
    fields = list(extents.type)
    column = pa.StructArray.from_arrays(filled.flatten(), fields=fields, mask=extents.is_null())
    return batch.set_column(at, batch.schema.field(at), column)


def _thinned(row: dict[str, Any], random: Random) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if row["ordered"] and random.random() < 0.5:
        changes["ordered"] = None
    if not row["answers"] and random.random() < 0.5:
        changes["answers"] = None
    if not any(value is not None for value in (row["attributes"] or {}).values()) and random.random() < 0.5:
        changes["attributes"] = None
    return row | changes


def _stays(field: pa.Field, values: list[Any], random: Random) -> bool:
    """Of dicts: whether their key of this name is filled, or needed, or luckily kept."""
    is_filled = any(value is not None and value.get(field.name) is not None for value in values)
    return field.name in NEEDED or is_filled or random.random() < 0.3


def _field(field: pa.Field, values: list[Any], random: Random) -> pa.Field:
    return field.with_type(_type(field.type, values, random))


def _type(kind: pa.DataType, values: list[Any], random: Random) -> pa.DataType:
    if pa.types.is_list(kind):
        return pa.list_(_type(kind.value_type, [one for each in values if each is not None for one in each], random))
    if pa.types.is_struct(kind):
        known = [value for value in values if value is not None]
        kept = [field for field in kind if _stays(field, known, random)]
        return pa.struct([_field(field, [value.get(field.name) for value in known], random) for field in kept])
    if pa.types.is_string(kind) and random.random() < 0.5:
        return pa.dictionary(pa.int32(), pa.string())
    return kind
