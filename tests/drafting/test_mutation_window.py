"""Where a proof about a mutant is asked for: on the days on which the norm is in force."""

import datetime as dt

import pytest

from checker.drafting.answers import Bound
from checker.drafting.mutation.mutant import Change, Mutant
from checker.drafting.mutation.window import window
from checker.model.expressions import Pattern
from checker.model.norm import Norm, OnEvent
from checker.model.requirements import Review
from checker.model.source import Validity

DAY = dt.date.fromisoformat


def norm(first, last):
    valid = Validity(first=first and DAY(first), last=last and DAY(last))
    anchor = OnEvent(pattern=Pattern(acts=("办结",)))
    return Norm(pack="t", title="甲", version="1", anchor=anchor, requirement=Review(question="？"), valid=valid)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (("2015-01-01", None), ("2015-01-01", None), "2025-01-01"),
        ((None, None), None, "2025-01-01"),
        (("2026-07-01", None), ("2026-07-01", None), "2026-07-01"),
        (("2015-01-01", "2022-04-30"), ("2015-01-01", "2022-04-30"), "2021-07-31"),
        (("2015-01-01", None), ("2015-01-02", None), "2014-07-03"),
        (("2015-01-01", "2022-04-30"), ("2015-01-01", "2022-04-29"), "2021-10-30"),
    ],
)
def test_the_days_are_those_on_which_the_change_could_tell(old, new, expected):
    mutant = Mutant("x", Change({0: norm(*new) if new else None}, "改"))
    assert window(Bound(), mutant, [norm(*old)]).first == DAY(expected)
