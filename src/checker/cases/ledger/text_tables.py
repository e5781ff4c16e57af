"""Tables in text: comma, tab or semicolon between cells; UTF-8, GB18030, or UTF-16 by its mark."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from checker.cases.csv_faults import fault_of
from checker.cases.decoding import encoding_of
from checker.cases.ledger.grid import CELLS, Grid, Row
from checker.cases.problems import Refusal

if TYPE_CHECKING:
    import _csv

_HALF: Final = (",", "\t", ";")
_WIDE: Final = ("，", "；")
_LOOKED_AT: Final = 200
_MOST_ROWS: Final = 0.6
_SAID: Final = re.compile(r"sep=([,;\t，；])\r?\n")
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_NOT_TEXT: Final = Refusal(
    "not-a-table", "内容既不是表格也不是文本", help="用 Excel 或 WPS 打开原文件，另存为 .xlsx 再读入"
)


class Fault(NamedTuple):
    """Why a text is no table, and on which line."""

    refusal: Refusal
    line: int


def decoded(data: bytes) -> str | Refusal:
    """The text, in the one encoding it can be in; never guessed by likelihood."""
    encoding = encoding_of(data[:4])
    if encoding == "utf-8-sig" and b"\0" in data:
        return _NOT_TEXT
    for name in (encoding,) if encoding == "utf-16" else (encoding, "gb18030"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        return _NOT_TEXT if _CONTROLS.search(text) else text
    return Refusal(
        "wrong-encoding",
        "内容不是能认的编码",
        expected="UTF-8、GB18030（GBK），或带字节序标记的 UTF-16",
        help="用 Excel 或 WPS 打开，另存为 .xlsx 再读入",
    )


def table_of(text: str) -> Grid | Fault:
    """The one sheet of a text. Rows are counted as a spreadsheet shows them, lines as an editor does."""
    said = _SAID.match(text)
    body = text[said.end() :] if said else text
    delimiter = said[1] if said else delimiter_of(body)
    if isinstance(delimiter, Refusal):
        return Fault(delimiter, 1)
    rows: list[Row] = []
    lines: list[int] = []
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
    before = int(said is not None)
    cells = 0
    try:
        for row in _until_the_end(reader, lines, before):
            rows.append(tuple(cell if cell and not cell.isspace() else None for cell in row))
            cells += len(row) or 1
            if cells > CELLS:
                return Fault(Refusal("too-large", f"超过 {CELLS} 格", help="分成几个文件"), lines[-1])
    except csv.Error as error:
        return Fault(fault_of(error), lines[-1] if lines else 1)
    return Grid("", False, tuple(rows), lines=tuple(lines))


def _until_the_end(reader: "_csv.Reader", lines: list[int], before: int) -> Iterator[list[str]]:
    """The rows; the line each begins on is noted before it is read, so that a fault in it has a line."""
    while True:
        lines.append(before + reader.line_num + 1)
        row = next(reader, None)
        if row is None:
            lines.pop()
            return
        yield row


def delimiter_of(text: str) -> str | Refusal:
    """What stands between the cells: the sign that cuts most rows alike. Two that do so equally well are refused."""
    found = {sign: _cells(text, sign) for sign in _HALF}
    if not any(found.values()):
        found = {sign: _cells(text, sign, least=1.0) for sign in _WIDE}
    best = max(found.values())
    if not best:
        return ","  # one column
    signs = [sign for sign, cells in found.items() if cells == best]
    if len(signs) > 1:
        named = "」「".join("制表符" if sign == "\t" else sign for sign in signs)
        return Refusal("unclear-delimiter", f"分不清各列是用「{named}」中哪一个分开的", help="另存为 .xlsx 再读入")
    return signs[0]


def _cells(text: str, sign: str, least: float = _MOST_ROWS) -> int:
    """How many cells most of the first rows have, if most have equally many; 0 where the sign does not part them.

    ``least`` is the share of rows that must be alike: all of them for signs that stand in sentences too.
    """
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    widths: list[int] = []
    try:
        for _, row in zip(range(_LOOKED_AT), rows, strict=False):
            if any(map(str.strip, row)):
                widths.append(len(row))
    except csv.Error:
        return 0
    if not widths:
        return 0
    width, count = Counter(widths).most_common(1)[0]
    if width > 1 and count >= least * len(widths):
        return width
    return _fallback(widths) if least < 1 else 0


def _fallback(widths: Sequence[int]) -> int:
    """Titles and notes have one cell: what the others have, if they are alike."""
    wide = Counter(width for width in widths if width > 1)
    if not wide:
        return 0
    width, count = wide.most_common(1)[0]
    return width if count >= _MOST_ROWS * wide.total() and count > 1 else 0
