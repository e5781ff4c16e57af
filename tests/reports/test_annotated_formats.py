"""Ledgers of other makes and kinds: macros, text, odd packages, and what comes back of each."""

import datetime as dt
import re

import pytest

from checker.cli.ledger_tables import tables_of
from checker.model.case import Case, Event
from checker.model.place import Place
from checker.reports.documents import Noted, Wish, written
from checker.reports.ooxml.markup import Unusable
from checker.reports.ooxml.rows import rows_of
from checker.reports.ooxml.sheet import open_sheet
from checker.reports.packing import packed
from reports.ledgers import copy_of, opened, parts_of, rewritten, run_over, saved, told, wide_book, wide_cases

SHEET = "xl/worksheets/sheet1.xml"
MACRO_TYPE = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
PLAIN_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "台账.xlsx"


def explained(book):
    """What the copy says of itself."""
    return [row[1].value for row in book["说明"].iter_rows() if row[0].value is None and row[1].value]


def with_macros(parts):
    rels = parts["xl/_rels/workbook.xml.rels"]
    more = (
        b'<Relationship Id="rIdM" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
        b'Target="vbaProject.bin"/></Relationships>'
    )
    types = parts["[Content_Types].xml"].replace(PLAIN_TYPE, MACRO_TYPE)
    override = b'<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    return {
        **parts,
        "[Content_Types].xml": types.replace(b"</Types>", override),
        "xl/_rels/workbook.xml.rels": rels.replace(b"</Relationships>", more),
        "xl/vbaProject.bin": b"\xd0\xcf macro",
    }


def test_macros_do_not_come_along_and_that_is_said(tmp_path):
    path = rewritten(saved(wide_book(), tmp_path / "台账.xlsm"), with_macros)
    before = path.read_bytes()
    report = run_over(path, wide_cases(path))
    data = copy_of(report)
    assert written("xlsx", report, Wish()) == Noted(data, ("提示：原文件带有宏，副本里没有宏，调用宏的按钮不起作用。",))
    parts = parts_of(data)
    assert not [name for name in parts if "vba" in name.lower()]
    assert not [name for name, part in parts.items() if b"vbaProject" in part]
    assert MACRO_TYPE not in parts["[Content_Types].xml"]
    assert PLAIN_TYPE in parts["[Content_Types].xml"]
    assert "原文件带有宏，副本里没有宏，调用宏的按钮不起作用。" in explained(opened(data))
    assert opened(data)["台账"]["G3"].value == "检查结果"
    assert path.read_bytes() == before


def prefixed(parts):
    """The same sheet as some libraries write it: every name with a prefix."""
    text = parts[SHEET].decode()
    text = text.replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?xml", "<?xml")
    return {**parts, SHEET: text.replace('xmlns="', 'xmlns:x="').encode()}


def commented(parts):
    """A comment with a tag in it, a marked section, line ends between the parts, single quotes."""
    text = parts[SHEET].decode()
    text = text.replace("<sheetData>", '<!-- <row r="1"><c r="G4"/></row> --><sheetData>\n').replace(
        "</row>", "</row>\n"
    )
    return {**parts, SHEET: text.replace('"台账"', "'台账'").encode()}


def without_addresses(parts):
    """Cells that do not say where they are stand one after the other; here every cell of every row is there."""
    return {**parts, SHEET: re.sub(rb'(<(?:row|c)\b[^>]*?) r="[A-Z]*\d+"', rb"\1", parts[SHEET])}


@pytest.mark.parametrize("make", [prefixed, commented])
def test_other_ways_of_writing_the_same_sheet(path, make):
    plain = wide_book()
    wanted = opened(copy_of(run_over(saved(plain, path), wide_cases(path))))["台账"]
    rewritten(path, make)
    found = opened(copy_of(run_over(path, wide_cases(path))))["台账"]
    rows = [[(c.value, c.fill.fgColor.rgb, c.comment and c.comment.text) for c in row] for row in found.iter_rows()]
    assert rows == [
        [(c.value, c.fill.fgColor.rgb, c.comment and c.comment.text) for c in row] for row in wanted.iter_rows()
    ]


def test_a_sheet_in_another_encoding_is_read_as_what_it_says(path):
    text = parts_of(saved(wide_book(), path).read_bytes())[SHEET].decode()
    one, other = open_sheet(text.encode()), open_sheet(f"<?xml version='1.0'?>{text}".encode("utf-16"))
    assert [row.number for row in rows_of(one.rows, one.words)] == [1, 3, 4, 5, 6, 7, 8]
    assert [row.number for row in rows_of(other.rows, other.words)] == [1, 3, 4, 5, 6, 7, 8]


@pytest.mark.parametrize(
    "text",
    [
        b"<worksheet",
        b"<worksheet><sheetData/></worksheet>",
        b'<chartsheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>',
        b'<!DOCTYPE a><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>',
    ],
)
def test_what_is_no_sheet_is_refused(text):
    with pytest.raises(Unusable):
        open_sheet(text)


def test_cells_that_do_not_say_where_they_are(path):
    book = wide_book()
    page = book["台账"]
    for row in page.iter_rows(min_row=1, max_row=8, max_col=6):
        for cell in row:
            if cell.value is None and not cell.coordinate.startswith(("B1", "C1", "D1", "E1", "F1")):
                cell.number_format = "0"  # so that it is written
    saved(book, path)
    wanted = opened(copy_of(run_over(path, wide_cases(path))))["台账"]
    rewritten(path, without_addresses)
    found = opened(copy_of(run_over(path, wide_cases(path))))["台账"]
    assert [[c.value for c in row] for row in found.iter_rows()] == [
        [c.value for c in row] for row in wanted.iter_rows()
    ]


EXTENSIONS = (
    '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    'uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"><x14:sparklineGroups/></ext></extLst>'
)
CONTROLS = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice '
    'Requires="x14"><controls/></mc:Choice></mc:AlternateContent>'
)


def of_a_newer_program(parts):
    """What programs write behind the known parts of a sheet: controls, and extensions such as sparklines."""
    text = parts[SHEET].decode()
    text = text.replace("</worksheet>", f"{CONTROLS}{EXTENSIONS}</worksheet>")
    names = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac" '
        'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'
    )
    text = text.replace("<worksheet ", f"<worksheet {names} ", 1)
    return {**parts, SHEET: text.encode()}


def test_what_newer_programs_add_is_kept_in_its_place(path):
    rewritten(saved(wide_book(), path), of_a_newer_program)
    parts = parts_of(written("xlsx", run_over(path, wide_cases(path)), Wish()))
    text = parts[SHEET].decode()
    assert 'mc:Ignorable="x14ac"' in text
    assert "<x14:sparklineGroups/>" in text
    assert text.index("<legacyDrawing ") < text.index("<mc:AlternateContent") < text.index("<extLst")
    with pytest.warns(UserWarning, match="Sparkline"):  # that reader would lose them
        assert opened(packed(parts))["台账"]["G3"].value == "检查结果"


def with_few_styles(parts):
    """As small writers have it: nothing but what is used."""
    styles = parts["xl/styles.xml"].decode()
    styles = re.sub(r"<fills.*?</fills>", '<fills count="1"><fill><patternFill/></fill></fills>', styles)
    return {**parts, "xl/styles.xml": styles.encode()}


def without_styles(parts):
    rels = re.sub(rb'<Relationship [^>]*styles.xml"[^>]*>', b"", parts["xl/_rels/workbook.xml.rels"])
    types = re.sub(rb'<Override [^>]*styles.xml"[^>]*>', b"", parts["[Content_Types].xml"])
    kept = {name: re.sub(rb' s="\d+"', b"", part) for name, part in parts.items() if name != "xl/styles.xml"}
    return {**kept, "xl/_rels/workbook.xml.rels": rels, "[Content_Types].xml": types}


@pytest.mark.parametrize("make", [with_few_styles, without_styles])
def test_colours_do_not_rest_on_styles_that_are_not_there(path, make):
    book = wide_book()
    for row in book["台账"].iter_rows():
        for cell in row:
            cell.style = "Normal"
    rewritten(saved(book, path), make)
    sheet = opened(copy_of(run_over(path, wide_cases(path))))["台账"]
    assert (sheet["D5"].fill.fill_type, sheet["D5"].fill.fgColor.rgb) == ("solid", "FFFFC7CE")
    assert sheet["A4"].fill.fill_type is None


def signed_and_shared(parts):
    rel = '<Relationship Id="{id}" Type="http://schemas.openxmlformats.org/{type}" Target="{target}"/></Relationships>'
    signed = rel.format(
        id="rIdS", type="package/2006/relationships/digital-signature/origin", target="_xmlsignatures/o.sigs"
    )
    shared = rel.format(id="rIdR", type="officeDocument/2006/relationships/revisionHeaders", target="revisions/h.xml")
    return {
        **parts,
        "_rels/.rels": parts["_rels/.rels"].replace(b"</Relationships>", signed.encode()),
        "xl/_rels/workbook.xml.rels": parts["xl/_rels/workbook.xml.rels"].replace(b"</Relationships>", shared.encode()),
        "_xmlsignatures/o.sigs": b"",
        "xl/revisions/h.xml": b"<headers/>",
    }


def test_a_signature_and_a_history_of_changes_do_not_come_along(path):
    rewritten(saved(wide_book(), path), signed_and_shared)
    data = copy_of(run_over(path, wide_cases(path)))
    assert not [name for name in parts_of(data) if "sign" in name or "revisions" in name]
    text = explained(opened(data))
    assert "原文件带有数字签名，副本改动过，所以没有签名。" in text
    assert "原文件是共享工作簿，副本里没有修订记录，不再共享。" in text


def with_doctype(parts):
    text = parts["xl/workbook.xml"]
    head, _, rest = text.partition(b"<workbook")
    return {**parts, "xl/workbook.xml": head + b'<!DOCTYPE workbook [<!ENTITY a "b">]><workbook' + rest}


def with_old_macro_sheet(parts):
    rels = parts["xl/_rels/workbook.xml.rels"]
    more = (
        b'<Relationship Id="rIdX" Type="http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet" '
        b'Target="macrosheets/sheet1.xml"/></Relationships>'
    )
    return {**parts, "xl/_rels/workbook.xml.rels": rels.replace(b"</Relationships>", more)}


def with_odd_numbers(parts):
    return {**parts, "xl/workbook.xml": parts["xl/workbook.xml"].replace(b'sheetId="1"', b'sheetId="one"')}


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (with_odd_numbers, "它有不合格式的地方"),
        (with_old_macro_sheet, "它带有 Excel 4.0 宏表"),
    ],
)
def test_what_cannot_be_changed_in_place_comes_back_as_values(path, make, why):
    book = wide_book()
    book["台账"]["F4"] = "=1+1"
    book.create_sheet("底稿").sheet_state = "hidden"
    rewritten(saved(book, path), make)
    copy = opened(copy_of(run_over(path, wide_cases(path))))
    sheet = copy["台账"]
    assert sheet["D5"].value == dt.datetime(2026, 6, 2)
    assert sheet["G5"].value == "红：待核实（逾期履行 1）"
    assert [str(one) for one in sheet.merged_cells.ranges] == ["A1:F1"]
    assert copy["底稿"].sheet_state == "hidden"
    text = explained(copy)
    assert f"{why}，不能原样保留，所以这一份只含各表的数值。" in text
    assert any(line.startswith("格式、颜色、列宽、公式（只留结果，没有结果的空着）、批注") for line in text)
    assert not any("照原样保留" in line for line in text)


def test_what_is_too_dangerous_to_be_opened_gets_the_register_alone(path):
    rewritten(saved(wide_book(), path), with_doctype)
    found = written("xlsx", run_over(path, wide_cases(path)), Wish())
    assert found.notes == ("提示：台账没有附在这一份里：再次打开台账时读不出来。",)
    assert "台账" not in opened(found.content).sheetnames


CSV = "案号,来源,登记日期,交办日期,办结日期\n督2,领导批示,2026-06-01,2026-06-02,2026-06-20\n=1+1,@SUM(A1),,,\n"


def csv_case(path):
    """As the reader of tables in text gives it: lines without cells."""
    events = [
        Event(id=f"e{n}", position=n, act=act, date=dt.date(2026, 6, day), attributes={"来源": "领导批示"},
              place=Place(file=str(path), line=2))
        for n, (act, day) in enumerate((("交办", 2), ("办结", 20)), 1)
    ]  # fmt: skip
    events[1] = events[1].model_copy(update={"attributes": {}})
    return Case(id="督2", events=tuple(events), place=Place(file=str(path), line=2))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_table_in_text_comes_back_as_a_workbook_without_formulas(tmp_path, encoding):
    path = tmp_path / "台账.csv"
    path.write_bytes(CSV.encode(encoding))
    copy = opened(copy_of(run_over(path, (csv_case(path),))))
    sheet = copy["台账"]
    assert [cell.value for cell in sheet[1]] == [
        "案号", "来源", "登记日期", "交办日期", "办结日期", "检查结果", "说明",
    ]  # fmt: skip
    assert sheet["F2"].value == "红：待核实（逾期履行 1）"
    assert (sheet["A3"].value, sheet["A3"].data_type, sheet["A3"].quotePrefix) == ("=1+1", "s", True)
    assert (sheet["B3"].value, sheet["B3"].data_type) == ("@SUM(A1)", "s")
    assert "以 = + - @ 开头的内容都按文字写入，不会当作公式。" in explained(copy)
    assert path.read_bytes() == CSV.encode(encoding)


def test_lines_of_a_text_are_not_its_rows(tmp_path):
    path = tmp_path / "表.csv"
    path.write_text('sep=;\n甲;乙\n"一\n行";二\n三;四\n', encoding="utf-8")
    (table,) = tables_of(str(path))
    assert [list(row) for row in table.rows] == [["甲", "乙"], ["一\n行", "二"], ["三", "四"]]
    assert table.lines == (2, 3, 5)


def test_a_ledger_that_is_gone_by_now_still_gives_the_register(path):
    saved(wide_book(), path)
    report = run_over(path, wide_cases(path))
    path.unlink()
    assert opened(copy_of(report)).sheetnames[0] == "说明"


def test_a_ledger_that_was_damaged_meanwhile_is_told(path):
    saved(wide_book(), path)
    report = run_over(path, wide_cases(path))
    path.write_bytes(path.read_bytes()[:2000])
    book = opened(copy_of(report))
    assert book.sheetnames[0] == "说明"
    assert explained(book) == ["台账没有附在这一份里：再次打开台账时读不出来。"]


def test_nothing_that_is_added_is_a_formula(path):
    names = ["=1+1", "+1", "-1", "@a", '=HYPERLINK("http://x","y")']
    rows = [(name, "上级交办", "2026-06-01", "2026-06-02", None) for name in names]
    book = wide_book(rows=())
    page = book["台账"]
    for number, (name, *_) in enumerate(rows, 4):
        page.cell(number, 1, name).data_type = "s"
        page.cell(number, 4, "x")
    saved(book, path)
    unread = [told(path, "台账", "B4", message=name) for name in names]
    copy = opened(copy_of(run_over(path, wide_cases(path, rows=rows), unread)))
    added = [cell for sheet in copy for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in added if cell.data_type == "f"]
