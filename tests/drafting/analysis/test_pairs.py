"""Two versions of small packs: what changed in meaning is written beside them, for the comparison of versions."""

from pathlib import Path

import pytest
import yaml

from checker import api

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
