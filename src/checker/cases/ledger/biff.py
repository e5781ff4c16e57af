"""Old binary workbooks (.xls, .et): what concerns all of the workbook.

They are read here, since the library for workbooks makes room for whatever a damaged file says it holds, and ends the
program when there is no such room.
"""

import struct
from dataclasses import dataclass, field
from typing import Final

from checker.cases.ledger.biff_records import BEGIN, Record, Texts, records
from checker.cases.ledger.number_formats import hides_day, is_date, is_elapsed

_OWN_BOOK: Final = 4
"""Bytes of the reference of a workbook to itself."""
_WIDE_TEXTS: Final = 0x0600
_CODE_PAGES: Final = {936: "gb18030", 950: "big5", 65001: "utf-8", 10008: "gb18030", 1200: "utf-16-le"}
_SHORTEST: Final = 3
"""Bytes of an empty text in the table of texts."""


@dataclass(frozen=True, slots=True)
class SheetStart:
    """A sheet: its name, where it begins, whether it holds cells."""

    title: str
    at: int
    hidden: bool
    has_cells: bool


@dataclass(slots=True)
class Workbook:
    """What the sheets need to be read. ``date_formats``: by number of the cell's style, whether it shows a length."""

    encoding: str | None = None
    date1904: bool = False
    has_password: bool = False
    has_links: bool = False
    sheets: list[SheetStart] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    date_formats: dict[int, bool] = field(default_factory=dict)
    dayless: dict[int, str] = field(default_factory=dict)
    """Styles that show no more of a date than its month or year, and which of the two."""
    _formats: dict[int, str] = field(default_factory=dict)
    _styles: list[int] = field(default_factory=list)

    def take(self, record: Record) -> None:
        """Note what a record of the beginning says."""
        body = record.body
        match record.kind:
            case 0x0042 if self.encoding is not None and len(body) >= 2:
                page = struct.unpack_from("<H", body)[0]
                self.encoding = _CODE_PAGES.get(page, f"cp{page}" if page in range(437, 1259) else "gb18030")
            case 0x0022:
                self.date1904 = body[:1] == b"\x01"
            case 0x01AE:
                self.has_links = self.has_links or len(body) > _OWN_BOOK
            case 0x0085:
                at, state, kind = struct.unpack_from("<IBB", body)
                title = Texts(record, 6, self.encoding).next(short=True)
                self.sheets.append(SheetStart(title, at, bool(state & 3), kind == 0))
            case 0x041E:
                number = struct.unpack_from("<H", body)[0]
                self._formats[number] = Texts(record, 2, self.encoding).next(short=self.encoding is not None)
            case 0x00E0:
                self._styles.append(struct.unpack_from("<H", body, 2)[0])
            case 0x00FC:
                self._take_texts(record)

    def _take_texts(self, record: Record) -> None:
        count = struct.unpack_from("<I", record.body, 4)[0]
        if count * _SHORTEST > len(record.body) + sum(map(len, record.rest)):
            raise struct.error("more texts than bytes")
        reader = Texts(record, 8, None)
        self.texts = [reader.next() for _ in range(count)]

    def settle(self) -> None:
        """Know the styles, once all formats have been read."""
        for style, number in enumerate(self._styles):
            text = self._formats.get(number)
            if is_date(number, text):
                self.date_formats[style] = is_elapsed(text)
                self.dayless[style] = hides_day(number, text)


def workbook_of(stream: bytes) -> Workbook | None:
    """The workbook; None where the stream begins like none. struct.error or LookupError where it is damaged."""
    head = struct.unpack_from("<HHH", stream) if len(stream) >= 6 else (0, 0, 0)
    if head[0] not in BEGIN:
        return None
    found = Workbook(encoding=None if head[2] >= _WIDE_TEXTS else "gb18030")
    for record in records(stream, 0):
        if record.kind == 0x002F:
            found.has_password = True
            return found
        found.take(record)
    found.settle()
    return found
