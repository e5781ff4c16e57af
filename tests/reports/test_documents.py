"""Whole reports made from a run, beside their expected text; UPDATE_EXPECTED=1 rewrites them."""

import datetime as dt
import os
from pathlib import Path

import pytest

from checker import api
from checker.reports.content import CaseReport, RunReport
from checker.reports.documents import Wish, document_names, written
from checker.reports.showing import Listing
from explain.making import ACCUSING

HERE = Path(__file__).parent
SAMPLE = HERE / "sample"


def whole_run(paths, day, packs=(str(SAMPLE),), only_violations=True):
    """The report of a run in this process, as the command gathers it."""
    from checker.calendars.shipped import shipped_calendar
    from checker.host.single import Run

    rules = api.compile_rules(list(packs))[0]
    listing = Listing(rules, shipped_calendar(), dt.date.fromisoformat(day), only_violations, open_too=True)
    run = Run(listing, [str(path) for path in paths], "row")
    items = list(run)
    cases = tuple(item for item in items if isinstance(item, CaseReport))
    unread = tuple(one for item in items if not isinstance(item, CaseReport) for one in item.diagnostics)
    return RunReport(run.head._replace(cases=len(cases)), cases, unread, run.totals, tuple(map(str, paths)))


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
