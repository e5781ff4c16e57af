"""What a person confirmed: a digest of all that decides reading, so that a later edit shows."""

import hashlib
import json
from typing import Final

from checker.cases.ledger.mapping import LedgerMapping, SheetMapping

_LENGTH: Final = 16


def digest_of(mapping: LedgerMapping) -> str:
    """Equal for two mappings that read the same, however they are written."""
    parts = [_said(sheet).model_dump(mode="json", exclude_defaults=True) for sheet in mapping.sheets]
    data = json.dumps([parts, dict(mapping.organs)], ensure_ascii=False, sort_keys=True)
    return f"sha256-{hashlib.sha256(data.encode('utf-8', 'surrogatepass')).hexdigest()[:_LENGTH]}"


def settled(mapping: LedgerMapping, digest: str | None) -> LedgerMapping:
    """The mapping, not confirmed any more if it is another than the one that was.

    Without a digest the word of the person who wrote 已确认 himself is taken.
    """
    if not mapping.confirmed or digest is None or digest == digest_of(mapping):
        return mapping
    return mapping.model_copy(update={"confirmed": False, "edited": True})


def _said(sheet: SheetMapping) -> SheetMapping:
    """Of a sheet that is not read nothing else matters."""
    return SheetMapping(title=sheet.title, read=False) if sheet.read is False else sheet
