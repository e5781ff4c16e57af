"""What is proposed for a ledger: the whole mapping file, beside the sheets it is for."""

import pytest

from cases.ledger.grids import grid
from checker.cases.ledger.proposing.words import words_of

WIDE = grid(
    [
        ["2024 年督办台账"],
        ["序号", "案号", "原告", "来源", "登记日期", "审批", None, "转办日", "责任单位", "时限(日)", "结案日", "阅示"],
        [None, None, None, None, None, "日期", "意见", None, None, None, None, None],
        [1, "督1号", "张三", "领导批示", "2024-3-1", "2024-3-2", "同意", "2024-3-5", "市法院", 30, "2024-4-1", "抓紧"],
        [2, "督2号", "李四", "领导交办", "2024-3-1", "2024-3-2", "拟同意", "2024-3-5", "检察院", 30, None, None],
    ],
    merged=[(2, 6, 2, 7)],
)  # fmt: skip
WIDE_MAPPING = """\
来源:
  台账: 台账.xlsx
  表头:  # 这份对照是给这样的表头用的；同一文件夹里表头相同的台账也用它
    台账: [序号, 案号, 原告, 来源, 登记日期, 审批／日期, 审批／意见, 转办日, 责任单位, 时限(日), 结案日, 阅示]
已确认: 否
表:
- 工作表: 台账
  读取: 是
  形式: 一行一案
  表头行: [2, 3]
  案件: 案号
  类型: 督办
  案件属性:
    来源:
      列: 来源
      值:  # 台账上的写法: 声明过的取值；空着的按不知道处理
        领导交办:   # 是不是「领导批示」？可以写：领导批示、上级交办
  事件:
  - 行为: 登记
    日期: 登记日期
  - 行为: 审批
    日期: 审批／日期
    属性:
      结论:
        列: 审批／意见
        值:  # 台账上的写法: 声明过的取值；空着的按不知道处理
          拟同意:   # 是不是「同意」？可以写：同意、不同意
  - 行为: 交办
    日期: 转办日
    主体: 政法委  # 规范里做这一行为的是它，请核对
    属性:
      来源:
        列: 来源
        值:  # 台账上的写法: 声明过的取值；空着的按不知道处理
          领导交办:   # 是不是「领导批示」？可以写：领导批示、上级交办
      承办单位: {列: 责任单位}
      期限: {列: 时限(日), 单位: 日}
  - 行为: 办结
    日期: 结案日
    主体: {列: 责任单位}  # 规范里由它做这一行为，请核对
  不早于:  # 规范里左边的期限从右边起算；写得比右边的都早，多半写错，两处都按日期不明处理；确实可以更早的，删去那一行
    交办: [登记]
    办结: [交办]
  忽略: [序号]
  当事人列: [原告]  # 可能写着人名或案情的列：程序不读，标注和脱敏时遮去
  未对照: [阅示]  # 看不出用处的列，不读；有用的写到「事件」「属性」里，没有用的移到「忽略」
  涵盖: [登记, 审批, 交办, 办结]  # 台账该记而没有记的，就是没有记录；台账本来不记的，从这里删去
  有序: 否  # 一行一案的台账看不出同一天里各行为的先后
机关对照:  # 台账上的写法: 声明过的机关；空着的，这个名称按不知道处理
  市法院:   # 是不是「法院」？
"""
LONG = grid(
    [
        ["案号", "环节", "办理时间", "办理单位", "承办单位", "备注"],
        ["督1号", "登记", "2024-3-1", "政法委", None, None],
        ["督1号", "转办", "2024-3-5", "市政法委", "法院", None],
        ["督1号", "会商", "2024-3-6", "政法委", None, None],
        ["督2号", "登记", "2024-3-4", "政法委", None, None],
        ["督2号", "审批", "2024-3-2", "政法委", None, None],
    ],
    title="流水",
)
LONG_MAPPING = """\
来源:
  台账: 台账.xlsx
  表头:  # 这份对照是给这样的表头用的；同一文件夹里表头相同的台账也用它
    流水: [案号, 环节, 办理时间, 办理单位, 承办单位, 备注]
已确认: 否
表:
- 工作表: 流水
  读取: 是
  形式: 一行一事件
  表头行: [1]
  案件: 案号
  类型: 督办
  日期: 办理时间
  行为: 环节
  主体: {列: 办理单位}
  属性:
    承办单位: {列: 承办单位}
  行为对照:  # 这一列的写法: 声明过的行为；不要读的写「不读」
    登记: 登记
    转办: 交办
    会商:   # 写上声明过的行为；不要读的写「不读」
    审批: 审批
  不早于:  # 规范里左边的期限从右边起算；写得比右边的都早，多半写错，两处都按日期不明处理；确实可以更早的，删去那一行
    交办: [登记]
  忽略: [备注]
  当事人列: []
  未对照: []
  涵盖: [登记, 交办, 审批]  # 这张表该记而没有记的行为，就是没有记录；表里本来不记的，从这里删去
  有序: 否  # 行不是按先后排的，同一天的先后不知道
机关对照:  # 台账上的写法: 声明过的机关；空着的，这个名称按不知道处理
  市政法委:   # 是不是「政法委」？
"""


@pytest.mark.parametrize(("sheet", "expected"), [(WIDE, WIDE_MAPPING), (LONG, LONG_MAPPING)])
def test_the_whole_mapping(proposed, sheet, expected):
    text = proposed(sheet)
    assert "\n".join(line for line in text.splitlines() if not line.startswith("#")) + "\n" == expected


def sheet_of(proposed, *rows, **more):
    """The part of the proposal below the sheet's own name, without comments at the margin."""
    text = proposed(grid(rows, **more))
    return [line.strip() for line in text[text.index("- 工作表") :].splitlines()]


def test_a_hidden_sheet_is_asked_about(proposed):
    lines = sheet_of(proposed, ["案号", "办结日期"], ["督1号", "2024-1-1"], hidden=True)
    assert lines[1] == "读取: 待定  # 这是隐藏的工作表：要读的写「是」，不读的写「否」"


def test_a_sheet_without_a_header_is_asked_about(proposed):
    assert sheet_of(proposed, ["说明：本台账由执法监督室填写"])[1] == "读取: 待定  # 没有认出表头；不读的写「否」"


def test_a_sheet_of_something_else_is_asked_about(proposed):
    lines = sheet_of(proposed, ["单位", "件数", "占比"], ["法院", 12, 0.5], ["检察院", 3, 0.25])
    assert lines[1] == "读取: 待定  # 没有认出案件编号或者任何行为；不读的写「否」"


def test_a_blank_sheet_is_passed_over(proposed):
    assert "空表" not in proposed(WIDE, grid([[None, None]], title="空表"))


def test_a_column_that_two_acts_may_claim_is_left_open(proposed):
    lines = sheet_of(proposed, ["案号", "登记日期", "审批交办日期"], ["督1号", "2024-1-1", "2024-1-2"])
    assert "- 审批交办日期  # 可能是「审批」、「交办」的日期，请在「事件」里写明是哪一个" in lines


def test_a_column_of_dates_that_nothing_explains_is_told(proposed):
    lines = sheet_of(proposed, ["案号", "登记日期", "开会"], ["督1号", "2024-1-1", "2024-1-2"])
    assert "- 开会  # 像是日期，但看不出是什么行为的日期" in lines


def test_repeated_acts_have_a_column_each(proposed):
    lines = sheet_of(
        proposed, ["案号", "登记日期", "第一次催办日期", "第二次催办时间"], ["督1号", "2024-1-1", "2024-1-2", None]
    )
    assert [line for line in lines if line.startswith("- 行为")] == ["- 行为: 登记", "- 行为: 催办", "- 行为: 催办"]
    assert "涵盖: [登记, 催办]  # 台账该记而没有记的，就是没有记录；台账本来不记的，从这里删去" in lines


def test_the_organ_in_a_head_is_the_actor(proposed):
    lines = sheet_of(proposed, ["案号", "登记日期", "法院办结日期"], ["督1号", "2024-1-1", "2024-1-2"])
    assert lines[lines.index("- 行为: 办结") + 2] == "主体: 法院"


def test_numbers_without_a_unit_are_asked_about(proposed):
    lines = sheet_of(proposed, ["案号", "登记日期", "交办日期", "办理期限"], ["督1号", "2024-1-1", "2024-1-2", 30])
    assert (
        "期限: {列: 办理期限}  # 有的格子只有数字；是日的，写成 {列: 办理期限, 单位: 日}，没有写的按不知道处理" in lines
    )


def test_a_ledger_without_numbers_of_cases_is_asked_about(proposed):
    lines = sheet_of(proposed, ["序号", "登记日期", "交办日期"], [1, "2024-1-1", "2024-1-2"], [2, "2024-1-1", None])
    assert lines[1] == "读取: 待定  # 没有认出案件编号或者任何行为；不读的写「否」"
    assert "案件:   # 没有认出哪一列是案件编号，请写上列名；没有编号的台账不能读" in lines


def test_names_that_would_mean_something_in_the_file_are_quoted(proposed, mapping):
    heads = ["案号", "登记日期", "a: b # c", "- {x}", "null", "否"]
    text = proposed(grid([heads, ["督1号", "2024-1-1", "一", "二", "三", "四"]]))
    assert mapping(text).sheets[0].unmapped == ("a:b#c", "-{x}", "null", "否")


@pytest.mark.parametrize(
    ("head", "act"),
    [
        ("交办日期", "交办"),
        ("交办时间", "交办"),
        ("转办日", "交办"),
        ("转办的时间", "交办"),
        ("*交办日期", "交办"),
        ("交办日期(年月日)", "交办"),
        ("办理情况／结案时间", "办结"),
        ("办结／时间", "办结"),
        ("第二次催办", "催办"),
        ("末次催办日期", "催办"),
        ("政法委催办时间", "催办"),
        ("本院实际办结日期", "办结"),
    ],
)
def test_heads_of_dates_lead_to_acts(rules, head, act):
    assert words_of(rules.vocabulary).claim(head).acts == (act,)


def test_a_day_by_which_something_is_due_is_no_day_on_which_it_was_done(proposed):
    lines = sheet_of(
        proposed, ["案号", "交办日期", "应办结日期", "办结期限"], ["督1号", "2024-1-1", "2024-4-1", "2024-4-1"]
    )
    assert "- 应办结日期  # 像是应当做完的日期，不是做的日期" in lines
    assert "- 办结期限  # 写的是到哪一日，不是多长时间，不能当作期限" in lines
    assert [line for line in lines if line.startswith("- 行为")] == ["- 行为: 交办"]


@pytest.mark.parametrize(
    "head",
    ["应办结日期", "拟交办时间", "计划办结日期", "办结截止日期", "交办情况说明", "日期", "时间", "登记人", "备注"],
)
def test_other_heads_lead_to_none(rules, head):
    assert words_of(rules.vocabulary).claim(head).acts == ()


def test_an_organ_of_the_group_of_an_act_is_its_attribute(proposed):
    rows = [["案号", "交办", None], [None, "时间", "单位"], ["督1号", "2024-1-1", "法院"]]
    lines = sheet_of(proposed, *rows, merged=[(1, 1, 2, 1), (1, 2, 1, 3)])
    assert "承办单位: {列: 交办／单位}" in lines


EVENTS = [("登记", "2024-3-1"), ("交办", "2024-3-5"), ("办结", "2024-3-20")]


def events_of(heads, *numbers):
    """A sheet of events: of each case three rows; ``numbers`` make the cells before the act, of case and row."""
    rows = [[number(case, 3 * case + n + 1) for number in numbers] for case in range(3) for n in range(3)]
    return [[*heads, "环节", "日期"], *([*row, *EVENTS[n % 3]] for n, row in enumerate(rows))]


def case_of(case, _):
    return f"督〔2024〕{case + 1}号"


def row_of(_, row):
    return f"LS{row:05}"


@pytest.mark.parametrize(
    ("heads", "numbers", "found"),
    [
        (["流水号", "督办编号"], [row_of, case_of], "督办编号"),
        (["登记编号", "督办编号"], [row_of, case_of], "督办编号"),
        (["案号", "督办编号"], [row_of, case_of], "督办编号"),  # each row is of another 案号
        (["流水号", "我市督办字号"], [row_of, case_of], "我市督办字号"),
        (["流水号", "案件"], [row_of, case_of], ""),  # no head says that its numbers are those of cases
        (["ID", "说明"], [row_of, row_of], ""),
    ],
)
def test_numbers_that_repeat_are_those_of_the_cases_of_a_sheet_of_events(proposed, heads, numbers, found):
    lines = sheet_of(proposed, *events_of(heads, *numbers))
    assert next(line for line in lines if line.startswith("案件:")).split("#")[0].strip() == f"案件: {found}".strip()


def test_a_running_number_may_be_that_of_the_case_where_each_row_is_one(proposed):
    rows = [[f"LS{n}", "2024-3-1", "2024-3-5"] for n in range(5)]
    lines = sheet_of(proposed, ["流水号", "登记日期", "交办日期"], *rows)
    assert "案件: 流水号  # 按内容猜的，请核对" in lines


def test_single_rows_show_no_order(proposed):
    lines = sheet_of(proposed, ["案号", "环节", "日期"], *([f"督{n}号", "登记", f"2024-3-{n + 1}"] for n in range(5)))
    assert "有序: 否  # 行不是按先后排的，同一天的先后不知道" in lines
    lines = sheet_of(proposed, *events_of(["案号"], case_of))
    assert "有序: 是  # 各案的行是按日期先后排的" in lines


def test_the_words_of_a_column_are_not_those_of_its_totals(proposed):
    sheet = grid(
        [
            ["案号", "环节", "日期", "办理单位"],
            ["督1号", "登记", "2024-3-1", "政法委"],
            ["督1号", "结案", "2024-4-1", "法院"],
            ["督2号", "登记", "2024-3-1", "政法委"],
            ["合计", "3", None, None],
        ]
    )
    text = proposed(sheet)
    acts = text[text.index("  行为对照:") : text.index("  忽略:")]
    assert [line.strip() for line in acts.splitlines()[1:3]] == ["登记: 登记", "结案: 办结"]
    assert "3" not in acts
