"""The archive kernel on every fixture that drafters wrote, and on changed ones, under all packs at once."""

import datetime as dt
from collections import Counter
from itertools import groupby
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.calendars.shipped import shipped_calendar
from checker.engines.archive.kernel import Kernel
from checker.engines.archive.packing import pack
from checker.engines.run import evaluate_batch, prepare
from equality.archived import compared, faults, packable
from equality.budget import budget, is_thorough
from strategies.altered import changed
from strategies.batches import seeds

AS_OF = dt.date(2026, 11, 20)
BORDERS = (0, 1, 66, 1003, 4099)
DATES = 12
"""Of the dates that fixtures name, the most frequent are tried every day; all with HYPOTHESIS_PROFILE=thorough."""


@pytest.fixture(scope="module")
def program(rules):
    return prepare(rules, shipped_calendar())


@pytest.fixture(scope="module")
def kernel(rules):
    return Kernel(rules, shipped_calendar())


@pytest.fixture(scope="module")
def fixtures(fixtures):
    assert len(fixtures) > 5000
    return [f.model_copy(update={"case": packable(f.case)}) for f in fixtures]


def test_all_fixtures_in_slices_of_one_batch(kernel, program, fixtures):
    single = evaluate_batch(program, [f.case for f in fixtures], AS_OF)
    batch = pack([one.case for one in single], kernel.rules.vocabulary)
    for first, last in zip(BORDERS, (*BORDERS[1:], len(single)), strict=True):
        assert compared(kernel, batch.slice(first, last - first), single[first:last], AS_OF) == ""


def test_fixtures_at_their_own_dates(kernel, program, fixtures):
    often = Counter(f.as_of for f in fixtures).most_common(None if is_thorough() else DATES)
    dates = {as_of for as_of, _ in often}
    by_date = sorted((f for f in fixtures if f.as_of in dates), key=lambda f: f.as_of)
    batch = pack([f.case for f in by_date], kernel.rules.vocabulary)
    first = 0
    for as_of, group in groupby(by_date, key=lambda f: f.as_of):
        single = evaluate_batch(program, [f.case for f in group], as_of)
        result = kernel.evaluate(batch.slice(first, len(single)), as_of, everything=True)
        assert faults(kernel, result, single, everything=True) == ""
        first += len(single)
    assert first == sum(count for _, count in often) > 2000


@budget(5)
@given(st.lists(seeds, min_size=60, max_size=200), seeds)
def test_changed_fixtures(kernel, program, fixtures, numbers, seed):
    as_of = Random(seed).choice(fixtures).as_of
    cases = changed([f.case for f in fixtures], numbers, kernel.rules.vocabulary)
    single = evaluate_batch(program, cases, as_of)
    assert compared(kernel, pack(cases, kernel.rules.vocabulary), single, as_of) == ""
