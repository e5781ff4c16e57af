"""Columns as codes into distinct values, and back to Arrow."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from pyarrow import types

from checker.cases.columnar.bits import Codes, Mask, codes_of, indices_of, valid_rows
from checker.cases.columnar.bulk import Quick
from checker.cases.columnar.native import Native, natives

FEW = 256
"""So many distinct values are read one by one before it pays to look at them in bulk."""


@dataclass(frozen=True, slots=True)
class Column:
    """A code for each row, -1 for null, into ``values``, which :attr:`native` turns into plain values."""

    codes: Codes
    values: pa.Array
    native: Native


@dataclass(frozen=True, slots=True)
class Texts:
    """A code for each row, -1 for none, into texts."""

    codes: Codes
    texts: pa.Array


@dataclass(frozen=True, slots=True)
class Lists:
    """For each row whether it has a list, how long it is; the items, one row after the other."""

    valid: Mask
    lengths: Codes
    items: Texts


@dataclass(frozen=True, slots=True)
class Reader:
    """How one distinct value becomes text (None: it is refused); ``quick`` tells texts that stay as they are."""

    read: Callable[[object], str | None]
    quick: Quick | None = None


def column(array: pa.Array, native: Native) -> Column:
    """The codes and values of an array of any flat type."""
    if types.is_decimal(array.type) and array.type.bit_width < 128:  # Arrow cannot tell the values of these apart
        array = array.cast(pa.decimal128(array.type.precision, array.type.scale))
    encoded = array if types.is_dictionary(array.type) else array.dictionary_encode()
    codes, values = codes_of(encoded.indices.cast(pa.int32())), encoded.dictionary
    if values.null_count:
        codes = np.where(np.append(valid_rows(values), False)[codes], codes, np.int32(-1))
    return Column(codes, values, native)


def read_column(given: Column, reader: Reader) -> tuple[Texts, Mask]:
    """The texts, and which rows hold a value that is refused."""
    table, texts = translated(given, reader)
    if (table == np.arange(len(table))).all():
        return Texts(given.codes, texts), np.zeros(len(given.codes), np.bool_)
    codes = looked_up(table, given.codes)
    return Texts(codes, texts), (codes < 0) & (given.codes >= 0)


def looked_up(table: Codes, codes: Codes) -> Codes:
    """The table's items at the codes; -1 where the code is."""
    return np.append(table, np.int32(-1))[codes.astype(np.intp)]  # numpy looks up faster by its own integers


def translated(given: Column, reader: Reader) -> tuple[Codes, pa.Array]:
    """For each distinct value its place among the texts (-1: refused), and the texts."""
    values = given.values
    # What stands in text for a number is judged as that number, never as the text.
    is_text = given.native is natives and (types.is_string(values.type) or types.is_large_string(values.type))
    if not is_text or len(values) <= FEW or reader.quick is None:
        return _placed([None if raw is None else reader.read(raw) for raw in given.native(values)])
    values = values.cast(pa.string())
    slow = np.flatnonzero(~reader.quick(values))
    places = np.arange(len(values), dtype=np.int32)
    if len(slow):
        raws = given.native(values.take(pa.array(slow)))
        read = [None if raw is None else reader.read(raw) for raw in raws]
        if any(text is not None and text != raw for text, raw in zip(read, raws, strict=True)):
            return _placed([None if raw is None else reader.read(raw) for raw in given.native(values)])
        places[slow[[text is None for text in read]]] = -1
    return places, values


def _placed(texts: Sequence[str | None]) -> tuple[Codes, pa.Array]:
    places: dict[str, int] = {}
    codes = [-1 if text is None else places.setdefault(text, len(places)) for text in texts]
    return np.array(codes, np.int32), pa.array(list(places), pa.string())


def joined(parts: Sequence[Texts]) -> Texts:
    """Columns that never say something on the same row, as one."""
    if len(parts) == 1:
        return parts[0]
    encoded = pa.concat_arrays([part.texts for part in parts]).dictionary_encode()
    places = encoded.indices.to_numpy()
    found = np.full(len(parts[0].codes), -1, np.int32)
    start = 0
    for part in parts:
        codes = looked_up(places[start : start + len(part.texts)], part.codes)
        found = np.where(codes >= 0, codes, found)
        start += len(part.texts)
    return Texts(found, encoded.dictionary)


def joined_lists(parts: Sequence[Lists]) -> Lists:
    """The same of columns of lists."""
    if len(parts) == 1:
        return parts[0]
    valid = np.logical_or.reduce([part.valid for part in parts])
    lengths = np.max([part.lengths for part in parts], axis=0).astype(np.int32)
    starts = np.cumsum(lengths) - lengths
    encoded = pa.concat_arrays([part.items.texts for part in parts]).dictionary_encode()
    places = encoded.indices.to_numpy()
    items = np.full(int(lengths.sum()), -1, np.int32)
    start = 0
    for part in parts:
        codes = looked_up(places[start : start + len(part.items.texts)], part.items.codes)
        own = np.arange(len(codes)) - np.repeat(np.cumsum(part.lengths) - part.lengths, part.lengths)
        items[np.repeat(starts, part.lengths) + own] = codes
        start += len(part.items.texts)
    return Lists(valid, lengths, Texts(items, encoded.dictionary))


def single(texts: Texts) -> Lists:
    """Lists of the one item that each row has."""
    valid = texts.codes >= 0
    codes = texts.codes if valid.all() else texts.codes[valid]
    return Lists(valid, valid.astype(np.int32), Texts(codes, texts.texts))


def text_array(texts: Texts) -> pa.Array:
    """As Arrow: a dictionary of texts."""
    return pa.DictionaryArray.from_arrays(indices_of(texts.codes), texts.texts, safe=False)


def list_array(lists: Lists) -> pa.Array:
    """As Arrow: lists of a dictionary of texts."""
    offsets = np.zeros(len(lists.lengths) + 1, np.int32)
    np.cumsum(lists.lengths, out=offsets[1:])
    mask = None if lists.valid.all() else pa.array(~lists.valid)
    return pa.ListArray.from_arrays(pa.array(offsets), text_array(lists.items), mask=mask)
