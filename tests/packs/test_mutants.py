"""The fixtures of the first packs notice nearly every small change to their norms; CI asks it of all packs."""

import pytest

from checker.calendars.shipped import shipped_calendar
from checker.drafting.answers import Bound
from checker.drafting.mutation.board import Board
from checker.drafting.mutation.results import score_of
from checker.drafting.mutation.trial import Subject, Ways, try_subject


@pytest.mark.parametrize("pack", ["duban", "nosub", "nosub-law", "four-relations"])
def test_nearly_every_change_is_noticed(pack, tried):
    of = tried(pack)
    board = Board(of.rules, tuple(of.fixtures))
    subjects = [Subject(pack, place) for place in (None, *range(len(of.rules.norms)))]
    ways = Ways(most=0, prove=False, bound=Bound(), explain=False)
    tested = [one for subject in subjects for one in try_subject([board], subject, shipped_calendar(), ways).tested]
    assert score_of(tested).percent >= 95, [f"{one.norm} {one.told}" for one in tested if one.is_survivor]
