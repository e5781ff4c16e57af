"""Records checked in bulk and records read one by one, in one batch in their order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import types

from checker.cases.columnar.batches import Checked
from checker.cases.problems import BadCase
from checker.engines.archive.packing import pack
from checker.engines.archive.schema import case_schema
from checker.model.case import Case
from checker.model.diagnostic import Diagnostic
from checker.model.vocabulary import Vocabulary

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Assembled:
    """The cases, the place of each among all records; what was left out, and remarks, each by row of ``batch``."""

    batch: pa.RecordBatch
    places: Places
    bad: tuple[tuple[int, BadCase], ...]
    remarks: tuple[tuple[int, Diagnostic], ...]


def assemble(
    parts: Sequence[tuple[Checked, Places]],
    single: Places,
    read: Callable[[int], Case | BadCase | None],
    vocabulary: Vocabulary,
) -> Assembled:
    """Batches with the places of their rows, and ``single`` places, which are read one by one as doubtful rows are.

    ``read`` gives the record at a place; None where there is none.
    """
    doubtful = [places[checked.doubtful] for checked, places in parts]
    clean = [_clean(*part) for part in parts]
    cases, bad = _read(np.sort(np.concatenate([single, *doubtful])), read)
    if cases:
        packed = pack([case for _, case in cases], vocabulary)
        clean.append((packed, np.array([place for place, _ in cases], np.int64)))
    places = np.concatenate([np.zeros(0, np.int64), *(own for _, own in clean)])
    batch = _as_one([one for one, own in clean if len(own)], vocabulary)
    order = np.argsort(places, kind="stable")
    if (order != np.arange(len(order))).any():
        batch, places = batch.take(pa.array(order)), places[order]
    rows = {place: int(np.searchsorted(places, place)) for place, _ in (*bad, *cases)}
    remarks = tuple((rows[place], remark) for place, case in cases for remark in case.remarks)
    return Assembled(batch, places, tuple((rows[place], one) for place, one in bad), remarks)


def _clean(checked: Checked, places: Places) -> tuple[pa.RecordBatch, Places]:
    if not checked.doubtful.any():
        return checked.batch, places
    return checked.batch.filter(pa.array(~checked.doubtful)), places[~checked.doubtful]


def _read(
    places: Places, read: Callable[[int], Case | BadCase | None]
) -> tuple[list[tuple[int, Case]], list[tuple[int, BadCase]]]:
    cases: list[tuple[int, Case]] = []
    bad: list[tuple[int, BadCase]] = []
    for place in places.tolist():
        match read(place):
            case Case() as case:
                cases.append((place, case))
            case BadCase() as one:
                bad.append((place, one))
    return cases, bad


def _as_one(batches: Sequence[pa.RecordBatch], vocabulary: Vocabulary) -> pa.RecordBatch:
    if not batches:
        return pa.RecordBatch.from_pylist([], schema=case_schema(vocabulary))
    if len(batches) == 1:
        return batches[0]
    structs = [batch.to_struct_array() for batch in batches]
    kind = structs[0].type
    for struct in structs[1:]:
        kind = _wider(kind, struct.type)
    whole = pa.concat_arrays([_aligned(struct, kind) for struct in structs])
    return pa.RecordBatch.from_struct_array(whole)


def _wider(one: pa.DataType, other: pa.DataType) -> pa.DataType:
    """A type that holds what either holds; texts become dictionaries where one of them is."""
    if types.is_struct(one):
        names = dict.fromkeys([field.name for field in (*one, *other)])
        return pa.struct([_wider_field(name, one, other) for name in names])
    if types.is_list(one):
        return pa.list_(_wider(one.value_type, other.value_type))
    return other if types.is_dictionary(other) or types.is_null(one) else one


def _wider_field(name: str, one: pa.StructType, other: pa.StructType) -> pa.Field:
    here, there = one.get_field_index(name), other.get_field_index(name)
    if here < 0 or there < 0:
        return (other.field(there) if here < 0 else one.field(here)).with_nullable(True)
    both = one.field(here), other.field(there)
    return pa.field(name, _wider(both[0].type, both[1].type), nullable=both[0].nullable or both[1].nullable)


def _aligned(array: pa.Array, kind: pa.DataType) -> pa.Array:
    """The array under a type that is as wide or wider."""
    if array.type == kind:
        return array
    if types.is_struct(kind):
        at = {field.name: n for n, field in enumerate(array.type)}
        columns = [
            _aligned(array.field(at[field.name]), field.type) if field.name in at else pa.nulls(len(array), field.type)
            for field in kind
        ]
        return pa.StructArray.from_arrays(
            columns, fields=list(kind), mask=array.is_null() if array.null_count else None
        )
    if types.is_list(kind):
        lengths = array.value_lengths().fill_null(0).to_numpy(zero_copy_only=False)
        offsets = pa.array(np.concatenate([np.zeros(1, np.int32), np.cumsum(lengths, dtype=np.int32)]))
        mask = array.is_null() if array.null_count else None
        return pa.ListArray.from_arrays(offsets, _aligned(array.flatten(), kind.value_type), type=kind, mask=mask)
    return array.dictionary_encode().cast(kind) if types.is_dictionary(kind) else array.cast(kind)
