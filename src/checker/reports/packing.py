"""Packages of parts (Excel, Word) as zip files that are the same, byte for byte, whenever they are made."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping
from typing import Final

DAY: Final = dt.date(1980, 1, 1)
"""The first day that a zip file can name; it stands for "no time is told"."""

_CORE: Final = "docProps/core.xml"
_CLOCK: Final = re.compile(rb"(<dcterms:(created|modified)\b[^>]*>)[^<]*(</dcterms:\2>)")
_STORED: Final = "mimetype"


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a zip file, in the order given."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (DAY.year, DAY.month, DAY.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if name == _STORED else zipfile.ZIP_DEFLATED
            entry.create_system = 3  # else the system that runs shows
            entry.external_attr = 0o600 << 16
            target.writestr(entry, content)
    return held.getvalue()


def repacked(data: bytes, day: dt.date = DAY) -> bytes:
    """A package that a library wrote, without the clock: entries without times, made and changed on ``day``."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts = {entry.filename: source.read(entry) for entry in source.infolist()}
    if _CORE in parts:
        parts[_CORE] = _CLOCK.sub(rb"\g<1>%sT00:00:00Z\g<3>" % day.isoformat().encode(), parts[_CORE])
    return packed(parts)
