"""The same findings when durable-rules draws the conclusions."""

import pytest
from hypothesis import given

from checker.calendars.shipped import shipped_calendar
from checker.engines.infer import DurableInference, available
from checker.engines.run import evaluate, prepare
from equality.budget import budget
from equality.differences import difference
from oracle.evaluate import evaluate as expected_findings
from strategies.cases import situations

pytestmark = pytest.mark.skipif(not available(), reason="durable-rules is not installed here")


@budget(25)
@given(situations())
def test_findings_are_equal(situation):
    rules, case, as_of = situation
    calendar = shipped_calendar("cn")
    expected = expected_findings(rules, calendar, case, as_of)
    with DurableInference(rules) as infer:
        actual = evaluate(prepare(rules, calendar), case, as_of, infer=infer).findings
    assert difference(rules, case, expected, actual) == ""
