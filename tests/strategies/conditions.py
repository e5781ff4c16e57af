"""Random patterns, expressions and conditions. ``known`` are the norms that may be spoken of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from checker.model import expressions as x
from strategies import words as w

Draw = st.DrawFn


@dataclass(frozen=True)
class World:
    """What may be mentioned: norms that stand earlier, and the day around which things happen."""

    base: object
    known: Sequence[str]
    depth: int = 2

    @property
    def deeper(self) -> World:
        return World(self.base, self.known, self.depth - 1)


@st.composite
def actors(draw: Draw) -> x.Actor:
    if draw(st.integers(0, 3)) == 3:
        return x.AnchorActor(attribute=draw(st.sampled_from(("单位", "各单位", "主体"))))
    return x.OrganActor(names=tuple(draw(st.lists(st.sampled_from(w.ORGANS), min_size=1, max_size=2, unique=True))))


@st.composite
def patterns(draw: Draw, world: World, acts: Sequence[str] = w.FREQUENT, ordinals: bool = True) -> x.Pattern:
    is_plain = world.depth <= 0 or draw(st.integers(0, 2)) < 2
    second = draw(w.rarely(st.sampled_from((*acts, w.DEEMED, w.CLOSING)), of=6))
    first = draw(st.sampled_from(acts))
    return x.Pattern(
        acts=(first,) if second in (None, first) else (first, second),
        actor=None if is_plain else draw(w.rarely(actors(), of=2)),
        where=None if is_plain else draw(conditions(world.deeper)),
        ordinal=draw(w.rarely(st.integers(1, 2), of=8)) if ordinals else None,
        dated_by=draw(w.rarely(st.just("某日"), of=8)),
    )


@st.composite
def subjects(draw: Draw, world: World) -> x.Subject:
    kind = draw(st.integers(0, 6)) if world.depth > 0 else 0
    if kind <= 2:
        return x.SelfEvent()
    if kind <= 4:
        return x.AnchorEvent()
    pattern = draw(patterns(world.deeper))
    if kind == 5:
        return x.LastEvent(pattern=pattern)
    return x.NthEvent(pattern=pattern.model_copy(update={"ordinal": draw(st.integers(1, 2))}))


@st.composite
def attributes(draw: Draw, world: World, names: Sequence[str]) -> x.Attribute:
    return x.Attribute(of=draw(subjects(world)), name=draw(st.sampled_from(tuple(names))))


@st.composite
def dates(draw: Draw, world: World) -> x.Expression:
    kind = draw(st.integers(0, 6))
    if kind <= 2 or world.depth <= 0:
        return x.DateOf(of=draw(subjects(world)))
    if kind == 3:
        return draw(attributes(world, ["某日"]))
    if kind == 4:
        return x.LiteralValue(value=draw(w.dates(world.base)))
    if kind == 5 and world.known:
        return x.Expiry(norm=draw(st.sampled_from(list(world.known))), extended=draw(st.booleans()))
    base = draw(dates(world.deeper))
    return x.Shift(base=base, period=draw(w.plain_periods), backward=draw(st.booleans()))


@st.composite
def numbers(draw: Draw, world: World) -> x.Expression:
    kind = draw(st.integers(0, 5))
    if kind <= 1:
        return x.LiteralValue(value=draw(st.integers(0, 3)))
    if kind == 2 or world.depth <= 0:
        return draw(attributes(world, ["数额"]))
    if kind == 3 and world.known:
        return x.BreachCount(norm=draw(st.sampled_from(list(world.known))))
    pattern, inclusive = draw(patterns(world.deeper, ordinals=False)), draw(st.booleans())
    if kind == 4:
        return x.Sum(pattern=pattern, attribute="数额", inclusive=inclusive)
    return x.Count(pattern=pattern, inclusive=inclusive)


@st.composite
def comparisons(draw: Draw, world: World) -> x.Compare:
    kind = draw(st.integers(0, 5))
    order = draw(st.sampled_from(("eq", "ne", "lt", "le", "gt", "ge")))
    equality = draw(st.sampled_from(("eq", "ne")))
    if kind <= 1:
        return x.Compare(op=order, left=draw(dates(world)), right=draw(dates(world)))
    if kind == 2:
        return x.Compare(op=order, left=draw(numbers(world)), right=draw(numbers(world)))
    if kind == 3:
        literal = x.LiteralValue(value=draw(w.plain_periods))
        return x.Compare(op=order, left=draw(attributes(world, ["期限"])), right=literal)
    name, values = draw(
        st.sampled_from((("结果", w.RESULTS), ("单位", w.ORGANS), ("对象", w.KEYS), ("紧急", (True, False))))
    )
    literal = x.LiteralValue(value=draw(st.sampled_from(values)))
    return x.Compare(op=equality, left=draw(attributes(world, [name])), right=literal)


@st.composite
def of_lists(draw: Draw, world: World) -> x.Condition:
    kind = draw(st.integers(0, 3))
    if kind == 0:
        values = tuple(draw(st.lists(st.sampled_from(w.ORGANS), min_size=1, max_size=2, unique=True)))
        return x.Member(item=draw(attributes(world, ["单位", "各单位"])), values=values)
    if kind == 1:
        item = x.LiteralValue(value=draw(st.sampled_from(w.ORGANS)))
        return x.Contains(whole=draw(attributes(world, ["各单位"])), item=item)
    if kind == 2:
        sides = st.one_of(attributes(world, ["单位", "各单位"]), subjects(world).map(lambda s: x.ActorOf(of=s)))
        return x.Same(left=draw(sides), right=draw(sides))
    case = x.Attribute(of=x.CaseSubject(), name=draw(st.sampled_from(("来源", "类型"))))
    return x.Member(item=case, values=(draw(st.sampled_from(w.SOURCES + w.KINDS)),))


@st.composite
def on_events(draw: Draw, world: World) -> x.Condition:
    if world.depth <= 0 or draw(st.integers(0, 3)) < 3:
        return x.Occurred(pattern=draw(patterns(world.deeper)))
    ends = [draw(w.often(patterns(world.deeper))) for _ in range(2)]
    if ends == [None, None]:
        ends[0] = draw(patterns(world.deeper))
    return x.Inside(after=ends[0], before=ends[1])


@st.composite
def presences(draw: Draw, world: World) -> x.Present:
    whole = st.one_of(
        attributes(world, tuple(w.ATTRIBUTES)),
        dates(world),
        numbers(world),
        subjects(world).map(lambda s: x.ActorOf(of=s)),
    )
    return x.Present(of=draw(whole))


@st.composite
def conditions(draw: Draw, world: World) -> x.Condition:
    kind = draw(st.integers(0, 13))
    if kind >= 11 and world.depth > 0:
        parts = [draw(conditions(world.deeper)) for _ in range(2)]
        if kind == 11:
            return x.Not(of=parts[0])
        return x.All(of=tuple(parts)) if kind == 12 else x.AnyOf(of=tuple(parts))
    if kind <= 3:
        return draw(on_events(world))
    if kind <= 6:
        return draw(comparisons(world))
    if kind <= 8:
        return draw(of_lists(world))
    if kind == 9:
        return draw(presences(world))
    return x.ActorIs(actor=draw(actors())) if kind == 10 else x.Constant(value=draw(st.booleans()))
