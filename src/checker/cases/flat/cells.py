"""Columns of cells in Arrow: the very objects that a reader by rows would see, kept through files, and their codes."""

import pickle
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from checker.cases.columnar.native import plain
from checker.cases.table import Cell, clean, native

Codes = npt.NDArray[np.int64]
_INTEGERS: Final = {16: pa.int16(), 32: pa.int32(), 64: pa.int64()}


@dataclass(frozen=True, slots=True)
class Column:
    """Cells of one column, parallel: what is text as ``texts``, any other value pickled; None: there are none such."""

    texts: pa.Array | None = None
    others: pa.Array | None = None


@dataclass(frozen=True, slots=True)
class Coded:
    """Cells as places in ``values``, clean and distinct as they were written; the first value is None."""

    codes: Codes
    values: Sequence[Cell]


def column_of(cells: Iterable[Cell]) -> Column:
    """Objects as a column."""
    given = list(cells)
    try:
        return Column(texts=pa.array(given, pa.string()))
    except (pa.ArrowTypeError, pa.ArrowInvalid):  # something among them is no text
        pass
    texts = [cell if isinstance(cell, str) else None for cell in given]
    others = [None if cell is None or isinstance(cell, str) else pickle.dumps(cell) for cell in given]
    return Column(
        pa.array(texts, pa.string()) if any(text is not None for text in texts) else None,
        pa.array(others, pa.binary()) if any(other is not None for other in others) else None,
    )


def column_from(array: pa.Array) -> Column:
    """A column of a Parquet file; the objects are those of :func:`checker.cases.table.native`."""
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    kind = array.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return Column(texts=array.cast(pa.string()))
    if pa.types.is_null(kind):
        return Column()
    try:
        encoded = _bits(array).dictionary_encode()
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid):
        return column_of(native(cell) for cell in plain(array))
    values = encoded.dictionary.view(kind) if pa.types.is_floating(kind) else encoded.dictionary
    pickled = pa.array([pickle.dumps(native(value)) for value in plain(values)], pa.binary())
    return Column(others=pickled.take(encoded.indices))


def _bits(array: pa.Array) -> pa.Array:
    """Binary floats by their bits: 0.0 and -0.0 are equal, but not the same text."""
    return array.view(_INTEGERS[array.type.bit_width]) if pa.types.is_floating(array.type) else array


def coded(column: Column, length: int) -> Coded:
    """The codes of a column's cells."""
    codes = np.zeros(length, np.int64)
    values: list[Cell] = [None]
    if column.texts is not None:
        found = column.texts.dictionary_encode()
        codes += _shifted(found, 1)
        values += [clean(text) for text in found.dictionary.to_pylist()]
    if column.others is not None:
        found = column.others.dictionary_encode()
        codes += _shifted(found, len(values))
        values += [clean(pickle.loads(data)) for data in found.dictionary.to_pylist()]
    return Coded(codes, values)


def _shifted(found: pa.DictionaryArray, by: int) -> Codes:
    """The codes, moved up; 0 where there is none."""
    shifted: Codes = pc.fill_null(pc.add(found.indices.cast(pa.int64()), by), 0).to_numpy(zero_copy_only=False)
    return shifted


def cells_of(column: Column, rows: Codes) -> list[Cell]:
    """The objects at these rows."""
    places = pa.array(rows)
    found: list[Cell] = [None] * len(rows)
    if column.texts is not None:
        found = column.texts.take(places).to_pylist()
    if column.others is not None:
        others = column.others.take(places).to_pylist()
        found = [text if other is None else pickle.loads(other) for text, other in zip(found, others, strict=True)]
    return found
