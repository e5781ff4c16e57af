"""The engine and the oracle, written apart from the same page, print the same findings."""

from hypothesis import given

from checker.calendars.shipped import shipped_calendar
from checker.engines.run import evaluate, prepare
from equality.budget import budget
from equality.differences import difference
from oracle.evaluate import evaluate as expected_findings
from strategies.cases import situations


@budget(500)
@given(situations())
def test_findings_are_equal(situation):
    rules, case, as_of = situation
    calendar = shipped_calendar("cn")
    expected = expected_findings(rules, calendar, case, as_of)
    actual = evaluate(prepare(rules, calendar), case, as_of).findings
    assert difference(rules, case, expected, actual) == ""
