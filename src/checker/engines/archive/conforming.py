"""Batches of one schema: what may lack is filled with nulls, dictionaries are written out, columns put in order."""

import numpy as np
import pyarrow as pa
from pyarrow import types


def conformed(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    """The batch under a schema that has all its columns, those inside of structures as well.

    ValueError if it has a column that the schema lacks.
    """
    unknown = set(batch.schema.names) - set(schema.names)
    if unknown:
        raise ValueError(f"columns without a place: {sorted(unknown)}")
    arrays = [
        _as(batch.column(field.name), field.type)
        if field.name in batch.schema.names
        else _nulls(batch.num_rows, field.type)
        for field in schema
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _as(array: pa.Array, wanted: pa.DataType) -> pa.Array:
    if array.type == wanted:
        return array
    if types.is_dictionary(array.type):
        return _as(array.dictionary_decode(), wanted)
    if types.is_struct(wanted) and types.is_struct(array.type):
        return _struct(array, wanted)
    if types.is_list(wanted) and (types.is_list(array.type) or types.is_large_list(array.type)):
        return _list(array, wanted)
    return array.cast(wanted)


def _nulls(count: int, kind: pa.DataType) -> pa.Array:
    """Nulls; inside of those that are structures stand values, since a field may be declared never to be null."""
    return pa.array([None] * count, kind) if types.is_struct(kind) else pa.nulls(count, kind)


def _struct(array: pa.StructArray, wanted: pa.StructType) -> pa.Array:
    given = {field.name: n for n, field in enumerate(array.type)}
    unknown = given.keys() - {field.name for field in wanted}
    if unknown:
        raise ValueError(f"fields without a place: {sorted(unknown)}")
    children = [
        _as(array.field(given[field.name]), field.type) if field.name in given else _nulls(len(array), field.type)
        for field in wanted
    ]
    return pa.StructArray.from_arrays(children, fields=list(wanted), mask=array.is_null() if array.null_count else None)


def _list(array: pa.Array, wanted: pa.ListType) -> pa.Array:
    offsets = array.offsets.to_numpy().astype(np.int32)
    absent = np.append(array.is_null().to_numpy(zero_copy_only=False), False)
    made = pa.array(offsets, pa.int32(), mask=absent if absent.any() else None)
    return pa.ListArray.from_arrays(made, _as(array.values, wanted.value_type), type=wanted)
