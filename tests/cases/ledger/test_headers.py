"""Headers found below titles, in one row or several."""

import pytest

from cases.ledger.grids import grid
from checker.cases.ledger.headers import find_header, header_at, label, matching

KNOWN = {"序号", "案号", "交办日期", "办结日期", "日期", "文号", "备注", "当事人"}.__contains__
WIDE = ["序号", "案号", "交办日期", "办结日期"]


@pytest.mark.parametrize(
    ("rows", "merged", "expected"),
    [
        ([WIDE, [1, "甲1", "2024-1-1", None]], (), (1, 1, WIDE)),
        ([["2024 年督办台账"], ["单位：政法委", None, None, "2024年3月"], WIDE, [1, "甲"]], (), (3, 3, WIDE)),
        ([["标题", None, None, None], WIDE], [(1, 1, 1, 4)], (2, 2, WIDE)),
        ([["序 号", "案\n号", "交办\n日期", "办结日期："], [1]], (), (1, 1, WIDE)),
        (
            [["台账"], ["案号", "交办", None, "办结", None], [None, "日期", "文号", "日期", "文号"], ["甲"]],
            [(2, 1, 3, 1), (2, 2, 2, 3), (2, 4, 2, 5)],
            (2, 3, ["案号", "交办／日期", "交办／文号", "办结／日期", "办结／文号"]),
        ),
        (
            [["案号", "交办", None, "备注"], [None, "日期", "文号", None], ["甲", "2024-1-1"]],
            (),
            (1, 2, ["案号", "交办／日期", "交办／文号", "备注"]),
        ),
        ([["案号", "日期", "日期", "备注"], ["甲"]], (), (1, 1, ["案号", "日期", "日期（2）", "备注"])),
        ([["案号", "日期", None], ["甲", None, "多"]], (), (1, 1, ["案号", "日期", "（C列无表头）"])),
        ([["甲列", "乙列", "丙列"], ["一", 2, 3]], (), (1, 1, ["甲列", "乙列", "丙列"])),
        ([["只有标题"]], (), None),
        ([[1, 2, 3], [4, 5, 6]], (), None),
        ([], (), None),
    ],
)
def test_a_header_is_found(rows, merged, expected):
    found = find_header(grid(rows, merged=merged), KNOWN)
    assert (found and (found.top, found.bottom, list(found.names.values()))) == expected


def test_a_person_may_say_where_the_header_stands():
    held = grid([WIDE, ["一", "二", "三", "四"]])
    assert list(header_at(held, [2]).names.values()) == ["一", "二", "三", "四"]
    assert header_at(held, [3]) is None
    assert header_at(held, []) is None


def test_a_known_header_is_found_again_where_it_moved():
    held = grid([["新加的标题"], [], WIDE, [1, "甲"]])
    assert matching(held, WIDE, [1]).top == 3
    assert matching(held, [*WIDE, "备注"], [1]) is None


def test_names_of_columns_hold_no_blanks_and_nothing_that_hides():
    assert label("交 办\u200b\n日 期 ：") == "交办日期"
    assert label("Case No") == "Case No"
    assert label(20240101) == ""
