"""The count that forgets each case and the oracle that keeps them all print the same figures."""

from hypothesis import given

from checker.calendars.shipped import shipped_calendar
from checker.engines.counting import Count
from equality.budget import budget
from equality.differences import shown
from oracle.indicators import figures
from strategies.indicators import countings


def explained(rules, cases, expected, actual):
    lines = ["", "oracle and engine differ"]
    for indicator, mine, theirs in zip(rules.indicators, expected, actual, strict=True):
        if mine != theirs:
            lines += [shown(indicator), f"oracle {shown(mine)}", f"engine {shown(theirs)}"]
    return "\n".join([*lines, *(shown(case) for case in cases)])


@budget(400)
@given(countings())
def test_figures_are_equal(situation):
    rules, cases, as_of = situation
    calendar = shipped_calendar("cn")
    count = Count(rules, calendar, as_of)
    for case in cases:
        count.add(case)
    expected, actual = figures(rules, calendar, cases, as_of), count.figures()
    assert expected == actual, explained(rules, cases, expected, actual)


@budget(60)
@given(countings())
def test_the_order_of_cases_does_not_matter(situation):
    rules, cases, as_of = situation
    forward, backward = (Count(rules, shipped_calendar("cn"), as_of) for _ in range(2))
    for case in cases:
        forward.add(case)
    for case in reversed(cases):
        backward.add(case)
    assert forward.figures() == backward.figures()
