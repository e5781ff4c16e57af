"""The tables of an OpenDocument spreadsheet, element by element."""

import datetime as dt
import re
from typing import Final
from xml.parsers import expat

from checker.cases.ledger.grid import ErrorCell, Formula, Grid, Merge, Row
from checker.cases.ledger.marks import too_wide
from checker.cases.ledger.rows import fill, put
from checker.cases.problems import Refusal

_NAMESPACES: Final = {
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": "calcext",
}
_CELLS: Final = ("table:table-cell", "table:covered-table-cell")
_ASIDE: Final = ("office:annotation", "table:shapes", "table:tracked-changes", "table:dde-links", "office:forms")
"""What holds texts or cells that are none of the sheet: comments, drawings, former versions."""
_MONTH: Final = re.compile(r"[0-9]{4} ?年(?: ?[0-9]{1,2} ?月)?|[0-9]{4}(?:[-/.][0-9]{1,2})?")
_DURATION: Final = re.compile(r"P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,](\d+))?S)?")
_ERROR: Final = re.compile(r"#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!)|Err:\d{3}|错误:\d{3}")
_DAY: Final = dt.timedelta(days=1)
_MOST_REPEATED: Final = 1 << 31


class BadDocumentError(Exception):
    """A document that cannot be taken; ``refusal`` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


class _Names(dict[str, str]):
    """Names as expat gives them to short ones."""

    def __missing__(self, name: str) -> str:
        space, _, local = name.rpartition(" ")
        short = self[name] = f"{_NAMESPACES.get(space, '?')}:{local}"
        return short


class Tables:
    """Gives ``grids`` once its ``parser`` has seen the content."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.grids: list[Grid] = []
        self.is_spreadsheet = False
        self.has_links = False
        self._names = _Names()
        self._hidden: set[str] = set()
        self._style = ""
        self._aside = self._depth = 0
        self._title, self._is_hidden = "", False
        self._clear()

    def _clear(self) -> None:
        self._rows: list[list[object]] = []
        self._merged: list[Merge] = []
        self._row = self._column = self._formulas = self._last_row = self._last_column = 0
        self._repeat_row = 1
        self._cell: dict[str, str] | None = None
        self._text: list[str] = []

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        short = self._names[name]
        if self._aside or short in _ASIDE:
            self._aside += 1
        elif short in _CELLS:
            self._cell = {self._names[key]: value for key, value in attributes.items()}
            self._text = []
        elif short.startswith("text:"):
            self._start_text(short, attributes)
        elif short in ("table:table", "table:table-row", "table:table-source", "office:spreadsheet"):
            self._start_table(short, {self._names[key]: value for key, value in attributes.items()})
        elif short in ("style:style", "style:table-properties"):
            self._start_style(short, {self._names[key]: value for key, value in attributes.items()})

    def _start_table(self, short: str, attributes: dict[str, str]) -> None:
        if short == "table:table":
            self._depth += 1
            if self._depth == 1:
                self._clear()
                self._title = attributes.get("table:name", "")
                self._is_hidden = attributes.get("table:style-name", "") in self._hidden
        elif short == "table:table-row":
            self._column = 0
            self._repeat_row = _count(attributes, "table:number-rows-repeated")
            self._row += 1
        elif short == "table:table-source":
            self.has_links = True
        else:
            self.is_spreadsheet = True

    def _start_style(self, short: str, attributes: dict[str, str]) -> None:
        if short == "style:style":
            self._style = attributes.get("style:name", "")
        elif attributes.get("table:display") == "false":
            self._hidden.add(self._style)

    def _start_text(self, short: str, attributes: dict[str, str]) -> None:
        if self._cell is None:
            return
        if short == "text:p":
            self._text.append("\n" if self._text else "")
            self.parser.CharacterDataHandler = self._text.append
        elif short == "text:s":
            count = {self._names[key]: value for key, value in attributes.items()}.get("text:c", "1")
            self._text.append(" " * min(int(count) if count.isdigit() else 1, 1000))
        elif short in ("text:tab", "text:line-break"):
            self._text.append("\t" if short == "text:tab" else "\n")

    def _end(self, name: str) -> None:
        if self._aside:
            self._aside -= 1
            return
        short = self._names[name]
        if short == "text:p":
            self.parser.CharacterDataHandler = None
        elif short in _CELLS and self._cell is not None:
            self._close_cell(self._cell, covered=short != _CELLS[0])
            self._cell = None
        elif short == "table:table-row":
            self._row += self._repeat_row - 1
        elif short == "table:table":
            self._depth -= 1
            if not self._depth:
                self._close_table()

    def _close_table(self) -> None:
        fill(self._rows, self._merged)
        merged = tuple(sorted(self._merged))
        self.grids.append(Grid(self._title, self._is_hidden, tuple(map(tuple, self._rows)), merged, self._formulas))

    def judged(self) -> tuple[Grid, ...]:
        """The sheets, once all are read.

        An empty text that a formula gives is written as no value at all. Where no formula of the document has any, it
        was never calculated; else, those without were, and are blank.
        """
        if not any(grid.formulas for grid in self.grids):
            return tuple(self.grids)
        return tuple(grid._replace(rows=tuple(map(_blanked, grid.rows))) for grid in self.grids)

    def _close_cell(self, cell: dict[str, str], covered: bool) -> None:
        times = _count(cell, "table:number-columns-repeated")
        text = "".join(self._text)
        value = None if covered or self._depth != 1 or not self._row else _value(cell, text)
        first = self._column + 1
        self._column += times
        if value is None:
            return
        last_row = self._row + self._repeat_row - 1
        if self._column > self._last_column or last_row > self._last_row:
            self._last_row, self._last_column = last_row, max(self._last_column, self._column)
            wide = too_wide(self._last_row, self._last_column)
            if wide is not None:
                raise BadDocumentError(wide)
        self._formulas += self._repeat_row * times * ("table:formula" in cell and not isinstance(value, Formula))
        for row in range(self._row, self._row + self._repeat_row):
            for column in range(first, self._column + 1):
                put(self._rows, row, column, value)
        high, broad = _count(cell, "table:number-rows-spanned"), _count(cell, "table:number-columns-spanned")
        if high > 1 or broad > 1:
            self._merged.append(Merge(self._row, first, self._row + high - 1, first + broad - 1))


def _blanked(row: Row) -> Row:
    return tuple(None if isinstance(cell, Formula) else cell for cell in row)


def _count(attributes: dict[str, str], name: str) -> int:
    written = attributes.get(name)
    if written is None:
        return 1
    return min(max(int(written), 1), _MOST_REPEATED) if written.isascii() and written.isdigit() else 1


def _value(cell: dict[str, str], text: str) -> object:
    kind = cell.get("office:value-type", "")
    has_formula = "table:formula" in cell
    if cell.get("calcext:value-type") == "error" or (has_formula and _ERROR.fullmatch(text.strip())):
        return ErrorCell(text.strip() or "#ERROR!")
    if not kind:
        return Formula() if has_formula and not text.strip() else _shown(text)
    try:
        return _typed(kind, cell, text)
    except (ValueError, OverflowError):
        return _shown(text)


def _typed(kind: str, cell: dict[str, str], text: str) -> object:
    match kind:
        case "float" | "percentage" | "currency":
            return float(cell["office:value"]) if "office:value" in cell else _shown(text)
        case "boolean":
            return cell.get("office:boolean-value") == "true"
        case "date":
            written = cell.get("office:date-value", "")
            moment = dt.datetime.fromisoformat(written)
            if moment.day == 1 and _MONTH.fullmatch(text.strip()):
                return text  # typed without a day, and made the first of the month by the program
            return moment.date() if "T" not in written or moment.time() == dt.time() else moment.replace(tzinfo=None)
        case "time":
            return _time(cell.get("office:time-value", ""))
        case _:
            return _shown(cell.get("office:string-value") or text)


def _time(written: str) -> dt.time | dt.timedelta:
    form = _DURATION.fullmatch(written)
    if form is None:
        raise ValueError(written)
    days, hours, minutes, seconds, part = form.groups(default="0")
    micro = int(part.ljust(6, "0")[:6])
    length = dt.timedelta(int(days), int(seconds), micro, minutes=int(minutes), hours=int(hours))
    return (dt.datetime.min + length).time() if length < _DAY else length


def _shown(text: str) -> str | None:
    return text if text and not text.isspace() else None
