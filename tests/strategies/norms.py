"""Random norms: anchors, requirements with their windows, exceptions."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from checker.model import requirements as r
from checker.model.expressions import AnchorEvent, Attribute, SelfEvent
from checker.model.norm import Anchor, Counting, Norm, OnBreach, OnEvent, OnExpiry, OnPeriod
from checker.model.source import Validity
from strategies import words as w
from strategies.conditions import World, conditions, dates, patterns

Draw = st.DrawFn


@st.composite
def anchors(draw: Draw, world: World) -> Anchor:
    kind = draw(st.integers(0, 9))
    if kind == 9:
        return OnPeriod(months=draw(st.sampled_from((1, 3, 6, 12))))
    if kind >= 5 and world.known:
        norm = draw(st.sampled_from(list(world.known)))
        return OnBreach(norm=norm) if kind >= 7 else OnExpiry(norm=norm, extended=draw(st.booleans()))
    return OnEvent(pattern=draw(patterns(world if kind == 0 else World(world.base, world.known, 0))))


@st.composite
def periods(draw: Draw, world: World, hours: bool, subject: object = None) -> r.PeriodExpr:
    kind = draw(st.integers(0, 9))
    if hours or kind <= 5 or world.depth <= 0:
        return r.Fixed(period=draw(w.hour_periods if hours else w.plain_periods))
    if kind <= 7:
        # an extension is a length of time, never a date
        name = "期限" if subject is not None else draw(st.sampled_from(("期限", "期限", "某日")))
        return r.FromAttribute(attribute=Attribute(of=subject or AnchorEvent(), name=name))
    if kind == 8 and world.known:
        return r.UntilExpiry(norm=draw(st.sampled_from(list(world.known))), extended=draw(st.booleans()))
    options = tuple(draw(periods(World(world.base, world.known, 0), hours, subject)) for _ in range(2))
    return r.Earlier(of=options) if draw(st.booleans()) else r.Later(of=options)


@st.composite
def starts(draw: Draw, world: World, anchor: Anchor) -> r.Start:
    kind = draw(st.integers(0, 6))
    if isinstance(anchor, OnPeriod) and kind >= 3:
        return r.AtPeriodEnd()
    if kind == 5:
        return r.AtFirst(pattern=draw(patterns(world.deeper)))
    return r.AtDate(attribute=Attribute(of=AnchorEvent(), name="某日")) if kind == 6 else r.AtAnchor()


@st.composite
def windows(draw: Draw, world: World, anchor: Anchor, hours: bool) -> r.Window:
    kind = draw(st.integers(0, 9))
    if isinstance(anchor, OnPeriod) and kind >= 6:
        return r.InPeriod()
    if kind == 7:
        return r.UntilClose()
    if kind == 8:
        return r.By(limit=draw(dates(world)))
    if kind == 9:
        return r.During(first=draw(dates(world)), last=draw(dates(world)))
    return r.Within(start=draw(starts(world, anchor)), period=draw(periods(world, hours)))


@st.composite
def groups(draw: Draw, world: World) -> r.Groups:
    count = draw(st.sampled_from((1, 1, 1, 2)))
    inner = draw(st.sampled_from((World(world.base, world.known, 0), world.deeper)))
    return tuple(tuple(draw(patterns(inner)) for _ in range(draw(st.sampled_from((1, 1, 1, 2))))) for _ in range(count))


@st.composite
def leads(draw: Draw) -> r.Lead:
    kind = draw(st.sampled_from(("order", "earlier_day", "same_day", "period")))
    return r.Lead(kind=kind, period=draw(w.plain_periods) if kind == "period" else None)


@st.composite
def requirements(draw: Draw, world: World, anchor: Anchor, hours: bool) -> r.Requirement:
    kind = draw(st.integers(0, 15))
    if kind <= 8:
        together = draw(st.integers(0, 3)) == 3
        window = draw(windows(world, anchor, hours))
        return r.Occur(groups=draw(groups(world)), window=window, one_to_one=together)
    if kind <= 10:
        return r.Precede(groups=draw(groups(world)), lead=draw(leads()), one_to_one=draw(st.integers(0, 3)) == 3)
    if kind <= 12:
        return r.Hold(condition=draw(conditions(world)))
    if kind == 13:
        return r.Contain(parts=tuple(draw(st.lists(st.sampled_from(w.PARTS), min_size=1, max_size=2, unique=True))))
    if kind == 14:
        unless = tuple(draw(patterns(world.deeper)) for _ in range(draw(st.integers(1, 2))))
        window = r.Within(start=draw(starts(world, anchor)), period=draw(periods(world, hours)))
        return r.Deem(unless=unless, window=window, act=w.DEEMED)
    return r.Review(question="是否妥当")


def _some(draw: Draw, world: World, of: int = 5) -> object:
    return draw(w.rarely(conditions(world.deeper), of=of))


@st.composite
def exceptions(draw: Draw, world: World, hours: bool) -> r.ExceptionClause:
    kind = draw(st.integers(0, 11))
    if kind <= 2:
        afterwards = draw(st.integers(0, 2)) == 2
        return r.Defeat(when=draw(conditions(world)), unless=_some(draw, world), afterwards=afterwards)
    if kind == 3:
        return r.Replace(when=draw(conditions(world)), unless=_some(draw, world), period=draw(periods(world, hours)))
    if kind == 4:
        return r.NoRoll(when=draw(conditions(world)), unless=_some(draw, world))
    if kind <= 7:
        return draw(extensions(world, hours))
    if kind <= 10:
        return draw(exclusions(world))
    origin = draw(w.rarely(patterns(world.deeper), of=3))
    times = draw(w.rarely(st.integers(1, 2), of=2))
    return r.Restart(at=draw(patterns(world.deeper)), origin=origin, unless=_some(draw, world), times=times)


@st.composite
def extensions(draw: Draw, world: World, hours: bool) -> r.Extend:
    grant = draw(w.often(patterns(world.deeper)))
    amounts = w.hour_periods if hours else w.plain_periods
    period: r.PeriodExpr = r.Fixed(period=draw(amounts))
    if grant is not None and not hours and draw(st.integers(0, 2)) == 2:
        period = draw(periods(World(world.base, (), 1), hours, SelfEvent()))
    return r.Extend(
        grant=grant,
        when=draw(conditions(world.deeper)) if grant is None else _some(draw, world),
        unless=_some(draw, world, of=8),
        period=period,
        times=draw(w.rarely(st.integers(1, 2), of=3)),
        total=draw(w.rarely(amounts, of=3)),
        after_expiry=draw(st.integers(0, 3)) == 3,
    )


@st.composite
def exclusions(draw: Draw, world: World) -> r.Exclude:
    end = draw(w.often(patterns(world.deeper)))
    return r.Exclude(
        start=draw(patterns(world.deeper)),
        end=end,
        length=draw(periods(World(world.base, (), 1), False, SelfEvent())) if end is None else None,
        unless=_some(draw, world, of=6),
        cap=draw(w.rarely(w.caps, of=3)),
    )


@st.composite
def validities(draw: Draw, world: World) -> Validity:
    return Validity(first=draw(w.rarely(w.dates(world.base), of=2)), last=draw(w.rarely(w.dates(world.base), of=3)))


@st.composite
def norms(draw: Draw, base: object, title: str, version: str, known: Sequence[str]) -> Norm:
    world = World(base, known)
    hours = draw(st.integers(0, 9)) == 9
    anchor = draw(anchors(world))
    counting = Counting(
        next_day=draw(st.integers(0, 5)) < 5,
        roll=draw(st.integers(0, 3)) < 3,
        month_end=False,
        next_hour=draw(st.booleans()),
    )
    return Norm(
        pack="p",
        title=title,
        version=version,
        valid=draw(validities(world)) if draw(st.integers(0, 3)) == 3 or version != "1" else Validity(),
        pivot=draw(w.rarely(patterns(world.deeper), of=6)),
        applies=draw(w.rarely(_on_case(), of=6)),
        correlate=("对象",) if draw(st.integers(0, 3)) == 3 else (),
        anchor=anchor,
        requirement=draw(requirements(world, anchor, hours)),
        exceptions=tuple(draw(st.lists(exceptions(world, hours), max_size=3))),
        counting=counting,
    )


@st.composite
def _on_case(draw: Draw) -> object:
    from checker.model import expressions as x

    name = draw(st.sampled_from(("来源", "类型")))
    item = x.Attribute(of=x.CaseSubject(), name=name)
    return x.Member(item=item, values=(draw(st.sampled_from(w.SOURCES if name == "来源" else w.KINDS)),))
