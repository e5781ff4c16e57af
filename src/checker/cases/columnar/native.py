"""Arrow values as the plain Python values that a record would give."""

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import types

from checker.cases.columnar.bits import valid_rows

Native = Callable[[pa.Array], list[Any]]


def natives(values: pa.Array) -> list[Any]:
    """The values as :func:`plain` gives them, binary floats as the shortest decimal that reads back the same."""
    kind = values.type
    if types.is_dictionary(kind):
        shown = natives(values.dictionary)
        return [None if code is None else shown[code] for code in values.indices.to_pylist()]
    found = plain(values)
    return [None if one is None else _decimal(one, kind) for one in found] if types.is_floating(kind) else found


def plain(values: pa.Array) -> list[Any]:
    """The values, one for one.

    Instants lose what is finer than microseconds; dates beyond the calendar become its last day, which no record may
    bear; bytes that are no UTF-8 become what no text may hold, so that they are refused where they stand.
    """
    kind = values.type
    if types.is_dictionary(kind):
        shown = plain(values.dictionary)
        return [None if code is None else shown[code] for code in values.indices.to_pylist()]
    if types.is_timestamp(kind) and kind.unit == "ns":
        values = in_microseconds(values)
    if types.is_date64(kind):
        values = values.cast(pa.date32(), safe=False)
    try:
        return list(values.to_pylist())
    except UnicodeDecodeError:
        return [None if one is None else one.decode(errors="surrogateescape") for one in _bytes(values)]
    except (ValueError, OverflowError):  # dates beyond those of the calendar
        return [_one(value) for value in values]


def in_microseconds(instants: pa.Array) -> pa.Array:
    """Instants in nanoseconds without what is finer, dropped as it is from text: before 1970 too the earlier one."""
    ticks = np.floor_divide(instants.cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False), 1_000)
    return pa.array(ticks, pa.int64(), mask=~valid_rows(instants)).cast(pa.timestamp("us", instants.type.tz))


def numbers(values: pa.Array) -> list[Any]:
    """The numbers that texts write, as JSON is read."""
    given = values.to_pylist()
    return [None if one is None else json.loads(one, parse_float=Decimal, parse_int=_whole) for one in given]


def _whole(digits: str) -> int | Decimal:
    """A whole number; one that Python will not read becomes what no record may hold."""
    try:
        return int(digits)
    except ValueError:  # more than 4,300 digits
        return Decimal("Infinity")


def _bytes(values: pa.Array) -> list[Any]:
    return list(values.cast(pa.large_binary() if types.is_large_string(values.type) else pa.binary()).to_pylist())


def _one(value: pa.Scalar) -> object:
    try:
        return value.as_py()
    except (ValueError, OverflowError):
        return dt.date.max


def _decimal(value: float, kind: pa.DataType) -> Decimal:
    return Decimal(repr(value) if types.is_float64(kind) else str(np.float32(value)))
