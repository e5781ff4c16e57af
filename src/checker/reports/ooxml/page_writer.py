"""A page as the XML of a sheet, ready to be read and printed: frozen head, filter, widths, A4 across."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Final

from checker.model.place import letters
from checker.reports.cell_text import as_xml
from checker.reports.layout import width
from checker.reports.ooxml.cells import Writing, cell
from checker.reports.ooxml.names import MAIN
from checker.reports.ooxml.styles import Look
from checker.reports.pages.page import Item, Page, Styled, Tone, Value

_MOST_LINKS: Final = 60_000
"""Excel repairs a sheet that has more than 65530 of them."""
_TIMED: Final = 17
_LINE: Final = 16
_TALLEST: Final = 409
_TABS: Final = {True: "FF5B9BD5", False: "FF70AD47"}
_PRINT: Final = (
    '<printOptions horizontalCentered="1"/>'
    '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
    '<pageSetup paperSize="9" orientation="{way}" fitToWidth="1" fitToHeight="0"/>'
    "<headerFooter><oddFooter>&amp;L{name}&amp;R第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter>"
)


def sheet_xml(page: Page, name: str, writing: Writing) -> bytes:
    """The part. ``writing`` must have no prefix: the sheet is ours."""
    # Row by row: as one text a large table would stand in memory four times.
    return b"".join([_head(page).encode(), *(row.encode() for row in _rows(page, writing)), _tail(page, name).encode()])


def _head(page: Page) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{MAIN}"><sheetPr><tabColor rgb="{_TABS[page.table]}"/><pageSetUpPr fitToPage="1"/>'
        f'</sheetPr>{_view(page)}<sheetFormatPr defaultRowHeight="15"/>{_columns(page)}<sheetData>'
    )


def _tail(page: Page, name: str) -> str:
    links = _links(page)
    hyperlinks = f"<hyperlinks>{links}</hyperlinks>" if links else ""
    way = "landscape" if page.table else "portrait"
    return f"</sheetData>{_filter(page)}{hyperlinks}{_PRINT.format(way=way, name=as_xml(name))}</worksheet>"


def filter_range(page: Page) -> str:
    """``A1:T20``: the head with all rows."""
    return f"A1:{letters(len(page.columns))}{len(page.rows) + 1}"


def printed_range(page: Page) -> str:
    """The columns that fit on paper, with all rows."""
    return f"A1:{letters(page.printed or len(page.columns))}{len(page.rows) + 1}"


def _view(page: Page) -> str:
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' if page.table else ""
    grid = "" if page.table else ' showGridLines="0"'
    return f'<sheetViews><sheetView{grid} workbookViewId="0">{pane}</sheetView></sheetViews>'


def _columns(page: Page) -> str:
    widths = _widths(page)
    found = (f'<col min="{n}" max="{n}" width="{one}" customWidth="1"/>' for n, one in enumerate(widths, 1))
    return f"<cols>{''.join(found)}</cols>"


def _widths(page: Page) -> list[int]:
    """A column that tells the time of day is wide enough for it, else programs show only ###."""
    timed = {n for row in page.rows for n, item in enumerate(row) if isinstance(_value(item), dt.datetime)}
    return [max(one.width, _TIMED) if n in timed else one.width for n, one in enumerate(page.columns)]


def _value(item: Item) -> Value:
    return item.value if isinstance(item, Styled) else item


def _filter(page: Page) -> str:
    return f'<autoFilter ref="{filter_range(page)}"/>' if page.table else ""


def _rows(page: Page, writing: Writing) -> Iterator[str]:
    first = 1
    if page.table:
        first = 2
        heads = (
            cell(f"{letters(n)}1", one.head, Look(Tone.PEOPLE if one.people else Tone.HEAD, bold=True, wrap=True,
                                                  border=True), writing)
            for n, one in enumerate(page.columns, 1)
        )  # fmt: skip
        yield f'<row r="1">{"".join(heads)}</row>'
    widths = _widths(page)[: page.printed]
    for number, row in enumerate(page.rows, first):
        cells = (_item(f"{letters(n)}{number}", item, page.table, writing) for n, item in enumerate(row, 1))
        yield f'<row r="{number}" ht="{_height(row, widths)}">{"".join(cells)}</row>'


def _height(row: Sequence[Item], widths: Sequence[int]) -> int:
    """Points for all lines of what is printed; without it some programs show one line, others every line of all."""
    texts = ((value, room) for item, room in zip(row, widths, strict=False) if isinstance(value := _value(item), str))
    return min(_LINE * max((_lines(*one) for one in texts), default=1) + 2, _TALLEST)


@lru_cache(maxsize=8192)
def _lines(text: str, room: int) -> int:
    return sum(max(1, -(-width(line) // max(room - 2, 1))) for line in text.split("\n"))


def _item(at: str, item: Item, bordered: bool, writing: Writing) -> str:
    if isinstance(item, Styled):
        look = Look(item.tone, bold=item.bold, wrap=True, border=bordered, link=bool(item.target), left=True)
        return cell(at, item.value, look, writing)
    return cell(at, item, Look(wrap=True, border=bordered, left=True), writing)


def _links(page: Page) -> str:
    """Ways to other cells of the same workbook; none leads out of it."""
    first = 2 if page.table else 1
    found = (
        f'<hyperlink ref="{letters(n)}{number}" location="{_attribute(item.target)}"/>'
        for number, row in enumerate(page.rows, first)
        for n, item in enumerate(row, 1)
        if isinstance(item, Styled) and item.target
    )
    return "".join(islice(found, _MOST_LINKS))


def _attribute(text: str) -> str:
    return as_xml(text).replace('"', "&quot;").replace("\n", " ")
