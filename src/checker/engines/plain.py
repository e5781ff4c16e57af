"""Inference by look-up in the truth tables: the plain engine, and the measure for any other."""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import product
from typing import NamedTuple

from checker.engines.facts import Act, Clock, EngineFailure, Form, GroundFact, Outcome, Truth
from checker.engines.verdicts import DEEMING_ROWS, INNER_ROWS, OVERLAY_ROWS
from checker.model.finding import Verdict

InnerKey = tuple[int, int, int]
DeemingKey = tuple[bool, int, int, bool]
OverlayKey = tuple[bool, int, int, int, bool, str]


class Tables(NamedTuple):
    """The tables turned into look-ups. The inner key is (form, first value, second value); deeming None keeps."""

    inner: Mapping[InnerKey, tuple[Verdict, Truth]]
    deeming: Mapping[DeemingKey, Truth | None]
    overlay: Mapping[OverlayKey, str | None]


@cache
def tables() -> Tables:
    """The look-ups, made once a process from the rows."""
    inner: dict[InnerKey, tuple[Verdict, Truth]] = {}
    for alone in INNER_ROWS:
        for inner_key in _inner_keys(alone.form, alone.act, alone.clock, alone.holds, alone.answer):
            inner[inner_key] = (alone.verdict, alone.deems)
    deeming: dict[DeemingKey, Truth | None] = {}
    for row in DEEMING_ROWS:
        for key in product(row.certain, row.defeat, row.prior, row.unsure):
            deeming[key] = None if row.keeps_inner else row.deems
    overlay: dict[OverlayKey, str | None] = {}
    for over in OVERLAY_ROWS:
        for values in product(over.certain, over.defeat, over.prior, over.cured, over.unsure, over.inner):
            verdict = values[-1] if over.keeps_inner else over.verdict
            overlay[values] = None if verdict is None else verdict.value
    return Tables(inner, deeming, overlay)


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
        settled = look.deeming[fact.certain, defeat, fact.prior, fact.unsure]
        deems = deems if settled is None else settled
    return Outcome(fact.instance, listed, by, deems)


def _defeat(values: tuple[Truth, ...]) -> tuple[Truth, int]:
    """In written order the first true clause decides; unknown ones matter only if none is true."""
    for place, value in enumerate(values):
        if value is Truth.YES:
            return Truth.YES, place
    return (Truth.MAYBE if Truth.MAYBE in values else Truth.NO), -1
