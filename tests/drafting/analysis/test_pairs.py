"""Two versions of small packs: what changed in meaning is written beside them, for the comparison of versions."""

from pathlib import Path

import pytest
import yaml

from checker import api
from checker.calendars.shipped import shipped_calendar
from checker.drafting.answers import Bound, Proved, Witness
from checker.drafting.differing import difference
from checker.engines.run import evaluate, prepare

PAIRS = sorted(one for one in (Path(__file__).parent / "pairs").iterdir() if one.is_dir())


@pytest.mark.parametrize("pair", PAIRS, ids=lambda p: p.name)
def test_both_versions_compile_and_every_norm_has_its_answer(pair):
    old, _ = api.compile_rules([str(pair / "old.norm")])
    new, _ = api.compile_rules([str(pair / "new.norm")])
    expected = yaml.safe_load((pair / "expected.yaml").read_text(encoding="utf-8"))
    assert [one.id for one in old.norms] == [one.id for one in new.norms] == [one["norm"] for one in expected]
    assert {one["verdict"] for one in expected} <= {"same", "changed"}
    assert all(one["because"] for one in expected)


def test_there_are_pairs_that_differ_and_pairs_that_do_not():
    told = [one["verdict"] for pair in PAIRS for one in yaml.safe_load((pair / "expected.yaml").read_text("utf-8"))]
    assert len(PAIRS) >= 10
    assert set(told) == {"same", "changed"}


@pytest.mark.parametrize("pair", PAIRS, ids=lambda p: p.name)
def test_a_change_of_meaning_has_a_case_and_another_wording_a_proof(pair):
    old, _ = api.compile_rules([str(pair / "old.norm")])
    new, _ = api.compile_rules([str(pair / "new.norm")])
    calendar = shipped_calendar()
    for one in yaml.safe_load((pair / "expected.yaml").read_text(encoding="utf-8")):
        answer = difference(old, new, one["norm"], calendar, (), Bound(events=3, days=150))
        if one["verdict"] == "same":
            assert isinstance(answer, Proved), answer
            continue
        assert isinstance(answer, Witness), answer
        findings = [evaluate(prepare(rules, calendar), answer.case, answer.as_of).findings for rules in (old, new)]
        assert findings[0] != findings[1]
