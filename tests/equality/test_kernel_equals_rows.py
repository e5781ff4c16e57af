"""The archive kernel, the row evaluator and the oracle say the same of whole batches of random cases."""

from hypothesis import given

from checker.calendars.shipped import shipped_calendar
from checker.engines.archive.kernel import Kernel
from checker.engines.archive.packing import pack
from checker.engines.run import evaluate_batch, prepare
from equality.archived import compared, disagreement
from equality.budget import budget
from equality.differences import difference
from oracle.evaluate import evaluate as expected_findings
from strategies.batches import batches, long_cases


@budget(150)
@given(batches())
def test_batches_are_as_their_cases(situation):
    rules, cases, as_of = situation
    assert disagreement(rules, shipped_calendar("cn"), cases, as_of) == ""


@budget(80)
@given(batches(most=4))
def test_the_oracle_agrees(situation):
    rules, cases, as_of = situation
    calendar = shipped_calendar("cn")
    single = evaluate_batch(prepare(rules, calendar), cases, as_of)
    for one in single:
        expected = expected_findings(rules, calendar, one.case, as_of)
        assert difference(rules, one.case, expected, one.findings) == ""
    assert compared(Kernel(rules, calendar), pack(cases, rules.vocabulary), single, as_of) == ""


@budget(15)
@given(long_cases())
def test_cases_of_hundreds_of_events(situation):
    rules, cases, as_of = situation
    assert disagreement(rules, shipped_calendar("cn"), cases, as_of) == ""
