"""The truth tables cover every combination once, and the look-up engine reads them."""

from itertools import product

import pytest

from checker.engines.facts import Act, Clock, Form, GroundFact, Truth
from checker.engines.plain import infer, tables
from checker.engines.verdicts import DEEMING_ROWS, INNER, INNER_ROWS, OVERLAY_ROWS
from checker.model.finding import Verdict

NO, YES, MAYBE = Truth.NO, Truth.YES, Truth.MAYBE


@pytest.mark.parametrize("form", Form)
def test_inner_rows_are_exhaustive_and_disjoint(form):
    for act, clock, holds, answer in product(Act, Clock, Truth, Truth):
        rows = [
            row
            for row in INNER_ROWS
            if row.form is form
            and act in row.act
            and clock in row.clock
            and holds in row.holds
            and answer in row.answer
        ]
        assert len(rows) == 1, (form, act, clock, holds, answer)


def test_overlay_rows_are_exhaustive_and_disjoint():
    for certain, defeat, prior, cured, unsure, inner in product(
        (True, False), Truth, Truth, Truth, (True, False), INNER
    ):
        rows = [
            row
            for row in OVERLAY_ROWS
            if certain in row.certain
            and defeat in row.defeat
            and prior in row.prior
            and cured in row.cured
            and unsure in row.unsure
            and inner in row.inner
        ]
        assert len(rows) == 1, (certain, defeat, prior, cured, unsure, inner)


def test_deeming_rows_are_exhaustive_and_disjoint():
    for certain, defeat, prior, unsure in product((True, False), Truth, Truth, (True, False)):
        rows = [
            row
            for row in DEEMING_ROWS
            if certain in row.certain and defeat in row.defeat and prior in row.prior and unsure in row.unsure
        ]
        assert len(rows) == 1, (certain, defeat, prior, unsure)


def test_nothing_is_deemed_with_certainty_unless_all_is_certain():
    keeping = [row for row in DEEMING_ROWS if row.keeps_inner]
    assert keeping == [(frozenset({True}), frozenset({NO}), frozenset({NO}), frozenset({False}), NO, True)]
    assert YES not in {row.deems for row in DEEMING_ROWS}


def test_look_up_holds_every_combination():
    look = tables()
    assert len(look.deeming) == 2 * 3 * 3 * 2
    assert len(look.overlay) == 2 * 3 * 3 * 3 * 2 * len(INNER)
    assert len(look.inner) == 2 * 4 * 6 + 3 + 3


def test_an_unsure_clock_deems_maybe():
    deems = {row.deems for row in INNER_ROWS if row.form is Form.DEEM and Clock.UNSURE in row.clock}
    assert deems == {NO, MAYBE}


def fact(**changes):
    base = GroundFact(0, 7, Form.WINDOW, True, (), NO, NO, False, Act.NONE, Clock.PASSED, NO, NO)
    return base._replace(**changes)


@pytest.mark.parametrize(
    ("changes", "verdict", "by", "deems"),
    [
        ({}, "overdue", -1, NO),
        ({"act": Act.LATE}, "late", -1, NO),
        ({"act": Act.TIMELY}, "met", -1, NO),
        ({"defeats": (NO, YES, YES)}, "exempt", 1, NO),
        ({"defeats": (MAYBE, NO)}, "undetermined", -1, NO),
        ({"defeats": (MAYBE, YES)}, "exempt", 1, NO),
        ({"cured": YES}, "exempt", -1, NO),
        ({"cured": YES, "unsure": True}, "undetermined", -1, NO),
        ({"prior": MAYBE}, "undetermined", -1, NO),
        ({"certain": False}, "undetermined", -1, NO),
        ({"certain": False, "act": Act.TIMELY}, None, -1, NO),
        ({"certain": False, "defeats": (YES,)}, None, 0, NO),
        ({"form": Form.DEEM}, "met", -1, YES),
        ({"form": Form.DEEM, "defeats": (MAYBE,)}, "met", -1, MAYBE),
        ({"form": Form.DEEM, "prior": YES}, "exempt", -1, NO),
        ({"form": Form.DEEM, "certain": False}, None, -1, MAYBE),
        ({"form": Form.DEEM, "unsure": True}, "met", -1, MAYBE),
        ({"form": Form.DEEM, "defeats": (YES,), "certain": False}, None, 0, NO),
        ({"form": Form.DEEM, "act": Act.MAYBE}, "undetermined", -1, MAYBE),
        ({"form": Form.REVIEW, "answer": MAYBE}, "review", -1, NO),
        ({"form": Form.REVIEW, "answer": MAYBE, "prior": MAYBE}, "undetermined", -1, NO),
        ({"form": Form.POINT, "holds": NO}, "breached", -1, NO),
    ],
)
def test_outcomes(changes, verdict, by, deems):
    ((case, outcome),) = infer([(3, fact(**changes))])
    assert (case, outcome) == (3, (7, verdict, by, deems))
    assert verdict is None or Verdict(verdict)
