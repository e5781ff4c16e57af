"""A naive counter that goes day by day, against the fast code; and what must hold of every due date."""

from calendar import monthrange
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from checker.calendars.amount import Amount
from checker.calendars.calendar import Calendar
from checker.calendars.derive import derive
from checker.calendars.due import back, due_day
from checker.calendars.shipped import shipped_calendar
from checker.calendars.table import Table
from checker.model.norm import Counting

CN = shipped_calendar()
ONE = timedelta(days=1)
FIRST, LAST = date(2004, 2, 1).toordinal(), date(2024, 12, 31).toordinal()

starts = st.integers(FIRST, LAST)
amounts = st.builds(
    Amount,
    months=st.sampled_from([0, 0, 1, 2, 3, 6]),
    days=st.sampled_from([0, 0, 1, 5, 15, 30, 60, 90]),
    workdays=st.sampled_from([0, 0, 1, 3, 7, 20]),
    hours=st.just(0),
)
countings = st.builds(Counting, next_day=st.booleans(), roll=st.booleans(), month_end=st.booleans())
offsets = st.lists(st.tuples(st.integers(-20, 150), st.integers(0, 25)), max_size=5)


def spans_from(start, pairs):
    return [(start + first, start + first + length) for first, length in pairs]


def naive_months(start, months, month_end):
    """The day that walking month by month reaches."""
    year, month = start.year, start.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    last = monthrange(year, month)[1]
    is_last = (start + ONE).day == 1
    return date(year, month, last if (month_end and is_last) or start.day > last else start.day)


def naive(start, amount, counting, spans):
    """Unrolled and rolled end, found by looking at one day after another."""
    begin = date.fromordinal(start)
    excluded = {date.fromordinal(day) for first, end in spans for day in range(first, end)}
    end = naive_months(begin, amount.months, counting.month_end) + amount.days * ONE
    first = begin + ONE if counting.next_day else begin
    if not counting.next_day and amount != Amount():
        end -= ONE
    if amount.workdays:
        day = naive_natural(first, (end - first).days + 1, excluded)
        left = amount.workdays
        while left:
            day += ONE
            left -= CN.table.is_workday(day) and day not in excluded
        return day, day
    return naive_end(first, end, excluded, counting.roll)


def naive_natural(first, left, excluded):
    day = first - ONE
    while left > 0:
        day += ONE
        left -= day not in excluded
    return day


def naive_end(first, end, excluded, roll):
    """As long as the last day is pushed on by rest days, an exclusion may still cut in."""
    left = (end - first).days + 1
    day = first - ONE
    while True:
        day = naive_natural(day + ONE, left, excluded)
        due = day
        while roll and not CN.table.is_workday(due):
            due += ONE
        if not any(day + i * ONE in excluded for i in range(1, (due - day).days + 1)):
            return day, due
        left = (due - day).days


@settings(max_examples=400, deadline=None)
@given(starts, amounts, countings, offsets)
def test_agrees_with_the_naive_counter(start, amount, counting, pairs):
    spans = spans_from(start, pairs)
    found = due_day(CN, start, amount, counting, spans)
    raw, due = naive(start, amount, counting, spans)
    assert (date.fromordinal(found.raw), date.fromordinal(found.day)) == (raw, due)
    assert found.low == found.high == found.day
    assert not found.provisional


@settings(max_examples=100, deadline=None)
@given(starts, amounts, countings, offsets)
def test_the_derivation_is_the_same_computation(start, amount, counting, pairs):
    spans = spans_from(start, pairs)
    dates = [(date.fromordinal(first), date.fromordinal(end)) for first, end in spans]
    found = derive(CN, date.fromordinal(start), amount, counting, dates)
    assert found.day.toordinal() == due_day(CN, start, amount, counting, spans).day
    assert all(found.sentences())


@given(starts, amounts, amounts, countings)
@settings(deadline=None)
def test_an_extension_never_shortens(start, amount, more, counting):
    longer = due_day(CN, start, amount.plus(more), counting)
    assert longer.day >= due_day(CN, start, amount, counting).day


@given(starts, amounts, countings, offsets)
@settings(deadline=None)
def test_an_exclusion_never_shortens_and_order_is_free(start, amount, counting, pairs):
    spans = spans_from(start, pairs)
    found = due_day(CN, start, amount, counting, spans)
    assert found.day >= due_day(CN, start, amount, counting).day
    assert due_day(CN, start, amount, counting, spans[::-1] + spans) == found


@given(starts, st.integers(0, 40), amounts)
@settings(deadline=None)
def test_a_later_start_never_ends_earlier(start, later, amount):
    assert due_day(CN, start + later, amount, Counting()).day >= due_day(CN, start, amount, Counting()).day


@given(starts, st.integers(0, 400))
@settings(deadline=None)
def test_back_undoes_working_days(start, n):
    start = CN.roll(start)
    end = due_day(CN, start, Amount(workdays=n), Counting()).day
    assert back(CN, end, Amount(workdays=n)).day == start


@given(starts, st.integers(1, 60))
@settings(deadline=None)
def test_back_counts_working_days_one_by_one(start, n):
    day, left = date.fromordinal(start), n
    while left:
        day -= ONE
        left -= CN.table.is_workday(day)
    assert back(CN, start, Amount(workdays=n)).day == day.toordinal()


def until(year):
    return Calendar(Table(name=f"至{year}", years={y: row for y, row in CN.table.years.items() if y <= year}))


SHORT = until(2022)
KNOWN = date(2022, 12, 31).toordinal()


@settings(max_examples=400, deadline=None)
@given(st.integers(KNOWN - 200, KNOWN + 400), amounts, countings, offsets)
def test_bounds_hold_once_the_missing_years_are_published(start, amount, counting, pairs):
    spans = spans_from(start, pairs)
    guess, truth = due_day(SHORT, start, amount, counting, spans), due_day(CN, start, amount, counting, spans)
    assert guess.low <= truth.day <= guess.high
    assert guess.low <= guess.day <= guess.high
    assert guess.provisional == (guess.missing_year is not None)
    if not guess.provisional:
        assert (guess.day, guess.low, guess.high) == (truth.day,) * 3


@given(st.integers(KNOWN - 60, KNOWN + 600), st.integers(0, 60))
@settings(deadline=None)
def test_backward_bounds_hold_too(start, n):
    guess, truth = back(SHORT, start, Amount(workdays=n)), back(CN, start, Amount(workdays=n))
    assert guess.low <= truth.day <= guess.high
    assert guess.low <= guess.day <= guess.high
    assert guess.provisional or guess == truth
