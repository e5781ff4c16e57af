"""Rows told for what they are."""

import pytest

from cases.ledger.grids import grid
from checker.cases.ledger.headers import header_at
from checker.cases.ledger.lines import lines

HEAD = ["序号", "案号", "交办日期", "备注"]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ([1, "督1号", "2024-1-1", None], "数据"),
        ([None, "督1号", None, None], "数据"),
        ([None, None, "2024-1-1", None], "数据"),
        ([None, None, None, None], "空行"),
        (HEAD, "重复的表头"),
        (["序号", "案号", "交办日期", None], "重复的表头"),
        (["督办台账"], "标题"),
        (["合 计", None, 12, None], "合计行"),
        (["合计", "12件", None, None], "合计行"),
        (["合计", 12, None, None], "合计行"),
        (["合计", "督12号", None, None], "数据"),
        ([None, "小计：", 3], "合计行"),
        (["本月合计3件", None, None], "合计行"),
        ([1, "合计公司案", "2024-1-1"], "数据"),
        ([1, "督1号", "合计"], "数据"),
        (["1", "2", "3", "4"], "栏次行"),
        (["填表人：张某", None, "审核人：李某"], "说明"),
        (["注：本表按月报送，不得外传。"], "说明"),
        (["以上各案均已报市委主要领导阅示并存档备查"], "说明"),
        ([None, "注：本表按月报送。"], "说明"),
        (["甲"], "数据"),
    ],
)
def test_a_row_is_told_for_what_it_is(row, kind):
    held = grid([["督办台账"], HEAD, row])
    (found,) = lines(held, header_at(held, [2]), 2)
    assert found.kind == kind


def test_a_text_across_the_table_is_no_case():
    held = grid([HEAD, ["一、领导批示"]], merged=[(2, 1, 2, 4)])
    assert [one.kind for one in lines(held, header_at(held, [1]), 2)] == ["说明"]
