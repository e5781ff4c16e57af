"""Sums and bounds of an indicator, worked out by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest

from checker.engines.ground.truth import MAYBE, NO, YES
from checker.engines.tally import Breakdown, Item, Tally

NUMBERS = [
    # items as (counts, there), total, undecided, low, high
    ([], 0, 0, 0, 0),
    ([(YES, YES), (NO, YES), (YES, NO)], 1, 0, 1, 1),
    ([(YES, YES), (MAYBE, YES), (YES, MAYBE), (NO, MAYBE)], 1, 2, 1, 3),
]
SHARES = [
    # items as (counts, belongs), total of base, undecided, low, high
    ([], "0/0", 0, None, None),
    ([(YES, YES), (NO, YES)], "1/2", 0, "1/2", "1/2"),
    ([(YES, YES), (MAYBE, YES)], "1/2", 1, "1/2", 1),
    ([(YES, YES), (NO, MAYBE)], "1/1", 0, "1/2", 1),
    ([(NO, YES), (YES, MAYBE)], "0/1", 1, 0, "1/2"),
    ([(NO, YES), (MAYBE, MAYBE)], "0/1", 1, 0, "1/2"),
    ([(YES, YES), (MAYBE, MAYBE)], "1/1", 1, "1/2", 1),
    ([(YES, MAYBE)], "0/0", 1, 1, 1),
    ([(NO, MAYBE)], "0/0", 0, 0, 0),
    ([(YES, MAYBE), (NO, MAYBE)], "0/0", 1, 0, 1),
    ([(MAYBE, MAYBE)], "0/0", 1, 0, 1),
    ([(YES, NO), (MAYBE, NO)], "0/0", 0, None, None),
]


def figure(items, is_share, *, is_complete=True):
    tally = Tally(is_share)
    for item in items:
        tally.add(item)
    return tally.figure(is_complete=is_complete)


@pytest.mark.parametrize(("items", "total", "undecided", "low", "high"), NUMBERS)
def test_numbers(items, total, undecided, low, high):
    found = figure([Item(*item) for item in items], False)
    assert (found.total, found.undecided, found.low, found.high) == (total, undecided, low, high)
    assert found.base is None
    assert found.share is None


@pytest.mark.parametrize(("items", "parts", "undecided", "low", "high"), SHARES)
def test_shares(items, parts, undecided, low, high):
    found = figure([Item(*item) for item in items], True)
    assert f"{found.total}/{found.base}" == parts
    assert found.undecided == undecided
    for bound, wanted in ((found.low, low), (found.high, high)):
        assert (bound is None) == (wanted is None)
        assert wanted is None or bound == Decimal(1) * Fraction(wanted).numerator / Fraction(wanted).denominator


def test_a_number_not_stated_leaves_no_bounds():
    found = figure([Item(YES, YES, Decimal(30)), Item(YES, YES, None), Item(NO, YES, None)], False)
    assert (found.total, found.undecided, found.low, found.high) == (30, 1, None, None)
    found = figure([Item(YES, YES, Decimal(30)), Item(NO, YES, None)], True)
    assert (found.total, found.undecided, found.base, found.base_undecided) == (30, 0, 30, 1)
    assert (found.low, found.high) == (None, None)


def test_a_number_below_nothing_leaves_no_bounds():
    found = figure([Item(YES, YES, Decimal(-3)), Item(MAYBE, YES, Decimal(2))], False)
    assert (found.total, found.undecided, found.low, found.high) == (-3, 1, None, None)


def test_what_may_be_missing_from_the_records_leaves_no_upper_bound():
    found = figure([Item(YES, YES), Item(MAYBE, YES)], False, is_complete=False)
    assert (found.total, found.low, found.high) == (1, 1, None)
    found = figure([Item(YES, YES), Item(MAYBE, YES)], True, is_complete=False)
    assert (found.low, found.high) == (None, None)


def test_few_are_never_a_percentage():
    few = figure([Item(YES, YES)] * 9, True)
    many = figure([Item(YES, YES)] * 10, True)
    assert (few.is_small, many.is_small) == (True, False)
    assert not figure([Item(YES, YES)] * 3, False).is_small


def test_periods_between_are_listed_and_what_has_no_date_comes_last():
    breakdown = Breakdown(is_share=False)
    for item in (Item(YES, YES, period=8100), Item(MAYBE, YES), Item(YES, YES, period=8097), Item(NO, YES, period=1)):
        breakdown.add(item)
    breakdown.reach(8096, 8096)
    found = [(one.period, one.figure.total, one.figure.undecided) for one in breakdown.figures(3)]
    assert found == [
        ("2024Q1", 0, 0),
        ("2024Q2", 1, 0),
        ("2024Q3", 0, 0),
        ("2024Q4", 0, 0),
        ("2025Q1", 1, 0),
        (None, 0, 1),
    ]
