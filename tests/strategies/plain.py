"""Random norms of the plain shapes that packs are mostly made of: one trigger, one duty, at most one exception."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from checker.model import expressions as x
from checker.model import requirements as r
from checker.model.norm import Anchor, Breach, Category, Counting, Norm, OnBreach, OnEvent, OnExpiry, OnPeriod, Severity
from checker.model.source import Validity
from strategies import words as w

Draw = st.DrawFn
SPANS = st.one_of(w.plain_periods, w.plain_periods, w.plain_periods, w.hour_periods)


def _own(name: str) -> x.Attribute:
    return x.Attribute(of=x.SelfEvent(), name=name)


@st.composite
def equalities(draw: Draw) -> x.Condition:
    """One attribute of the event itself against a word, a number or a date of the anchor."""
    kind = draw(st.integers(0, 5))
    if kind <= 2:
        name, values = draw(st.sampled_from((("结果", w.RESULTS), ("对象", w.KEYS), ("紧急", (True, False)))))
        return x.Compare(op=draw(_EQUAL), left=_own(name), right=x.LiteralValue(value=draw(st.sampled_from(values))))
    if kind == 3:
        return x.Member(item=_own("单位"), values=(draw(st.sampled_from(w.ORGANS)),))
    if kind == 4:
        return x.Compare(op=draw(_ORDER), left=_own("数额"), right=x.LiteralValue(value=draw(st.integers(0, 3))))
    return x.Compare(op=draw(_ORDER), left=x.DateOf(of=x.SelfEvent()), right=_own("某日"))


_EQUAL = st.sampled_from(("eq", "ne"))
_ORDER = st.sampled_from(("lt", "le", "gt", "ge"))


@st.composite
def acts(draw: Draw, names: Sequence[str] = w.FREQUENT) -> x.Pattern:
    """An act; every other time nothing more is asked of it."""
    kind = draw(st.integers(0, 5))
    name = draw(st.sampled_from(names))
    if kind == 3:
        return x.Pattern(acts=(name,), actor=x.OrganActor(names=(draw(st.sampled_from(w.ORGANS)),)))
    if kind == 4:
        return x.Pattern(acts=(name,), where=draw(equalities()))
    if kind == 5:
        return x.Pattern(acts=(name,), actor=x.AnchorActor(attribute=draw(st.sampled_from(("单位", "主体")))))
    return x.Pattern(acts=(name,))


@st.composite
def openings(draw: Draw, known: Sequence[str]) -> Anchor:
    kind = draw(st.integers(0, 9))
    if kind >= 7 and known:
        norm = draw(st.sampled_from(list(known)))
        return OnExpiry(norm=norm, extended=draw(st.booleans())) if kind == 9 else OnBreach(norm=norm)
    if kind == 9:
        return OnPeriod(months=draw(st.sampled_from((1, 3, 6, 12))))
    pattern = draw(acts(("A", "A", "A", "B", "C", w.DEEMED)))
    if isinstance(pattern.actor, x.AnchorActor):
        pattern = pattern.model_copy(update={"actor": None})
    return OnEvent(pattern=pattern)


@st.composite
def requirements(draw: Draw, anchor: Anchor) -> r.Requirement:
    kind = draw(st.integers(0, 11))
    if isinstance(anchor, OnPeriod):
        return r.Occur(groups=((draw(acts()),),), window=r.InPeriod())
    if kind <= 6:
        return r.Occur(groups=((draw(acts()),),), window=draw(windows()), one_to_one=kind == 6)
    if kind == 7:
        lead = r.Lead(kind=draw(st.sampled_from(("order", "earlier_day", "same_day"))))
        return r.Precede(groups=((draw(acts()),),), lead=lead)
    if kind <= 9:
        occurred = x.Occurred(pattern=draw(acts()))
        return r.Hold(condition=draw(st.sampled_from((draw(equalities()), occurred, x.Not(of=occurred)))))
    if kind == 10:
        return r.Contain(parts=(draw(st.sampled_from(w.PARTS)),))
    return r.Deem(unless=(draw(acts()),), window=draw(withins()), act=w.DEEMED)


@st.composite
def withins(draw: Draw) -> r.Within:
    stated = r.FromAttribute(attribute=x.Attribute(of=x.AnchorEvent(), name=draw(st.sampled_from(("期限", "某日")))))
    period = draw(w.rarely(st.just(stated), r.Fixed(period=draw(SPANS))))
    starts = (r.AtAnchor(), r.AtAnchor(), r.AtAnchor(), r.AtFirst(pattern=draw(acts(("B", "C")))))
    return r.Within(start=draw(st.sampled_from(starts)), period=period)


@st.composite
def windows(draw: Draw) -> r.Window:
    return draw(w.often(withins(), r.UntilClose()))


@st.composite
def exceptions(draw: Draw) -> r.ExceptionClause:
    kind = draw(st.integers(0, 6))
    when = x.Occurred(pattern=draw(acts()))
    if kind <= 2:
        return r.Defeat(when=draw(st.sampled_from((when, draw(equalities())))), afterwards=kind == 2)
    if kind == 3:
        return r.Extend(grant=draw(acts(("C", "D"))), period=r.Fixed(period=draw(w.plain_periods)))
    if kind == 4:
        return r.Exclude(start=draw(acts(("C", "D"))), end=draw(acts(("D", "E"))))
    if kind == 5:
        return r.Replace(when=draw(equalities()), period=r.Fixed(period=draw(w.plain_periods)))
    return r.Restart(at=draw(acts(("C", "D"))))


@st.composite
def plain_norms(draw: Draw, base: object, title: str, version: str, known: Sequence[str]) -> Norm:
    anchor = draw(openings(known))
    requirement = draw(requirements(anchor))
    excepted = draw(w.rarely(exceptions(), of=3))
    if _is_hours(requirement) and not isinstance(excepted, r.Defeat):
        excepted = None  # hours are never added to another unit
    border = draw(w.dates(base)) if version != "1" or draw(st.integers(0, 9)) == 9 else None
    case = x.Attribute(of=x.CaseSubject(), name="类型")
    return Norm(
        pack="p",
        title=title,
        version=version,
        valid=Validity(first=border) if draw(st.booleans()) else Validity(last=border),
        applies=draw(w.rarely(st.just(x.Member(item=case, values=(draw(st.sampled_from(w.KINDS)),))), of=8)),
        correlate=("对象",) if draw(st.integers(0, 5)) == 5 else (),
        anchor=anchor,
        requirement=requirement,
        exceptions=() if excepted is None else (excepted,),
        counting=Counting(next_day=draw(st.integers(0, 9)) < 9, roll=draw(st.booleans())),
        breach=Breach(category=draw(st.sampled_from(Category)), severity=draw(st.sampled_from(Severity))),
    )


def _is_hours(requirement: r.Requirement) -> bool:
    window = getattr(requirement, "window", None)
    period = window.period if isinstance(window, r.Within) else None
    return isinstance(period, r.Fixed) and period.period.parts[0].unit is w.Unit.HOUR
