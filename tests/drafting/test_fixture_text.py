"""A case written as a fixture is read back as the same case, and its expectations are met."""

from random import Random

from checker.calendars.shipped import shipped_calendar
from checker.cases.fixtures import read_fixtures
from checker.drafting.fixture_text import fixture_text
from checker.drafting.fixtures import compare
from checker.engines.run import evaluate, prepare
from checker.model.case import Fixture


def bare(case):
    """Without the places, which differ."""
    events = [event.model_copy(update={"place": None}) for event in case.events]
    return case.model_copy(update={"events": tuple(events), "place": None, "remarks": ()})


def test_every_fixture_is_read_back_as_it_was(rules, fixtures, tmp_path):
    chosen = Random(5).sample(fixtures, 400)
    texts = [fixture_text(one.case, one.as_of, (), "一行\n又一行") for one in chosen]
    (tmp_path / "all.yaml").write_text("---\n".join(texts), encoding="utf-8")
    back = list(read_fixtures(str(tmp_path / "all.yaml"), rules.vocabulary))
    assert [one for one in back if not isinstance(one, Fixture)] == []
    assert [bare(one.case) for one in back] == [bare(one.case) for one in chosen]
    assert [one.as_of for one in back] == [one.as_of for one in chosen]


def test_what_is_written_as_expected_is_met(rules, fixtures, tmp_path):
    program = prepare(rules, shipped_calendar())
    norms = frozenset(norm.id for norm in rules.norms)
    for number, one in enumerate(Random(6).sample(fixtures, 60)):
        findings = evaluate(program, one.case, one.as_of).findings
        file = tmp_path / f"{number}.yaml"
        file.write_text(fixture_text(one.case, one.as_of, findings), encoding="utf-8")
        (back,) = read_fixtures(str(file), rules.vocabulary)
        assert compare(back, norms, findings).passed, file.read_text()
