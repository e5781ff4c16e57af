"""Records of workbooks in binary packages (.xlsb)."""

import struct
from collections.abc import Iterator


def records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Type and body; both lengths are written seven bits a byte, the lowest first. struct.error where one is cut."""
    at, end = 0, len(data)
    while at < end:
        kind, at = _varied(data, at, 2)
        size, at = _varied(data, at, 4)
        if at + size > end:
            raise struct.error("record cut off")
        yield kind, data[at : at + size]
        at += size


def _varied(data: bytes, at: int, most: int) -> tuple[int, int]:
    value = 0
    for place in range(most):
        if at >= len(data):
            raise struct.error("length cut off")
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << (7 * place)
        if not byte & 0x80:
            break
    return value, at


def text_at(body: bytes, at: int) -> tuple[str, int]:
    """The text that begins there, and where it ends."""
    end = at + 4 + 2 * struct.unpack_from("<I", body, at)[0]
    if end > len(body):
        raise struct.error("text cut off")
    return body[at + 4 : end].decode("utf-16-le", "replace"), end
