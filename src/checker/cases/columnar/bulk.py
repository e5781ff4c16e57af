"""Many distinct texts at once: which are plainly names, texts or dates, without asking for each of them."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from checker.cases.columnar.bits import Mask
from checker.cases.dates import FIRST_YEAR, LAST_YEAR
from checker.cases.event_record import SYNTHETIC
from checker.cases.typed import LONGEST_NAME, LONGEST_TEXT

Quick = Callable[[pa.Array], Mask]
Bytes = npt.NDArray[np.uint8]

DAY = 86_400_000_000
"""Microseconds."""

_SHAPES = {10: "dddd-dd-dd", 16: "dddd-dd-ddTdd:dd", 19: "dddd-dd-ddTdd:dd:dd"}


def plain_names(values: pa.Array) -> Mask:
    """Where texts are names that :func:`checker.cases.typed.read_name` takes as they are; some others it takes too."""
    offsets, data = _buffers(values)
    lengths = np.diff(offsets)
    fine = (lengths > 0) & (lengths <= LONGEST_NAME) & _printable(values, data)
    # A name may not be blank; of what is printable only the space is. Those that begin with one are looked at.
    first = data[np.minimum(offsets[:-1], max(len(data) - 1, 0))] if len(data) else np.zeros(len(lengths), np.uint8)
    named: Mask = fine & (first != ord(" "))
    return named


def plain_ids(values: pa.Array) -> Mask:
    """The same of names of events."""
    fine = plain_names(values)
    for beginning in SYNTHETIC:
        fine &= ~pc.starts_with(values, beginning).to_numpy(zero_copy_only=False)
    return fine


def plain_texts(values: pa.Array) -> Mask:
    """Where texts are such as an attribute of type 文本 takes."""
    offsets, data = _buffers(values)
    return (np.diff(offsets) <= LONGEST_TEXT) & _printable(values, data)


def plain_dates(values: pa.Array) -> Mask:
    """Where texts are dates in the form in which dates are printed."""
    offsets, _ = _buffers(values)
    fine: Mask = iso_moments(values)[2] & (np.diff(offsets) == 10)
    return fine


def iso_moments(values: pa.Array) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64], Mask]:
    """Days since 1970, microseconds of the day (-1: none), and where a text is an ISO date in a usual form."""
    offsets, data = _buffers(values)
    lengths = np.diff(offsets)
    days, micros = np.zeros(len(lengths), np.int32), np.full(len(lengths), -1, np.int64)
    fine = np.zeros(len(lengths), np.bool_)
    for length, shape in _SHAPES.items():
        rows = np.flatnonzero(lengths == length)
        if len(rows):
            digits = data[offsets[rows][:, None] + np.arange(length)]
            days[rows], micros[rows], fine[rows] = _iso(digits, shape)
    return days, micros, fine


def _iso(text: Bytes, shape: str) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64], Mask]:
    fine = np.ones(len(text), np.bool_)
    for n, wanted in enumerate(shape):
        byte = text[:, n]
        if wanted == "d":
            fine &= (byte >= ord("0")) & (byte <= ord("9"))
        else:
            fine &= (byte == ord(wanted)) | ((byte == ord(" ")) if wanted == "T" else False)
    digit = text.astype(np.int32) - ord("0")
    year = digit[:, 0] * 1000 + digit[:, 1] * 100 + digit[:, 2] * 10 + digit[:, 3]
    pair = [digit[:, n] * 10 + digit[:, n + 1] for n in range(5, len(shape), 3)]
    fine &= (year >= FIRST_YEAR) & (year <= LAST_YEAR) & (pair[0] >= 1) & (pair[0] <= 12) & (pair[1] >= 1)
    month = np.where(fine, (year - 1970) * 12 + pair[0] - 1, 0).astype("datetime64[M]")
    first = month.astype("datetime64[D]").astype(np.int32)
    fine &= pair[1] <= (month + 1).astype("datetime64[D]").astype(np.int32) - first
    days = first + pair[1] - 1
    if len(pair) == 2:
        return days, np.full(len(days), -1, np.int64), fine
    time = [*pair[2:], np.zeros_like(days)][:3]
    fine &= (time[0] < 24) & (time[1] < 60) & (time[2] < 60)
    return days, ((time[0] * 60 + time[1]) * 60 + time[2]).astype(np.int64) * 1_000_000, fine


def _buffers(values: pa.Array) -> tuple[npt.NDArray[np.int32], Bytes]:
    """The offsets and bytes of an array of type string; nulls count as empty."""
    _, offsets, data = values.buffers()
    ends = np.frombuffer(offsets, np.int32, len(values) + 1, values.offset * 4) if offsets else np.zeros(1, np.int32)
    return ends, np.frombuffer(data, np.uint8) if data else np.zeros(0, np.uint8)


def _printable(values: pa.Array, data: Bytes) -> Mask:
    """Where nothing is hidden: all at once if there is nothing hidden in any."""
    offsets, _ = _buffers(values)
    try:
        whole = data[offsets[0] : offsets[-1]].tobytes().decode()
        if whole.isprintable():
            return np.ones(len(values), np.bool_)
        return np.array([text is not None and text.isprintable() for text in values.to_pylist()], np.bool_)
    except UnicodeDecodeError:
        return np.zeros(len(values), np.bool_)
