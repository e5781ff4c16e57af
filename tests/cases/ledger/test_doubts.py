"""No doubtful cell may turn into a finding against anybody, where a clear one would."""

import pytest

from cases.ledger.grids import grid

WIDE = ["案号", "来源", "登记日期", "审批日期", "审批结论", "交办日期", "承办单位", "办理期限（日）"]
WIDE += ["办结日期", "催办日期"]
KEPT = ["督1号", "领导批示", "2024-3-1", "2024-3-2", "同意", "2024-3-5", "法院", 30, "2024-4-1", "2024-4-10"]
UNCLEAR = ["待定", "不详", "见附件", "2024年13月", "9999-12-31", "拟于2024-4-1", "2024-4-1、2024-5-1", 7]
SOME_DAY = ["2024年3月", "24.3.5", "3/5/2024", "2024年2月30日", "3月5日", "2024年"]
VIOLATIONS = ("违反", "逾期未履行", "逾期履行")


def ledger(*rows):
    return grid([WIDE, *rows])


def row(**changes):
    cells = dict(zip(WIDE, KEPT, strict=True)) | changes
    return [cells[head] for head in WIDE]


def against(found, case="督1号"):
    return [one for one in found.verdicts()[case] if one.endswith(VIOLATIONS)]


@pytest.mark.parametrize(
    ("head", "clear", "norm"),
    [
        ("办结日期", None, "按期办结 逾期未履行"),
        ("办结日期", "2024-6-1", "按期办结 逾期履行"),
        ("交办日期", None, "限期交办 逾期未履行"),
        ("交办日期", "2024-3-20", "限期交办 逾期履行"),
        ("审批日期", None, "先批后交 违反"),
        ("审批日期", "2024-3-9", "先批后交 违反"),
        ("审批结论", "不同意", "先批后交 违反"),
        ("来源", "上级交办", "督办范围 违反"),
        ("办理期限（日）", 10, "按期办结 逾期履行"),
    ],
)
def test_what_is_clear_is_found(read, head, clear, norm):
    changes = {head: clear, **({"审批结论": None} if head == "审批日期" and clear is None else {})}
    changes |= {"承办单位": None, "办理期限（日）": None} if (head, clear) == ("交办日期", None) else {}
    found = read(ledger(row(**changes), row(案号="督2号")))
    assert norm in found.verdicts()["督1号"]
    assert against(found, "督2号") == []


@pytest.mark.parametrize("cell", [*UNCLEAR, *SOME_DAY])
@pytest.mark.parametrize("head", ["登记日期", "审批日期", "交办日期", "办结日期", "催办日期"])
def test_no_unclear_date_is_held_against_anybody(read, head, cell):
    found = read(ledger(*(row(案号=f"督{n}号") for n in range(2, 9)), row(**{head: cell})))
    assert against(found) == []
    assert found.endings == [{"已读入": 7, "有疑问": 1}]


@pytest.mark.parametrize(
    ("head", "cell"),
    [("来源", "群众来信"), ("来源", "待定"), ("来源", None), ("审批结论", "拟同意"), ("审批结论", None),
     ("审批结论", "待定"),
     ("承办单位", "虎林法院"), ("承办单位", "法院、检察院"), ("承办单位", None), ("办理期限（日）", "尽快"),
     ("办理期限（日）", None), ("办理期限（日）", "待定")],
)  # fmt: skip
def test_no_unclear_attribute_is_held_against_anybody(read, head, cell):
    assert against(read(ledger(row(**{head: cell})))) == []


@pytest.mark.parametrize(
    "second",
    [
        {"办结日期": "2024-6-1"},
        {"交办日期": "2024-4-20"},
        {"审批日期": "2024-3-20"},
        {"审批结论": "不同意"},
        {"来源": "上级交办"},
        {"承办单位": "检察院"},
        {"办理期限（日）": 5},
        {"催办日期": "2024-4-11"},
        {"登记日期": "2024-1-1"},
    ],
)
def test_no_contradiction_between_rows_is_held_against_anybody(read, second):
    found = read(ledger(row(), row(**second)))
    assert against(found) == []
    assert found.endings[0]["有疑问"] == 1


def test_no_row_without_a_number_is_held_against_anybody(read):
    lost = row(案号=None, 登记日期=None, 审批日期=None, 审批结论=None, 交办日期=None, **{"办理期限（日）": None})
    assert against(read(ledger(row(办结日期=None), lost))) == []


def test_a_row_repeated_in_a_sheet_of_events_is_not_done_twice(read):
    head = ["案号", "环节", "日期", "单位"]
    rows = [["督1号", "登记", "2024-3-1", "政法委"], ["督1号", "催办", "2024-4-1", "政法委"]]
    twice = [*rows, ["督1号", "催办", "2024-5-1", "政法委"]]
    assert "一次催办 违反" in read(grid([head, *twice])).verdicts()["督1号"]
    assert "一次催办 违反" not in read(grid([head, *rows, rows[1]])).verdicts()["督1号"]


@pytest.mark.parametrize("merge", [(2, 6, 2, 10), (2, 4, 2, 10), (2, 9, 3, 10)])
def test_no_blank_within_a_merged_cell_is_held_against_anybody(read, merge):
    top, left, bottom, right = merge
    rows = [row(办结日期="2024-4-1"), row(案号="督2号", 办结日期="2024-4-1")]
    for n in range(top, bottom + 1):
        for column in range(left, right + 1):
            if (n, column) != (top, left):
                rows[n - 2][column - 1] = None
    clear = read(ledger(row(), row(案号="督2号")))
    found = read(grid([WIDE, *rows], merged=[merge]), change=lambda _: clear.mapping)
    assert (against(found), against(found, "督2号")) == ([], [])
    assert f"I{bottom} merged-cell" in found.messages


def test_a_title_merged_above_the_header_makes_nothing_unclear(read):
    found = read(grid([["督办台账"], WIDE, row()], merged=[(1, 1, 1, 10)]))
    assert found.messages == []


REST = dict.fromkeys(WIDE[1:8])


@pytest.mark.parametrize("written", ["同上", "同 上", "〃", '"', "″", "—〃—", "如上", "同上案"])
def test_a_row_of_the_case_above_by_ditto_is_held_against_nobody(read, written):
    clear = read(ledger(row()))
    found = read(ledger(row(办结日期=None), row(案号=written, **REST)), change=lambda _: clear.mapping)
    assert list(found.verdicts()) == ["督1号"]
    assert against(found) == []
    assert found.messages == ["A3 ditto"]


@pytest.mark.parametrize("written", ["督1号、督2号", "督1、2号", "督1号至督3号", "督1号\n督2号", "督1号/督2号"])
def test_a_row_of_several_cases_is_held_against_none_of_them(read, written):
    clear = read(ledger(row()))
    rows = [row(办结日期=None), row(案号="督2号", 办结日期=None), row(案号=written, **REST)]
    found = read(ledger(*rows), change=lambda _: clear.mapping)
    assert (against(found), against(found, "督2号")) == ([], [])
    assert found.endings == [{"已读入": 2, "未读入": 1}]


def test_another_table_below_is_not_read_by_the_first_header(read):
    head = [WIDE[0], *reversed(WIDE[1:])]
    other = [row(案号="督2号")[0], *reversed(row()[1:])]
    clear = read(ledger(row(办结日期=None)))
    found = read(ledger(row(), [], head, other, [], WIDE, row(案号="督3号")), change=lambda _: clear.mapping)
    assert {case: against(found, case) for case in found.verdicts()} == {"督1号": [], "督3号": []}
    assert found.messages == ["A5 other-header"]
    split = read(ledger(row(办结日期=None), [], head, ["督1号", *other[1:]]), change=lambda _: clear.mapping)
    assert against(split) == []


def test_what_one_of_two_contradicting_rows_says_alone_is_held_against_nobody(read):
    """The second row may be of another case, whose number was typed wrong."""
    head = [*WIDE[:-1], "第一次催办日期", "第二次催办日期"]
    rows = [[*row()[:-1], "2024-4-10", None], [*row(来源="上级交办")[:-1], None, "2024-4-20"]]
    clear = read(grid([head, *rows]))
    assert against(clear) == []
    assert "A3 perhaps-two-cases" in clear.messages
    rows[1][1] = rows[0][1]
    assert against(read(grid([head, *rows]))) == ["一次催办 违反"]


def told_in_both(read, cells, *rows):
    heads = ["案号", "环节", "日期", "单位"]
    more = [["督1号", *one] for one in rows] + [["督1号", "归档", "2024-9-1", "政法委"]]
    return read(grid([WIDE, row(**cells)], title="案"), grid([heads, *more], title="事"))


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"登记日期": "2024-3-1", "交办日期": "2024-3-30", "办结日期": "2024-4-20"}, ("登记", "2024-3-25", "政法委")),
        ({"催办日期": "2024-4-10"}, ("催办", "2024-4-11", "政法委")),
        ({"办结日期": "2024-6-1"}, ("办结", "2024-4-1", "法院")),
    ],
)
def test_no_contradiction_between_a_sheet_of_cases_and_one_of_events_is_held_against_anybody(read, cells, told):
    found = told_in_both(read, cells, told)
    assert against(found) == []
    assert [one.partition(" ")[2] for one in found.messages] == ["rows-differ"]


def test_acts_that_both_sheets_tell_are_counted_once_and_others_as_they_are(read):
    again = ("催办", "2024-4-10", "政法委"), ("催办", "2024-5-10", "政法委")
    assert against(told_in_both(read, {}, again[0])) == []
    assert against(told_in_both(read, {}, *again)) == ["一次催办 违反"]
