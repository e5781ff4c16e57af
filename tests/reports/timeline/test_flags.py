"""Flags of events never cross each other's words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.reports.layout import width
from checker.reports.timeline.flags import cut, lanes, room_of


def test_flags_far_apart_stand_low_and_close_ones_one_over_the_other():
    assert lanes([0, 200, 400], [100, 100, 100]) == [0, 0, 0]
    assert lanes([0, 50, 90], [100, 100, 100]) == [2, 1, 0]
    assert lanes([0, 0, 0], [10, 10, 10]) == [2, 1, 0]
    assert lanes([], []) == []


FLAGS = st.lists(st.tuples(st.floats(0, 800), st.floats(1, 240)), max_size=40).map(sorted)


@given(FLAGS)
def test_no_pole_crosses_words_and_no_words_overlap(flags):
    places, rooms = [x for x, _ in flags], [room for _, room in flags]
    heights = lanes(places, rooms)
    for n, (x, room) in enumerate(flags):
        for other in range(n + 1, len(flags)):
            if places[other] < x + room:
                assert heights[other] < heights[n]


@pytest.mark.parametrize("text", ["短", "很长的名称" * 50, "W" * 300, "甲\u202e乙\n丙\t丁", ""])
def test_a_label_is_cut_to_its_columns_and_cannot_turn_the_writing(text):
    found = cut(text, 34)
    assert width(found) <= 34
    assert "\u202e" not in found
    assert "\n" not in found
    assert room_of(found) <= 34 * 7
