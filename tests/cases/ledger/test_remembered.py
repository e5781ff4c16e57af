"""Ledgers read through the door of cases: which mapping holds, and what is said where none does."""

import openpyxl
import pytest

from cases.ledger.conftest import PACK
from checker.api import compile_rules
from checker.cases.ledger.mapping_yaml import read_mapping
from checker.cases.portions import Portion, Setup, load, portions
from checker.cases.problems import BadCase
from checker.cases.reading import ReadOptions, read_cases
from checker.cases.source import Skipped
from checker.model.case import Case

HEAD = ["案号", "登记日期", "交办日期"]
MAPPING = """\
来源: {台账: 甲.xlsx, 表头: {台账: [案号, 登记日期, 交办日期]}}
已确认: 是
表:
- 工作表: 台账
  读取: 是
  表头行: [1]
  案件: 案号
  事件: [{行为: 登记, 日期: 登记日期}, {行为: 交办, 日期: 交办日期}]
  涵盖: [登记, 交办]
"""


OF_TEXT = MAPPING.replace("台账: [案", '"": [案').replace("工作表: 台账", '工作表: ""')


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory):
    file = tmp_path_factory.mktemp("jia") / "jia.norm"
    file.write_text(PACK, encoding="utf-8")
    return compile_rules([str(file)])[0].vocabulary


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ledger(path, rows, title="台账", head=HEAD):
    held = openpyxl.Workbook()
    held.active.title = title
    for row in (head, *rows):
        held.active.append(row)
    held.save(path)


def read(vocabulary, *paths, **options):
    items = list(read_cases(paths, vocabulary, ReadOptions(**options)))
    return [one for one in items if isinstance(one, Case)], [d for one in items if isinstance(one, BadCase)
                                                             for d in one.diagnostics]  # fmt: skip


@pytest.mark.usefixtures("home")
def test_a_ledger_without_a_mapping_says_which_command_to_run(vocabulary):
    ledger("甲.xlsx", [["督1号", "2024-3-1", None]])
    cases, (said,) = read(vocabulary, "甲.xlsx")
    assert cases == []
    assert said.message == "「甲.xlsx」里没有工作表「事件」；作为台账，还没有写明哪一列是什么的对照"
    assert said.help == "运行「checker intake 甲.xlsx --rules 规则包」"


def test_an_unconfirmed_mapping_is_not_used(home, vocabulary):
    ledger("甲.xlsx", [["督1号", "2024-3-1", None]])
    (home / "甲.对照.yaml").write_text(MAPPING.replace("已确认: 是", "已确认: 否"), encoding="utf-8")
    cases, (said,) = read(vocabulary, "甲.xlsx")
    assert (cases, said.code) == ([], "mapping-unconfirmed")


def test_a_confirmed_mapping_beside_the_ledger_is_used(home, vocabulary):
    ledger("甲.xlsx", [["督1号", "2024-3-1", None]])
    (home / "甲.对照.yaml").write_text(MAPPING, encoding="utf-8")
    (case,), said = read(vocabulary, "甲.xlsx")
    assert ([e.act for e in case.events], case.covers, said) == (["登记"], {"登记", "交办"}, [])
    assert case.remarks == ()


def test_the_mapping_of_a_ledger_with_equal_headers_is_used_and_said(home, vocabulary):
    ledger("乙.xlsx", [["督2号", "2024-3-1", None]], title="11月")
    (home / "甲.对照.yaml").write_text(MAPPING, encoding="utf-8")
    (case,), _ = read(vocabulary, "乙.xlsx")
    assert [one.message for one in case.remarks] == [
        "表头与已确认的对照「甲.对照.yaml」相同，按它读入；工作表「11月」与「台账」表头相同，按它的对照读入"
    ]


@pytest.mark.parametrize("head", [HEAD[::-1], [*HEAD, "备注"], HEAD[:2]])
def test_other_headers_need_a_look(home, vocabulary, head):
    ledger("甲.xlsx", [["督1号", "2024-3-1", None]], head=head)
    (home / "甲.对照.yaml").write_text(MAPPING, encoding="utf-8")
    cases, (said,) = read(vocabulary, "甲.xlsx")
    assert (cases, said.code) == ([], "mapping-differs")


def test_a_mapping_may_be_named(home, vocabulary):
    ledger("甲.xlsx", [["督1号", "2024-3-1", None]])
    (home / "别处").mkdir()
    (home / "别处/对照.yaml").write_text(MAPPING, encoding="utf-8")
    named = read_mapping("别处/对照.yaml")
    (case,), _ = read(vocabulary, "甲.xlsx", ledger=named)
    assert case.id == "督1号"


def test_a_broken_mapping_is_told_at_its_line(home, vocabulary):
    ledger("甲.xlsx", [["督1号", "2024-3-1", None]])
    (home / "甲.对照.yaml").write_text(MAPPING.replace("读取: 是", "读取: 也许"), encoding="utf-8")
    cases, (said,) = read(vocabulary, "甲.xlsx")
    assert (cases, said.at.file, said.at.line) == ([], "甲.对照.yaml", 5)


def test_text_is_a_ledger_only_with_a_mapping(home, vocabulary):
    (home / "甲.csv").write_text("case,act,date\n督1号,登记,2024-03-01\n", encoding="utf-8")
    (home / "乙.csv").write_bytes("案号,登记日期,交办日期\n督2号,2024-3-1,\n".encode("gb18030"))
    (home / "乙.对照.yaml").write_text(OF_TEXT, encoding="utf-8")
    cases, said = read(vocabulary, "甲.csv", "乙.csv")
    assert [(case.id, [e.act for e in case.events]) for case in cases] == [("督1号", ["登记"]), ("督2号", ["登记"])]
    assert said == []
    assert (cases[1].place.cell, cases[1].place.line) == ("A2", 2)


def test_a_workbook_under_the_name_of_a_text_is_read(home, vocabulary):
    ledger("甲.xlsx", [["督1号", "2024-3-1", None]])
    (home / "甲.xlsx").rename("甲.csv")
    (home / "甲.对照.yaml").write_text(MAPPING, encoding="utf-8")
    (case,), _ = read(vocabulary, "甲.csv")
    assert case.id == "督1号"


def test_mappings_and_open_workbooks_are_no_cases_of_a_folder(home, vocabulary):
    ledger("甲.xlsx", [["督1号", "2024-3-1", None]])
    (home / "甲.对照.yaml").write_text(MAPPING, encoding="utf-8")
    (home / "~$甲.xlsx").write_bytes(b"lock")
    stream = read_cases(["."], vocabulary)
    assert [one.id for one in stream] == ["督1号"]
    assert sorted(stream.summary.skipped) == ["~$甲.xlsx", "甲.对照.yaml"]


@pytest.mark.usefixtures("home")
def test_a_workbook_of_cases_is_read_as_such(vocabulary):
    ledger("案.xlsx", [["督1号", "2024-03-01", "登记"]], title="事件", head=["案件", "日期", "行为"])
    (case,), said = read(vocabulary, "案.xlsx")
    assert ([e.act for e in case.events], said) == (["登记"], [])


def test_archives_read_ledgers_case_by_case(home, vocabulary):
    ledger("甲.xlsx", [["督1号", "2024-3-1", None], ["督2号", "2024年3月", None]])
    (home / "乙.csv").write_text("案号,登记日期,交办日期\n督3号,2024-3-1,\n", encoding="utf-8")
    (home / "甲.对照.yaml").write_text(MAPPING, encoding="utf-8")
    (home / "乙.对照.yaml").write_text(OF_TEXT, encoding="utf-8")
    setup = Setup(vocabulary, ReadOptions())
    found = [one for one in portions(["."], setup) if not isinstance(one, Skipped)]
    assert all(isinstance(one, Portion) for one in found)
    chunks = [load(one, setup) for one in found]
    assert [name for chunk in chunks for name in chunk.cases.column("case").to_pylist()] == ["督3号", "督1号", "督2号"]
    assert [cell for chunk in chunks for cell in chunk.cells] == [(None, "A2"), ("台账", "A2"), ("台账", "A3")]
    assert [remark.code for chunk in chunks for _, remark in chunk.remarks] == ["month-only"]


def test_archives_read_text_by_a_mapping_that_is_named(home, vocabulary):
    (home / "乙.csv").write_text("案号,登记日期,交办日期\n督3号,2024-3-1,\n", encoding="utf-8")
    (home / "别处.yaml").write_text(OF_TEXT, encoding="utf-8")
    setup = Setup(vocabulary, ReadOptions(ledger=read_mapping("别处.yaml")))
    (portion,) = portions(["乙.csv"], setup)
    assert load(portion, setup).cases.column("case").to_pylist() == ["督3号"]


def test_a_workbook_without_a_suffix_is_told_by_its_content(home, vocabulary):
    ledger("甲.xlsx", [["督1号", "2024-3-1", None]])
    (home / "甲.xlsx").rename("甲")
    (home / "甲.对照.yaml").write_text(MAPPING, encoding="utf-8")
    (case,), _ = read(vocabulary, "甲")
    assert case.id == "督1号"
