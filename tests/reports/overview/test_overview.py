"""Lamps, units, coming deadlines and the choice of cases add up."""

import datetime as dt
from collections import Counter

import pytest

from checker.model.case import Case
from checker.model.finding import Finding, Verdict
from checker.reports.content import CaseReport, Shown
from checker.reports.overview import choosing
from checker.reports.overview.choosing import chosen
from checker.reports.overview.deadlines import MOST, coming
from checker.reports.overview.lamps import MEANINGS, SHAPES, SOON, Lamp, lamp_of, lamp_of_case
from checker.reports.overview.units import total_of, units_of

AS_OF = dt.date(2026, 7, 1)


def finding(verdict, left=None, bearer="法院"):
    due = None if left is None else AS_OF + dt.timedelta(days=left)
    return Finding(case="案", norm="包/规范", version="1", verdict=verdict, anchor="e1", due=due, bearer=bearer)


def case(name, *findings, settled=0, failure=None):
    verdicts = Counter(one.verdict for one in findings) + Counter({Verdict.MET: settled})
    owed = Counter((one.bearer, one.verdict) for one in findings) + Counter({("法院", Verdict.MET): settled})
    return CaseReport(Case(id=name), tuple(Shown(one, None, ()) for one in findings), verdicts, failure, owed)


LAMPS = [
    (finding(Verdict.OVERDUE, -1), Lamp.RED),
    (finding(Verdict.LATE, -9), Lamp.RED),
    (finding(Verdict.BREACHED), Lamp.RED),
    (finding(Verdict.PENDING, 0), Lamp.YELLOW),
    (finding(Verdict.PENDING, SOON), Lamp.YELLOW),
    (finding(Verdict.PENDING, SOON + 1), Lamp.GREEN),
    (finding(Verdict.PENDING), Lamp.GREEN),
    (finding(Verdict.UNDETERMINED, 1), Lamp.GREY),
    (finding(Verdict.REVIEW), Lamp.GREY),
    (finding(Verdict.MET), Lamp.GREEN),
    (finding(Verdict.EXEMPT), Lamp.GREEN),
]


@pytest.mark.parametrize(("one", "lamp"), LAMPS)
def test_each_finding_has_its_lamp(one, lamp):
    assert lamp_of(one, AS_OF) is lamp


def test_a_duty_in_hours_that_ends_today_is_yellow():
    one = finding(Verdict.PENDING).model_copy(update={"due": dt.datetime(2026, 7, 1, 12, 0)})
    assert lamp_of(one, AS_OF) is Lamp.YELLOW


def test_the_gravest_lamp_of_a_case_shines():
    every = [one for one, _ in LAMPS]
    assert lamp_of_case(case("甲", *every), AS_OF) is Lamp.RED
    assert lamp_of_case(case("甲", *every[3:]), AS_OF) is Lamp.YELLOW
    assert lamp_of_case(case("甲", *every[5:]), AS_OF) is Lamp.GREY
    assert lamp_of_case(case("甲"), AS_OF) is Lamp.GREEN
    assert lamp_of_case(case("甲", failure="求值中断"), AS_OF) is Lamp.GREY


def test_no_lamp_is_told_by_colour_alone():
    assert len(set(SHAPES.values())) == len(Lamp) == len(set(MEANINGS.values()))


def test_the_numbers_of_units_add_up_to_all_instances():
    cases = [
        case("甲", finding(Verdict.OVERDUE, -3), finding(Verdict.PENDING, 3, None), settled=2),
        case("乙", finding(Verdict.PENDING, 90, "检察院"), finding(Verdict.REVIEW), finding(Verdict.UNDETERMINED)),
    ]
    units = units_of(cases, AS_OF)
    assert [(one.name, one.lamp, one.cases) for one in units] == [
        ("检察院", Lamp.GREEN, 1), ("法院", Lamp.RED, 2), (None, Lamp.YELLOW, 1),
    ]  # fmt: skip
    assert sum(total_of(units)) == sum(sum(one.verdicts.values()) for one in cases)
    assert total_of(units) == (1, 1, 1, 1, 1, 2)
    assert total_of(()) == ()


def test_deadlines_stand_in_the_list_of_their_days_by_unit_and_date():
    lefts = [
        (7, "法院"),
        (0, "法院"),
        (8, "法院"),
        (3, "公安机关"),
        (15, None),
        (16, "法院"),
        (30, "法院"),
        (31, "法院"),
    ]
    pending = [finding(Verdict.PENDING, left, unit) for left, unit in lefts]
    found = coming([case("甲", *pending, finding(Verdict.PENDING), finding(Verdict.OVERDUE, -1))], AS_OF)
    assert [(term.first, term.last) for term in found.terms] == [(0, 7), (8, 15), (16, 30)]
    assert [[(one.unit, one.left) for one in term.deadlines] for term in found.terms] == [
        [("公安机关", 3), ("法院", 0), ("法院", 7)],
        [("法院", 8), (None, 15)],
        [("法院", 16), ("法院", 30)],
    ]
    assert (found.further, found.open, found.total) == (1, 1, 9)
    assert found.units == (("公安机关", (1, 0, 0, 0, 0)), ("法院", (2, 1, 2, 1, 1)), (None, (0, 1, 0, 0, 0)))


def test_a_list_of_deadlines_ends_and_says_how_many_are_left():
    late = [finding(Verdict.PENDING, 6, "安全机关")] * 2
    found = coming([case("甲", *late, *[finding(Verdict.PENDING, 1)] * MOST)], AS_OF)
    assert (len(found.terms[0].deadlines), found.terms[0].left_out) == (MOST, 2)
    assert {one.left for one in found.terms[0].deadlines} == {1}
    assert found.total == MOST + 2


def test_every_case_is_chosen_once_gravest_first():
    cases = [
        case("绿", finding(Verdict.PENDING)),
        case("静"),
        case("红", finding(Verdict.BREACHED)),
        case("灰", failure="求值中断"),
        case("红二", finding(Verdict.BREACHED)),
    ]
    choice = chosen(cases, AS_OF)
    assert [one.report.case.id for one in choice.full] == ["红", "红二", "灰", "绿"]
    assert [one.case.id for one in choice.quiet] == ["静"]
    assert [choice.count(lamp) for lamp in Lamp] == [2, 0, 1, 2]


@pytest.mark.parametrize(("cases", "findings", "full"), [(2, 100, 2), (100, 4, 2), (100, 3, 1), (100, 1, 1)])
def test_a_page_holds_so_many_cases_and_findings_and_names_the_others(monkeypatch, cases, findings, full):
    monkeypatch.setattr(choosing, "MOST_CASES", cases)
    monkeypatch.setattr(choosing, "MOST_FINDINGS", findings)
    every = [case(name, finding(Verdict.BREACHED), finding(Verdict.REVIEW)) for name in "甲乙丙"]
    choice = chosen(every, AS_OF)
    assert [len(choice.full), len(choice.left_out)] == [full, 3 - full]
