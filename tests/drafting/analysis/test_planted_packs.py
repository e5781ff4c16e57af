"""Packs with one fault each and packs that only look faulty: what is found is all there is, and every case replays."""

from pathlib import Path

import pytest
import yaml

from checker import api
from checker.calendars.shipped import shipped_calendar
from checker.cases.fixtures import read_fixtures
from checker.drafting.analysis.fixtures import fixture_files, replays
from checker.drafting.analysis.running import all_kinds, analyse
from checker.engines.run import prepare

HOME = Path(__file__).parent
FAULTY = sorted((HOME / "faulty").glob("*.norm"))
CLEAN = sorted((HOME / "clean").glob("*.norm"))


def analysed(path):
    rules, _ = api.compile_rules([str(path)])
    return rules, analyse(rules, shipped_calendar())


def told(results):
    return sorted((one.kind, tuple(sorted(one.ids)), one.open) for one in results)


@pytest.mark.parametrize("path", FAULTY, ids=lambda p: p.stem)
def test_the_fault_is_found_and_nothing_else(path):
    expected = yaml.safe_load(path.with_suffix(".yaml").read_text(encoding="utf-8"))
    _, found = analysed(path)
    assert told(found) == sorted((one["kind"], tuple(sorted(one["norms"])), "") for one in expected)
    assert [one["about"] for one in expected if "about" in one] == [one.about for one in found if one.kind == "gap"]


@pytest.mark.parametrize("path", FAULTY, ids=lambda p: p.stem)
def test_every_case_shows_what_it_is_said_to_show(path, tmp_path):
    rules, found = analysed(path)
    program = prepare(rules, shipped_calendar())
    assert all(one.shown or one.proof or one.kind == "gap" for one in found)
    assert [replays(program, case) for one in found for case in one.shown if replays(program, case)] == []
    for file in fixture_files(rules, shipped_calendar(), found):
        (tmp_path / file.name).write_text(file.text, encoding="utf-8")
    run = api.run_fixtures(rules, [str(one) for one in sorted(tmp_path.iterdir())])
    assert [one.bad for one in run.outcomes if one.bad is not None] == []
    assert all(outcome.passed for outcome in run.outcomes)


@pytest.mark.parametrize("path", CLEAN, ids=lambda p: p.stem)
def test_what_only_looks_faulty_raises_no_alarm(path):
    _, found = analysed(path)
    assert told(found) == []


def test_there_are_enough_and_every_analysis_is_among_them():
    expected = [one for path in FAULTY for one in yaml.safe_load(path.with_suffix(".yaml").read_text(encoding="utf-8"))]
    assert len(FAULTY) >= 30
    assert len(CLEAN) >= 30
    assert {one["kind"] for one in expected} == set(all_kinds())


def test_the_files_written_are_fixtures(tmp_path):
    rules, found = analysed(HOME / "faulty" / "act-reserved-to-another.norm")
    files = list(fixture_files(rules, shipped_calendar(), found))
    assert [file.name for file in files] == ["contradiction-001-1.yaml", "contradiction-001-2.yaml"]
    path = tmp_path / files[1].name
    path.write_text(files[1].text, encoding="utf-8")
    (fixture,) = read_fixtures(str(path), rules.vocabulary)
    assert [(one.norm, one.values["verdict"]) for one in fixture.expect] == [
        ("t/应通报", "met"),
        ("t/通报主体", "breached"),
    ]
