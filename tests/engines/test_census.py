"""The parts of a census: intervals, spreads, periods, stages, units, what is called common."""

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.engines.census.asked import Asked, windows, year_before
from checker.engines.census.cells import CLASSES, KEPT, VIOLATED, Cell
from checker.engines.census.dimensions import PERSON, UNSAID, Register, dimension
from checker.engines.census.problems import norm_problems, unit_problems
from checker.engines.census.results import spread, table_of
from checker.engines.census.stages import stages_of
from checker.language import Source, compile_packs
from checker.model.diagnostic import DataError
from checker.model.statistics import Share, Thresholds

RULES = """规程 《例》
  标识 t
  效力 示范

词汇
  机关 法院、公安局
  人员 承办人
  类型 督办、台账
  行为 交办、审批、转送、办结、催办、函告、会议
  行为 答复：文书 {理由}

规范 期限
  依据 甲
  当 交办
  应当 法院 办结 或 法院 转送，自 交办 起 5日 内

规范 先批
  依据 甲
  交办 之前 应当 有 审批

规范 催办
  依据 甲
  当 违反 期限
  应当 催办，自 违反 起 3日 内

规范 逾期后不得函告
  依据 甲
  不得 函告 且 已有 催办

规范 要件
  依据 甲
  答复 应当 载明 理由

规范 例会
  依据 甲
  适用于 类型 为 台账
  每 季度
  应当 会议
"""


@pytest.fixture(scope="module")
def rules():
    found, problems = compile_packs([Source("t.norm", RULES.encode())])
    assert found is not None, problems
    return found


@pytest.mark.parametrize(
    ("part", "base", "low", "high"),
    [  # the score interval for a binomial proportion, to four places
        (0, 10, 0.0, 0.2775),
        (1, 10, 0.0179, 0.4042),
        (15, 20, 0.5313, 0.8881),
        (81, 263, 0.2553, 0.3662),
        (20, 20, 0.8389, 1.0),
        (0, 0, 0.0, 1.0),
    ],
)
def test_the_interval_is_wilsons(part, base, low, high):
    assert tuple(round(one, 4) for one in Share(part=part, base=base).interval) == (low, high)


@given(st.integers(1, 10**6), st.data())
def test_an_interval_holds_its_share(base, data):
    share = Share(part=data.draw(st.integers(0, base)), base=base)
    low, high = share.interval
    assert 0 <= low <= share.share <= high <= 1


@given(st.lists(st.integers(0, 400), min_size=1, max_size=60))
def test_median_and_percentile_are_those_of_the_list(numbers):
    found, ordered, n = spread(Counter(numbers)), sorted(numbers), len(numbers)
    middle = ordered[n // 2] if n % 2 else (ordered[n // 2 - 1] + ordered[n // 2]) / 2
    assert (found.n, found.median) == (n, middle)
    assert found.p90 in numbers
    assert sum(one <= found.p90 for one in numbers) >= 0.9 * n > sum(one < found.p90 for one in numbers)


@pytest.mark.parametrize(
    ("as_of", "period", "now", "before"),
    [
        ("2025-12-31", None, ("2025-01-01", "2025-12-31"), ("2024-01-01", "2024-12-31")),
        ("2026-11-20", None, ("2026-01-01", "2026-11-20"), ("2025-01-01", "2025-11-20")),
        ("2026-11-20", "2026Q1", ("2026-01-01", "2026-03-31"), ("2025-01-01", "2025-03-31")),
        ("2026-11-20", "2026Q4", ("2026-10-01", "2026-11-20"), ("2025-10-01", "2025-11-20")),
        ("2026-11-20", "2025H2", ("2025-07-01", "2025-12-31"), ("2024-07-01", "2024-12-31")),
        ("2024-02-29", "2024-02", ("2024-02-01", "2024-02-29"), ("2023-02-01", "2023-02-28")),
        ("2025-02-28", "2025-02", ("2025-02-01", "2025-02-28"), ("2024-02-01", "2024-02-29")),
    ],
)
def test_a_period_and_the_same_a_year_before(as_of, period, now, before):
    found = windows(dt.date.fromisoformat(as_of), period)
    assert [(str(one.first), str(one.last)) for one in found] == [now, before]


@pytest.mark.parametrize("period", ["2026Q5", "26", "2026-13", "2027", "去年", "0001", "2026-11-20"])
def test_what_is_no_period_is_refused(period):
    with pytest.raises(DataError):
        windows(dt.date(2026, 11, 20), period)


def test_a_leap_day_has_its_like():
    assert year_before(dt.date(2024, 2, 29)) == dt.date(2023, 2, 28)


def test_the_stage_is_the_act_a_norm_is_about(rules):
    assert dict(zip((norm.title for norm in rules.norms), stages_of(rules), strict=True)) == {
        "期限": "办结或转送",
        "先批": "交办",
        "催办": "催办",
        "逾期后不得函告": "函告",
        "要件": "答复",
        "例会": "会议",
    }


def test_persons_are_no_units(rules):
    register = Register(rules)
    names = {
        "法院": "法院",
        None: UNSAID,
        "": UNSAID,
        "承办人": PERSON,
        "张三": PERSON,
        "法院、承办人": f"法院、{PERSON}",
    }
    assert {said: register.unit(said) for said in names} == names
    assert [name for name in names.values() if register.is_unit(name)] == ["法院"]


def cell(violated, met):
    cases = [0] * CLASSES
    cases[VIOLATED], cases[KEPT] = violated, met
    return Cell(cases=cases, example="甲" if violated else None)


def test_nothing_is_common_below_the_thresholds(rules):
    by_norm = {("t/期限",): cell(6, 14), ("t/先批",): cell(4, 16), ("t/要件",): cell(5, 4), ("t/例会",): cell(9, 191)}
    by_unit = {("t/期限", "法院"): cell(3, 7), ("t/期限", "公安局"): cell(3, 7), ("t/先批", "法院"): cell(4, 16)}
    by_unit[("t/要件", PERSON)] = cell(5, 4)
    found = norm_problems(by_norm, by_unit, Register(rules), Thresholds())
    assert [(one.norm, one.is_common, one.units.part, one.units.base) for one in found] == [
        ("t/例会", False, 0, 0),  # the share is too small
        ("t/期限", True, 2, 2),
        ("t/要件", False, 0, 0),  # fewer than ten are decided
        ("t/先批", False, 1, 1),  # fewer than five cases
    ]
    strict = norm_problems(by_norm, by_unit, Register(rules), Thresholds(share=0.2))
    assert not any(one.is_common for one in strict)


def test_a_unit_stands_out_only_with_adequate_numbers(rules):
    by_unit = {("t/期限", "公安局"): cell(18, 4), ("t/期限", "法院"): cell(5, 60), ("t/先批", "法院"): cell(9, 10)}
    by_unit |= {("t/先批", "公安局"): cell(0, 100), ("t/期限", PERSON): cell(50, 0)}
    found, compared = unit_problems(by_unit, Register(rules), Thresholds())
    assert [(one.unit, one.norm, one.own, one.others) for one in found] == [
        ("公安局", "t/期限", Share(part=18, base=22), Share(part=5, base=65))
    ]
    assert compared == 2


def quarters(rules, as_of, period, cells):
    along = (dimension("季度", rules),)
    asked = Asked((along,), as_of, *windows(as_of, period))
    return {row.key[0]: row for row in table_of(along, cells, asked, Register(rules)).rows}


def one(n):
    return Cell(verdicts=[n, 0, 0, 0, 0, 0, 0, 0])


def test_a_running_quarter_is_compared_up_to_the_same_day(rules):
    whole = {
        (name,): one(n) for name, n in (("2025Q1", 1), ("2025Q4", 40), ("2026Q1", 2), ("2026Q4", 30), ("2027Q1", 9))
    }
    spans = (whole, {("2026Q1",): one(2), ("2026Q4",): one(20)}, {("2025Q1",): one(1), ("2025Q4",): one(25)})
    rows = quarters(rules, dt.date(2026, 11, 20), None, spans)
    told = {name: row.now and (row.now.instances, row.before.instances) for name, row in rows.items()}
    assert told == {"2025Q1": None, "2025Q4": None, "2026Q1": (2, 1), "2026Q4": (20, 25), "2027Q1": None}
    rows = quarters(rules, dt.date(2026, 11, 20), "2026Q1", spans)
    assert rows["2026Q4"].now is None
    assert rows["2026Q1"].before.instances == 1
