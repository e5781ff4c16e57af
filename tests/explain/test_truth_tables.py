"""The tables in Chinese say what the engines' rows say, for every combination a norm can meet."""

from itertools import product

import pytest

from checker.engines.facts import Act, Clock, Form, GroundFact, Truth
from checker.engines.plain import conclude, tables
from checker.explain.truth_tables import _ACTS, _CLOCKS, inner_table, overlay_table
from checker.model import requirements as r
from checker.model.expressions import Constant, Pattern
from checker.model.finding import VERDICT_NAMES, Verdict
from checker.model.norm import Norm, OnEvent
from checker.model.values import Part, Period, Unit

A = Pattern(acts=("甲",))
TRUE = Constant(value=True)
PERIOD = r.Fixed(period=Period(parts=(Part(n=1, unit=Unit.DAY),)))
WITHIN = r.Within(start=r.AtAnchor(), period=PERIOD)
LATER = r.Within(start=r.AtFirst(pattern=A), period=PERIOD)


def norm(requirement, *exceptions):
    return Norm(
        pack="p", title="t", version="1", anchor=OnEvent(pattern=A), requirement=requirement, exceptions=exceptions
    )


def fact(form, act=Act.NONE, clock=Clock.RUNNING, holds=Truth.NO, answer=Truth.NO):
    return GroundFact(0, 0, form, True, (), Truth.NO, Truth.NO, False, act, clock, holds, answer)


@pytest.mark.parametrize(
    ("form", "requirement"),
    [(Form.WINDOW, r.Occur(groups=((A,),), window=LATER)), (Form.DEEM, r.Deem(unless=(A,), window=LATER, act="乙"))],
)
def test_window_cells(form, requirement):
    table = inner_table(norm(requirement, r.Exclude(start=A, end=A)))
    heads = {name: clock for clock, name in _CLOCKS.items()}
    rows = {name: act for act, name in _ACTS.items()}
    assert {heads[h] for h in table.heads[1:]} == set(Clock)
    assert [rows[row[0]] for row in table.rows] == list(Act)
    for row in table.rows:
        for head, cell in zip(table.heads[1:], row[1:], strict=True):
            outcome = conclude(tables(), fact(form, rows[row[0]], heads[head]))
            assert cell.startswith(VERDICT_NAMES[Verdict(outcome.verdict)])
            assert ("视为" in cell) == (outcome.deems is not Truth.NO)


@pytest.mark.parametrize(
    ("window", "exceptions", "heads"),
    [
        (WITHIN, (), {"未届满", "是否届满不明", "已届满", "算不出"}),
        (LATER, (), {"未届满", "是否届满不明", "已届满", "未起算或未案结", "算不出"}),
        (r.UntilClose(), (), {"未届满", "已届满", "未起算或未案结", "算不出"}),
        (r.InPeriod(), (), {"未届满", "已届满", "算不出"}),
        (WITHIN, (r.Exclude(start=A, end=A),), {"未届满", "是否届满不明", "已届满", "停止计算中", "算不出"}),
    ],
)
def test_columns_that_cannot_occur_are_left_out(window, exceptions, heads):
    assert set(inner_table(norm(r.Occur(groups=((A,),), window=window), *exceptions)).heads[1:]) == heads


def test_point_and_review():
    assert inner_table(norm(r.Hold(condition=TRUE))).rows == (
        ("符合", "合规"),
        ("不符合", "违反"),
        ("不明", "资料不足"),
    )
    assert inner_table(norm(r.Review(question="？"))).rows == (
        ("是", "合规"),
        ("否", "违反"),
        ("尚无认定", "待人工认定"),
    )


def fits(row, chosen):
    return all(cell == "任意" or value in cell.split("、") for value, cell in zip(chosen, row[:-1], strict=True))


@pytest.mark.parametrize("overridden", [True, False])
@pytest.mark.parametrize(
    "exceptions", [(), (r.Defeat(when=TRUE),), (r.Defeat(when=TRUE, afterwards=True), r.NoRoll(when=TRUE))]
)
def test_every_combination_of_the_overlay_fits_exactly_one_row(exceptions, overridden):
    table = overlay_table(norm(r.Occur(groups=((A,),), window=WITHIN), *exceptions), overridden)
    names = {"成立": Truth.YES, "不成立": Truth.NO, "不明": Truth.MAYBE}
    values = {
        "触发": ("确定", "不明"),
        "不适用": tuple(names),
        "优先规范": tuple(names),
        "事后例外": tuple(names),
        "期限变动": ("确定", "不明"),
        "要求本身": ("合规", "逾期履行", "逾期未履行", "待履行", "资料不足"),
    }
    heads = table.heads[:-1]
    assert ("不适用" in heads) == bool(exceptions)
    assert ("优先规范" in heads) == overridden
    for chosen in product(*(values[head] for head in heads)):
        fitting = [row for row in table.rows if fits(row, chosen)]
        assert len(fitting) == 1, chosen
        assert fitting[0][-1] in (*VERDICT_NAMES.values(), "同要求本身", "不列出")
