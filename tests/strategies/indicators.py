"""Random indicators, and a few cases to count."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from checker.model import indicator as i
from checker.model.case import Case
from checker.model.norm import RuleSet
from strategies import words as w
from strategies.cases import records
from strategies.conditions import World, conditions, patterns
from strategies.rules import PACK

Draw = st.DrawFn


@st.composite
def counted_patterns(draw: Draw, world: World):
    return draw(patterns(world)).model_copy(update={"dated_by": None})


@st.composite
def measures(draw: Draw, world: World, kind: str) -> i.Measure:
    if kind == "cases":
        dated = draw(counted_patterns(world.deeper))
        return i.CountCases(condition=draw(w.often(conditions(world))), dated=draw(w.often(st.just(dated))))
    if kind == "events":
        return i.CountEvents(patterns=tuple(draw(st.lists(counted_patterns(world), min_size=1, max_size=2))))
    return i.SumOver(pattern=draw(counted_patterns(world)), attribute="数额")


@st.composite
def indicators(draw: Draw, base: dt.date, title: str) -> i.Indicator:
    world = World(base, ())
    kind = draw(st.sampled_from(("cases", "cases", "events", "sum")))
    return i.Indicator(
        pack="p",
        title=title,
        applies=draw(w.rarely(conditions(world.deeper), of=3)),
        months=draw(st.sampled_from((None, 1, 1, 3, 6, 12))),
        measure=draw(measures(world, kind)),
        base=draw(measures(world, kind)) if draw(st.booleans()) else None,
    )


@st.composite
def countings(draw: Draw) -> tuple[RuleSet, list[Case], dt.date]:
    """Indicators, cases, an as-of date."""
    base = draw(st.sampled_from(w.BASES))
    several = tuple(draw(indicators(base, f"I{n}")) for n in range(draw(st.integers(1, 2))))
    rules = RuleSet(packs=(PACK,), norms=(), vocabulary=w.VOCABULARY, strata=(), indicators=several)
    cases = [draw(records(base, ["p/N0"])) for _ in range(draw(st.integers(0, 3)))]
    cases = [case.model_copy(update={"id": f"案{n}"}) for n, case in enumerate(cases)]
    return rules, cases, base + dt.timedelta(days=draw(st.integers(0, 50)))
