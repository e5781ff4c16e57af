"""The rest of the semantics, section by section: deemed acts, expiries, periods, hours, caps, restarts, limits."""

import datetime as dt
import gc
import time

import pytest

from checker.calendars.shipped import shipped_calendar
from checker.engines.facts import EngineFailure
from checker.engines.run import evaluate_batch, prepare
from checker.model.expressions import (
    AnchorEvent,
    Attribute,
    BreachCount,
    Compare,
    Count,
    DateOf,
    Expiry,
    Inside,
    LastEvent,
    Not,
    Present,
    SelfEvent,
    Shift,
)
from checker.model.norm import OnExpiry, OnPeriod
from checker.model.requirements import (
    AtAnchor,
    AtPeriodEnd,
    By,
    Deem,
    Earlier,
    Exclude,
    Extend,
    FromAttribute,
    InPeriod,
    Restart,
    Within,
)
from engines.ground.building import (
    case,
    check,
    date,
    fixed,
    hold,
    is_,
    must,
    norm,
    occurred,
    only,
    own,
    pattern,
    period,
    rules,
    shown,
    value,
    within,
)

DEEM = norm("视", "甲", Deem(unless=(pattern("乙"),), window=within("5日"), act="丙"))
AFTER = norm("后", "丙", must("丁", window="3日"))
AFTER_THE_LAST = Compare(op="lt", left=DateOf(of=LastEvent(pattern=pattern("乙"))), right=DateOf(of=SelfEvent()))
AT_MOST_ONE_BEFORE = Compare(op="le", left=Count(pattern=pattern("乙"), inclusive=False), right=value(1))


def verdicts(*args):
    return [f.verdict.value for f in check(*args)]


def test_a_deemed_event_opens_later_norms():
    first, second = check(rules(DEEM, AFTER), case(("甲", "2024-03-01")), "2024-03-20")
    assert shown(first, "verdict", "due", "fulfilled_by") == {
        "verdict": "met",
        "due": "2024-03-06",
        "fulfilled_by": None,
    }
    assert shown(second, "anchor", "due", "verdict", "evidence") == {
        "anchor": "视为:p/视@e1",
        "due": "2024-03-11",
        "verdict": "overdue",
        "evidence": ("视为:p/视@e1",),
    }


def test_a_deemed_event_that_may_not_exist_accuses_nobody():
    record = case(("甲", "2024-03-01"), ("乙", None))
    first, second = check(rules(DEEM, AFTER), record, "2024-03-20")
    assert (first.verdict, first.missing) == ("undetermined", ("e2.日期",))
    assert (second.verdict, second.missing) == ("undetermined", ("期满.p/视",))


def test_an_act_in_time_deems_nothing():
    assert verdicts(rules(DEEM, AFTER), case(("甲", "2024-03-01"), ("乙", "2024-03-02")), "2024-03-20") == ["met"]


def test_expiry_opens_whether_or_not_the_duty_was_met():
    base = norm("一", "甲", must("乙", window="10日"), Extend(grant=pattern("丙"), period=fixed("5日")))
    for extended, due in ((False, "2024-03-18"), (True, "2024-03-25")):
        after = norm("二", OnExpiry(norm="p/一", extended=extended), must("丁", window="5日"))
        record = case(("甲", "2024-03-01"), ("丙", "2024-03-02"), ("乙", "2024-03-03"))
        _, second = check(rules(base, after), record, "2024-06-01")
        assert second.anchor == "期满:p/一@e1"
        assert str(second.due) == due


@pytest.mark.parametrize(
    ("months", "extent", "anchors"),
    [
        (3, ("2024-01-01", "2024-09-29"), ["2024Q1", "2024Q2"]),
        (1, ("2024-01-02", "2024-03-31"), ["2024-02", "2024-03"]),
        (6, ("2024-01-01", None), ["2024H1", "2024H2"]),
        (12, ("2023-01-01", None), ["2023", "2024"]),
    ],
)
def test_periods(months, extent, anchors):
    each = norm("报", OnPeriod(months=months), must("乙", window=InPeriod()))
    assert [f.anchor for f in check(rules(each), case(extent=extent), "2024-12-01")] == anchors


def test_reports_after_the_end_of_a_period():
    window = Within(start=AtPeriodEnd(), period=fixed("10日"))
    each = rules(norm("报", OnPeriod(months=3), must("乙", window=window)))
    record = case(("乙", "2024-03-31"), ("乙", "2024-07-10"), extent=("2024-01-01", "2024-06-30"))
    assert verdicts(each, record, "2024-12-01") == ["late", "met"]
    assert only(each, case(), "2024-12-01").missing == ("案件.起止",)


def test_hours():
    day = rules(norm("一", "甲", must("乙", window="24时")))
    begun = ("甲", "2024-03-01", {"time": dt.time(10)})
    assert only(day, case(begun), "2024-03-02").due == dt.datetime(2024, 3, 2, 10)
    for row, verdict in (
        (("乙", "2024-03-02", {"time": dt.time(10)}), "met"),
        (("乙", "2024-03-02", {"time": dt.time(10, 1)}), "late"),
        (("乙", "2024-03-02"), "undetermined"),
    ):
        found = only(day, case(begun, row), "2024-03-05")
        assert found.verdict == verdict
    assert found.missing == ("e2.日期",)


def test_cap_of_an_exclusion():
    capped = rules(
        norm("一", "甲", must("乙", window="10日"), Exclude(start=pattern("丙"), end=pattern("丁"), cap=period("3日")))
    )
    record = (("甲", "2024-03-01"), ("丙", "2024-03-05"))
    assert str(only(capped, case(*record, ("丁", "2024-03-15")), "2024-03-16").due) == "2024-03-14"
    assert only(capped, case(*record), "2024-03-06").due is None
    assert str(only(capped, case(*record), "2024-03-07").due) == "2024-03-14"


def test_restart_drops_what_was_granted_before():
    one = norm(
        "一",
        "甲",
        must("乙", window="10日"),
        Extend(grant=pattern("丙"), period=fixed("10日")),
        Restart(at=pattern("丁"), times=1),
    )
    record = case(("甲", "2024-03-01"), ("丙", "2024-03-02"), ("丁", "2024-03-04"), ("丁", "2024-03-05"))
    found = only(rules(one), record, "2024-03-06")
    assert shown(found, "due", "evidence") == {"due": "2024-03-14", "evidence": ("e1", "e3")}


def test_restart_that_waits_for_its_origin_is_idle():
    one = rules(norm("一", "甲", must("乙", window="10日"), Restart(at=pattern("丙"), origin=pattern("丁"))))
    waiting = (("甲", "2024-03-01"), ("丙", "2024-03-04"))
    assert shown(only(one, case(*waiting), "2024-06-01"), "verdict", "due", "days") == {
        "verdict": "pending",
        "due": None,
        "days": None,
    }
    assert str(only(one, case(*waiting, ("丁", "2024-03-08")), "2024-03-09").due) == "2024-03-18"


def test_earlier_of_two_and_a_period_from_the_record():
    said = FromAttribute(attribute=Attribute(of=AnchorEvent(), name="期限"))
    one = rules(norm("一", "甲", must("乙", window=within(Earlier(of=(said, fixed("10日")))))))
    for stated, due in (
        (period("3日"), "2024-03-04"),
        (period("30日"), "2024-03-11"),
        (date("2024-03-09"), "2024-03-09"),
    ):
        assert str(only(one, case(("甲", "2024-03-01", {"期限": stated})), "2024-03-02").due) == due
    assert only(one, case(("甲", "2024-03-01")), "2024-06-01").missing == ("e1.期限",)


def test_limit_before_another_expiry():
    base = norm("一", "甲", must("乙", window="30日"))
    limit = Shift(base=Expiry(norm="p/一", extended=False), period=period("5日"), backward=True)
    asks = norm("二", "甲", must("丙", window=By(limit=limit)))
    assert str(check(rules(base, asks), case(("甲", "2024-03-01")), "2024-03-02")[1].due) == "2024-03-27"


def test_year_9999_is_out_of_range_and_no_crash():
    far = rules(norm("一", "甲", must("乙", window="10年")), norm("二", "甲", must("乙", window="1日")))
    first, second = check(far, case(("甲", "9999-12-31")), "9999-12-31")
    assert (first.verdict, first.missing) == ("undetermined", ("日期超出范围",))
    assert second.missing == ("日期超出范围",)


@pytest.mark.parametrize(
    ("condition", "rows", "verdict"),
    [
        (Compare(op="le", left=Count(pattern=pattern("甲"), inclusive=True), right=value(1)), ["甲"], "met"),
        (AT_MOST_ONE_BEFORE, ["乙", "乙", "甲"], "breached"),
        (Inside(after=pattern("乙"), before=pattern("丙")), ["乙", "甲"], "met"),
        (Inside(after=pattern("乙"), before=pattern("丙")), ["乙", "丙", "甲"], "breached"),
        (Inside(after=pattern("乙"), before=pattern("丙")), ["丙", "乙", "甲"], "met"),
        (Inside(after=None, before=pattern("丙")), ["甲"], "met"),
        (Inside(after=pattern("乙"), before=None), ["甲"], "breached"),
        (Not(of=occurred("乙")), ["甲", "乙"], "met"),
        (is_("结论", "同意"), ["甲"], "undetermined"),
        (Present(of=own("结论")), ["甲"], "undetermined"),
        (AFTER_THE_LAST, ["乙", "甲"], "breached"),
        (AFTER_THE_LAST, ["甲"], "undetermined"),
    ],
)  # fmt: skip
def test_conditions(condition, rows, verdict):
    found = check(rules(norm("一", "甲", hold(condition))), case(*((act, "2024-03-01") for act in rows)), "2024-04-01")
    assert [f.verdict for f in found] == [verdict]


def test_breaches_are_counted_up_to_self():
    duty = norm("一", "甲", must("乙", window="1日"))
    limit = norm("二", "丙", hold(Compare(op="lt", left=BreachCount(norm="p/一"), right=value(1))))
    for day, verdict in (("2024-03-06", "met"), ("2024-03-07", "breached")):
        found = check(rules(duty, limit), case(("甲", "2024-03-05"), ("丙", day)), "2024-04-01")
        assert found[1].verdict == verdict


def test_ordinal_names_one_of_them():
    second = rules(norm("一", pattern("甲", ordinal=2), hold(is_("结论", "同意"))))
    record = case(*(("甲", "2024-03-01", {"结论": "同意"}) for _ in range(3)))
    assert [f.anchor for f in check(second, record, "2024-04-01")] == ["e2"]


def test_a_failed_case_leaves_the_others_alone():
    def infer(facts):
        from checker.engines import plain

        return [(0, EngineFailure(0, "引擎中断")), *(row for row in plain.infer(facts) if row[0] != 0)]

    program = prepare(rules(norm("一", "甲", must("乙", window="1日"))), shipped_calendar())
    cases = [case(("甲", "2024-03-01")), case(("甲", "2024-03-01"))]
    first, second = evaluate_batch(program, cases, date("2024-04-01"), infer)
    assert (first.failure.message, first.findings) == ("引擎中断", ())
    assert (second.failure, [f.verdict for f in second.findings]) == (None, ["overdue"])


@pytest.mark.parametrize("one_to_one", [False, True])
def test_time_grows_with_the_events_and_not_with_their_square(one_to_one):
    norms = [
        norm(f"n{i}", "甲", must(pattern("乙", by="单位"), window=f"{i + 1}日", one_to_one=one_to_one))
        for i in range(5)
    ]
    start = date("2000-01-01")

    def seconds(events):
        rows = [
            ("甲乙"[i % 2], str(start + dt.timedelta(days=i // 4)), {"单位": "法院", "actor": "法院"})
            for i in range(events)
        ]
        least = float("inf")
        for _ in range(2):  # whatever else the process holds, its collector would look through again and again
            gc.collect()
            gc.disable()
            begun = time.process_time()
            assert len(check(rules(*norms), case(*rows), "2024-01-01")) == events // 2 * len(norms)
            least = min(least, time.process_time() - begun)
            gc.enable()
        return least

    assert seconds(8_000) < 8 * 3 * seconds(1_000)


def test_a_fault_on_one_case_is_its_failure_and_the_others_have_verdicts(monkeypatch):
    from checker.engines import run

    sound = run.ground

    def faulty(rule, view, number):
        if view.case.id == "坏":
            raise ValueError("x")
        return sound(rule, view, number)

    monkeypatch.setattr(run, "ground", faulty)
    program = prepare(rules(norm("一", "甲", must("乙", window="5日"))), shipped_calendar())
    sound_case = case(("甲", "2024-03-01"))
    cases = [sound_case, sound_case.model_copy(update={"id": "坏"})]
    good, bad = evaluate_batch(program, cases, date("2024-06-01"))
    assert [finding.verdict.value for finding in good.findings] == ["overdue"]
    assert bad.findings == ()
    assert "ValueError" in bad.failure.message


def test_an_anchor_whose_period_is_unknown_takes_its_act_all_the_same():
    stated = Within(start=AtAnchor(), period=FromAttribute(attribute=Attribute(of=AnchorEvent(), name="期限")))
    one_each = norm("一", "甲", must("乙", window=stated, one_to_one=True))
    record = case(
        ("甲", "2024-03-01"), ("甲", "2024-03-02", {"期限": period("8日")}), ("乙", "2024-03-03"), ("乙", "2024-03-05")
    )
    first, second = check(rules(one_each), record, "2024-06-01")
    assert shown(first, "verdict", "missing") == {"verdict": "undetermined", "missing": ("e1.期限",)}
    assert shown(second, "verdict", "fulfilled_by") == {"verdict": "met", "fulfilled_by": "e4"}
