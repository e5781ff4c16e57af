"""The shipped indicators: every archive holds by the oracle too, and the five years are those of the report."""

import re

import pytest

from checker.calendars.shipped import shipped_calendar
from checker.cases.expectations import split_paths
from checker.cases.reading import read_cases
from checker.drafting.archives import misses
from checker.engines.counting import Count
from checker.model.case import Case
from checker.model.figures import ArchiveExpectation
from oracle.indicators import figures
from packs.conftest import PACKS, ROOT

ARCHIVES = [one for pack in PACKS for one in split_paths([str(ROOT / "fixtures" / pack)]).archives]
FIVE_YEARS = ROOT / "fixtures" / "macro" / "archive-five-years.jsonl"


@pytest.mark.parametrize("expectation", ARCHIVES, ids=lambda one: f"{one.paths[0].rsplit('/')[-1]} {one.as_of}")
def test_archives_hold_by_the_oracle(expectation, rules):
    assert isinstance(expectation, ArchiveExpectation)
    cases = list(read_cases(expectation.paths, rules.vocabulary))
    assert all(isinstance(case, Case) for case in cases)
    calendar = shipped_calendar()
    expected = figures(rules, calendar, cases, expectation.as_of)
    assert misses(expectation, expected) == ()
    count = Count(rules, calendar, expectation.as_of)
    for case in cases:
        count.add(case)
    assert count.figures() == expected


def test_every_indicator_has_an_archive(rules):
    assert {figure.indicator for one in ARCHIVES for figure in one.figures} == {i.id for i in rules.indicators}


def test_every_indicator_quotes_the_words_of_a_stored_text(rules):
    sources = [(indicator.id, source) for indicator in rules.indicators for source in indicator.sources]
    assert [(name, s.reference) for name, s in sources if not s.quote or s.status is None or s.stale] == []


def test_indicators_by_a_report_that_is_no_law_stand_in_template_packs(rules):
    assert {rules.pack(indicator.pack).rank.value for indicator in rules.indicators} == {"示范"}


def test_the_totals_are_those_of_the_report():
    text = (ROOT / "rules" / "duban" / "text" / "seed-report.txt").read_text(encoding="utf-8")
    said = [
        ("协调件数", r"共组织协调 重大疑难案件(\d+)件"),
        ("督办件数", r"共督办案件(\d+)件"),
        ("督办办结", r"共督办案件\d+件，办结(\d+)件"),
        ("交办信访办结件数", r"交办信访案件(\d+)件"),
        ("检查卷宗数", r"共检查案件卷宗(\d+)件"),
        ("发现问题数", r"发现共性问题和个性问题(\d+)项"),
        ("指导会议次数", r"以会议形式进行指导(\d+)次"),
        ("指导文件份数", r"下发(\d+)份文件"),
        ("工作调研次数", r"进行了(\d+)次调研"),
    ]
    whole = next(one for one in ARCHIVES if str(FIVE_YEARS) in one.paths and one.as_of.year == 2025)
    totals = {figure.indicator: figure.values["total"] for figure in whole.figures}
    assert {f"macro/{title}": int(re.search(pattern, text)[1]) for title, pattern in said}.items() <= totals.items()


def test_the_archive_is_invented_and_of_five_years(rules):
    cases = list(read_cases([str(FIVE_YEARS)], rules.vocabulary))
    years = {event.date.year for case in cases for event in case.events}
    assert 60 <= len(cases) <= 80
    assert len(years) == 5
    assert all(event.actors and set(event.actors) <= set(rules.vocabulary.organs) for c in cases for event in c.events)
    named = {name for case in cases for event in case.events for name in event.actors}
    assert named == {"政法委", "法院"}
