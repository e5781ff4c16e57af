"""A count forgets its cases, and takes each whole or not at all."""

import datetime as dt
import gc
import pickle

import pytest

from checker.calendars.shipped import shipped_calendar
from checker.engines.counting import Count
from checker.language import Source, compile_packs
from checker.model.case import Case, Event, Extent

RULES = """规程 《例》
  标识 t
  效力 示范

词汇
  机关 法院
  类型 台账
  行为 交办、会议
  行为 办结：金额 数

指标 件数
  依据 某报告
  每 月
  计 案件 且 有 交办

指标 占比
  依据 某报告
  计 办结 且 金额 大于 3
  比 办结

指标 会议
  依据 某报告
  适用于 类型 为 台账
  每 季度
  计 会议
"""
DAY = dt.date(2025, 6, 2)


@pytest.fixture(scope="module")
def rules():
    found, problems = compile_packs([Source("t.norm", RULES.encode())])
    assert not problems
    return found


def count(rules, cases, as_of=dt.date(2025, 12, 31)):
    found = Count(rules, shipped_calendar(), as_of)
    for case in cases:
        found.add(case)
    return {one.indicator.partition("/")[2]: one for one in found.figures()}


def case(*events, name="案", **more):
    made = [Event(id=f"e{n}", position=n, **event) for n, event in enumerate(events, 1)]
    return Case(id=name, events=tuple(made), **more)


def test_no_case_is_kept(rules):
    def stream():
        for n in range(300):
            day = DAY + dt.timedelta(days=n % 100)
            yield case(
                {"act": "交办", "date": day}, {"act": "办结", "date": day, "attributes": {"金额": n}}, name=str(n)
            )

    found = Count(rules, shipped_calendar(), dt.date(2025, 12, 31))
    for one in stream():
        found.add(one)
    del one
    gc.collect()
    kept = [o for o in gc.get_objects() if type(o) in (Case, Event) and getattr(o, "id", "") in map(str, range(300))]
    assert kept == []
    assert found.figures()[0].whole.total == 300


def test_a_case_that_fails_adds_nothing(rules):
    bad = case({"act": "交办", "date": DAY}, {"act": "办结", "date": DAY, "attributes": {"金额": "一百"}})
    found = Count(rules, shipped_calendar(), dt.date(2025, 12, 31))
    with pytest.raises(TypeError):
        found.add(bad)
    assert [one.whole.total for one in found.figures()] == [0, 0, 0]


@pytest.mark.parametrize("cut", [0, 1, 3, 5])
def test_counts_of_parts_are_those_of_the_whole(rules, cut):
    days = [DAY, dt.date(2025, 1, 5), dt.date(2025, 11, 3)]
    cases = [
        case({"act": "交办", "date": day}, {"act": "办结", "date": day, "attributes": {"金额": 4}}) for day in days
    ]
    extent = Extent(first=dt.date(2025, 4, 1), last=dt.date(2025, 12, 31))
    cases.append(case({"act": "会议", "date": DAY}, kind="台账", extent=extent))
    cases.append(case({"act": "办结"}, covers=frozenset({"办结"})))
    whole, parts, other = (Count(rules, shipped_calendar(), dt.date(2025, 12, 31)) for _ in range(3))
    for one in cases:
        whole.add(one)
    for part in (cases[:cut], cases[cut:]):
        for one in part:
            other.add(one)
        parts.merge(pickle.loads(pickle.dumps(other.taken())))
    assert parts.figures() == whole.figures()
    assert other.figures() == Count(rules, shipped_calendar(), dt.date(2025, 12, 31)).figures()


def test_a_case_without_events_counts_and_one_that_has_not_begun_does_not(rules):
    figures = count(rules, [case(), case({"act": "交办", "date": dt.date(2026, 1, 5)}, name="后")])
    assert (figures["件数"].whole.total, figures["件数"].whole.undecided) == (0, 0)
    figures = count(rules, [case({"act": "交办", "date": dt.date(2026, 1, 5)})], dt.date(2026, 1, 5))
    assert figures["件数"].whole.total == 1


def test_absence_counts_only_where_it_is_covered(rules):
    figures = count(rules, [case({"act": "会议", "date": DAY}, covers=frozenset({"会议"}))])
    assert (figures["件数"].whole.total, figures["件数"].whole.undecided) == (0, 1)
    assert figures["占比"].uncovered == 1
    assert (figures["占比"].whole.low, figures["占比"].whole.high) == (None, None)


def test_the_first_certain_act_dates_the_case_unless_another_may_be_earlier(rules):
    later = {"act": "交办", "date": dt.date(2025, 8, 1)}
    assert [one.period for one in count(rules, [case({"act": "交办", "date": DAY}, later)])["件数"].periods] == [
        "2025-06"
    ]
    assert [one.period for one in count(rules, [case({"act": "交办"}, later)])["件数"].periods] == [None]


def test_a_ledger_lists_the_periods_it_tells_of(rules):
    extent = Extent(first=dt.date(2025, 1, 1))
    ledger = case({"act": "会议", "date": DAY}, kind="台账", extent=extent)
    figures = count(rules, [ledger], dt.date(2025, 11, 3))
    assert [(one.period, one.figure.total) for one in figures["会议"].periods] == [
        ("2025Q1", 0), ("2025Q2", 1), ("2025Q3", 0), ("2025Q4", 0),
    ]  # fmt: skip


def test_where_it_is_unknown_whether_the_indicator_applies(rules):
    figures = count(rules, [case({"act": "会议", "date": DAY})])
    assert (figures["会议"].whole.total, figures["会议"].whole.undecided) == (0, 1)
    assert [one.figure.undecided for one in figures["会议"].periods] == [1]
