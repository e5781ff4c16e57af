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
