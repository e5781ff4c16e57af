"""Whole timelines as data: where each mark stands, and what is said of it."""

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.explain.course import Course
from checker.model.case import Case, Event
from checker.model.finding import Finding, Verdict
from checker.reports.content import CaseReport, Shown
from checker.reports.timeline.facts import MOST_WINDOWS, facts_of
from checker.reports.timeline.flags import MOST_FLAGS, room_of
from checker.reports.timeline.picture import WIDTH, picture_of
from checker.reports.timeline.table import rows_of

AS_OF = dt.date(2026, 7, 1)


def day(text):
    return dt.date.fromisoformat(text)


def report(events, shown=()):
    made = tuple(
        Event(id=f"e{n}", position=n, act=act, date=None if when is None else day(when), actors=("政法委",))
        for n, (when, act) in enumerate(events, 1)
    )
    return CaseReport(Case(id="案", events=made), tuple(shown), Counter())


def finding(verdict, course=None, **fields):
    made = Finding(case="案", norm="包/按期办结", version="1", verdict=verdict, anchor="e1", **fields)
    return Shown(made, None, (), course)


def drawn(events, shown=()):
    return picture_of(facts_of(report(events, shown), AS_OF))


OVERDUE = finding(
    Verdict.OVERDUE,
    Course(day("2026-03-02"), day("2026-04-01"), day("2026-05-01"), ((day("2026-03-10"), day("2026-03-19")),)),
    due=day("2026-05-01"),
    breached_on=day("2026-05-02"),
    days=61,
)


DAYS = st.dates(day("1990-01-01"), day("2199-12-31"))
MAYBE = st.none() | DAYS
COURSES = st.builds(
    Course, MAYBE, MAYBE, MAYBE, st.lists(st.tuples(DAYS, DAYS), max_size=2).map(tuple), restarted=MAYBE, stopped=MAYBE
)


@st.composite
def findings(draw):
    course, verdict = draw(COURSES), draw(st.sampled_from(list(Verdict)))
    more = {"days": draw(st.none() | st.integers(-999, 999)), "fulfilled_by": draw(st.sampled_from([None, "e1"]))}
    return finding(verdict, course, due=course.due, breached_on=draw(MAYBE), **more)


@given(st.lists(DAYS, max_size=9), st.lists(findings(), max_size=6))
def test_whatever_the_dates_every_mark_stands_inside_the_picture(dates, shown):
    picture = drawn([(one.isoformat(), "督查") for one in dates], shown)
    for bar in picture.bars:
        parts = [part for part in (bar.plain, bar.moved, bar.over, bar.stopped, *bar.excluded) if part is not None]
        marks = [x for x in (bar.due, bar.done, bar.breach, bar.restarted) if x is not None]
        assert all(part.width > 0 and part.x >= 0 and part.x + part.width <= WIDTH for part in parts)
        assert all(0 <= x <= WIDTH for x in marks)
        assert 0 <= bar.text_x <= WIDTH - room_of(bar.text)
    assert all(0 <= flag.x <= WIDTH - room_of(flag.text) for flag in picture.flags)
    assert 0 <= picture.as_of.text_x <= WIDTH - room_of(picture.as_of.text)


def test_a_case_without_events_shows_the_as_of_date():
    picture = drawn([])
    assert picture.flags == ()
    assert picture.as_of.text == "截至 2026-07-01"
    assert picture.bars == ()


def test_one_event_stands_at_the_left_and_the_as_of_line_right_of_it():
    picture = drawn([("2026-03-02", "登记")])
    (flag,) = picture.flags
    assert (flag.x, flag.lane, flag.text) == (14.0, 0, "2026-03-02 登记 政法委")
    assert picture.as_of.x > flag.x


def test_events_of_one_day_stand_one_over_the_other_in_the_order_of_the_record():
    flags = drawn([("2026-03-02", "登记"), ("2026-03-02", "审批"), ("2026-03-02", "交办")]).flags
    assert {flag.x for flag in flags} == {14.0}
    assert [(flag.lane, flag.text.split()[1]) for flag in flags] == [(2, "登记"), (1, "审批"), (0, "交办")]


def test_undated_events_are_told_apart():
    facts = facts_of(report([(None, "登记"), ("2026-03-02", "交办")]), AS_OF)
    assert facts.undated == ("政法委 登记（e1）",)
    assert [one.id for one in facts.happenings] == ["e2"]


def test_events_after_the_as_of_date_are_marked():
    (flag,) = drawn([("2026-08-02", "登记")]).flags
    assert flag.is_later
    assert flag.text.endswith("（截至日之后）")


def test_a_deadline_goes_from_its_start_to_its_last_day_with_what_moved_it():
    picture = drawn([("2026-03-02", "交办")], [OVERDUE])
    (bar,) = picture.bars
    span = picture.line[1] - picture.line[0]
    assert bar.text == "逾期未履行 · 按期办结 · 届满 2026-05-01 · 超过 61日"
    assert bar.plain.x == 14.0
    assert bar.plain.width == pytest.approx(span * 30 / 121, abs=0.2)
    assert bar.moved.x == pytest.approx(bar.plain.x + bar.plain.width, abs=0.2)
    assert bar.due == pytest.approx(bar.moved.x + bar.moved.width, abs=0.2)
    assert bar.over.x == bar.due
    assert bar.over.x + bar.over.width == pytest.approx(picture.as_of.x, abs=0.2)
    assert bar.due < bar.breach < picture.as_of.x
    (out,) = bar.excluded
    assert bar.plain.x < out.x < out.x + out.width < bar.plain.x + bar.plain.width
    assert bar.done is None


def test_a_late_duty_is_over_until_it_was_done():
    late = finding(
        Verdict.LATE, Course(day("2026-03-02"), day("2026-03-12"), day("2026-03-12")), due=day("2026-03-12"),
        breached_on=day("2026-03-13"), days=20, fulfilled_by="e2",
    )  # fmt: skip
    (bar,) = drawn([("2026-03-02", "交办"), ("2026-04-01", "办结")], [late]).bars
    assert bar.over.x + bar.over.width == pytest.approx(bar.done, abs=0.2)


def test_a_stopped_period_has_no_last_day():
    stopped = finding(Verdict.PENDING, Course(day("2026-05-04"), day("2026-08-04"), None, stopped=day("2026-05-20")))
    picture = drawn([("2026-05-04", "交办")], [stopped])
    (bar,) = picture.bars
    assert bar.due is None
    assert bar.stopped.x == pytest.approx(bar.plain.x + bar.plain.width, abs=0.2)
    assert bar.stopped.x + bar.stopped.width == pytest.approx(picture.as_of.x, abs=0.2)


def test_a_violation_without_a_period_is_a_mark_at_its_day():
    picture = drawn([("2026-03-02", "交办")], [finding(Verdict.BREACHED, None, breached_on=day("2026-03-02"))])
    (bar,) = picture.bars
    assert (bar.plain, bar.due, bar.breach) == (None, None, 14.0)
    assert bar.text == "违反 · 按期办结 · 自 2026-03-02 起"


def test_what_has_no_day_is_not_drawn():
    nothing = [finding(Verdict.REVIEW), finding(Verdict.UNDETERMINED, Course(day("2026-03-02")))]
    assert drawn([("2026-03-02", "交办")], nothing).bars == ()


def test_sixty_events_over_years_each_have_their_words_inside_the_picture():
    events = [((day("2021-01-04") + dt.timedelta(days=31 * n)).isoformat(), "督查") for n in range(60)]
    picture = drawn(events)
    assert len(picture.flags) == 60
    assert picture.dots == ()
    assert all(flag.x + len(flag.text) * 7 <= WIDTH for flag in picture.flags)
    assert len({(flag.x, flag.lane) for flag in picture.flags}) == 60


def test_beyond_the_most_flags_events_are_dots_and_what_findings_rest_on_keeps_its_words():
    events = [((day("2025-01-04") + dt.timedelta(days=n)).isoformat(), "督查") for n in range(MOST_FLAGS + 5)]
    last = finding(Verdict.BREACHED, None, breached_on=day("2025-03-30"), evidence=(f"e{MOST_FLAGS + 5}",))
    picture = drawn(events, [last])
    assert (len(picture.flags), len(picture.dots)) == (MOST_FLAGS, 5)
    assert picture.flags[-1].text.startswith(events[-1][0])
    assert len(rows_of(facts_of(report(events, [last]), AS_OF))) == MOST_FLAGS + 5 + 2


def test_deadlines_beyond_the_most_are_counted_and_the_graver_are_kept():
    pending = [
        finding(Verdict.PENDING, Course(day("2026-06-01"), day("2026-08-01"), day("2026-08-01")), due=day("2026-08-01"))
        for _ in range(MOST_WINDOWS)
    ]
    facts = facts_of(report([("2026-03-02", "交办")], [*pending, OVERDUE]), AS_OF)
    assert (len(facts.windows), facts.left_out) == (MOST_WINDOWS, 1)
    assert Verdict.OVERDUE in {window.finding.verdict for window in facts.windows}


def test_the_table_tells_all_that_the_picture_shows_day_by_day():
    rows = rows_of(facts_of(report([("2026-03-02", "交办")], [OVERDUE]), AS_OF))
    assert [(str(row.day), row.kind) for row in rows] == [
        ("2026-03-02", "事件"),
        ("2026-03-02", "起算"),
        ("2026-03-10", "不计入"),
        ("2026-04-01", "原届满"),
        ("2026-05-01", "届满"),
        ("2026-05-02", "逾期未履行"),
        ("2026-07-01", "截至"),
    ]
