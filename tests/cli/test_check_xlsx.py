"""``checker check --format xlsx`` on a workbook of cases: a copy with results, and the workbook untouched."""

import datetime as dt

import openpyxl
import pytest
from click.testing import CliRunner

from checker.cli.main import program
from cli.jia import RULES


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "甲.norm").write_text(RULES, encoding="utf-8")
    book = openpyxl.Workbook()
    events = book.active
    events.title = "事件"
    for row in (
        ("案件", "行为", "日期", "主体"),
        ("一", "交办", dt.date(2026, 6, 1), "法院"),
        ("一", "办结", dt.date(2026, 6, 20), "法院"),
        ("二", "交办", dt.date(2026, 6, 1), "法院"),
        ("三", "交办", "6月1日", "法院"),
    ):
        events.append(row)
    book.save(tmp_path / "案.xlsx")
    return tmp_path


def check(folder, *args):
    source, rules = str(folder / "案.xlsx"), str(folder / "甲.norm")
    return CliRunner().invoke(
        program, ["check", source, "--rules", rules, "--as-of", "2026-07-01", "--format", "xlsx", *args]
    )


def test_the_workbook_comes_back_with_results(folder):
    before = (folder / "案.xlsx").read_bytes()
    found = check(folder, "--output", str(folder / "结果.xlsx"))
    assert found.exit_code == 2, found.stderr  # one date cannot be read
    assert (folder / "案.xlsx").read_bytes() == before
    book = openpyxl.load_workbook(folder / "结果.xlsx")
    assert book.sheetnames == ["事件", "说明", "问题清单", "临近期限", "待补资料", "未读入", "案件一览"]
    assert [[cell.value for cell in row] for row in book["事件"].iter_rows(min_col=5)] == [
        ["检查结果", "说明"],
        ["红：待核实（逾期履行 1）", "逾期履行 · jia/按期：届满 2026-06-11，超过 9日"],
        [None, None],
        ["红：待核实（逾期未履行 1）", "逾期未履行 · jia/按期：届满 2026-06-11，超过 20日"],
        ["灰：未读入", "「6月1日」不是可识别的日期"],
    ]
    told = [[cell.value for cell in row] for row in book["未读入"].iter_rows(min_row=2)]
    assert [(row[0], row[2], row[3]) for row in told] == [("未读入", "事件 C5", "6月1日")]


def test_a_folder_with_one_workbook_is_that_workbook(folder):
    other = folder / "台账"
    other.mkdir()
    (folder / "案.xlsx").rename(other / "案.xlsx")
    args = ["--rules", str(folder / "甲.norm"), "--as-of", "2026-07-01", "--format", "xlsx"]
    CliRunner().invoke(program, ["check", str(other), *args, "--output", str(folder / "一.xlsx")])
    assert openpyxl.load_workbook(folder / "一.xlsx").sheetnames[0] == "事件"
    (other / "乙.xlsx").write_bytes((other / "案.xlsx").read_bytes())
    CliRunner().invoke(program, ["check", str(other), *args, "--output", str(folder / "二.xlsx")])
    assert openpyxl.load_workbook(folder / "二.xlsx").sheetnames[0] == "说明"


def test_a_workbook_is_no_text(folder):
    found = check(folder)
    assert found.exit_code == 2
    assert "须用「--output」写入文件" in found.stderr


def test_the_ledger_itself_is_never_written_over(folder):
    before = (folder / "案.xlsx").read_bytes()
    found = check(folder, "--output", str(folder / "案.xlsx"))
    assert found.exit_code == 2
    assert (folder / "案.xlsx").read_bytes() == before


def test_what_is_masked_for_its_readers_has_no_copy(folder):
    check(folder, "--output", str(folder / "结果.xlsx"), "--redact", "对外")
    assert openpyxl.load_workbook(folder / "结果.xlsx").sheetnames[0] == "说明"


def test_a_ledger_with_a_column_an_act_comes_back_with_its_cells_marked(folder):
    book = openpyxl.Workbook()
    page = book.active
    page.title = "督办"
    day = dt.date(2026, 6, 1)
    for row in (
        ("督办台账",),
        ("序号", "案号", "交办日期", "办结日期", "归档日期"),
        (1, "督1", day, dt.date(2026, 6, 9), None),
        (2, "督2", day, dt.date(2026, 6, 20), None),
        (3, "督3", day, None, None),
        (4, "督4", "6月1日", None, None),
        ("合计", "4件", None, None, None),
    ):
        page.append(row)
    page.merge_cells("A1:E1")
    ledger, rules = str(folder / "台账.xlsx"), str(folder / "甲.norm")
    book.save(ledger)
    before = (folder / "台账.xlsx").read_bytes()
    assert CliRunner().invoke(program, ["intake", ledger, "--rules", rules]).exit_code in (0, 1, 2)
    CliRunner().invoke(program, ["intake", ledger, "--rules", rules, "--confirm"])
    args = ["--rules", rules, "--as-of", "2026-07-01", "--format", "xlsx", "--output", str(folder / "结果.xlsx")]
    found = CliRunner().invoke(program, ["check", ledger, *args])
    assert found.exit_code == 1, found.stderr
    assert (folder / "台账.xlsx").read_bytes() == before
    sheet = openpyxl.load_workbook(folder / "结果.xlsx")["督办"]
    assert [sheet.cell(n, 6).value for n in range(1, 8)] == [
        None,
        "检查结果",
        "绿：未见不符",
        "红：待核实（逾期履行 1）",
        "红：待核实（逾期未履行 1）",
        "灰：资料不足 1",
        None,
    ]
    marked = {
        cell.coordinate: cell.fill.fgColor.rgb for row in sheet.iter_rows(max_col=5) for cell in row if cell.comment
    }
    assert marked == {"C4": "FFFFC7CE", "D4": "FFFFC7CE", "C5": "FFFFC7CE", "D5": "FFFFC7CE", "C6": "FFD9D9D9"}
