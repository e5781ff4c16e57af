"""Arrow columns to codes: small integers with a list of what each stands for."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from checker.engines.archive.truth import Ints


class Codes(NamedTuple):
    """``codes[i]`` is the place of row i's value in ``values``; -1 where the row has none."""

    codes: Ints
    values: list[Any]


def encode_texts(column: pa.Array) -> Codes:
    """A text column, plain or already a dictionary."""
    if pa.types.is_dictionary(column.type) and column.dictionary.null_count:
        column = column.dictionary_decode()  # a row that refers to a null has no value, though it does not say so
    if not column.null_count:
        return _encoded(column)
    # Most attributes belong to one act of many: only the rows that have the attribute are looked at.
    codes = np.full(len(column), -1)
    rows = np.flatnonzero(np.asarray(column.is_valid()))
    if not len(rows):
        return Codes(codes, [])
    found = _encoded(column.drop_null())
    codes[rows] = found.codes
    return Codes(codes, found.values)


def _encoded(column: pa.Array) -> Codes:
    coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    return Codes(coded.indices.to_numpy(zero_copy_only=False).astype(np.int64), coded.dictionary.to_pylist())


def encode_lists(column: pa.Array) -> Codes:
    """A column of lists of texts; the values are tuples."""
    lengths = column.value_lengths().fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    members = encode_texts(column.flatten())
    starts = np.cumsum(np.maximum(lengths, 0)) - np.maximum(lengths, 0)
    codes = np.where(lengths < 0, -1, 0)
    found: list[tuple[Any, ...]] = [()]
    places: dict[tuple[int, int], int] = {}
    for step in range(int(lengths.max(initial=0))):
        # Lists that agree so far share a code; each step tells them apart by one member more.
        rows = np.flatnonzero(lengths > step)
        pairs = codes[rows] * (len(members.values) + 1) + members.codes[starts[rows] + step]
        distinct, inverse = np.unique(pairs, return_inverse=True)
        fresh = np.empty(len(distinct), np.int64)
        for n, pair in enumerate(distinct.tolist()):
            prefix, member = divmod(pair, len(members.values) + 1)
            place = places.setdefault((prefix, member), len(found))
            if place == len(found):
                found.append((*found[prefix], members.values[member]))
            fresh[n] = place
        codes[rows] = fresh[inverse]
    return Codes(codes, found)


def encode(column: pa.Array) -> Codes:
    """A column of texts, or of lists of texts (as tuples)."""
    is_list = pa.types.is_list(column.type) or pa.types.is_large_list(column.type)
    return encode_lists(column) if is_list else encode_texts(column)


def by_distinct(codes: Sequence[Ints], sizes: Sequence[int], ask: Callable[..., int]) -> Ints:
    """A function of several codes, asked once for each combination that occurs.

    ``codes`` are parallel, each at least 0 and below its size.
    """
    key = codes[0]
    total = sizes[0]
    for more, size in zip(codes[1:], sizes[1:], strict=True):
        key = key * size + more
        total *= size
    if total <= max(4 * len(key), 4096):
        marks = np.zeros(total, np.bool_)
        marks[key] = True
        distinct = np.flatnonzero(marks)
        table = np.zeros(total, np.int64)
        table[distinct] = _asked(distinct, sizes, ask)
        return table[key]
    distinct, inverse = np.unique(key, return_inverse=True)
    return _asked(distinct, sizes, ask)[inverse]


def _asked(distinct: Ints, sizes: Sequence[int], ask: Callable[..., int]) -> Ints:
    parts: list[Ints] = []
    rest = distinct
    for size in reversed(sizes[1:]):
        rest, part = np.divmod(rest, size)
        parts.append(part)
    combinations = zip(rest.tolist(), *(part.tolist() for part in reversed(parts)), strict=True)
    return np.fromiter((ask(*one) for one in combinations), np.int64, len(distinct))
