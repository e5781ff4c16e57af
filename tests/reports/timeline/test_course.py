"""The windows that a picture draws are those that the engine counted."""

import datetime as dt

import pytest

from checker.explain.course import Course
from reports.test_documents import SAMPLE, whole_run


def day(text):
    return dt.date.fromisoformat(text)


@pytest.fixture(scope="module")
def courses():
    run = whole_run([SAMPLE / "cases.yaml"], "2026-07-01", only_violations=False)
    return {
        (one.case.id, shown.finding.norm.partition("/")[2], shown.finding.anchor): shown
        for one in run.cases
        for shown in one.shown
    }


def test_an_extended_and_interrupted_period(courses):
    assert courses["一", "按期办结", "e3"].course == Course(
        day("2026-03-09"),
        day("2026-04-08"),
        day("2026-04-24"),
        excluded=((day("2026-03-27"), day("2026-04-01")),),
        extended=(day("2026-03-20"),),
    )


def test_a_period_that_began_anew_and_has_stopped(courses):
    assert courses["四", "按期办结", "e2"].course == Course(
        day("2026-06-05"), day("2026-07-06"), restarted=day("2026-06-10"), stopped=day("2026-06-20")
    )


def test_a_window_before_a_date_begins_at_its_first_day(courses):
    assert courses["一", "届满前通知", "e3"].course == Course(day("2026-04-03"), day("2026-04-08"), day("2026-04-08"))


def test_a_breach_opens_a_window_on_its_day(courses):
    found = courses["一", "逾期复核", "违反:sample/按期办结@e3"].course
    assert (found.start, found.due) == (day("2026-04-25"), day("2026-05-06"))


def test_the_last_day_is_that_of_the_finding(courses):
    for shown in courses.values():
        due = shown.finding.due
        if due is not None and not isinstance(due, dt.datetime):
            assert shown.course.due == due


def test_a_norm_without_a_window_has_no_course(courses):
    assert courses["一", "先批后交", "e3"].course is None
