"""The one ledger that the cases of a run come from."""

from pathlib import Path
from typing import Final, Literal, NamedTuple, TypeAlias

from checker.model.place import Place
from checker.reports.content import RunReport, Table

Kind: TypeAlias = Literal["parts", "values", "text"]
"""A package whose parts are changed, a workbook whose values are taken, or a table in text."""

_ZIP: Final = b"PK\x03\x04"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT: Final = (".csv", ".tsv", ".txt")
_LARGEST: Final = 256 * 1024 * 1024


class Ledger(NamedTuple):
    """A ledger file, not yet opened."""

    path: str
    data: bytes
    kind: Kind


class Unreadable(Exception):
    """The ledger was read for the cases, and cannot be read again for the copy; says why."""


def ledger_of(report: RunReport) -> Ledger | None:
    """The ledger, where there is exactly one and cases or messages name places in it."""
    files = _files(report)
    if len(report.sources) != 1 or len(files) != 1:
        return None  # a folder or a pattern may come to one file too
    name = files.pop()
    path = Path(name)
    if not path.is_file() or path.stat().st_size > _LARGEST:
        return None
    data = path.read_bytes()
    if data.startswith(_COMPOUND):
        return Ledger(name, data, "values")
    if data.startswith(_ZIP):
        head = data[:200]
        return Ledger(name, data, "values" if b"opendocument" in head else "parts")
    return Ledger(name, data, "text") if path.suffix.lower() in _TEXT else None


def _files(report: RunReport) -> set[str]:
    """The files in whose tables cases stand, or what could not be read."""
    found = {
        place.file
        for one in report.cases
        for place in (one.case.place, *(event.place for event in one.case.events))
        if place is not None and is_spot(place)
    }
    return found | {told.at.file for told in report.unread if isinstance(told.at, Place) and told.at.cell is not None}


def is_spot(place: Place | None) -> bool:
    """Whether a place is one in a table."""
    return place is not None and (place.cell is not None or place.line is not None)


def tables_of(report: RunReport, ledger: Ledger) -> list[Table]:
    """Every sheet that holds a table, by a name that a sheet may have. Unreadable where it cannot be opened again."""
    found = report.tables(ledger.path)
    if found is None:
        raise Unreadable("再次打开台账时读不出来")
    return [table if table.name else table._replace(name=_title(ledger.path)) for table in found]


def _title(name: str) -> str:
    """A name that a sheet may have."""
    found = "".join("_" if c in "[]:*?/\\" else c for c in Path(name).stem if c.isprintable()).strip("' ")
    return found[:31] or "台账"
