"""What a ledger file comes to, whatever its format: sheets of rows, every cell findable again."""

import datetime as dt
from typing import Final, Literal, NamedTuple, TypeAlias

from checker.model.diagnostic import Diagnostic
from checker.model.place import Place, letters

Kind: TypeAlias = Literal["xlsx", "xlsm", "xlsb", "xls", "et", "ods", "csv"]
"""The format, told by content."""


class Formula(NamedTuple):
    """A cell whose formula has no kept result: the file was never calculated and saved. Never a blank cell."""

    def __bool__(self) -> bool:
        """There is something in the cell."""
        return True

    def __str__(self) -> str:
        return "没有结果的公式"


class ErrorCell(NamedTuple):
    """A cell that shows an error of the spreadsheet; ``code`` is ``#N/A``, ``#REF!`` and so on."""

    code: str

    def __str__(self) -> str:
        return self.code


Row: TypeAlias = tuple[object, ...]
"""Cells: str (never blank), float, int, bool, datetime.date, .datetime, .time, .timedelta, None for a blank one,
:class:`Formula`, :class:`ErrorCell`."""


class Merge(NamedTuple):
    """Cells shown as one; rows and columns from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def is_downwards(self) -> bool:
        """In one column: what the first cell holds stands for all its rows, and :attr:`Grid.rows` has it in each."""
        return self.left == self.right and self.bottom > self.top


class Grid(NamedTuple):
    """One sheet.

    ``rows[0]`` is row 1 of the file: blank rows are kept, so that ``rows[n - 1]`` is row n as the user sees it. Rows
    may be of different lengths (what is beyond the last cell is blank), and every cell can be asked for by ``cell``.
    Merges downwards in one column are filled; a title merged across columns stands in its first cell only.
    """

    title: str
    """The name of the sheet; "" for a CSV file, which has only one."""
    hidden: bool
    """Hidden or very hidden: such sheets are to be asked about, not read in silence."""
    rows: tuple[Row, ...]
    merged: tuple[Merge, ...] = ()
    formulas: int = 0
    """Cells whose value is the kept result of a formula."""
    lines: tuple[int, ...] = ()
    """For text: the line of the file on which each row begins (a quoted cell may run over several)."""

    @property
    def width(self) -> int:
        """Columns of the widest row."""
        return max(map(len, self.rows), default=0)

    def cell(self, row: int, column: int) -> object:
        """What stands there, from 1; None also outside."""
        cells = self.rows[row - 1] if 1 <= row <= len(self.rows) else ()
        return cells[column - 1] if 1 <= column <= len(cells) else None

    def place(self, file: str, row: int, column: int | None = None) -> Place:
        """A cell, or a whole row, as messages name it."""
        line = self.lines[row - 1] if 1 <= row <= len(self.lines) else None
        cell = f"{letters(column or 1)}{row}"
        return Place(file=file, line=line, sheet=self.title or None, cell=cell)


class Book(NamedTuple):
    """A ledger file, opened.

    ``remarks`` are warnings that spoil nothing but must be shown: macros not run, results of formulas taken as they
    were last saved, outside links not followed.
    """

    name: str
    kind: Kind
    grids: tuple[Grid, ...]
    remarks: tuple[Diagnostic, ...] = ()
    date1904: bool = False
    """Serial numbers of days count from 1904-01-01 (workbooks of old Macs); for ``read_date(…, serial=True)``."""


def shown(raw: object) -> str:
    """The cell as its reader sees it, for the quotation in a message."""
    match raw:
        case None:
            return ""
        case bool():
            return str(raw).upper()
        case float():
            return f"{raw:.0f}" if raw.is_integer() and abs(raw) < 1e18 else repr(raw)
        case dt.datetime():
            return raw.isoformat(" ")
        case _:
            return str(raw)


CELLS: Final = 2_000_000
"""Cells of one sheet, counted as rows times columns of the used area."""
