"""Fixtures in Excel workbooks: read cell by cell, refused at the cell that is wrong, written so that they read back."""

import datetime as dt
import io
import sys
from pathlib import Path

import openpyxl
import pytest

from checker.cases.fixture_workbook import is_same, write_workbook
from checker.cases.fixtures import read_fixtures
from checker.model.case import Fixture, Todo
from checker.model.finding import Verdict
from checker.model.values import ValueType
from checker.model.vocabulary import Act, Vocabulary

PERIOD, NUMBER = ValueType(name="期间"), ValueType(name="数")
TEXT, MANY = ValueType(name="文本"), ValueType(name="文本", many=True)
VOCABULARY = Vocabulary(
    organs={"政法委": None, "法院": None},
    persons=("承办人",),
    kinds=("督办",),
    acts={
        "交办": Act(
            name="交办", attributes={"期限": ValueType(name="期间"), "文号": TEXT, "罚款": ValueType(name="数")}
        ),
        "办结": Act(name="办结", attributes={"公开": ValueType(name="是否"), "事由": MANY}),
    },
    case_attributes={"来源": TEXT},
)
SHEETS = {
    "案件": [["案件", "截至", "类型", "涵盖", "来源", "待办理由", "待办截止", "备注"],
             ["甲", dt.date(2026, 7, 1), "督办", "交办、办结", "领导批示", None, None, "不读"],
             ["乙", "2026-07-02", None, None, None, "等口径", dt.date(2027, 3, 31), None]],
    "事件": [["案件", "日期", "行为", "主体", "期限", "文号", "罚款", "公开", "事由", "文书", "编号"],
             ["甲", dt.date(2026, 3, 2), "交办", "政法委、承办人", "一个半月", 12, 200.5, None, None, "（空）", "jb"],
             ["乙", "2026-03-03T09:30", "交办", "法院", "（无）", "0012", 3, None, None, "甲部分、乙部分"],
             ["甲", dt.datetime(2026, 5, 20, 8, 0), "办结", "法院", None, None, None, True, "一、二"]],
    "期望": [["案件", "duban/按期办结", "duban/先批后交"],
             ["甲", "合规 2026-06-01、逾期未履行（2026-06-02）；待履行 无", "违反"],
             ["乙", None, None]],
}  # fmt: skip


def workbook(tmp_path, sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    path = tmp_path / "用例.xlsx"
    book.save(path)
    return str(path)


def read(tmp_path, **changed):
    return list(read_fixtures(workbook(tmp_path, {**SHEETS, **changed}), VOCABULARY))


def test_the_cells_of_a_case(tmp_path):
    first, second = read(tmp_path)
    assert isinstance(first, Fixture), first.diagnostics
    assert (first.case.id, first.case.kind, first.as_of) == ("甲", "督办", dt.date(2026, 7, 1))
    assert first.case.covers == {"交办", "办结"}
    assert first.case.attributes == {"来源": "领导批示"}
    one, two = first.case.events
    assert (one.id, one.date, one.time, one.actors, one.document) == (
        "jb", dt.date(2026, 3, 2), None, ("政法委", "承办人"), ()
    )  # fmt: skip
    assert one.attributes["文号"] == "12"
    assert str(one.attributes["罚款"]) == "200.5"
    assert len(one.attributes["期限"].parts) == 2
    assert (two.id, two.date, two.time) == ("e2", dt.date(2026, 5, 20), dt.time(8))
    assert two.attributes == {"公开": True, "事由": ("一", "二")}
    assert [(line.norm, line.values) for line in first.expect] == [
        ("duban/按期办结", {"verdict": Verdict.MET, "due": dt.date(2026, 6, 1)}),
        ("duban/按期办结", {"verdict": Verdict.OVERDUE, "due": dt.date(2026, 6, 2)}),
        ("duban/按期办结", {"verdict": Verdict.PENDING, "due": None}),
        ("duban/先批后交", {"verdict": Verdict.BREACHED}),
    ]
    assert isinstance(second, Fixture), second.diagnostics
    assert second.expect == ()
    assert second.todo == Todo(reason="等口径", until=dt.date(2027, 3, 31))
    (event,) = second.case.events
    assert event.attributes == {"期限": None, "文号": "0012", "罚款": 3}
    assert event.document == ("甲部分", "乙部分")


def test_every_value_knows_its_cell(tmp_path):
    first, _ = read(tmp_path)
    assert (first.case.place.sheet, first.case.place.cell) == ("案件", "A2")
    assert [(e.place.sheet, e.place.cell) for e in first.case.events] == [("事件", "A2"), ("事件", "A4")]
    assert [(line.place.sheet, line.place.cell) for line in first.expect] == [
        ("期望", "B2"), ("期望", "B2"), ("期望", "B2"), ("期望", "C2")
    ]  # fmt: skip


def with_cell(sheet, row, column, value):
    rows = [list(one) for one in SHEETS[sheet]]
    rows[row - 1] += [None] * (column - len(rows[row - 1]))
    rows[row - 1][column - 1] = value
    return {sheet: rows}


@pytest.mark.parametrize(
    ("changed", "cell", "said"),
    [
        (with_cell("案件", 2, 2, "2026/7/1"), ("案件", "B2"), "「2026/7/1」不是可识别的日期"),
        (with_cell("案件", 2, 3, "都办"), ("案件", "C2"), "案件类型「都办」没有声明"),
        (with_cell("案件", 3, 7, None), ("案件", "F3"), "待办没有写截止"),
        (with_cell("案件", 1, 5, "来历"), ("案件", "E2"), "案件没有属性「来历」"),
        (with_cell("案件", 3, 1, "甲"), ("案件", "A3"), "工作表「案件」里案件「甲」写了两行"),
        (with_cell("案件", 3, 1, None), ("案件", "A3"), "这一行没有案件编号"),
        (with_cell("案件", 1, 2, "类型"), ("案件", "C1"), "表头里「类型」出现两次"),
        (with_cell("事件", 2, 3, "交瓣"), ("事件", "C2"), "行为「交瓣」没有声明"),
        (with_cell("事件", 4, 4, "政法位"), ("事件", "D4"), "主体「政法位」没有声明"),
        (with_cell("事件", 4, 5, "30日"), ("事件", "E4"), "行为「办结」没有属性「期限」"),
        (with_cell("事件", 3, 7, "三百"), ("事件", "G3"), "「罚款」应是「数」，现为「三百」"),
        (with_cell("事件", 2, 12, "多出来的"), ("事件", "L2"), "这一格所在的列没有表头"),
        (with_cell("期望", 2, 2, "合归"), ("期望", "B2"), "结论「合归」不在可选的值之内"),
        (with_cell("期望", 2, 3, "违反 六月一日"), ("期望", "C2"), "期望「违反 六月一日」读不懂"),
        (with_cell("期望", 2, 2, "合规 2026-06-31"), ("期望", "B2"), "日历上没有「2026-06-31」这一天"),
    ],
)
def test_what_is_wrong_is_said_at_its_cell(tmp_path, changed, cell, said):
    bad = [item for item in read(tmp_path, **changed) if not isinstance(item, Fixture)]
    found = [(d.at.sheet, d.at.cell, d.message) for item in bad for d in item.diagnostics]
    assert (*cell, said) in [(sheet, where, message[: len(said)]) for sheet, where, message in found], found


def events_without(tmp_path, act):
    """Both cases where the third event says no case, with the acts whose absence means something in each."""
    rows = [list(one) for one in SHEETS["事件"]]
    rows[3][0], rows[3][2] = None, act
    items = read(tmp_path, 事件=rows)
    assert [d.message for one in items if not isinstance(one, Fixture) for d in one.diagnostics] == [
        "这一行没有案件编号"
    ]
    return [one.case.covers for one in items if isinstance(one, Fixture)]


@pytest.mark.parametrize(("act", "covers"), [("办结", {"交办"}), ("交瓣", set()), (None, set())])
def test_no_case_is_said_to_lack_what_a_row_without_a_case_tells(tmp_path, act, covers):
    assert events_without(tmp_path, act) == [covers, covers]


def test_of_an_act_that_suspends_periods_none_is_said_to_lack_any(tmp_path):
    rows = [list(one) for one in SHEETS["事件"]]
    rows[3][0] = None
    still = VOCABULARY.model_copy(update={"suspending": frozenset({"办结"})})
    path = workbook(tmp_path, {**SHEETS, "事件": rows})
    cases = [one.case for one in read_fixtures(path, still) if isinstance(one, Fixture)]
    assert [case.covers for case in cases] == [set(), set()]


def test_cells_merged_downwards_say_the_same_in_each_row(tmp_path):
    rows = [SHEETS["事件"][0], SHEETS["事件"][1], [None, *SHEETS["事件"][3][1:]]]
    path = workbook(tmp_path, {**SHEETS, "事件": rows})
    book = openpyxl.load_workbook(path)
    book["事件"].merge_cells("A2:A3")
    book.save(path)
    one, _ = read_fixtures(path, VOCABULARY)
    assert [event.act for event in one.case.events] == ["交办", "办结"]
    assert one.case.covers == {"交办", "办结"}


def test_a_case_without_a_row_of_expectations_is_refused(tmp_path):
    (bad,) = [item for item in read(tmp_path, 期望=SHEETS["期望"][:2]) if not isinstance(item, Fixture)]
    assert (bad.id, [d.message for d in bad.diagnostics]) == ("乙", ["测试案例没有写期望"])


def test_a_workbook_of_something_else_is_refused(tmp_path):
    (bad,) = list(read_fixtures(workbook(tmp_path, {"Sheet1": [["a"]]}), VOCABULARY))
    (said,) = bad.diagnostics
    assert said.message.endswith("里没有工作表「事件」；作为台账，还没有写明哪一列是什么的对照")
    assert "checker intake" in said.help
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    (bad,) = list(read_fixtures(str(tmp_path / "坏.xlsx"), VOCABULARY))
    assert [d.message for d in bad.diagnostics] == ["内容不是完整的 Excel 工作簿"]


def test_a_stray_cell_far_away_is_refused_before_it_fills_the_memory(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "事件"
    book.active["A1"] = "案件"
    book.active["XFD1048576"] = "x"
    book.save(tmp_path / "远.xlsx")
    (bad,) = list(read_fixtures(str(tmp_path / "远.xlsx"), VOCABULARY))
    assert [d.message for d in bad.diagnostics] == ["有一张表用到单元格 XFD1048576，太大"]


@pytest.mark.parametrize("cut", [10, 200, 1000, 3000])
def test_a_workbook_cut_short_is_refused(tmp_path, cut):
    path = Path(workbook(tmp_path, SHEETS))
    path.write_bytes(path.read_bytes()[:-cut])
    (bad,) = list(read_fixtures(str(path), VOCABULARY))
    assert [d.message for d in bad.diagnostics] == ["内容不是完整的 Excel 工作簿"]


@pytest.mark.parametrize("at", range(30, 9000, 450))
def test_a_damaged_workbook_never_ends_the_program(tmp_path, at):
    path = Path(workbook(tmp_path, SHEETS))
    data = bytearray(path.read_bytes())
    data[min(at, len(data) - 1)] ^= 0xFF
    path.write_bytes(bytes(data))
    assert list(read_fixtures(str(path), VOCABULARY))


def test_what_is_needed_to_read_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    (bad,) = read(tmp_path)
    assert [(d.message, d.help) for d in bad.diagnostics] == [
        ("读取 Excel 需要 python-calamine", "pip install 'checker[ledger]'")
    ]


YAML = """case: 全
kind: 督办
有序: 否
covers: [交办, 办结]
起止: {first: 2026-01-01, last: 2026-12-31}
attributes: {来源: "=HYPERLINK(1)"}
events:
  - {id: jb, date: 2026-03-02, act: 交办, actor: [政法委, 承办人], 期限: 一个半月, 文号: "0012", 罚款: 200.5}
  - {date: "2026-05-20 00:00:00", act: 办结, 公开: 否, 事由: [一, 二], document: []}
  - {act: 交办, 期限: null, 文号: "-1+cmd"}
answers: [{norm: duban/效果统一, event: jb, answer: 是, by: 审核员, date: 2026-07-01}]
as_of: 2026-07-01
todo: {reason: 等, until: 2027-01-01}
expect:
  - {norm: duban/按期办结, verdict: met, due: 2026-06-01}
  - {norm: duban/按期办结, verdict: overdue}
  - {norm: duban/按期办结, verdict: pending, due: null}
  - {norm: duban/先批后交, verdict: undetermined, anchor: jb, missing: [e2.日期, 行为.审批], days: -3, provisional: 否}
  - {norm: duban/效果统一, due: "2026-06-01 08:30"}
"""


def of_yaml(tmp_path, text):
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    return list(read_fixtures(str(tmp_path / "a.yaml"), VOCABULARY))


def test_what_is_written_reads_back_the_same(tmp_path):
    (fixture,) = of_yaml(tmp_path, YAML)
    written = write_workbook([fixture], VOCABULARY)
    assert written.left_out == ()
    (tmp_path / "b.xlsx").write_bytes(written.data)
    (back,) = read_fixtures(str(tmp_path / "b.xlsx"), VOCABULARY)
    assert is_same(fixture, back)
    assert back.case.events[1].time == dt.time(0)


def test_text_never_becomes_a_formula(tmp_path):
    written = write_workbook(of_yaml(tmp_path, YAML), VOCABULARY)
    book = openpyxl.load_workbook(io.BytesIO(written.data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    guarded = [cell.value for cell in cells if cell.quotePrefix]
    assert guarded == ["=HYPERLINK(1)", "-1+cmd"]


def test_what_a_workbook_cannot_say_is_left_out_and_named(tmp_path):
    split = "case: 顿\nevents: [{act: 办结, 事由: [一、二]}]\nas_of: 2026-07-01\nexpect: []\n"
    plain = "case: 平\nevents: [{act: 办结}]\nas_of: 2026-07-01\nexpect: []\n"
    fixtures = of_yaml(tmp_path, f"{split}---\n{plain}---\n{plain}")
    written = write_workbook(fixtures, VOCABULARY)
    assert written.left_out == ("顿", "平")
    (tmp_path / "b.xlsx").write_bytes(written.data)
    assert [one.case.id for one in read_fixtures(str(tmp_path / "b.xlsx"), VOCABULARY)] == ["平"]
