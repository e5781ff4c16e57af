"""A month that the spreadsheet made its first day is still a month."""

import io
from datetime import date

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from checker.cases.ledger.number_formats import hides_day
from checker.cases.ledger.opening import open_book

FIRST = date(2024, 3, 1)
CELLS = [
    (FIRST, 'yyyy"年"m"月"', "2024年3月"),
    (FIRST, '[$-804]yyyy"年"m"月";@', "2024年3月"),
    (FIRST, "mmm-yy", "2024年3月"),
    (date(2024, 1, 1), "yyyy", "2024年"),
    (FIRST, "yyyy", FIRST),
    (date(2024, 3, 5), 'yyyy"年"m"月"', date(2024, 3, 5)),
    (FIRST, 'yyyy"年"m"月"d"日"', FIRST),
    (FIRST, "yyyy-mm-dd", FIRST),
    (FIRST, 'm"月"d"日"', FIRST),
    (3, "0", 3.0),
]


@pytest.mark.parametrize("is_old", [False, True])
def test_what_a_format_without_day_shows_is_read(is_old):
    made = openpyxl.Workbook()
    if is_old:
        made.epoch = CALENDAR_MAC_1904
    for row, (value, form, _) in enumerate(CELLS, start=1):
        cell = made.active.cell(row, 2, value)
        cell.number_format = form
    out = io.BytesIO()
    made.save(out)
    book = open_book(io.BytesIO(out.getvalue()), "台账.xlsx")
    assert [book.grids[0].cell(row, 2) for row in range(1, len(CELLS) + 1)] == [shown for _, _, shown in CELLS]


@pytest.mark.parametrize(
    ("number", "text", "least"),
    [(17, None, "月"), (57, None, "月"), (14, None, ""), (0, None, ""), (164, "e年m月", "月"), (164, "[h]:mm", "")],
)
def test_formats(number, text, least):
    assert hides_day(number, text) == least
