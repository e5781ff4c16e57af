"""Columns of dates and of instants: local days and times of day."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import types

from checker.cases.columnar.bits import Codes, Mask, valid_rows
from checker.cases.columnar.bulk import iso_moments
from checker.cases.columnar.coded import FEW, column, looked_up
from checker.cases.columnar.native import natives
from checker.cases.dates import FIRST_YEAR, LAST_YEAR, read_moment
from checker.cases.problems import Refusal

EPOCH = np.datetime64("1970-01-01", "D")
_FIRST = int((np.datetime64(f"{FIRST_YEAR}-01-01", "D") - EPOCH).astype(int))
_LAST = int((np.datetime64(f"{LAST_YEAR}-12-31", "D") - EPOCH).astype(int))
_TICKS = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}


@dataclass(frozen=True, slots=True)
class Moments:
    """For each row whether it gives a day; the day since 1970; the microsecond of the day, -1 for none."""

    valid: Mask
    days: Codes
    micros: npt.NDArray[np.int64]


def read_moments(array: pa.Array, zone: str | None) -> tuple[Moments, Mask]:
    """The moments of a column of dates, instants or texts, and which rows are refused."""
    kind = array.type
    if types.is_date(kind):
        days = array.cast(pa.date32(), safe=False).cast(pa.int32()).fill_null(0).to_numpy(zero_copy_only=False)
        return _kept(array, days, np.full(len(days), -1, np.int64))
    if types.is_timestamp(kind):
        return _instants(array, zone)
    given = column(array, natives)
    table = _of_values(given.values, zone)
    valid = np.append(table.valid, False)[given.codes]
    moments = Moments(valid, looked_up(table.days, given.codes), np.append(table.micros, -1)[given.codes])
    return moments, (given.codes >= 0) & ~valid


def _kept(array: pa.Array, days: Codes, micros: npt.NDArray[np.int64]) -> tuple[Moments, Mask]:
    stated = valid_rows(array)
    valid = stated & (days >= _FIRST) & (days <= _LAST)
    return Moments(valid, days, micros), stated & ~valid


def _instants(array: pa.Array, zone: str | None) -> tuple[Moments, Mask]:
    if array.type.tz is None:
        return _local(array)
    stated = valid_rows(array)
    if zone is None:  # refused, each where it stands
        return Moments(~stated & False, np.zeros(len(array), np.int32), np.full(len(array), -1, np.int64)), stated
    days, _ = _days_and_micros(array)
    # A time zone shifts by less than a day, and has no rules for what lies far beyond the calendar.
    far = stated & ((days < _FIRST - 1) | (days > _LAST + 1))
    near = pc.if_else(pa.array(~far), array, pa.scalar(None, array.type)) if far.any() else array
    moments, refused = _local(pc.local_timestamp(near.cast(pa.timestamp(array.type.unit, zone))))
    # Whether the first and the last days count depends on the zone that the column was written in.
    edge = moments.valid & ((moments.days <= _FIRST) | (moments.days >= _LAST))
    return Moments(moments.valid & ~edge, moments.days, moments.micros), refused | edge | far


def _local(array: pa.Array) -> tuple[Moments, Mask]:
    return _kept(array, *_days_and_micros(array))


def _days_and_micros(array: pa.Array) -> tuple[Codes, npt.NDArray[np.int64]]:
    """Counted in the unit of the column: the microseconds of what it can hold may be too many for 64 bits."""
    ticks = array.cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False)
    a_second = _TICKS[array.type.unit]
    days = np.floor_divide(ticks, a_second * 86_400)
    rest = ticks - days * (a_second * 86_400)
    micros = rest * (1_000_000 // a_second) if a_second <= 1_000_000 else rest // (a_second // 1_000_000)
    return np.clip(days, -(2**31), 2**31 - 1).astype(np.int32), micros


def _of_values(values: pa.Array, zone: str | None) -> Moments:
    """Of distinct values; the ones in the usual forms in bulk if there are many."""
    days, micros = np.zeros(len(values), np.int32), np.full(len(values), -1, np.int64)
    valid = np.zeros(len(values), np.bool_)
    if len(values) > FEW and (types.is_string(values.type) or types.is_large_string(values.type)):
        days, micros, valid = iso_moments(values.cast(pa.string()))
    rest = np.flatnonzero(~valid)
    for n, raw in zip(rest, natives(values.take(pa.array(rest))), strict=True):
        moment = read_moment(raw, zone)
        if not isinstance(moment, Refusal):
            day, time = moment
            valid[n], days[n] = True, (np.datetime64(day, "D") - EPOCH).astype(int)
            if time is not None:
                seconds = (time.hour * 60 + time.minute) * 60 + time.second
                micros[n] = seconds * 1_000_000 + time.microsecond
    return Moments(valid, days, micros)


def joined_moments(parts: list[Moments]) -> Moments:
    """Columns that never say something on the same row, as one."""
    first, *others = parts
    valid, days, micros = first.valid, first.days, first.micros
    for other in others:
        valid, days, micros = (
            valid | other.valid,
            np.where(other.valid, other.days, days),
            np.where(other.valid, other.micros, micros),
        )
    return Moments(valid, days, micros)


def date_array(moments: Moments) -> pa.Array:
    """The days as Arrow."""
    mask = None if moments.valid.all() else ~moments.valid
    return pa.array(moments.days, pa.int32(), mask=mask).cast(pa.date32())


def time_array(moments: Moments) -> pa.Array | None:
    """The times of day as Arrow; None if there is none at all."""
    none = (moments.micros < 0) | ~moments.valid
    return None if none.all() else pa.array(moments.micros, pa.int64(), mask=none).cast(pa.time64("us"))
