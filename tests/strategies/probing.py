"""Random norms of another plain shape: a condition of one kind must hold of A, or B must stand before it."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from checker.model import expressions as x
from checker.model import requirements as r
from checker.model.norm import Anchor, Norm, OnBreach, OnEvent, OnExpiry
from checker.model.source import Validity
from strategies import words as w
from strategies.conditions import World, actors, conditions, numbers

Draw = st.DrawFn
FEW = ("A", "B", "B", "C", "D")


@st.composite
def tried(draw: Draw) -> x.Pattern:
    """An act, perhaps with an actor or one simple condition of its own."""
    kind = draw(st.integers(0, 5))
    acts = (draw(st.sampled_from(FEW)),)
    if kind <= 2:
        return x.Pattern(acts=acts)
    if kind == 3:
        return x.Pattern(acts=acts, actor=draw(actors()))
    if kind == 4:
        return x.Pattern(acts=acts, ordinal=draw(st.integers(1, 2)))
    agreed = x.Compare(op="eq", left=_own("结果"), right=x.LiteralValue(value=draw(st.sampled_from(w.RESULTS))))
    return x.Pattern(acts=acts, where=agreed)


def _own(name: str) -> x.Attribute:
    return x.Attribute(of=x.SelfEvent(), name=name)


@st.composite
def other_events(draw: Draw) -> x.Subject:
    pattern = draw(tried())
    if draw(st.booleans()):
        return x.LastEvent(pattern=pattern)
    return x.NthEvent(pattern=pattern.model_copy(update={"ordinal": draw(st.integers(1, 2))}))


@st.composite
def spans(draw: Draw) -> x.Inside:
    after, closer = draw(w.often(tried())), draw(w.often(tried()))
    return x.Inside(after=after or (None if closer else x.Pattern(acts=("B",))), before=closer)


@st.composite
def of_others(draw: Draw) -> x.Condition:
    """Something about an event that stands before."""
    subject = draw(other_events())
    kind = draw(st.integers(0, 4))
    if kind == 0:
        later = x.Shift(base=x.DateOf(of=subject), period=draw(w.plain_periods), backward=draw(st.booleans()))
        return x.Compare(op=draw(st.sampled_from(("le", "ge", "eq"))), left=x.DateOf(of=x.SelfEvent()), right=later)
    if kind == 1:
        return x.Same(left=x.ActorOf(of=subject), right=x.ActorOf(of=x.SelfEvent()))
    if kind == 2:
        return x.Present(of=x.Attribute(of=subject, name=draw(st.sampled_from(tuple(w.ATTRIBUTES)))))
    name = draw(st.sampled_from(("单位", "结果", "数额", "期限", "某日", "紧急")))
    op = draw(st.sampled_from(("eq", "ne", "lt"))) if name in ("数额", "期限", "某日") else "eq"
    return x.Compare(op=op, left=x.Attribute(of=subject, name=name), right=_own(name))


@st.composite
def of_numbers(draw: Draw, known: Sequence[str]) -> x.Compare:
    world = World(None, known, 0)
    pattern, inclusive = draw(tried()), draw(st.booleans())
    kind = draw(st.integers(0, 3))
    left: x.Expression = x.Count(pattern=pattern, inclusive=inclusive)
    if kind == 1:
        left = x.Sum(pattern=pattern, attribute="数额", inclusive=inclusive)
    if kind >= 2 and known:
        left = x.BreachCount(norm=draw(st.sampled_from(list(known))))
    return x.Compare(op=draw(st.sampled_from(("le", "lt", "eq"))), left=left, right=draw(numbers(world)))


@st.composite
def of_ends(draw: Draw, known: Sequence[str]) -> x.Compare:
    """The end of another norm's period against the day."""
    if not known:
        return draw(of_numbers(known))
    end = x.Expiry(norm=draw(st.sampled_from(list(known))), extended=draw(st.booleans()))
    return x.Compare(op=draw(st.sampled_from(("le", "gt", "eq"))), left=x.DateOf(of=x.SelfEvent()), right=end)


@st.composite
def probes(draw: Draw, base: object, known: Sequence[str]) -> x.Condition:
    found = draw(
        st.one_of(
            spans(),
            of_others(),
            of_numbers(known),
            of_ends(known),
            tried().map(lambda p: x.Occurred(pattern=p)),
            conditions(World(base, known, 1)),
        )
    )
    return x.Not(of=found) if draw(st.integers(0, 4)) == 4 else found


@st.composite
def openings(draw: Draw, known: Sequence[str]) -> Anchor:
    kind = draw(st.integers(0, 5))
    if kind >= 4 and known:
        norm = draw(st.sampled_from(list(known)))
        return OnBreach(norm=norm) if kind == 4 else OnExpiry(norm=norm, extended=draw(st.booleans()))
    return OnEvent(pattern=draw(tried()) if kind == 0 else x.Pattern(acts=(draw(st.sampled_from(("A", "B"))),)))


@st.composite
def probing_norms(draw: Draw, base: object, title: str, version: str, known: Sequence[str]) -> Norm:
    kind = draw(st.integers(0, 5))
    requirement: r.Requirement = r.Hold(condition=draw(probes(base, known)))
    if kind == 4:
        lead = r.Lead(kind=draw(st.sampled_from(("order", "earlier_day", "same_day"))))
        requirement = r.Precede(groups=((draw(tried()),),), lead=lead, one_to_one=draw(st.booleans()))
    if kind == 5:
        windows = (
            r.UntilClose(),
            r.Within(start=r.AtAnchor(), period=r.Fixed(period=draw(st.one_of(w.plain_periods, w.hour_periods)))),
        )
        one_to_one = draw(st.booleans())
        window = draw(st.sampled_from(windows))
        requirement = r.Occur(groups=((draw(tried()),),), window=window, one_to_one=one_to_one)
    defeats = draw(st.lists(probes(base, known), max_size=1))
    border = draw(w.dates(base)) if version != "1" or draw(st.integers(0, 4)) == 4 else None
    return Norm(
        pack="p",
        title=title,
        version=version,
        valid=Validity(first=border) if draw(st.booleans()) else Validity(last=border),
        pivot=draw(w.rarely(tried(), of=4)) if border else None,
        correlate=("对象",) if draw(st.integers(0, 5)) == 5 else (),
        anchor=draw(openings(known)),
        requirement=requirement,
        exceptions=tuple(r.Defeat(when=each, afterwards=draw(st.booleans())) for each in defeats),
    )
