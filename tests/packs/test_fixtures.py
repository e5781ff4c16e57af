"""The fixtures of the shipped packs hold by the oracle, and every norm has the four kinds."""

import re
from pathlib import Path

import pytest

from checker.calendars.shipped import shipped_calendar
from checker.cases.fixtures import read_fixtures
from checker.model.case import Fixture
from checker.model.finding import Verdict
from checker.model.norm import Category
from oracle.evaluate import evaluate

ROOT = Path(__file__).parents[2]
PACKS = sorted({path.parent.name for path in (ROOT / "rules").glob("*/*.norm")})
FILES = sorted(path for pack in PACKS for path in (ROOT / "fixtures" / pack).glob("*.yaml"))
KINDS = {"合规", "违规", "边界", "资料不足"}
OPEN = {Verdict.UNDETERMINED, Verdict.REVIEW}


@pytest.fixture(scope="session")
def fixtures(rules):
    return {path: tuple(read_fixtures(str(path), rules.vocabulary)) for path in FILES}


def matches(finding, expectation):
    return finding.norm == expectation.norm and all(
        getattr(finding, key) == value for key, value in expectation.values.items()
    )


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parts[-2]}/{p.stem}")
def test_the_oracle_finds_what_the_drafters_expect(path, rules, fixtures):
    calendar, pack = shipped_calendar(), path.parts[-2]
    for fixture in fixtures[path]:
        assert isinstance(fixture, Fixture), fixture
        findings = [f for f in evaluate(rules, calendar, fixture.case, fixture.as_of) if f.norm.startswith(f"{pack}/")]
        for expectation in fixture.expect:
            assert any(matches(f, expectation) for f in findings), (fixture.case.id, expectation, findings)
        unexpected = [
            f
            for f in findings
            if f.verdict.is_violation and not any(matches(f, expectation) for expectation in fixture.expect)
        ]
        assert unexpected == [], fixture.case.id


def test_case_names_are_unique(fixtures):
    names = [fixture.case.id for path in FILES for fixture in fixtures[path]]
    assert sorted(names) == sorted(set(names))


def test_every_norm_has_the_four_kinds_of_fixtures(rules, fixtures):
    named, verdicts = {}, {}
    for path in FILES:
        for fixture in fixtures[path]:
            match = re.match(r"[A-Z]+-([^-]+)-([^-]+)", fixture.case.id)
            if match:
                named.setdefault((path.parts[-2], match[1]), set()).add(match[2])
            for expectation in fixture.expect:
                verdicts.setdefault(expectation.norm, set()).add(expectation.values.get("verdict"))
    for norm in rules.norms:
        if norm.pack in PACKS:
            assert named.get((norm.pack, norm.title), set()) >= KINDS, norm.id
            assert {Verdict.MET, Verdict.EXEMPT} & verdicts[norm.id], norm.id
            assert any(v.is_violation for v in verdicts[norm.id] if v), norm.id
            assert verdicts[norm.id] & OPEN, norm.id


def test_the_demonstration_shows_each_kind_of_result(rules):
    found = set()
    for path in sorted((ROOT / "fixtures" / "demo").iterdir()):
        for fixture in read_fixtures(str(path), rules.vocabulary):
            assert isinstance(fixture, Fixture), fixture
            findings = evaluate(rules, shipped_calendar(), fixture.case, fixture.as_of)
            met = [any(matches(f, expectation) for f in findings) for expectation in fixture.expect]
            assert all(met), fixture.case.id
            found |= {f.verdict for f in findings} | {f.category for f in findings}
    assert found >= {Category.OVERREACH, Verdict.OVERDUE, Verdict.LATE, Verdict.UNDETERMINED, Verdict.PENDING}
    assert found >= {Verdict.MET, Verdict.BREACHED, Verdict.EXEMPT, Verdict.REVIEW}
