"""Days on a line: to scale, except where nothing happens for long."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.reports.timeline.scale import BREAK, LEAST_DAYS, MOST_BREAKS, scale_of
from checker.reports.timeline.ticks import ticks_of


def days(*texts):
    return [dt.date.fromisoformat(text) for text in texts]


def test_a_short_span_is_to_scale():
    scale = scale_of(days("2026-03-01", "2026-03-11", "2026-03-31"))
    assert scale.breaks == ()
    assert [scale.at(day) for day in days("2026-03-01", "2026-03-11", "2026-03-16", "2026-03-31")] == pytest.approx(
        [0, 1 / 3, 1 / 2, 1]
    )


def test_ten_years_without_anything_are_shortened_and_counted():
    scale = scale_of(days("2015-03-02", "2015-03-12", "2025-03-12", "2025-03-22"))
    (cut,) = scale.breaks
    assert cut.days == 3653
    assert cut.end - cut.start == pytest.approx(BREAK)
    assert scale.at(dt.date(2015, 3, 12)) == pytest.approx((1 - BREAK) / 2)


def test_ten_years_between_two_days_alone_are_not_shortened():
    assert scale_of(days("2015-03-02", "2025-03-02")).breaks == ()


def test_even_distances_are_never_shortened():
    spread = [dt.date(2015, 1, 1) + dt.timedelta(days=300 * n) for n in range(12)]
    assert scale_of(spread).breaks == ()


@pytest.mark.parametrize("day", ["2026-03-02", "0001-01-01", "9999-12-31"])
def test_one_day_has_room_round_it(day):
    scale = scale_of(days(day))
    assert scale.days[-1] - scale.days[0] == LEAST_DAYS
    assert 0 <= scale.at(dt.date.fromisoformat(day)) <= 1


DATES = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31))


@given(st.lists(DATES, min_size=1, max_size=70, unique=True).map(sorted))
def test_later_days_stand_further_right_and_nothing_leaves_the_line(found):
    scale = scale_of(found)
    places = [scale.at(day) for day in found]
    assert places == sorted(places)
    assert len(set(places)) == len(places)
    assert places[0] >= 0
    assert places[-1] <= 1
    assert len(scale.breaks) <= MOST_BREAKS
    assert scale.places[-1] == 1


@given(st.lists(DATES, min_size=1, max_size=70, unique=True).map(sorted))
def test_dates_under_the_line_do_not_collide_nor_stand_where_it_is_shortened(found):
    scale = scale_of(found)
    ticks = ticks_of(scale, 10, 800, 860)
    assert all(b.x - a.x >= 64 for a, b in pairwise(ticks))
    assert all(tick.x + 64 <= 860 for tick in ticks)
    for cut in scale.breaks:
        middle = 10 + (cut.start + cut.end) / 2 * 800
        assert not [tick for tick in ticks if middle - 24 < tick.x + 64 and tick.x < middle + 24]


def test_dates_are_days_months_or_years_as_the_span_asks():
    def texts(*ends):
        return [tick.text for tick in ticks_of(scale_of(days(*ends)), 0, 800, 860)]

    assert texts("2026-03-02", "2026-03-08")[:2] == ["2026-03-02", "03-03"]
    assert texts("2026-02-20", "2026-04-20")[:3] == ["2026-02-21", "2026-03-01", "03-06"]
    assert texts("2025-11-20", "2026-12-20")[:3] == ["2026-01", "2026-04", "2026-07"]
    assert texts("2010-05-01", "2026-05-01")[:2] == ["2012年", "2014年"]
