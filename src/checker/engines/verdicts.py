"""The truth tables of the core as data: inner verdict by form, then whether a deemed act happens, then the overlay.

Both inference paths read these rows; the reference documentation prints them; tests prove them exhaustive and disjoint.
Semantics: docs/contributing/semantics.md sections 5 and 10.
"""

from typing import NamedTuple

from checker.engines.facts import Act, Clock, Form, Truth
from checker.model.finding import Verdict


class InnerRow(NamedTuple):
    """One row: every field a set of allowed values; the inner verdict; whether a deemed act happens."""

    form: Form
    act: frozenset[Act]
    clock: frozenset[Clock]
    holds: frozenset[Truth]
    answer: frozenset[Truth]
    verdict: Verdict
    deems: Truth = Truth.NO


class OverlayRow(NamedTuple):
    """One row: certain anchor, first decisive values of the overlay, kinds of inner verdict; None is "not listed"."""

    certain: frozenset[bool]
    defeat: frozenset[Truth]
    prior: frozenset[Truth]
    cured: frozenset[Truth]
    unsure: frozenset[bool]
    inner: frozenset[Verdict]
    verdict: Verdict | None
    keeps_inner: bool = False


class DeemingRow(NamedTuple):
    """One row: what becomes of an act that the inner row deems, or maybe deems; ``keeps_inner``: nothing else."""

    certain: frozenset[bool]
    defeat: frozenset[Truth]
    prior: frozenset[Truth]
    unsure: frozenset[bool]
    deems: Truth = Truth.NO
    keeps_inner: bool = False


ANY_ACT = frozenset(Act)
ANY_CLOCK = frozenset(Clock)
ANY_TRUTH = frozenset(Truth)
ONLY_NO = frozenset({Truth.NO})
OPEN = frozenset({Truth.NO, Truth.MAYBE})
BOTH = frozenset({True, False})
VIOLATIONS = frozenset(v for v in Verdict if v.is_violation)
INNER = frozenset(Verdict) - {Verdict.EXEMPT}


def _window(
    form: Form, act: set[Act] | frozenset[Act], clock: set[Clock] | frozenset[Clock], verdict: Verdict, deems: Truth
) -> InnerRow:
    return InnerRow(form, frozenset(act), frozenset(clock), ANY_TRUTH, ANY_TRUTH, verdict, deems)


def _point(holds: Truth, verdict: Verdict) -> InnerRow:
    return InnerRow(Form.POINT, ANY_ACT, ANY_CLOCK, frozenset({holds}), ANY_TRUTH, verdict)


def _review(answer: Truth, verdict: Verdict) -> InnerRow:
    return InnerRow(Form.REVIEW, ANY_ACT, ANY_CLOCK, ANY_TRUTH, frozenset({answer}), verdict)


def _window_rows(form: Form) -> tuple[InnerRow, ...]:
    """Rows that 应当 and 视为 share; they differ only where the period has passed."""
    no = Truth.NO
    # While it is not known whether a period has passed, what it would deem may or may not have happened.
    unsure = Truth.MAYBE if form is Form.DEEM else no
    untimely = ANY_ACT - {Act.TIMELY}
    return (
        _window(form, {Act.TIMELY}, ANY_CLOCK - {Clock.UNKNOWN}, Verdict.MET, no),
        _window(form, ANY_ACT, {Clock.UNKNOWN}, Verdict.UNDETERMINED, no),
        _window(form, untimely, {Clock.IDLE, Clock.STOPPED}, Verdict.PENDING, no),
        _window(form, {Act.MAYBE, Act.NONE}, {Clock.RUNNING}, Verdict.PENDING, no),
        _window(form, {Act.LATE}, {Clock.RUNNING}, Verdict.UNDETERMINED, no),
        _window(form, untimely, {Clock.UNSURE}, Verdict.UNDETERMINED, unsure),
    )


INNER_ROWS: tuple[InnerRow, ...] = (
    *_window_rows(Form.WINDOW),
    _window(Form.WINDOW, {Act.LATE}, {Clock.PASSED}, Verdict.LATE, Truth.NO),
    _window(Form.WINDOW, {Act.MAYBE}, {Clock.PASSED}, Verdict.UNDETERMINED, Truth.NO),
    _window(Form.WINDOW, {Act.NONE}, {Clock.PASSED}, Verdict.OVERDUE, Truth.NO),
    *_window_rows(Form.DEEM),
    _window(Form.DEEM, {Act.LATE, Act.NONE}, {Clock.PASSED}, Verdict.MET, Truth.YES),
    _window(Form.DEEM, {Act.MAYBE}, {Clock.PASSED}, Verdict.UNDETERMINED, Truth.MAYBE),
    _point(Truth.YES, Verdict.MET),
    _point(Truth.NO, Verdict.BREACHED),
    _point(Truth.MAYBE, Verdict.UNDETERMINED),
    _review(Truth.YES, Verdict.MET),
    _review(Truth.NO, Verdict.BREACHED),
    _review(Truth.MAYBE, Verdict.REVIEW),
)


_YES, _MAYBE = frozenset({Truth.YES}), frozenset({Truth.MAYBE})
_TRUE, _FALSE = frozenset({True}), frozenset({False})

DEEMING_ROWS: tuple[DeemingRow, ...] = (
    # An exempt instance deems nothing; one that anything leaves open maybe deems.
    DeemingRow(BOTH, _YES, ANY_TRUTH, BOTH, Truth.NO),
    DeemingRow(BOTH, OPEN, _YES, BOTH, Truth.NO),
    DeemingRow(BOTH, _MAYBE, OPEN, BOTH, Truth.MAYBE),
    DeemingRow(BOTH, ONLY_NO, _MAYBE, BOTH, Truth.MAYBE),
    DeemingRow(_FALSE, ONLY_NO, ONLY_NO, BOTH, Truth.MAYBE),
    DeemingRow(_TRUE, ONLY_NO, ONLY_NO, _TRUE, Truth.MAYBE),
    DeemingRow(_TRUE, ONLY_NO, ONLY_NO, _FALSE, keeps_inner=True),
)


def _overlay_rows() -> tuple[OverlayRow, ...]:
    yes, maybe = _YES, _MAYBE
    sure, unsure = _FALSE, _TRUE
    open_questions = ((maybe, OPEN, BOTH), (ONLY_NO, maybe, BOTH), (ONLY_NO, ONLY_NO, unsure))
    plain = INNER - VIOLATIONS - {Verdict.REVIEW}
    review = frozenset({Verdict.REVIEW})
    rows = []
    for certain, exempt in ((True, Verdict.EXEMPT), (False, None)):
        rows.append(OverlayRow(frozenset({certain}), yes, ANY_TRUTH, ANY_TRUTH, BOTH, INNER, exempt))
        rows.append(OverlayRow(frozenset({certain}), OPEN, yes, ANY_TRUTH, BOTH, INNER, exempt))
        for defeat, prior, doubt in open_questions:
            rows.append(
                OverlayRow(frozenset({certain}), defeat, prior, ANY_TRUTH, doubt, VIOLATIONS, Verdict.UNDETERMINED)
            )
        rows.append(OverlayRow(frozenset({certain}), ONLY_NO, ONLY_NO, yes, sure, VIOLATIONS, exempt))
        rows.append(OverlayRow(frozenset({certain}), ONLY_NO, ONLY_NO, maybe, sure, VIOLATIONS, Verdict.UNDETERMINED))
    rows.append(OverlayRow(frozenset({True}), ONLY_NO, ONLY_NO, ONLY_NO, sure, VIOLATIONS, None, keeps_inner=True))
    rows.append(OverlayRow(frozenset({True}), maybe, OPEN, ANY_TRUTH, BOTH, review, Verdict.UNDETERMINED))
    rows.append(OverlayRow(frozenset({True}), ONLY_NO, maybe, ANY_TRUTH, BOTH, review, Verdict.UNDETERMINED))
    rows.append(OverlayRow(frozenset({True}), ONLY_NO, ONLY_NO, ANY_TRUTH, BOTH, review, None, keeps_inner=True))
    rows.append(OverlayRow(frozenset({True}), OPEN, OPEN, ANY_TRUTH, BOTH, plain, None, keeps_inner=True))
    rows.append(OverlayRow(frozenset({False}), ONLY_NO, ONLY_NO, ONLY_NO, sure, VIOLATIONS, Verdict.UNDETERMINED))
    doubtful = review | {Verdict.UNDETERMINED}
    rows.append(OverlayRow(frozenset({False}), OPEN, OPEN, ANY_TRUTH, BOTH, doubtful, Verdict.UNDETERMINED))
    rows.append(OverlayRow(frozenset({False}), OPEN, OPEN, ANY_TRUTH, BOTH, plain - {Verdict.UNDETERMINED}, None))
    return tuple(rows)


OVERLAY_ROWS: tuple[OverlayRow, ...] = _overlay_rows()
