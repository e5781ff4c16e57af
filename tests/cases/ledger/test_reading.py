"""Rows to events, row by row: what is read, what is in doubt, what every case covers afterwards."""

import datetime as dt

import pytest

from cases.ledger.conftest import Read
from cases.ledger.grids import book, grid

WIDE = [
    "案号",
    "来源",
    "登记日期",
    "审批日期",
    "审批结论",
    "交办日期",
    "承办单位",
    "办理期限（日）",
    "办结日期",
    "催办日期",
]
FULL = ["督1号", "领导批示", "2024-3-1", "2024.3.2", "同意", "2024年3月5日", "法院", 30, "2024-04-01", None]
ACTS = {"登记", "审批", "交办", "办结", "催办"}


def row(**changes):
    cells = dict(zip(WIDE, FULL, strict=True)) | changes
    return [cells[head] for head in WIDE]


def events(case):
    return {e.id: None if e.date is None else e.date.isoformat() for e in case.events}


def test_a_clean_row_is_read_as_it_stands(read):
    found = read(grid([WIDE, FULL]))
    (case,) = found.cases
    assert (case.id, case.kind, case.attributes, case.covers) == ("督1号", "督办", {"来源": "领导批示"}, ACTS)
    assert not case.ordered
    assert events(case) == {"登记": "2024-03-01", "审批": "2024-03-02", "交办": "2024-03-05", "办结": "2024-04-01"}
    handed = case.events[2]
    assert (handed.actors, dict(handed.attributes)["承办单位"]) == (("政法委",), "法院")
    assert (handed.place.sheet, handed.place.cell, case.place.cell) == ("台账", "F2", "A2")
    assert case.events[3].actors == ("法院",)
    assert found.endings == [{"已读入": 1}]
    assert found.messages == []
    assert found.verdicts() == {
        "督1号": ["限期交办 合规", "先批后交 合规", "由政法委交办 合规", "督办范围 合规", "按期办结 合规"]
    }


@pytest.mark.parametrize(
    ("changes", "told", "lost", "messages"),
    [
        ({"办结日期": None}, None, set(), []),
        ({"办结日期": "—"}, None, set(), []),
        ({"办结日期": "无"}, None, set(), []),
        ({"办结日期": dt.date(2024, 4, 1)}, "2024-04-01", set(), []),
        ({"办结日期": 45383}, "2024-04-01", set(), []),
        ({"办结日期": "2024年4月"}, "不明", set(), ["I2 month-only"]),
        ({"办结日期": "24.4.1"}, "不明", set(), ["I2 two-digit-year"]),
        ({"办结日期": "4/1/2024"}, "不明", set(), ["I2 order-unclear"]),
        ({"办结日期": "2024年2月30日"}, "不明", set(), ["I2 impossible-date"]),
        ({"办结日期": "2024-4-1、2024-5-1"}, "不明", {"办结"}, ["I2 two-dates"]),
        ({"办结日期": "待定"}, None, {"办结"}, ["I2 not-yet"]),
        ({"办结日期": "不详"}, None, {"办结"}, ["I2 not-known"]),
        ({"办结日期": "见附件"}, None, {"办结"}, ["I2 bad-date"]),
        ({"办结日期": "拟于2024年4月1日办结"}, None, {"办结"}, ["I2 more-than-date"]),
        ({"办结日期": 3}, None, {"办结"}, ["I2 number-not-date"]),
        ({"办结日期": "9999-12-31"}, None, {"办结"}, ["I2 year-out-of-range"]),
    ],
)
def test_a_date_is_read_or_tells_less(read, changes, told, lost, messages):
    found = read(grid([WIDE, row(**changes)]))
    (case,) = found.cases
    assert events(case).get("办结", "没有") == {None: "没有", "不明": None}.get(told, told)
    assert (ACTS - case.covers, found.messages) == (lost, messages)
    assert found.endings == [{"有疑问" if messages else "已读入": 1}]


@pytest.mark.parametrize(
    ("changes", "event", "attribute", "value", "messages"),
    [
        ({"承办单位": "虎林法院"}, 2, "承办单位", "未知", ["G2 unknown-organ"]),
        ({"承办单位": "法院、检察院"}, 2, "承办单位", "未知", ["G2 unknown-organ"]),
        ({"承办单位": "无"}, 2, "承办单位", None, []),
        ({"办理期限（日）": "尽快"}, 2, "期限", "未知", ["H2 bad-period"]),
        ({"办理期限（日）": "待定"}, 2, "期限", "未知", ["H2 not-yet"]),
        ({"审批结论": "拟同意"}, 1, "结论", "未知", ["E2 undecided"]),
        ({"审批结论": None}, 1, "结论", "未知", []),
    ],
)
def test_an_attribute_is_read_or_unknown(read, changes, event, attribute, value, messages):
    found = read(grid([WIDE, row(**changes)]))
    assert found.cases[0].events[event].attributes.get(attribute, "未知") == value
    assert found.messages == messages


def test_a_filled_cell_of_one_act_alone_leaves_its_blank_date_in_doubt(read):
    found = read(grid([WIDE, row(审批日期=None), ["督2号", None, None, None, None, None, None, None, None, None]]))
    assert found.messages == ["E2 date-missing"]
    assert [ACTS - case.covers for case in found.cases] == [{"审批"}, set()]
    assert "先批后交 资料不足" in found.verdicts()["督1号"]


def test_every_row_ends_once_and_the_counts_add_up(read):
    rows = [
        WIDE,
        row(),
        row(案号="督2号", 办结日期="2024年4月"),
        row(案号=None),
        ["合计", *[None] * 9],
        [None] * 10,
        WIDE,
        row(案号="督3号"),
        ["填表人：张某", *[None] * 9],
    ]
    found = read(grid(rows))
    assert found.endings == [{"已读入": 2, "有疑问": 1, "未读入": 1}]
    (tally,) = found.intake.tallies
    assert {kind.value: numbers for kind, numbers in tally.others.items()} == {
        "合计行": [5],
        "空行": [6],
        "重复的表头": [7],
        "说明": [9],
    }
    assert sum(tally.endings.values()) + sum(map(len, tally.others.values())) == len(rows) - 1


def test_a_row_without_a_case_may_go_on_with_the_one_above(read):
    found = read(grid([WIDE, row(办结日期=None), row(案号=None, 来源=None, 登记日期=None, 审批日期=None, 审批结论=None,
                                                  交办日期=None), row(案号="督2号", 办结日期=None)]))  # fmt: skip
    assert [sorted(ACTS - case.covers) for case in found.cases] == [["办结"], []]
    assert found.messages == ["A3 missing-case"]
    assert "按期办结 资料不足" in found.verdicts()["督1号"]
    assert "按期办结 逾期未履行" in found.verdicts()["督2号"]


def test_each_line_of_a_merged_case_has_acts_of_its_own(read):
    lines = [WIDE, row(), row(案号=None, 承办单位="检察院", 办结日期="2024-04-02")]
    merged = [(2, 1, 3, 1), (2, 3, 3, 3), (2, 4, 3, 4), (2, 5, 3, 5), (2, 6, 3, 6)]
    (case,) = read(grid(lines, merged=merged)).cases
    assert events(case) == {
        **{"登记": "2024-03-01", "审批": "2024-03-02", "交办": "2024-03-05", "办结": "2024-04-01"},
        **{"交办2": "2024-03-05", "办结2": "2024-04-02"},
    }
    assert case.covers == ACTS


def test_rows_of_one_case_that_agree_are_one(read):
    found = read(grid([WIDE, row(办结日期=None), row(登记日期=None, 交办日期=None, **{"办理期限（日）": None})]))
    assert events(found.cases[0]) == {
        **{"登记": "2024-03-01", "审批": "2024-03-02", "交办": "2024-03-05", "办结": "2024-04-01"}
    }
    assert found.messages == []
    assert found.endings == [{"已读入": 2}]


def test_rows_of_one_case_that_differ_leave_unknown_what_they_differ_in(read):
    other = {"来源": "上级交办", "办理期限（日）": 60, "办结日期": "2024-06-01"}
    found = read(grid([WIDE, row(), row(**other)]))
    (case,) = found.cases
    assert events(case)["办结"] is None
    assert "期限" not in case.events[2].attributes
    assert case.attributes == {}
    assert ACTS - case.covers == {"办结"}
    assert sorted(found.messages) == ["B3 rows-differ", "F3 rows-differ", "I3 rows-differ"]
    (doubt, *_) = [one for one in found.intake.diagnostics if one.at.cell == "I3"]
    assert "I2" in doubt.message
    assert doubt.notes[0].at.cell == "I2"
    assert found.endings == [{"已读入": 1, "有疑问": 1}]


def test_cases_whose_numbers_are_alike_do_not_lack_what_the_other_tells(read):
    found = read(grid([WIDE, row(案号="督012号", 办结日期=None), row(案号="督12号", 登记日期=None)]))
    first, second = found.cases
    assert ("办结" in first.covers, "登记" in second.covers) == (False, False)
    assert found.messages == ["A2 alike-numbers", "A3 alike-numbers"]


LONG = ["案号", "环节", "办理时间", "办理单位", "承办单位"]


def long(*rows):
    return grid([LONG, *rows], title="流水")


FLOW = [["督1号", "登记", "2024-3-1", "政法委", None], ["督1号", "审批", "2024-3-2", "政法委", None],
        ["督1号", "转办", "2024-3-5", "政法委", "法院"], ["督2号", "登记", "2024-3-1", "政法委", None]]  # fmt: skip


def test_rows_of_events_make_cases(read):
    found = read(long(*FLOW))
    one, two = found.cases
    assert events(one) == {"e1": "2024-03-01", "e2": "2024-03-02", "e3": "2024-03-05"}
    assert one.events[2].actors == ("政法委",)
    assert one.events[2].attributes == {"承办单位": "法院"}
    assert (one.ordered, one.covers, two.covers) == (True, {"登记", "审批", "交办"}, {"登记", "审批", "交办"})
    assert found.endings == [{"已读入": 4}]


@pytest.mark.parametrize(
    ("extra", "ids", "lost", "messages"),
    [
        (["督2号", "转办", None, "政法委", None], {"登记", "交办"}, ["", ""], ["C6 missing-date"]),
        (["督2号", "转办", "2024年3月", "政法委", None], {"登记", "交办"}, ["", ""], ["C6 month-only"]),
        (["督2号", "转办", "待定", "政法委", None], {"登记"}, ["", "交办"], ["C6 not-yet"]),
        (["督2号", "转办", "无", "政法委", None], {"登记"}, ["", "交办"], ["C6 missing-date"]),
        (["督2号", "会商", "2024-3-9", "政法委", None], {"登记"}, ["", "全部"], ["B6 unmapped-act"]),
        (["督2号", None, "2024-3-9", "政法委", None], {"登记"}, ["", "全部"], ["B6 missing-act"]),
        ([None, "转办", "2024-3-9", "政法委", None], {"登记"}, ["交办", "交办"], ["A6 missing-case"]),
        ([None, "会商", "2024-3-9", "政法委", None], {"登记"}, ["全部", "全部"], ["A6 missing-case"]),
        (["督2号", "登记", "2024-3-1", "政法委", None], {"登记"}, ["", "登记"], ["C6 repeated-row"]),
    ],
)
def test_a_row_of_an_event_is_read_or_tells_less(read, extra, ids, lost, messages):
    found = read(long(*FLOW, extra))
    all_acts = {"登记", "审批", "交办"}
    given = [{"": all_acts, "全部": set()}.get(word, all_acts - {word}) for word in lost]
    assert {event.act for event in found.cases[1].events} == ids
    assert [case.covers for case in found.cases] == given
    assert found.messages == messages


@pytest.mark.parametrize(
    "extra", [[None, "转办", "2024-3-9", "政法委", None], ["督2号", "转办", "待定", "政法委", None]]
)
def test_where_a_period_may_have_stood_still_nothing_is_covered(rules, extra):
    words = rules.vocabulary.model_copy(update={"suspending": frozenset({"交办"})})
    found = Read(book(long(*FLOW, extra)), rules.model_copy(update={"vocabulary": words}))
    everything = frozenset({"登记", "审批", "交办"})
    assert [case.covers for case in found.cases] == [frozenset() if extra[0] is None else everything, frozenset()]


def test_words_that_are_not_to_be_read_are_passed_over(read):
    def passing(mapping):
        (sheet,) = mapping.sheets
        return mapping.model_copy(
            update={"sheets": (sheet.model_copy(update={"acts": {**sheet.acts, "会商": "不读"}}),)}
        )

    found = read(long(*FLOW, ["督2号", "会商", "2024-3-9", "政法委", None]), change=passing)
    assert found.endings == [{"已读入": 5}]
    assert found.intake.tallies[0].passed == 1
    assert found.messages == []


def test_a_case_of_several_sheets_covers_what_its_sheets_cover(read):
    handed = grid(
        [["案号", "登记日期", "交办日期"], ["督1号", "2024-3-1", "2024-3-5"], ["督2号", "2024-3-1", None]], title="交办"
    )
    done = grid([["案号", "办结日期"], ["督1号", "2024-4-1"]], title="办结")
    one, two = read(handed, done).cases
    assert events(one) == {"登记": "2024-03-01", "交办": "2024-03-05", "办结": "2024-04-01"}
    assert (one.covers, two.covers) == ({"登记", "交办", "办结"}, {"登记", "交办"})


def test_a_row_of_text_with_other_cells_than_the_header_is_not_trusted(read):
    held = grid([WIDE, row(办结日期=None), row(案号="督2号")[:-1], row(案号="督3号")])
    found = read(held, kind="csv", name="台账.csv")
    assert found.endings == [{"已读入": 2, "未读入": 1}]
    assert [case.covers for case in found.cases] == [frozenset(), frozenset(ACTS)]
    assert "按期办结 资料不足" in found.verdicts()["督1号"]


def test_a_cell_beside_the_table_is_told_and_the_row_read(read):
    held = grid([WIDE, row()])
    made = read(held)
    later = held._replace(rows=(*held.rows, (*row(案号="督2号"), None, "补充")))
    found = read(later, change=lambda _: made.mapping)
    assert found.fit.differences == ()
    assert found.messages == ["L3 no-head"]
    assert [case.id for case in found.cases] == ["督1号", "督2号"]


@pytest.mark.parametrize("mark", ["同上", "〃", '"', " 同上 "])
def test_as_above_is_no_number(read, mark):
    found = read(grid([WIDE, row(办结日期=None), row(案号=mark, 交办日期=None, **{"办理期限（日）": None})]))
    assert [case.id for case in found.cases] == ["督1号"]
    assert found.messages == ["A3 ditto"]
    assert "办结" not in found.cases[0].covers


def test_a_cell_that_others_share_is_not_blank(read):
    found = read(grid([WIDE, row(办结日期="2024-4-1"), row(案号="督2号", 办结日期=None)], merged=[(2, 9, 2, 10)]))
    assert [sorted(ACTS - case.covers) for case in found.cases] == [["催办"], []]
    assert found.messages == ["J2 merged-cell"]


def test_a_case_number_may_stand_in_a_wider_merge(read):
    lines = [["案号", "序列", *WIDE[2:]], row(来源=None), row(案号=None, 来源=None, 办结日期="2024-4-2")]
    found = read(grid(lines, merged=[(2, 1, 3, 2)]))
    assert [case.id for case in found.cases] == ["督1号"]
    assert events(found.cases[0])["办结2"] == "2024-04-02"


NOTED = [*WIDE, "备注"]


@pytest.mark.parametrize(
    ("note", "lost"),
    [
        ("2024.5.1已办结", {"办结"}),
        ("已于五月结案", {"办结"}),
        ("催办两次，已办结", {"催办", "办结"}),
        ("尚未办结", set()),
        ("没有办结", set()),
        ("未能办结", set()),
        ("办结期限三个月", set()),
        ("抓紧办理", set()),
    ],
)
def test_what_a_note_tells_the_case_does_not_lack(read, note, lost):
    found = read(grid([NOTED, [*row(办结日期=None), note]]))
    assert ACTS - found.cases[0].covers == lost
    assert {one.code for one in found.intake.diagnostics} == ({"told-beside"} if lost else set())
    assert ("按期办结 逾期未履行" in found.verdicts()["督1号"]) == ("办结" not in lost)


def test_rows_below_another_header_are_not_read_by_this_one(read):
    other = ["案号", "办结日期", "登记日期", "承办单位", None, None, None, None, None, None]
    found = read(grid([WIDE, row(办结日期=None), other, ["督1号", "2024-4-1", "2024-3-1", "法院"], ["督2号"]]))
    assert [case.id for case in found.cases] == ["督1号"]
    assert found.cases[0].covers == set()
    assert found.endings == [{"已读入": 1, "未读入": 2}]
    assert found.messages == ["A4 other-header", "A5 other-header"]


def ordered(mapping):
    sheets = tuple(sheet.model_copy(update={"ordered": True}) for sheet in mapping.sheets)
    return mapping.model_copy(update={"sheets": sheets})


def test_rows_that_go_back_have_no_order_whatever_the_mapping_says(read):
    """So the acts of one day are in no order either: 交办 above 审批 is no finding."""
    rows = [["案号", "环节", "日期", "审批结论"]]
    rows += [["督1号", "交办", "2024-3-5", None], ["督1号", "审批", "2024-3-5", "同意"]]
    back = ["督1号", "登记", "2024-3-1", None]
    forward = read(grid([*rows[:1], back, *rows[1:]]), change=ordered)
    assert [case.ordered for case in forward.cases] == [True]
    assert "先批后交 违反" in forward.verdicts()["督1号"]
    found = read(grid([*rows, back]), change=ordered)
    assert [case.ordered for case in found.cases] == [False]
    assert "先批后交 违反" not in found.verdicts()["督1号"]


def test_the_columns_of_a_row_have_no_order_whatever_the_mapping_says(read):
    found = read(grid([["案号", "登记日期", "交办日期"], ["督1号", "2024-3-1", "2024-3-1"]]), change=ordered)
    assert [case.ordered for case in found.cases] == [False]
