"""Ledgers of every format opened: told by content, each sheet as its user sees it."""

import datetime as dt
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.cases.ledger.biff import workbook_of
from checker.cases.ledger.biff_records import records
from checker.cases.ledger.compound import Compound
from checker.cases.ledger.grid import Book, ErrorCell, Formula, Grid, Merge
from checker.cases.ledger.opening import open_book, open_path
from checker.cases.ledger.sheet_events import marks_by_events
from checker.cases.ledger.sheet_xml import marks_of
from checker.model.place import Place
from ledgers import hostile

SAMPLES = Path(__file__).parent / "samples"
TITLE, DOWN = Merge(1, 1, 1, 6), Merge(3, 1, 5, 1)
DAY, TIME = dt.date(2024, 3, 5), dt.datetime(2024, 3, 5, 9, 30)
NUMBER = "（2024）1号"
WRITTEN = [
    ["标题"],
    ["案号", "日期", "时间", "错误", "公式", "真"],
    [NUMBER, DAY, TIME, ErrorCell("#DIV/0!"), 3.0, True],
    [NUMBER, dt.date(2024, 3, 6), dt.time(9, 30), ErrorCell("#N/A"), "ab", False],
    [NUMBER, 45356.0, dt.timedelta(hours=30), ErrorCell("#N/A"), None, 1.5],
    [],
    [None, "x"],
]


def opened(data, name="台账"):
    return open_book(io.BytesIO(data), name)


def trimmed(grid):
    """The rows without blank cells at their ends, as the formats differ in how many they keep."""
    rows = []
    for row in grid.rows:
        cells = list(row)
        while cells and cells[-1] is None:
            cells.pop()
        rows.append(cells)
    return rows


@pytest.mark.parametrize(
    ("file", "kind", "hidden"),
    [
        ("libreoffice.xlsx", "xlsx", True),
        ("libreoffice.xls", "xls", True),
        ("libreoffice.ods", "ods", True),
        ("gnumeric.xlsx", "xlsx", False),  # it does not keep what is hidden there
        ("gnumeric.xls", "xls", True),
        ("gnumeric.ods", "ods", True),
    ],
)
def test_what_other_programs_write(file, kind, hidden):
    book = open_path(str(SAMPLES / file))
    assert isinstance(book, Book)
    assert (book.kind, book.date1904) == (kind, False)
    assert [(grid.title, grid.hidden) for grid in book.grids] == [("台账", False), ("藏", hidden), ("深藏", hidden)]
    first = book.grids[0]
    assert first.merged == (TITLE, DOWN)
    expected = [[1.0 if cell is True else 0.0 if cell is False else cell for cell in row] for row in WRITTEN]
    assert trimmed(first) == (expected if file == "libreoffice.ods" else WRITTEN)
    assert [remark.code for remark in book.remarks] == ["formulas"]


def test_a_workbook_of_1995_is_read_too():
    """The program that wrote it kept no Chinese letters, but everything else."""
    book = open_path(str(SAMPLES / "gnumeric-95.xls"))
    assert book.kind == "xls"
    assert trimmed(book.grids[0])[2][1:] == WRITTEN[2][1:]


def test_binary_workbooks_in_packages():
    book = opened(hostile.binary_workbook(), "a.xlsx")
    assert (book.kind, book.date1904) == ("xlsb", True)
    (grid,) = book.grids
    assert trimmed(grid) == [
        ["案号", 45356.0, 3.0, ErrorCell("#N/A"), ErrorCell("#REF!")],
        [],
        ["案号", True],
    ] or trimmed(grid) == [["案号", 45356.0, 3.0, ErrorCell("#N/A"), ErrorCell("#REF!")], ["案号"], ["案号", True]]
    assert (grid.merged, grid.formulas) == ((Merge(1, 1, 3, 1),), 1)


def test_the_suffix_tells_nothing():
    data = (SAMPLES / "libreoffice.xls").read_bytes()
    assert [opened(data, name).kind for name in ("a.xlsx", "a.csv", "a", "a.ET")] == ["xls", "xls", "xls", "et"]
    assert opened("案号,日期\n甲,2024-3-5\n".encode(), "a.xls").kind == "csv"
    assert opened(hostile.simple([["案号"]]), "a.csv").kind == "xlsx"


def test_formulas_are_told_apart_from_blank_cells():
    cell = '<c r="{}"{}><f>1+1</f>{}</c>'
    row = "".join(
        [
            cell.format("A1", "", "<v>2</v>"),
            cell.format("B1", "", "<v></v>"),
            cell.format("C1", "", ""),
            cell.format("D1", ' t="str"', "<v></v>"),
            cell.format("E1", ' t="e"', "<v>#REF!</v>"),
            '<c r="F1" t="e"><v>#N/A</v></c>',
            cell.format("G1", ' t="str"', "<v>甲</v>"),
        ]
    )
    book = opened(hostile.workbook(f'<sheetData><row r="1">{row}</row></sheetData>'))
    assert book.grids == (
        Grid("台账", False, ((2.0, Formula(), Formula(), None, ErrorCell("#REF!"), ErrorCell("#N/A"), "甲"),), (), 3),
    )
    assert [(remark.code, remark.message, remark.at, remark.meanwhile) for remark in book.remarks] == [
        (
            "formulas",
            "表「台账」有 3 格是公式",
            Place(file="台账", sheet="台账"),
            "读的是上次保存时的结果，没有重新计算",
        ),
        (
            "formula-without-result",
            "表「台账」有 2 格是公式，文件里没有结果",
            Place(file="台账", sheet="台账"),
            "这些格子按读不出处理",
        ),
    ]


def test_days_that_count_from_1904():
    rows = '<sheetData><row r="1"><c r="A1"><v>43894</v></c></row></sheetData>'
    assert opened(hostile.workbook(rows, settings='<workbookPr date1904="1"/>')).date1904
    assert not opened(hostile.workbook(rows, settings='<workbookPr date1904="0"/>')).date1904


def test_macros_and_outside_links_are_told_and_not_followed():
    rows = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
    more = {"xl__vbaProject.bin": b"macros", "xl__externalLinks__externalLink1.xml": "<externalLink/>"}
    book = opened(hostile.workbook(rows, **more))
    assert book.kind == "xlsm"
    assert [(one.code, one.level, one.message, one.meanwhile) for one in book.remarks] == [
        ("macros", "warning", "「台账」里有宏", "宏没有运行，只读了格子里的值"),
        ("outside-links", "warning", "「台账」引用了别的工作簿", "没有打开别的文件，只读了上次保存的值"),
    ]


def test_rows_and_cells_without_names():
    rows = "<sheetData><row><c><v>1</v></c><c><f>1</f></c></row><row><c><v>2</v></c></row></sheetData>"
    (grid,) = opened(hostile.workbook(rows)).grids
    assert grid.cell(1, 1) == 1.0
    assert grid.cell(1, 2) == Formula()
    assert grid.cell(2, 1) == 2.0


def test_cells_and_rows_are_found_again():
    grid = Grid("台账", False, (("a",), (), (None, "b")))
    assert [grid.cell(*at) for at in ((1, 1), (1, 2), (2, 1), (3, 2), (9, 1), (0, 0))] == [
        "a",
        None,
        None,
        "b",
        None,
        None,
    ]
    assert grid.width == 2
    assert grid.place("f", 3, 28) == Place(file="f", sheet="台账", cell="AB3")
    text = Grid("", False, (("a",), ("b",)), lines=(1, 4))
    assert text.place("f", 2, 1) == Place(file="f", line=4, cell="A2")


INSIDE = (
    "<f>1</f><v>1</v></c>",
    "<f>1</f></c>",
    '<v>t="e" r="Z9"</v></c>',
    '<f t="shared" si="0"/><v/></c>',
    "</c>",
    "<v>#N/A</v></c>",
    "<!-- <f>1</f> --><v>1</v></c>",
    "<v><![CDATA[<f>]]></v></c>",
    '<is><t> t="e"</t></is></c>',
)
CELLS = st.builds(
    '<c r="{0}"{1}{2}{3}'.format,
    st.sampled_from(["A1", "B1", "C1", "AA1"]),
    st.sampled_from(["", ' t="e"', ' t="str"', ' s="1" t="n"', " t='e'", ' t = "e"', '\nt="e"']),
    st.sampled_from([">", "\n>"]),
    st.sampled_from(INSIDE),
)


@given(st.lists(CELLS, max_size=4), st.sampled_from(["", "x:"]))
def test_searching_finds_what_reading_every_element_finds(cells, prefix):
    named = "".join(cells).replace("AA1", "D1")
    for name in ("c", "f", "v", "is", "t") if prefix else ():
        named = named.replace(f"<{name} ", f"<{prefix}{name} ").replace(f"<{name}>", f"<{prefix}{name}>")
        named = named.replace(f"<{name}/", f"<{prefix}{name}/").replace(f"</{name}>", f"</{prefix}{name}>")
    space = f' xmlns{":" * bool(prefix)}{prefix[:-1]}="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    sheet = (
        f'<{prefix}worksheet{space}><{prefix}sheetData><{prefix}row r="1">{named}</{prefix}row></{prefix}sheetData>'
        f"</{prefix}worksheet>"
    ).encode()
    assert marks_of(sheet) == marks_by_events(sheet)


def test_formulas_that_were_never_calculated():
    """Some writers of .xls keep an empty text for each; =IF(…,"") keeps one too, but others beside it have results."""
    data = (SAMPLES / "gnumeric.xls").read_bytes()
    stream = Compound(data).stream("Workbook")
    for start in workbook_of(stream).sheets:
        for record in records(stream, start.at):
            if record.kind == 0x0006:
                empty = record.body[:6] + b"\x03\0\0\0\0\0\xff\xff" + record.body[14:]
                assert data.count(record.body) == 1
                data = data.replace(record.body, empty)
    book = opened(data)
    assert trimmed(book.grids[0])[2:5] == [
        [NUMBER, DAY, TIME, Formula(), Formula(), True],
        [NUMBER, dt.date(2024, 3, 6), dt.time(9, 30), ErrorCell("#N/A"), Formula(), False],
        [NUMBER, 45356.0, dt.timedelta(hours=30), Formula(), Formula(), 1.5],
    ]
    assert [remark.code for remark in book.remarks] == ["formula-without-result"]


def test_of_merges_that_lie_over_each_other_the_first_is_filled():
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 5))
    refs = "".join(f'<mergeCell ref="{ref}"/>' for ref in ("A1:A2", "A2:A4", "B1:B4", "A3:A1000000"))
    (grid,) = opened(hostile.workbook(f"<sheetData>{rows}</sheetData><mergeCells>{refs}</mergeCells>")).grids
    assert grid.rows == ((1.0,), (1.0,), (3.0,), (3.0,))
