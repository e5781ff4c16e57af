"""Random norms of one plain shape, A then B in time, whose period is extended, suspended and restarted."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from checker.model import requirements as r
from checker.model.expressions import (
    AnchorEvent,
    Attribute,
    Compare,
    Constant,
    DateOf,
    LiteralValue,
    Occurred,
    Pattern,
    SelfEvent,
)
from checker.model.norm import Counting, Norm, OnEvent
from checker.model.values import Unit
from strategies import words as w
from strategies.conditions import World, conditions, patterns

Draw = st.DrawFn
GRANTS = ("C", "C", "D", "E")


@st.composite
def lengths(draw: Draw, subject: object, is_date_allowed: bool = True) -> r.PeriodExpr:
    kind = draw(st.integers(0, 5))
    if kind <= 2:
        return r.Fixed(period=w.period(draw(st.integers(1, 12)), Unit.DAY))
    if kind == 3:
        return r.Fixed(period=w.period(draw(st.integers(1, 8)), Unit.WORKDAY))
    name = "某日" if kind == 5 and is_date_allowed else "期限"
    return r.FromAttribute(attribute=Attribute(of=subject, name=name))


@st.composite
def plain(draw: Draw, acts: Sequence[str] = GRANTS) -> Pattern:
    return Pattern(acts=(draw(st.sampled_from(acts)),))


@st.composite
def whens(draw: Draw, world: World) -> object:
    kind = draw(st.integers(0, 3))
    if kind == 0:
        return Constant(value=True)
    if kind == 1:
        return Occurred(pattern=draw(plain()))
    if kind == 2:
        literal = LiteralValue(value=draw(w.dates(world.base)))
        return Compare(op=draw(st.sampled_from(("le", "gt"))), left=DateOf(of=SelfEvent()), right=literal)
    return draw(conditions(world))


@st.composite
def clauses(draw: Draw, world: World) -> r.ExceptionClause:
    kind = draw(st.integers(0, 10))
    unless = draw(w.rarely(whens(world)))
    if kind <= 3:
        period = r.Fixed(period=draw(w.plain_periods)) if kind == 0 else draw(lengths(SelfEvent(), False))
        return r.Extend(
            grant=draw(plain()),
            when=draw(w.rarely(whens(world))),
            unless=unless,
            period=period,
            times=draw(w.rarely(st.integers(1, 2), of=3)),
            total=draw(w.rarely(w.caps, of=3)),
            after_expiry=draw(st.integers(0, 3)) == 3,
        )
    if kind <= 5:
        return r.Exclude(start=draw(plain()), end=draw(plain()), unless=unless, cap=draw(w.rarely(w.caps, of=3)))
    if kind == 6:
        length = draw(lengths(SelfEvent()))
        return r.Exclude(start=draw(plain()), length=length, unless=unless, cap=draw(w.rarely(w.caps, of=3)))
    if kind == 7:
        origin = draw(w.rarely(plain(), of=3))
        return r.Restart(at=draw(plain()), origin=origin, unless=unless, times=draw(w.rarely(st.just(1), of=2)))
    if kind == 8:
        return r.Defeat(when=draw(whens(world)), unless=unless, afterwards=draw(st.booleans()))
    if kind == 9:
        return r.Replace(when=draw(whens(world)), unless=unless, period=draw(lengths(AnchorEvent())))
    return r.NoRoll(when=draw(whens(world)), unless=unless)


@st.composite
def adjusted_norms(draw: Draw, base: object, title: str, version: str, known: Sequence[str]) -> Norm:
    world = World(base, known, 1)
    start = draw(st.sampled_from((r.AtAnchor(), r.AtAnchor(), r.AtFirst(pattern=Pattern(acts=("C",))))))
    discharging = draw(st.one_of(plain(("B",)), plain(("B",)), patterns(world)))
    window = r.Within(start=start, period=draw(lengths(AnchorEvent())))
    one_to_one = draw(st.integers(0, 3)) == 3
    requirement: r.Requirement = r.Occur(groups=((discharging,),), window=window, one_to_one=one_to_one)
    if draw(st.integers(0, 5)) == 5:
        requirement = r.Deem(unless=(discharging,), window=window, act=w.DEEMED)
    return Norm(
        pack="p",
        title=title,
        version=version,
        anchor=OnEvent(pattern=draw(plain(("A", "A", "G")))),
        requirement=requirement,
        exceptions=tuple(draw(st.lists(clauses(world), min_size=1, max_size=3))),
        counting=Counting(next_day=draw(st.integers(0, 5)) < 5, roll=draw(st.integers(0, 3)) < 3),
        correlate=("对象",) if draw(st.integers(0, 5)) == 5 else (),
    )
