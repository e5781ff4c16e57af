"""Which rows of an Arrow array are null, as numpy sees it and back, without copying the values."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Mask = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int32]


def valid_rows(array: pa.Array) -> Mask:
    """The rows that are not null."""
    bitmap = array.buffers()[0] if array.null_count else None
    if bitmap is None:
        size = len(array)
        return np.zeros(size, np.bool_) if size and array.null_count == size else np.ones(size, np.bool_)
    start = array.offset // 8
    bits = np.unpackbits(
        np.frombuffer(bitmap, np.uint8)[start:], count=array.offset % 8 + len(array), bitorder="little"
    )
    return bits[array.offset % 8 :].view(np.bool_)


def codes_of(indices: pa.Array) -> Codes:
    """Integers of 32 bits, -1 for null."""
    if len(indices) == 0:
        return np.zeros(0, np.int32)
    codes = np.frombuffer(indices.buffers()[1], np.int32, len(indices), indices.offset * 4)
    if not indices.null_count:
        return codes
    return codes | (valid_rows(indices).view(np.int8).astype(np.int32) - 1)


def indices_of(codes: Codes) -> pa.Array:
    """Back: null for what is below 0."""
    valid = codes >= 0
    if valid.all():
        return pa.array(codes)
    bitmap = pa.py_buffer(np.packbits(valid, bitorder="little"))
    return pa.Array.from_buffers(pa.int32(), len(codes), [bitmap, pa.py_buffer(np.ascontiguousarray(codes))])
