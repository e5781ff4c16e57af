"""Whole reports made from a run, beside their expected text; UPDATE_EXPECTED=1 rewrites them."""

import datetime as dt
import json
import os
from pathlib import Path
from xml.etree import ElementTree

import pytest
from icalendar import Calendar
from pydantic import BaseModel
from sarif_pydantic import Sarif

from checker import api
from checker.reports.content import CaseReport, RunReport
from checker.reports.documents import Wish, document_names, written
from checker.reports.listed import listed, pending
from checker.reports.showing import Listing
from explain.making import ACCUSING

HERE = Path(__file__).parent
SAMPLE = HERE / "sample"
UNKNOWN_TO_THE_READER = {"columnKind", "toolExecutionNotifications"}
"""In the standard (3.14.17, 3.20.21), not in the models we read SARIF with."""


def whole_run(paths, day, packs=(str(SAMPLE),), only_violations=True):
    """The report of a run in this process, as the command gathers it."""
    from checker.calendars.shipped import shipped_calendar
    from checker.host.beside import Beside
    from checker.host.single import Run

    rules = api.compile_rules(list(packs))[0]
    listing = Listing(rules, shipped_calendar(), dt.date.fromisoformat(day), only_violations, open_too=True)
    run, beside = Run(listing, [str(path) for path in paths], "row"), Beside(listing)
    run.observe = beside.observe
    items = list(run)
    cases = tuple(item for item in items if isinstance(item, CaseReport))
    unread = tuple(one for item in items if not isinstance(item, CaseReport) for one in item.diagnostics)
    head, statistics = run.head._replace(cases=len(cases)), beside.statistics(run.totals)
    return RunReport(head, cases, unread, run.totals, tuple(map(str, paths)), statistics)


@pytest.fixture(scope="module")
def sample():
    return whole_run([SAMPLE / "cases.yaml"], "2027-01-20")


def test_markdown_is_as_expected(sample):
    text = written("markdown", sample, Wish())
    path = HERE / "expected" / "violations-2027.md"
    if os.environ.get("UPDATE_EXPECTED"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
    assert not [word for word in ACCUSING if word in text]


def test_open_findings_come_with_a_whole_run_and_are_listed_only_where_asked_for():
    both = [whole_run([SAMPLE / "cases.yaml"], "2026-07-01", only_violations=only) for only in (True, False)]
    verdicts = [{shown.finding.verdict for one in run.cases for shown in one.shown} for run in both]
    assert all(verdict.is_violation or verdict.is_open for verdict in verdicts[0])
    assert any(verdict.is_open for verdict in verdicts[0])
    assert verdicts[0] < verdicts[1]
    texts = [written("markdown", run, Wish()) for run in both]
    assert "- **待履行" not in texts[0]
    assert "- **待履行" in texts[1]


@pytest.mark.parametrize("name", document_names())
def test_the_same_run_gives_the_same_bytes(sample, name):
    assert written(name, sample, Wish()) == written(name, sample, Wish())


def _strict(model):
    """Whatever the standard does not know stands in a model as an extra."""
    assert set(model.model_extra or ()) <= UNKNOWN_TO_THE_READER, model.model_extra
    for value in model.__dict__.values():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, BaseModel):
                _strict(one)


def _listed(run):
    return [one for case in run.cases for one in listed(run, case)]


@pytest.fixture(scope="module")
def every():
    return whole_run([SAMPLE / "cases.yaml"], "2026-07-01", only_violations=False)


@pytest.mark.parametrize("which", ["sample", "every"])
def test_sarif_holds_every_listed_finding_and_nothing_the_standard_does_not_know(which, request):
    run = request.getfixturevalue(which)
    text = written("sarif", run, Wish())
    _strict(Sarif.model_validate_json(text))
    found = json.loads(text)["runs"][0]
    rules = found["tool"]["driver"]["rules"]
    assert [one["partialFingerprints"]["findingId/v1"] for one in found["results"]] == [one.id for one in _listed(run)]
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in found["results"])
    kinds = {one["properties"]["verdict"]: (one["kind"], one["level"] == "none") for one in found["results"]}
    told = {
        "breached": ("fail", False), "overdue": ("fail", False), "late": ("fail", False), "met": ("pass", True),
        "pending": ("open", True), "undetermined": ("open", True), "review": ("review", True),
        "exempt": ("notApplicable", True),
    }  # fmt: skip
    assert kinds == {verdict: told[verdict] for verdict in kinds}
    lines = (SAMPLE / "cases.yaml").read_text(encoding="utf-8").split("\n")
    for one in found["results"]:
        line = lines[one["locations"][0]["physicalLocation"]["region"]["startLine"] - 1]
        anchor = one["properties"]["anchor"].rpartition("@")[2]
        assert f"id: {anchor}," in line or "case:" in line, (anchor, line)


def test_sarif_tells_what_was_left_out(tmp_path):
    bad = tmp_path / "坏 案.yaml"
    bad.write_text("case: 甲\nevents: [{date: 2026-02-30, act: 交办}]\n", encoding="utf-8")
    text = written("sarif", whole_run([bad], "2026-07-01"), Wish())
    _strict(Sarif.model_validate_json(text))
    told = json.loads(text)["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert [one["descriptor"]["id"] for one in told] == ["impossible-date"]
    assert told[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].endswith("%E5%9D%8F%20%E6%A1%88.yaml")


def test_gitlab_names_each_finding_by_its_id(sample):
    found = json.loads(written("gitlab", sample, Wish()))
    assert [one["fingerprint"] for one in found] == [one.id for one in _listed(sample)]
    assert all(one["severity"] in ("info", "minor", "major", "critical", "blocker") for one in found)
    assert all(one["location"]["lines"]["begin"] > 0 for one in found)


@pytest.mark.parametrize("which", ["sample", "every"])
def test_junit_sums_are_those_of_its_tests(which, request):
    run = request.getfixturevalue(which)
    root = ElementTree.fromstring(written("junit", run, Wish()))
    for element in (root, *root):
        tests = list(element.iter("testcase"))
        counted = {"tests": len(tests)} | {
            name: sum(test.find(tag) is not None for test in tests)
            for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped"))
        }
        assert {name: int(element.get(name, "0")) for name in counted} == counted
    assert int(root.get("failures")) == run.totals.violations
    names = [test.get("name") for test in root.iter("testcase")]
    assert all(any(one.id in name for name in names) for one in _listed(run))


def test_an_open_case_is_not_shown_as_passed():
    run = whole_run([SAMPLE / "cases.yaml"], "2026-07-01")
    root = ElementTree.fromstring(written("junit", run, Wish()))
    rest = {suite.get("name"): suite.find("testcase[@name='其余规范实例']") for suite in root}
    for case in run.cases:
        open_ones = sum(n for verdict, n in case.verdicts.items() if verdict.is_open)
        test = rest[case.case.id]
        assert test is None or (test.find("skipped") is not None) == bool(open_ones)


def test_the_calendar_holds_every_duty_with_a_day_before_it(every):
    calendar = Calendar.from_ical(written("ics", every, Wish()))
    entries = list(calendar.walk("VEVENT"))
    due = [(one.id, one.shown.finding.due) for one in pending(every)]
    assert due
    assert [(str(one["uid"]).removesuffix("@checker"), one["dtstart"].dt) for one in entries] == due
    assert {one["dtstamp"].dt.date() for one in entries} == {dt.date(2026, 7, 1)}
    assert all(len(line.encode()) <= 75 for line in written("ics", every, Wish()).decode().split("\r\n"))


@pytest.mark.parametrize("name", ["sarif", "junit", "gitlab", "markdown", "ics"])
def test_hostile_names_stay_text(tmp_path, name):
    evil = "<b>&\"'\x1b[31m\u202e|`![x](http://a)=1+1\x00"
    file = tmp_path / "a.json"
    case = {"case": evil, "events": [{"date": "2026-01-05", "act": "交办", "actor": "政法委", "承办单位": "法院"}]}
    file.write_text(json.dumps(case), encoding="utf-8")
    run = whole_run([file], "2026-07-01", only_violations=False)
    found = written(name, run, Wish())
    text = found.decode() if isinstance(found, bytes) else found
    assert not {"\x1b", "\u202e", "\x00"} & set(text)
    if name == "junit":
        ElementTree.fromstring(text)
    if name == "markdown":
        assert "![x](" not in text
