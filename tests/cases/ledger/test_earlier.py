"""An act dated before the one that opens its period: one of the two dates is wrong, and accuses nobody."""

import pytest

from cases.ledger.grids import grid

WIDE = ["案号", "登记日期", "交办日期", "承办单位", "办理期限（日）", "办结日期"]
LONG = ["案号", "环节", "日期", "办理单位", "承办单位", "办理期限（日）"]


def against(found):
    return [one for some in found.verdicts().values() for one in some if "违反" in one or "逾期" in one]


def test_the_proposal_says_what_a_period_runs_from(proposed):
    text = proposed(grid([WIDE, ["督1号", "2024-3-1", "2024-3-5", "法院", 30, "2024-3-20"]]))
    assert "  不早于:  # 规范里左边的期限从右边起算" in text
    assert "    交办: [登记]\n    办结: [交办]\n" in text


def test_an_order_that_a_norm_asks_for_is_left_to_it(proposed):
    text = proposed(grid([["案号", "审批日期", "交办日期"], ["督1号", "2024-3-1", "2024-3-5"]]))
    assert "不早于" not in text


@pytest.mark.parametrize("form", ["wide", "long"])
def test_a_mistyped_year_accuses_nobody(read, form):
    wide = [WIDE, ["督1号", "2024-3-1", "2024-3-5", "法院", 30, "2023-3-20"]]
    rows = [("登记", "2024-3-1", "政法委"), ("交办", "2024-3-5", "政法委", "法院", 30), ("办结", "2023-3-20", "法院")]
    sheet = grid(wide if form == "wide" else [LONG, *(["督1号", *row, *[None] * (5 - len(row))] for row in rows)])
    dates = {"wide": "办结日期", "long": "日期"}
    found = read(sheet)
    assert against(found) == []
    (doubt,) = found.intake.diagnostics
    assert doubt.message == f"列「{dates[form]}」：「办结」2023-03-20 早于「交办」2024-03-05，请查对"
    assert (doubt.notes[0].at.cell, doubt.notes[0].text) == ({"wide": "C2", "long": "C3"}[form], "「交办」写在这里")
    bare = read(sheet, change=without)
    assert any("按期办结 逾期未履行" in one for one in against(bare))  # which is what the pairs are for


def without(mapping):
    sheets = tuple(one.model_copy(update={"not_before": {}}) for one in mapping.sheets)
    return mapping.model_copy(update={"sheets": sheets})


def test_only_dates_of_one_row_are_compared_in_a_sheet_of_cases(read):
    one = ["督1号", "2024-3-1", "2024-3-5", "法院", 30, "2024-3-20"]
    found = read(grid([WIDE, one, ["督2号", None, "2024-5-5", "法院", 30, "2024-5-6"]]))
    assert list(found.intake.diagnostics) == []


def test_the_pairs_of_a_mapping_are_read_and_checked(mapping, rules):
    from checker.cases.ledger.wording import wrong_words

    sheet = "- 工作表: 台账\n  读取: 是\n  案件: 案号\n  不早于: {办结: 交办, 登记: [来信]}\n"
    found = mapping("来源: {表头: {台账: [案号]}}\n表:\n" + sheet)
    assert found.sheets[0].not_before == {"办结": ("交办",), "登记": ("来信",)}
    (wrong,) = wrong_words(found, rules.vocabulary)
    assert (wrong.at.line, wrong.message) == (6, "行为「来信」没有声明")


def before_both(mapping):
    sheets = tuple(one.model_copy(update={"not_before": {"催办": ("登记", "交办")}}) for one in mapping.sheets)
    return mapping.model_copy(update={"sheets": sheets})


@pytest.mark.parametrize(
    ("dates", "messages"),
    [
        (["2024-3-1", "2024-3-9", "2024-3-5"], []),  # a period of it runs from the first of them, perhaps
        (["2024-3-1", "2024-3-9", "2023-3-5"], ["「催办」2023-03-05 早于「登记」2024-03-01，请查对"]),
        (["2024年3月", "2024-3-9", "2024-3-5"], ["「2024年3月」只写到月份，没有写哪一日"]),
    ],
)
def test_of_several_only_the_earliest_counts(read, dates, messages):
    found = read(grid([["案号", "登记日期", "交办日期", "催办日期"], ["督1号", *dates]]), change=before_both)
    assert [one.message.split("：")[1] for one in found.intake.diagnostics] == messages
