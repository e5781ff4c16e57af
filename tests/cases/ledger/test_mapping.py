"""Mapping files: read as they are written, with every mistake told at its line; completed without losing a word."""

from pathlib import Path

import pytest

from cases.ledger.grids import book, grid
from cases.ledger.test_proposing import LONG, WIDE
from checker.cases.ledger.completing import completed
from checker.cases.ledger.confirmation import digest_of
from checker.cases.ledger.mapping import LedgerMapping
from checker.cases.ledger.mapping_text import confirmed_text, mapping_text
from checker.cases.ledger.mapping_yaml import COLUMN, EVENT, SOURCE, TOP
from checker.cases.ledger.mapping_yaml import SHEET as SHEET_KEYS
from checker.cases.ledger.proposing.ledger import propose
from checker.cases.ledger.reading.bound import fitted
from checker.cases.ledger.wording import wrong_words
from checker.model.diagnostic import DataError

HEAD = """\
来源: {台账: 台账.xlsx, 表头: {台账: [案号, 登记日期, 交办日期, 承办单位]}}
已确认: 是
表:
"""
SHEET = """\
- 工作表: 台账
  读取: 是
  形式: 一行一案
  表头行: [1]
  案件: 案号
  事件:
  - 行为: 登记
    日期: 登记日期
  - {行为: 交办, 日期: 交办日期, 属性: {承办单位: {列: 承办单位}}}
  涵盖: [登记, 交办]
"""


@pytest.mark.parametrize("sheet", [WIDE, LONG])
def test_what_is_written_is_read_the_same(rules, mapping, sheet):
    proposal = propose(book(sheet), rules, "x")
    read = mapping(mapping_text(proposal.mapping, proposal.comments))
    assert read.model_copy(update={"file": "x", "places": {}}) == proposal.mapping


def test_english_keys_mean_the_same(mapping):
    text = """\
source: {ledger: a.xlsx, headers: {S: [案号, 登记日期]}}
confirmed: true
sheets:
- sheet: S
  read: true
  form: case
  header_rows: [1]
  case: 案号
  kind: 督办
  case_attributes: {来源: {column: 来源, values: {a: 领导批示}}}
  events: [{act: 登记, date: 登记日期, actor: 政法委, attributes: {}}]
  covers: [登记]
  ordered: false
  ignore: [x]
  parties: [y]
  unmapped: [z]
organs: {a: 法院}
"""
    found = mapping(text)
    (sheet,) = found.sheets
    assert (found.confirmed, sheet.case, sheet.kind, sheet.events[0].actor) == (True, "案号", "督办", "政法委")
    assert (sheet.ignored, sheet.parties, sheet.unmapped, found.organs) == (("x",), ("y",), ("z",), {"a": "法院"})
    assert sheet.case_attributes["来源"].values == {"a": "领导批示"}


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("- 甲", ["1 对照文件应是一组「项: 值」，现为「[…]」"]),
        ("来源: {}\n已确认: 也许", ["2 已确认应是「是」或「否」，现为「也许」"]),
        ("来源: {}\n表:\n- 读取: 是", ["3 表的一项没有写是哪张工作表"]),
        ("来源: {}\n表:\n- {工作表: 甲, 读取: 也许}", ["3 读取应是「是」「否」或「待定」，现为「也许」"]),
        ("来源: {}\n表:\n- {工作表: 甲, 形式: 一行一人}", ["3 形式不能是「一行一人」"]),
        ("来源: {}\n表:\n- {工作表: 甲, 表头行: [3, 5]}", ["3 表头行应是相连的行号，如 [3, 4]，现为「['3', '5']」"]),
        ("来源: {}\n表:\n- {工作表: 甲, 案仵: 乙}", ["3 表的一项没有「案仵」这一项"]),
        ("来源: {}\n表:\n- 工作表: 甲\n  事件:\n  - 行为: 登记", ["5 事件没有写日期在哪一列"]),
        ("来源: {}\n表:\n- 工作表: 甲\n  类型: {单位: 日}", ["4 「类型」没有写取自哪一列"]),
        ("来源: {}\n机关对照: [甲]", ["2 机关对照应是一组「名称: 名称」，现为「[…]」"]),
    ],
)
def test_a_mistake_is_told_at_its_line(mapping, text, messages):
    with pytest.raises(DataError) as error:
        mapping(text)
    assert [f"{one.at.line} {one.message}" for one in error.value.diagnostics] == messages


@pytest.mark.parametrize(
    ("old", "new", "messages"),
    [
        ("行为: 登记", "行为: 立案登记", ["10 行为「立案登记」没有声明"]),
        ("日期: 登记日期", "日期: 登记时间", ["11 表头里的列「登记时间」没有声明"]),
        ("案件: 案号", "案件: 编号", ["8 表头里的列「编号」没有声明"]),
        ("承办单位: {", "受理单位: {", ["12 行为「交办」的属性「受理单位」没有声明"]),
        ("涵盖: [登记, 交办]", "涵盖: [登记, 交办, 转办]", ["13 行为「转办」没有声明"]),
        ("{列: 承办单位}", "乡政府", ["12 机关「乡政府」没有声明"]),
        ("{列: 承办单位}", "{列: 承办单位, 单位: 天数}", ["12 单位「天数」不可用"]),
        ("涵盖:", "类型: 督查\n  涵盖:", ["13 案件类型「督查」没有声明"]),
        ("    日期: 登记日期", "    日期: 登记日期\n    主体: 乡政府", ["12 主体「乡政府」没有声明"]),
    ],
)
def test_a_word_that_nothing_declares_is_told_at_its_line(mapping, rules, old, new, messages):
    assert old in SHEET
    found = mapping(HEAD + SHEET.replace(old, new, 1))
    assert [f"{one.at.line} {one.message}" for one in wrong_words(found, rules.vocabulary)] == messages


def test_a_good_mapping_has_no_wrong_word(mapping, rules):
    found = mapping(HEAD + SHEET + "机关对照: {市法院: 法院, 县法院: }\n")
    assert wrong_words(found, rules.vocabulary) == ()
    assert found.organs == {"市法院": "法院", "县法院": None}
    wrong = mapping(HEAD + SHEET + "机关对照: {市法院: 法庭}\n")
    assert [one.at.line for one in wrong_words(wrong, rules.vocabulary)] == [14]


def test_a_name_leads_to_one_organ(mapping, rules):
    found = mapping(HEAD + SHEET + "机关对照: {法院: 检察院}\n")
    assert [(one.code, one.at.line) for one in wrong_words(found, rules.vocabulary)] == [("two-organs", 14)]


def test_the_mapping_on_the_page_is_one(mapping):
    page = Path(__file__).parents[3] / "docs" / "reference" / "ledgers.md"
    text = page.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    found = mapping(text)
    assert found.open_points == ()
    assert [event.act for event in found.sheets[0].events] == ["登记", "交办", "办结"]


def test_every_key_is_on_the_page():
    page = (Path(__file__).parents[3] / "docs" / "reference" / "ledgers.md").read_text(encoding="utf-8")
    for table in (TOP, SOURCE, SHEET_KEYS, EVENT, COLUMN):
        assert [key for key, alias in table.items() if key not in page or alias not in page] == []


NEXT = ["案号", "登记日期", "交办日期", "承办单位"]


@pytest.mark.parametrize(
    ("grids", "differences"),
    [
        ([grid([NEXT, ["督1号"]])], []),
        ([grid([["新标题"], NEXT, ["督1号"]])], []),
        ([grid([NEXT, ["督1号"]], title="11月")], []),
        ([grid([[*NEXT, "备注"], ["督1号"]])], ["工作表「台账」多了列「备注」"]),
        ([grid([NEXT[:3], ["督1号"]])], ["工作表「台账」少了列「承办单位」"]),
        ([grid([NEXT[::-1], ["督1号"]])], ["工作表「台账」各列的次序变了"]),
        (
            [grid([["案号", "登记日期", "交办时间", "承办单位"], ["督1号"]])],
            ["工作表「台账」少了列「交办日期」", "工作表「台账」多了列「交办时间」"],
        ),
        ([grid([NEXT, ["督1号"]]), grid([["案号", "办结日期"]], title="办结")], ["工作表「办结」不在对照里"]),
        ([grid([NEXT, ["督1号"]]), grid([NEXT], title="旧", hidden=True)], ["隐藏的工作表「旧」不在对照里"]),
        (
            [grid([["案号", "办结日期"]], title="办结")],
            ["工作表「办结」不在对照里", "对照里的工作表「台账」不在这份台账里"],
        ),
    ],
)
def test_a_mapping_fits_only_the_headers_it_was_made_for(mapping, grids, differences):
    found = fitted(mapping(HEAD + SHEET), book(*grids))
    assert list(found.differences) == differences


def test_what_a_person_wrote_stays_and_what_is_new_is_added(mapping, rules):
    existing = mapping(HEAD + SHEET.replace("行为: 登记", "行为: 催办") + "机关对照: {市法院: 法院}\n")
    heads = [*NEXT[:1], *NEXT[2:], "结案日期", "备注"]
    now = grid([heads, ["督1号", "2024-1-1", "县法院", "2024-2-1", None]])
    done = completed(existing, propose(book(now), rules, "x"))
    (sheet,) = done.mapping.sheets
    assert [(event.act, event.date) for event in sheet.events] == [("交办", "交办日期"), ("办结", "结案日期")]
    assert (sheet.covers, sheet.ignored, sheet.header) == (("交办", "办结"), ("备注",), tuple(heads))
    assert done.mapping.organs == {"市法院": "法院", "县法院": None}
    assert (done.mapping.confirmed, done.is_changed) == (False, True)
    assert done.said == (
        "工作表「台账」少了列「登记日期」，去掉它们的对照",
        "工作表「台账」多了列「结案日期」、「备注」",
        "「机关对照」新增「县法院」",
    )


def test_new_words_alone_leave_a_mapping_confirmed(mapping, rules):
    existing = mapping(HEAD + SHEET)
    now = grid([NEXT, ["督1号", "2024-1-1", "2024-1-2", "县法院"]])
    done = completed(existing, propose(book(now), rules, "x"))
    assert (done.mapping.confirmed, done.said) == (True, ("「机关对照」新增「县法院」",))
    again = completed(existing, propose(book(grid([NEXT, ["督1号", "2024-1-1", "2024-1-2", "法院"]])), rules, "x"))
    assert (again.mapping.sheets, again.said) == (existing.sheets, ())


def test_a_column_that_a_person_struck_out_is_listed_again(mapping, rules):
    existing = mapping(HEAD + SHEET.replace(", 属性: {承办单位: {列: 承办单位}}", ""))
    done = completed(existing, propose(book(grid([NEXT, ["督1号", "2024-1-1", "2024-1-2", "法院"]])), rules, "x"))
    assert done.said == ("工作表「台账」的列「承办单位」没有写到，列入「未对照」",)
    assert done.mapping.sheets[0].unmapped == ("承办单位",)


def test_only_one_line_changes_when_a_person_confirms():
    text = "# 我的话\n来源: {}\n已确认: 否  # 还没\n表: []\n"
    empty = LedgerMapping(file="")
    said = f"已确认: 是\n确认时的摘要: {digest_of(empty)}\n"
    assert confirmed_text(text, empty) == f"# 我的话\n来源: {{}}\n{said}表: []\n"
    assert confirmed_text("表: []\n", empty) == f"表: []\n{said}"
    assert confirmed_text(f"来源: {{}}\n{said}表: []\n", empty) == f"来源: {{}}\n{said}表: []\n"


@pytest.mark.parametrize("sheet", [WIDE, LONG])
def test_an_edit_is_no_more_what_was_confirmed(rules, mapping, sheet):
    proposal = propose(book(sheet), rules, "x")
    text = confirmed_text(mapping_text(proposal.mapping, proposal.comments), proposal.mapping)
    found = mapping(text)
    assert (found.confirmed, found.edited) == (True, False)
    written = mapping(mapping_text(found, {}))  # as it is written when new words are added
    assert (written.confirmed, written.edited) == (True, False)
    tidy = text.replace("  # ", "    # ").replace("案件: 案号", '案件: "案号"') + "# 我的话\n"
    assert tidy != text
    assert mapping(tidy).confirmed
    for old, new in (("案件: 案号", "案件: 备注"), ("有序: 否", "有序: 是"), ("登记, ", ""), ("市", "乡")):
        assert old in text
        edited = mapping(text.replace(old, new, 1))
        assert (edited.confirmed, edited.edited) == (False, True)
