"""Files that are damaged, locked, disguised or dangerous get a clear answer, quickly, and nothing of them is run."""

import io
import struct
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.cases.ledger.grid import Book, Formula
from checker.cases.ledger.opening import open_book, open_path
from checker.cases.ledger.sheet_xml import marks_of
from checker.cases.problems import BadCase
from ledgers import hostile

SAMPLES = Path(__file__).parent / "samples"
ODS = zipfile.ZipFile(SAMPLES / "libreoffice.ods").read("content.xml").decode()
XLS = (SAMPLES / "libreoffice.xls").read_bytes()
ONE = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
MANIFEST = '<manifest:manifest xmlns:manifest="m"><manifest:encryption-data/></manifest:manifest>'
PASSWORD = ("password", "文件有打开密码", "打开文件，去掉打开密码，另存一份再读入")


def opened(data):
    return open_book(io.BytesIO(data), "台账.xlsx")


def answer(data):
    book = opened(data)
    assert isinstance(book, BadCase)
    (problem,) = book.diagnostics
    assert problem.at.file == "台账.xlsx"
    assert problem.meanwhile == "这部分未读入，其余照常"
    return problem.code, problem.message, problem.help


def ods(content, **more):
    return hostile.package(
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content, **more}
    )


REPEATED = ODS.replace("<table:table-row ", '<table:table-row table:number-rows-repeated="1048576" ', 1)
FAR_DOWN = '<table:table-row table:number-rows-repeated="2000000000"/><table:table-row '
TOO_WIDE = "删去远处零星的格子、空行和空列，另存一份"
ANSWERS = {
    "password of a workbook": (hostile.renamed_stream(XLS, "Workbook", "EncryptedPackage"), PASSWORD),
    "password of an old one": (XLS.replace(b"\x42\x00\x02\x00", b"\x2f\x00\x02\x00", 1), PASSWORD),
    "password of a document": (ods(ODS, **{"META-INF/manifest.xml": MANIFEST}), PASSWORD),
    "a document that was given a password": ((SAMPLES / "password.ods").read_bytes(), PASSWORD),
    "a workbook that was given a password": ((SAMPLES / "password.xls").read_bytes(), PASSWORD),
    "a zip bomb": (
        hostile.workbook("<sheetData>" + " " * 60_000_000 + "</sheetData>"),
        ("zip-bomb", "压缩率超过 200 倍，不像是台账，没有解开", "确认文件来源；是台账的，用 Excel 或 WPS 另存一份"),
    ),
    "a part that claims a gigabyte": (
        hostile.with_declared_size(hostile.workbook(ONE), "xl/worksheets/sheet1.xml", 1 << 30),
        ("too-large", "工作簿解开后超过 512 MB", ""),
    ),
    "a part that claims a byte": (
        hostile.with_declared_size(hostile.workbook(ONE), "xl/worksheets/sheet1.xml", 1),
        ("bad-workbook", "内容不是完整的 Excel 工作簿", "用 Excel 另存一份"),
    ),
    "entities": (
        hostile.workbook(ONE.replace("<v>1</v>", "<v>&c;</v>"), before=LAUGHS),
        ("doctype", "工作簿里有实体声明，不安全，没有读入", "用 Excel 或 WPS 另存一份"),
    ),
    "entities in a document": (
        ods(ODS.replace("?>", "?>" + LAUGHS, 1)),
        ("doctype", "工作簿里有实体声明，不安全，没有读入", "用 Excel 或 WPS 另存一份"),
    ),
    "a cell at the far corner": (
        hostile.workbook(ONE.replace('"1"', '"1048576"').replace("A1", "XFD1048576")),
        ("too-large", "有一张表用到单元格 XFD1048576，太大", TOO_WIDE),
    ),
    "a formula at the far corner": (
        hostile.workbook(ONE.replace("A1", "XFD900000").replace("<v>", "<f>1</f><v>")),
        ("too-large", "有一张表用到单元格 XFD900000，太大", TOO_WIDE),
    ),
    "a row of a document a million times": (
        ods(REPEATED.replace('table:number-columns-spanned="6"', 'table:number-columns-repeated="6"')),
        ("too-large", "有一张表用到单元格 F1048576，太大", TOO_WIDE),
    ),
    "a value two thousand million rows down": (
        ods(ODS.replace("<table:table-row ", FAR_DOWN, 1)),
        ("too-large", "有一张表用到单元格 A2000000001，太大", TOO_WIDE),
    ),
    "a web page": (
        b"\xef\xbb\xbf\r\n<html><table><tr><td>1</td></tr></table></html>",
        ("markup", "内容是网页，只是用了表格的后缀名", "用 Excel 或 WPS 打开，另存为 .xlsx 再读入"),
    ),
    "a web page with its own name space": (
        b'<!DOCTYPE html><html xmlns:x="urn:schemas-microsoft-com:office:excel"></html>',
        ("markup", "内容是网页，只是用了表格的后缀名", "用 Excel 或 WPS 打开，另存为 .xlsx 再读入"),
    ),
    "a web page in one file": (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n",
        ("markup", "内容是网页，只是用了表格的后缀名", "用 Excel 或 WPS 打开，另存为 .xlsx 再读入"),
    ),
    "XML of 2003": (
        b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:x"></Workbook>',
        ("markup", "内容是XML 表格（Excel 2003），只是用了表格的后缀名", "用 Excel 或 WPS 打开，另存为 .xlsx 再读入"),
    ),
    "a letter": (
        hostile.package({"[Content_Types].xml": "", "word/document.xml": ""}),
        ("other-format", "内容是Word 文档，不是表格", "把表格贴进 Excel 或 WPS，存为 .xlsx 再读入"),
    ),
    "an archive": (
        hostile.package({"台账.xlsx": ""}),
        ("other-format", "内容是压缩包，不是表格", "解压后读入里面的表格"),
    ),
    "a PDF": (b"%PDF-1.7\n", ("other-format", "内容是PDF，不是表格", "找到原来的表格文件再读入")),
    "an old letter": (
        hostile.renamed_stream(XLS, "Workbook", "WordDocument"),
        ("no-workbook", "不是 Excel 或 WPS 表格，像是旧版文档", "打开原文件，把表格另存为 .xlsx 再读入"),
    ),
    "a package without sheets": (
        hostile.package({"xl/styles.xml": ""}),
        ("bad-workbook", "内容不是完整的 Excel 工作簿", "用 Excel 另存一份"),
    ),
    "zero bytes": (b"", ("empty-file", "文件是空的（0 字节）", "重新保存或重新拷贝一份")),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_answers(case):
    data, expected = ANSWERS[case]
    assert answer(data) == expected


@pytest.mark.parametrize("name", ["r", "s"])
def test_borders_down_to_the_last_row_are_no_cells(name):
    """Nor where the cells of the sheet have no names, so that every element is read."""
    cell = '<c r="XFD1048576" s="1"/>' if name == "r" else '<c s="1"/>'
    book = opened(hostile.workbook(ONE.replace("</row>", f'</row><row r="1048576">{cell}</row>')))
    assert [grid.rows for grid in book.grids] == [((1.0,),)]


def test_a_folder_and_a_missing_file(tmp_path):
    found = [open_path(str(path)).diagnostics[0] for path in (tmp_path, tmp_path / "没有.xlsx")]
    assert [problem.code for problem in found] == ["not-a-file", "unreadable"]
    assert "没有.xlsx" in found[1].message


def test_only_checked_parts_reach_the_reader():
    """Two parts of one name: what is checked and what is read could be different ones."""
    stream = io.BytesIO(hostile.workbook(ONE))
    with zipfile.ZipFile(stream, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/worksheets/sheet1.xml", LAUGHS)
    assert answer(stream.getvalue())[0] == "bad-workbook"


def test_names_of_parts_in_other_letters_hide_nothing():
    far = hostile.workbook(ONE.replace('"1"', '"1048576"').replace("A1", "XFD1048576"))
    for old, new in ((b"xl/worksheets", b"xl/WorkSheets"), (b"sheet1.xml", b"SHEET1.xml")):
        assert answer(far.replace(old, new))[0] == "too-large"
    twice = zipfile.ZipFile(io.BytesIO(hostile.workbook(ONE)))
    parts = {name: twice.read(name) for name in twice.namelist()}
    assert answer(hostile.package(parts | {"xl/Workbook.xml": b""}))[0] == "bad-workbook"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "gbk", "utf-8", "gb2312"])
def test_sheets_in_other_encodings_are_read_whole(encoding):
    sheet = '<?xml version="1.0" encoding="{}"?><worksheet xmlns="{}"><sheetData>{}</sheetData></worksheet>'
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>案号</t></is></c><c r="B1"><f>1</f></c></row>'
    text = sheet.format(encoding, "http://schemas.openxmlformats.org/spreadsheetml/2006/main", row)
    book = opened(with_sheet(text.encode(encoding)))
    assert [grid.rows for grid in book.grids] == [(("案号", Formula()),)]


def with_sheet(content):
    whole = zipfile.ZipFile(io.BytesIO(hostile.workbook(ONE)))
    return hostile.package({n: whole.read(n) for n in whole.namelist()} | {"xl/worksheets/sheet1.xml": content})


def test_a_sheet_in_an_encoding_it_does_not_have():
    for declared, encoding in (("utf-8", "gbk"), ("none", "utf-8"), ("utf-16", "utf-8")):
        content = f'<?xml version="1.0" encoding="{declared}"?><worksheet>案号</worksheet>'.encode(encoding)
        assert answer(with_sheet(content))[0] == "bad-workbook"


@pytest.mark.parametrize(
    "content", ['"e"', "<f>1</f>", '<c r="A1"><f>', '<c r="A1" t="e">', '<c r="A1" t="e"/>', "<c "]
)
def test_looking_through_a_sheet_takes_time_in_proportion_to_its_size(content):
    """Ten times as much may take thirty times as long on a busy machine, but not a hundred times."""

    def seconds(count):
        sheet = f'<worksheet><sheetData><row r="1">{content * count}</row></sheetData></worksheet>'.encode()
        least = float("inf")
        for _ in range(3):
            before = time.process_time()
            marks_of(sheet)
            least = min(least, time.process_time() - before)
        return least

    assert seconds(60_000) < 30 * max(seconds(6_000), 0.002)


def test_rings_in_the_tables_of_an_old_workbook_end():
    for at in range(512, len(XLS) - 3, 4):
        (number,) = struct.unpack_from("<I", XLS, at)
        if 0 < number < len(XLS) // 512:
            assert isinstance(opened(XLS[:at] + struct.pack("<I", number - 1) + XLS[at + 4 :]), Book | BadCase)


SEEDS = sorted(SAMPLES.iterdir())


@pytest.mark.parametrize("file", SEEDS, ids=lambda file: file.name)
def test_files_that_are_cut_off(file):
    data = file.read_bytes()
    for size in range(1, len(data), 1 + len(data) // 60):
        assert isinstance(opened(data[:size]), Book | BadCase)


@pytest.mark.parametrize("file", SEEDS, ids=lambda file: file.name)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(changes=st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 255)), min_size=1, max_size=6))
def test_bytes_that_are_wrong(file, changes):
    data = bytearray(file.read_bytes())
    for at, byte in changes:
        data[at % len(data)] = byte
    assert isinstance(opened(bytes(data)), Book | BadCase)


def test_what_the_reader_says_of_a_damaged_sheet_is_not_shown(capfd):
    opened(hostile.workbook('<sheetData><row r="1"><c r="A1" t="s"><v>99</v></c></row></sheetData>'))
    assert capfd.readouterr() == ("", "")
