"""Every engine gives the same findings: on every shipped fixture, and durable-rules on random situations."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from checker.calendars.shipped import shipped_calendar
from checker.engines.infer import DurableInference
from checker.engines.run import evaluate, evaluate_batch, prepare
from equality.budget import budget, is_thorough
from equality.differences import difference
from oracle.evaluate import evaluate as expected_findings
from strategies.altered import changed
from strategies.batches import seeds
from strategies.cases import situations

GENERATED = 8
"""Of the cases made by mutation testing, one in so many; tests/packs asks the oracle about each under its own pack."""


def kept(fixtures):
    """Everything that drafters wrote, and some of what was generated; all of it with HYPOTHESIS_PROFILE=thorough."""
    made = [f for f in fixtures if f.case.place is not None and f.case.place.file.endswith("bian-yi.yaml")]
    assert len(made) > 1000
    left_out = set() if is_thorough() else {id(f) for n, f in enumerate(made) if n % GENERATED}
    return [f for f in fixtures if id(f) not in left_out]


def test_all_engines_agree_on_every_fixture_under_all_packs(rules, fixtures):
    calendar = shipped_calendar("cn")
    program = prepare(rules, calendar)
    with DurableInference(rules) as durable:
        for fixture in kept(fixtures):
            expected = expected_findings(rules, calendar, fixture.case, fixture.as_of)
            row = evaluate(program, fixture.case, fixture.as_of).findings
            (inferred,) = evaluate_batch(program, (fixture.case,), fixture.as_of, durable)
            assert difference(rules, fixture.case, expected, row) == ""
            assert inferred.findings == row


@budget(6)
@given(st.lists(seeds, min_size=1, max_size=20), seeds)
def test_the_oracle_agrees_on_changed_fixtures(rules, fixtures, numbers, seed):
    calendar = shipped_calendar("cn")
    as_of = Random(seed).choice(fixtures).as_of
    cases = changed([fixture.case for fixture in fixtures], numbers, rules.vocabulary)
    for one in evaluate_batch(prepare(rules, calendar), cases, as_of):
        expected = expected_findings(rules, calendar, one.case, as_of)
        assert difference(rules, one.case, expected, one.findings) == ""


@budget(60)
@given(situations())
def test_durable_rules_agree_on_random_norms_and_cases(situation):
    rules, case, as_of = situation
    calendar = shipped_calendar("cn")
    program = prepare(rules, calendar)
    with DurableInference(rules) as durable:
        inferred = evaluate(program, case, as_of, durable).findings
    assert difference(rules, case, expected_findings(rules, calendar, case, as_of), inferred) == ""
