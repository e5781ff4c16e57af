"""Sheets of .xlsx looked through element by element, however they are written."""

import re
from typing import Final
from xml.parsers import expat

from checker.cases.ledger.marks import Marks, Special, judged, too_wide
from checker.cases.problems import Refusal
from checker.cases.unpacking import DAMAGED
from checker.model.place import column_number

_NAME: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,9})")


def marks_by_events(sheet: bytes) -> Marks | Refusal:
    """What is marked in a sheet; Refusal where its cells reach too far."""
    scan = _Scan()
    try:
        scan.parser.Parse(sheet, True)
    except (expat.ExpatError, LookupError, ValueError):
        return DAMAGED
    scan.close()
    return too_wide(scan.last_row, scan.last_column) or Marks(scan.formulas, scan.special)


class _Scan:
    """Elements as they begin; a cell is judged when the next one does."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.special: dict[tuple[int, int], Special] = {}
        self.formulas = 0
        self.row = self.column = self.last_row = self.last_column = 1
        self._next_row = self._next_column = 1
        self._type = ""
        self._has_formula = False
        self._value: list[str] | None = None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "c":
                self.close()
                self._cell(attributes)
            case "v" | "f" | "is" as inside:
                self._inside(inside)
            case "row":
                self.close()
                self.row = self._next_row = int(attributes.get("r", self._next_row))
                self._next_row += 1
                self._next_column = 1

    def _inside(self, element: str) -> None:
        """A cell with something in it, which alone makes a sheet larger."""
        self.last_row = max(self.last_row, self.row)
        self.last_column = max(self.last_column, self.column)
        self._has_formula = self._has_formula or element == "f"
        if element == "v" and (self._has_formula or self._type == "e"):
            self._value = []
            self.parser.CharacterDataHandler = self._value.append

    def _cell(self, attributes: dict[str, str]) -> None:
        place = _NAME.fullmatch(attributes.get("r", ""))
        if place is not None:
            self.row = int(place[2])
            self.column = column_number(place[1])
        else:
            self.column = self._next_column
        self._next_column = self.column + 1
        self._type = attributes.get("t", "")

    def close(self) -> None:
        """Judge the cell that has just ended."""
        if self._has_formula or self._type == "e":
            self.parser.CharacterDataHandler = None
            kept = None if self._value is None else "".join(self._value).strip()
            found = judged(self._type, self._has_formula, kept)
            if found is None:
                self.formulas += self._has_formula
            else:
                self.special[self.row, self.column] = found
        self._has_formula, self._type, self._value = False, "", None
