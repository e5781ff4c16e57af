"""Dates of .xlsx whose format hides the day: what was typed as 2024年3月, and is the first of March inside the file."""

import re
from typing import Final
from xml.parsers import expat

from checker.cases.ledger.marks import Special
from checker.cases.ledger.number_formats import hides_day, moment_of, without_day
from checker.cases.ledger.relations import parsed
from checker.model.place import column_number

_STYLE: Final = re.compile(rb"""\ss=["'](\d{1,6})["']""")
_NAME: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,9})")


def dayless_styles(styles: bytes) -> dict[int, str]:
    """The styles of cells that show no more of a date than its month (月) or year (年)."""
    formats: dict[int, str] = {}
    used: list[int] = []
    within: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "numFmt" if attributes.get("numFmtId", "").isdecimal():
                formats[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
            case "cellStyleXfs" | "cellXfs" | "dxfs" as part:
                within.append(part)
            case "xf" if within[-1:] == ["cellXfs"]:
                number = attributes.get("numFmtId", "0")
                used.append(int(number) if number.isdecimal() else 0)

    parsed(styles, start)
    found = {style: hides_day(number, formats.get(number)) for style, number in enumerate(used)}
    return {style: least for style, least in found.items() if least}


def dayless_cells(sheet: bytes, styles: dict[int, str], date1904: bool) -> dict[tuple[int, int], Special]:
    """What the cells with such dates show, by row and column."""
    if not styles or styles.keys().isdisjoint(map(int, set(_STYLE.findall(sheet)))):
        return {}
    scan = _Scan(styles, date1904)
    try:
        scan.parser.Parse(sheet, True)
    except (expat.ExpatError, LookupError, ValueError):
        return {}  # the reader of the cells says what is wrong
    return scan.found


class _Scan:
    """Cells in their order; those without a name stand beside the last."""

    def __init__(self, styles: dict[int, str], date1904: bool) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.found: dict[tuple[int, int], Special] = {}
        self._styles, self._date1904 = styles, date1904
        self._row = self._column = 0
        self._least = ""
        self._value: list[str] = []

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "row":
                self._row, self._column = int(attributes.get("r", self._row + 1)), 0
            case "c":
                place = _NAME.fullmatch(attributes.get("r", ""))
                self._column = column_number(place[1]) if place else self._column + 1
                self._row = int(place[2]) if place else self._row
                is_number = attributes.get("t", "n") == "n"
                self._least = self._styles.get(int(attributes.get("s", "0")), "") if is_number else ""
            case "v" if self._least:
                self._value = []
                self.parser.CharacterDataHandler = self._value.append

    def _end(self, name: str) -> None:
        if name.rpartition(":")[2] == "v" and self._least:
            self.parser.CharacterDataHandler = None
            shown = without_day(moment_of(float("".join(self._value)), self._date1904, False), self._least)
            if shown is not None:
                self.found[self._row, self._column] = shown
            self._least = ""
