"""A sheet made of values that were read elsewhere."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Final

from checker.model.place import letters
from checker.reports.layout import width
from checker.reports.ooxml.cells import Writing, cell
from checker.reports.ooxml.names import MAIN
from checker.reports.ooxml.styles import Look
from checker.reports.pages.page import Value

_WIDEST: Final = 40
_NARROWEST: Final = 8


def plain_sheet(rows: Sequence[Sequence[Any]], merges: Iterable[tuple[int, int, int, int]], writing: Writing) -> bytes:
    """The part: values as they were, columns about as wide as what stands in them."""
    look = Look(border=True)
    widths: dict[int, int] = {}
    found = []
    for number, row in enumerate(rows, 1):
        cells = []
        for column, raw in enumerate(row, 1):
            value = _value(raw)
            if value is None:
                continue
            cells.append(cell(f"{letters(column)}{number}", value, look, writing))
            wide = max(map(width, str(value).split("\n")))
            widths[column] = max(widths.get(column, _NARROWEST), min(wide + 2, _WIDEST))
        if cells:
            found.append(f'<row r="{number}">{"".join(cells)}</row>')
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{MAIN}"><sheetFormatPr defaultRowHeight="15"/>{_columns(widths)}'
        f"<sheetData>{''.join(found)}</sheetData>{_merged(merges)}</worksheet>"
    ).encode()


def _value(raw: object) -> Value:
    """What is written for a value; None for nothing."""
    match raw:
        case None | "":
            return None
        case bool() | int() | dt.date():
            return raw
        case float():
            return int(raw) if raw.is_integer() and abs(raw) < 1e15 else raw
        case _:
            return str(raw)


def _columns(widths: dict[int, int]) -> str:
    found = (f'<col min="{n}" max="{n}" width="{widths[n]}" customWidth="1"/>' for n in sorted(widths))
    return f"<cols>{''.join(found)}</cols>" if widths else ""


def _merged(merges: Iterable[tuple[int, int, int, int]]) -> str:
    areas = [f'<mergeCell ref="{letters(b)}{a}:{letters(d)}{c}"/>' for a, b, c, d in merges]
    return f'<mergeCells count="{len(areas)}">{"".join(areas)}</mergeCells>' if areas else ""
