"""Inference by look-up in the truth tables: the plain engine, and the measure for any other."""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import product
from typing import NamedTuple

from checker.engines.facts import Act, Clock, EngineFailure, Form, GroundFact, Outcome, Truth
from checker.engines.verdicts import INNER_ROWS, OVERLAY_ROWS
from checker.model.finding import Verdict

InnerKey = tuple[int, int, int]
OverlayKey = tuple[bool, int, int, int, bool, str]


class Tables(NamedTuple):
    """Both tables turned into look-ups. The inner key is (form, first value, second value)."""

    inner: Mapping[InnerKey, tuple[Verdict, Truth]]
    overlay: Mapping[OverlayKey, Verdict | None]


@cache
def tables() -> Tables:
    """The look-ups, made once a process from the rows."""
    inner: dict[InnerKey, tuple[Verdict, Truth]] = {}
    for row in INNER_ROWS:
        for key in _inner_keys(row.form, row.act, row.clock, row.holds, row.answer):
            inner[key] = (row.verdict, row.deems)
    overlay: dict[OverlayKey, Verdict | None] = {}
    for over in OVERLAY_ROWS:
        for values in product(over.certain, over.defeat, over.prior, over.cured, over.unsure, over.inner):
            overlay[values] = values[-1] if over.keeps_inner else over.verdict
    return Tables(inner, overlay)


def _inner_keys(
    form: Form, acts: frozenset[Act], clocks: frozenset[Clock], holds: frozenset[Truth], answers: frozenset[Truth]
) -> list[InnerKey]:
    if form in (Form.WINDOW, Form.DEEM):
        return [(form, act, clock) for act, clock in product(acts, clocks)]
    return [(form, value, 0) for value in (holds if form is Form.POINT else answers)]


def infer(facts: Sequence[tuple[int, GroundFact]]) -> Sequence[tuple[int, Outcome | EngineFailure]]:
    """The outcome of every fact, in the order given."""
    look = tables()
    return [(case, conclude(look, fact)) for case, fact in facts]


def conclude(look: Tables, fact: GroundFact) -> Outcome:
    """The outcome of one fact (semantics §5, §10)."""
    form = fact.form
    if form is Form.WINDOW or form is Form.DEEM:
        verdict, deems = look.inner[form, fact.act, fact.clock]
    elif form is Form.POINT:
        verdict, deems = look.inner[form, fact.holds, 0]
    else:
        verdict, deems = look.inner[form, fact.answer, 0]
    defeat, by = _defeat(fact.defeats) if fact.defeats else (Truth.NO, -1)
    listed = look.overlay[fact.certain, defeat, fact.prior, fact.cured, fact.unsure, verdict]
    if deems is not Truth.NO:
        deems = _deemed(fact, defeat, deems)
    return Outcome(fact.instance, None if listed is None else listed.value, by, deems)


def _defeat(values: tuple[Truth, ...]) -> tuple[Truth, int]:
    """In written order the first true clause decides; unknown ones matter only if none is true."""
    for place, value in enumerate(values):
        if value is Truth.YES:
            return Truth.YES, place
    return (Truth.MAYBE if Truth.MAYBE in values else Truth.NO), -1


def _deemed(fact: GroundFact, defeat: Truth, deems: Truth) -> Truth:
    """An exempt instance deems nothing; one that anything leaves open deems maybe."""
    if defeat is Truth.YES or fact.prior is Truth.YES:
        return Truth.NO
    settled = fact.certain and defeat is Truth.NO and fact.prior is Truth.NO and not fact.unsure
    return deems if settled else Truth.MAYBE
