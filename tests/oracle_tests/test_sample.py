"""The oracle on the sample pack: the findings that a person reaches with a calendar and a pencil."""

import datetime as dt

import pytest

from checker.calendars.shipped import shipped_calendar
from oracle.evaluate import evaluate
from oracle_tests.duban import AS_OF, CASE, COVERED, EVENTS, RULES, event

DAY = dt.timedelta(days=1)


def findings(*more, as_of=AS_OF, covers=COVERED, without=()):
    listed = sorted([*(e for e in EVENTS if e.id not in without), *more], key=lambda e: e.position)
    case = CASE.model_copy(update={"events": tuple(listed), "covers": covers})
    return {f.norm.split("/")[1]: f for f in evaluate(RULES, shipped_calendar("cn"), case, as_of)}


def test_the_sample_gives_exactly_the_expected_violations():
    found = evaluate(RULES, shipped_calendar("cn"), CASE, AS_OF)
    violations = [(f.norm, f.verdict.value, f.due, f.breached_on) for f in found if f.verdict.is_violation]
    assert violations == [
        ("duban/按期办结", "overdue", dt.date(2024, 6, 5), dt.date(2024, 6, 6)),
        # 2024-06-10 is a public holiday
        ("duban/逾期催办", "overdue", dt.date(2024, 6, 14), dt.date(2024, 6, 15)),
        ("duban/书面报告要件", "breached", None, dt.date(2024, 3, 20)),
    ]


def test_the_sample_in_full():
    found = findings()
    assert {title: f.verdict.value for title, f in found.items()} == {
        "督办范围": "met",
        "先批后交": "met",
        "按期办结": "overdue",
        "逾期催办": "overdue",
        "书面报告要件": "breached",
    }
    assert found["按期办结"].model_dump(exclude_defaults=True, mode="json") == {
        "case": "DB-2024-012",
        "norm": "duban/按期办结",
        "version": "1",
        "verdict": "overdue",
        "category": "程序违规",
        "severity": "一般",
        "bearer": "法院",
        "anchor": "e3",
        "due": "2024-06-05",
        "breached_on": "2024-06-06",
        "days": 26,
        "evidence": ["e3"],
    }
    assert found["逾期催办"].anchor == "违反:duban/按期办结@e3"
    assert found["先批后交"].fulfilled_by == "e2"


@pytest.mark.parametrize(
    ("as_of", "verdict", "days"),
    [("2024-06-05", "pending", 0), ("2024-06-04", "pending", -1), ("2024-06-06", "overdue", 1)],
)
def test_the_last_day_and_the_day_after(as_of, verdict, days):
    found = findings(as_of=dt.date.fromisoformat(as_of))["按期办结"]
    assert (found.verdict.value, found.days) == (verdict, days)


@pytest.mark.parametrize(
    ("date", "verdict", "days"), [("2024-06-05", "met", None), ("2024-06-06", "late", 1), (None, "undetermined", None)]
)
def test_done_in_time_late_or_undated(date, verdict, days):
    found = findings(event(5, date, "办结", "法院"))["按期办结"]
    assert (found.verdict.value, found.days) == (verdict, days)
    assert found.missing == (("e5.日期",) if date is None else ())


def test_an_extension_in_time_adds_and_rolls_once():
    # 2024-03-07 + 90日 + 30日 = 2024-07-05, a Friday
    found = findings(event(5, "2024-06-05", "延期批准"))["按期办结"]
    assert (found.verdict.value, found.due, found.days) == ("pending", dt.date(2024, 7, 5), -4)
    assert found.evidence == ("e3", "e5")


def test_an_extension_after_the_due_date_or_a_second_one_adds_nothing():
    assert findings(event(5, "2024-06-06", "延期批准"))["按期办结"].due == dt.date(2024, 6, 5)
    twice = findings(event(5, "2024-06-05", "延期批准"), event(6, "2024-06-05", "延期批准"))["按期办结"]
    assert twice.due == dt.date(2024, 7, 5)


def test_an_uncovered_grant_makes_the_violation_undetermined():
    found = findings(covers=COVERED - {"延期批准"})
    assert found["按期办结"].verdict.value == "undetermined"
    assert found["按期办结"].missing == ("行为.延期批准",)
    assert "逾期催办" not in found


def test_a_suspension_takes_its_days_out():
    # ten days, from 04-01 to 04-10, end on 06-15; a Saturday, rolled to Monday 06-17
    found = findings(event(5, "2024-04-01", "中止"), event(6, "2024-04-11", "恢复"))["按期办结"]
    assert (found.verdict.value, found.due) == ("overdue", dt.date(2024, 6, 17))
    assert found.evidence == ("e3", "e5", "e6")


def test_an_open_suspension_stops_the_clock():
    found = findings(event(5, "2024-06-01", "中止"))["按期办结"]
    assert (found.verdict.value, found.due, found.days) == ("pending", None, -5)


def test_no_approval_before_and_an_approval_that_does_not_say():
    assert findings(without=("e2",))["先批后交"].verdict.value == "breached"
    assert findings(without=("e2",), covers=COVERED - {"审批"})["先批后交"].missing == ("行为.审批",)
    silent = findings(event(2, "2024-03-06", "审批"), without=("e2",))["先批后交"]
    assert (silent.verdict.value, silent.missing) == ("undetermined", ("e2.结论",))


def test_urging_is_moot_once_the_case_is_done():
    found = findings(event(5, "2024-06-11", "办结", "法院"))
    assert found["按期办结"].verdict.value == "late"
    assert found["逾期催办"].verdict.value == "exempt"
    assert found["逾期催办"].evidence == ("e3", "e5")


def test_a_decision_where_only_advice_is_allowed():
    found = findings(event(5, "2024-05-06", "函告", "政法委", 事项="定性", 力度="决定"))["不得代替定性"]
    assert (found.verdict.value, found.category.value, found.severity.value) == ("breached", "越权", "重大")
    assert found.bearer == "政法委"


def test_a_question_waits_for_a_person():
    assert findings(event(9, "2024-06-20", "结果报告", "法院"))["效果统一"].verdict.value == "met"
    assert findings(event(8, "2024-06-20", "结果报告", "法院"))["效果统一"].verdict.value == "review"
