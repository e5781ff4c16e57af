"""Cells changed in the text of a sheet, beside the same changes seen by a reader of workbooks."""

import io

import openpyxl
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font, PatternFill

from checker.reports.ooxml.book import open_book
from checker.reports.ooxml.package import open_package
from checker.reports.ooxml.rows import Change, last_filled, rows_of
from checker.reports.ooxml.sheet import open_sheet
from checker.reports.ooxml.styles import Look
from checker.reports.pages.page import Tone

PART = "xl/worksheets/sheet1.xml"
cells = st.tuples(st.integers(1, 8), st.integers(1, 6))
values = st.one_of(st.integers(-99, 99), st.sampled_from(["一", "<b>&", "a\nb", " x ", True, 1.5]))
looks = st.sampled_from(["plain", "bold", "filled"])
FILLED = PatternFill("solid", fgColor="FF112233")


def made(contents):
    """A sheet in which some cells have a value, some only a look, and some rows are missing."""
    book = openpyxl.Workbook()
    for (row, column), (value, look) in contents.items():
        cell = book.active.cell(row, column, value)
        if look == "bold":
            cell.font = Font(bold=True)
        if look == "filled":
            cell.fill = FILLED
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def seen(data):
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    return {
        (cell.row, cell.column): (cell.value, bool(cell.font.b), cell.fill.fgColor.rgb)
        for row in sheet.iter_rows(min_row=1, max_row=12, max_col=10)
        for cell in row
    }


@settings(deadline=None)
@given(
    st.dictionaries(cells, st.tuples(st.one_of(st.none(), values), looks), max_size=20),
    st.dictionaries(st.tuples(st.integers(1, 10), st.integers(1, 8)), st.booleans(), max_size=12),
)
@example({(1, 1): (None, "bold"), (1, 2): (None, "plain")}, {(1, 2): False})  # the second cell is not in the file
@example({(1, 1): (None, "bold"), (1, 2): (None, "plain")}, {(1, 2): True})
def test_only_what_is_to_be_changed_is_changed(contents, wishes):
    data = made(contents)
    before = seen(data)
    book = open_book(open_package(data))
    sheet = open_sheet(book.package.parts[PART])
    changes = {}
    for (row, column), writes in wishes.items():
        value = "写入" if writes else None
        changes.setdefault(row, {})[column] = Change(Look(Tone.RED), value, written=writes)
    sheet.change(changes, {}, book.writing)
    book.package.parts[PART] = sheet.saved()
    after = seen(book.saved())
    for at, (value, bold, fill) in before.items():
        if at not in wishes:
            assert after[at] == (value, bold, fill)
            continue
        assert after[at][0] == ("写入" if value is None and wishes[at] else value)  # nothing is written over
        assert after[at][2] == "FFFFC7CE"
        if at in contents and not (wishes[at] and contents[at] == (None, "plain")):
            assert after[at][1] == bold  # a text put where no cell is looks like the one before it


def test_a_cell_that_is_not_there_keeps_the_look_of_its_row_or_column():
    rows = b'<row r="1" s="2" customFormat="1"><c r="A1" s="1"/></row><row r="2" s="2"><c r="A2" s="1"/></row>'
    book = open_book(open_package(made({(1, 1): ("x", "bold"), (1, 2): ("x", "filled")})))
    sheet = open_sheet(book.package.parts[PART])
    sheet.rows = rows
    sheet.widen({3: 10})
    sheet.root.find("{*}cols")[0].set("style", "1")
    change = Change(Look(Tone.RED))
    sheet.change({row: {3: change} for row in (1, 2, 3)}, {}, book.writing)
    book.package.parts[PART] = sheet.saved()
    sheet = openpyxl.load_workbook(io.BytesIO(book.saved())).worksheets[0]
    assert [sheet.cell(row, 3).font.b for row in (1, 2, 3)] == [False, True, True]
    assert {sheet.cell(row, 3).fill.fgColor.rgb for row in (1, 2, 3)} == {"FFFFC7CE"}


@settings(deadline=None)
@given(st.dictionaries(cells, values, min_size=1, max_size=20))
def test_the_last_filled_cell_of_a_row(contents):
    data = made({at: (value, "plain") for at, value in contents.items()})
    sheet = open_sheet(open_package(data).parts[PART])
    found = {row.number: last_filled(sheet.rows, row, sheet.words) for row in rows_of(sheet.rows, sheet.words)}
    assert {row: n for row, n in found.items() if n} == {
        row: max(column for at, column in contents if at == row) for row, _ in contents
    }
