"""Periods in hours."""

from datetime import date, datetime, time

import pytest

from checker.calendars.amount import Amount
from checker.calendars.grid import OutOfRange
from checker.calendars.hours import due_instant
from checker.calendars.sentences import sentence
from checker.model.norm import Counting

NATURAL, NEXT_HOUR = Counting(), Counting(next_hour=True)
DAY = date(2026, 5, 1)
ROWS = [
    (time(10, 20), NATURAL, "2026-05-02T10:20", "2026-05-02T10:20"),
    (time(10, 20), NEXT_HOUR, "2026-05-02T11:00", "2026-05-02T11:00"),
    (time(10, 0), NEXT_HOUR, "2026-05-02T11:00", "2026-05-02T11:00"),
    (time(23, 59), NEXT_HOUR, "2026-05-03T00:00", "2026-05-03T00:00"),
    (None, NATURAL, "2026-05-02T00:00", "2026-05-03T00:00"),
    (None, NEXT_HOUR, "2026-05-02T01:00", "2026-05-03T00:00"),
]


@pytest.mark.parametrize(("clock", "counting", "low", "high"), ROWS)
def test_twenty_four_hours(clock, counting, low, high):
    found = due_instant(DAY, clock, Amount(hours=24), counting)
    assert found == (datetime.fromisoformat(low), datetime.fromisoformat(high))


@pytest.mark.parametrize("counting", [NATURAL, NEXT_HOUR])
def test_a_day_without_a_time_contains_every_time_of_it(counting):
    whole = due_instant(DAY, None, Amount(hours=36), counting)
    for minute in range(0, 1440, 7):
        exact = due_instant(DAY, time(*divmod(minute, 60)), Amount(hours=36), counting)
        assert whole.low <= exact.low == exact.high <= whole.high


SPANS = [
    ("inside", ("2026-05-02", "2026-05-04"), "2026-05-04T10:20"),
    ("from the start's own day", ("2026-05-01", "2026-05-03"), "2026-05-04T00:00"),
    ("before the start", ("2026-04-20", "2026-05-01"), "2026-05-02T10:20"),
    ("after the end", ("2026-05-03", "2026-05-09"), "2026-05-02T10:20"),
]


@pytest.mark.parametrize(("span", "end"), [row[1:] for row in SPANS], ids=[row[0] for row in SPANS])
def test_excluded_days(span, end):
    days = tuple(date.fromisoformat(day).toordinal() for day in span)
    found = due_instant(DAY, time(10, 20), Amount(hours=24), NATURAL, (days,))
    assert found == (datetime.fromisoformat(end),) * 2


def test_overlapping_exclusions_are_a_union():
    first = DAY.toordinal() + 1
    once = due_instant(DAY, time(10, 20), Amount(hours=24), NATURAL, ((first, first + 3),))
    assert (
        due_instant(DAY, time(10, 20), Amount(hours=24), NATURAL, ((first, first + 2), (first + 1, first + 3))) == once
    )


def test_sentences():
    steps = []
    first = DAY.toordinal() + 1
    due_instant(DAY, time(10, 20), Amount(hours=24), NEXT_HOUR, ((first, first + 1),), steps)
    assert [sentence(step) for step in steps] == [
        "自次时起算，从 2026-05-01 11:00 起",
        "加 24小时，至 2026-05-02 11:00",
        "2026-05-02 不计入，至迟移至 2026-05-03 11:00",
    ]


def test_sentence_of_an_unknown_time():
    steps = []
    due_instant(DAY, None, Amount(hours=24), NATURAL, (), steps)
    assert [sentence(step) for step in steps] == [
        "按自然小时，只知日期，从 2026-05-01 00:00 至 2026-05-02 00:00 之间某时起",
        "加 24小时，最早至 2026-05-02 00:00，最迟至 2026-05-03 00:00",
    ]


@pytest.mark.parametrize("hours", [10**8, 10**30])
def test_out_of_range(hours):
    with pytest.raises(OutOfRange):
        due_instant(DAY, time(10, 20), Amount(hours=hours), NATURAL)
