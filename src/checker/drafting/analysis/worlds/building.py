"""Cases made to fit: events that match a pattern, values at which a condition holds or does not.

Everything here only proposes; whether a proposal does what it is for, the engine says. ``is_complete`` turns false as
soon as a form is met of which not every way to satisfy it is proposed.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from checker.drafting.analysis.logic.values import OTHER, compared, turned
from checker.drafting.analysis.worlds.choosing import chosen, each, lists_with, some
from checker.drafting.analysis.worlds.fitting import Fitting
from checker.drafting.analysis.worlds.stating import (
    CASE,
    NOTHING,
    Nothing,
    Spot,
    declared,
    moved,
    restated,
    spot_of,
    state,
    stated,
)
from checker.drafting.analysis.worlds.world import World
from checker.model import expressions as x
from checker.model.dependencies import parts_of
from checker.model.norm import OnEvent
from checker.model.values import Part, Period, Scalar, Unit, Value

_NEGATED: Final = {"lt": "ge", "ge": "lt", "le": "gt", "gt": "le", "eq": "ne", "ne": "eq"}
_STEPS: Final = (0, 1, -1)
_YEAR: Final = Period(parts=(Part(n=1, unit=Unit.YEAR),))
_LAGS: Final = (0, 3, 12, 25, 80, 200, 700)


class Builder(Fitting):
    """Builds for one norm, conditions included."""

    def satisfy(self, world: World, condition: x.Condition, wanted: bool, at: int | None) -> Iterator[World]:
        """With the condition, read at the event (None: after all events), coming out as wanted."""
        match condition:
            case x.Constant():
                yield from [world] if condition.value is wanted else []
            case x.Not():
                yield from self.satisfy(world, condition.of, not wanted, at)
            case x.All() | x.AnyOf():
                every = isinstance(condition, x.All) is wanted
                yield from (
                    self._of_all(world, condition.of, wanted, at)
                    if every
                    else self._of_any(world, condition.of, wanted, at)
                )
            case x.Occurred():
                yield from (
                    self._seen(world, condition.pattern, at) if wanted else self._unseen(world, condition.pattern, at)
                )
            case x.Inside():
                yield from self._inside(world, condition, wanted, at)
            case x.ActorIs():
                if at is not None:
                    yield from (self._acted if wanted else self._not_acted)(world, condition.actor, at)
            case _:
                yield from self._compared(world, condition, wanted, at)

    def _of_all(self, world: World, parts: Sequence[x.Condition], wanted: bool, at: int | None) -> Iterator[World]:
        if not parts:
            yield world
            return
        for grown in self.satisfy(world, parts[0], wanted, at):
            yield from self._of_all(grown, parts[1:], wanted, at)

    def _of_any(self, world: World, parts: Sequence[x.Condition], wanted: bool, at: int | None) -> Iterator[World]:
        for part in parts:
            yield from self.satisfy(world, part, wanted, at)

    def earlier(self, world: World, pattern: x.Pattern, at: int | None) -> list[int]:
        """The events before another whose act the pattern names, in order."""
        until = len(world.events) if at is None else world.place(at)
        return [one.name for one in world.events[:until] if one.act in pattern.acts]

    def _seen(self, world: World, pattern: x.Pattern, at: int | None) -> Iterator[World]:
        for name in self.earlier(world, pattern, at):
            yield from self.fit(world, pattern, name)
        for grown, _ in self.make(world, pattern, at):
            yield grown

    def _unseen(self, world: World, pattern: x.Pattern, at: int | None) -> Iterator[World]:
        found = [world]
        for name in self.earlier(world, pattern, at):
            found = [grown for one in found for grown in self.unfit(one, pattern, name)][:8]
        yield from found

    def _inside(self, world: World, span: x.Inside, wanted: bool, at: int | None) -> Iterator[World]:
        if span.after is None or span.before is None:
            pattern = span.after or span.before
            if pattern is not None:
                occurs = wanted if span.after is not None else not wanted
                yield from self._seen(world, pattern, at) if occurs else self._unseen(world, pattern, at)
            return
        if wanted:
            for grown in self._seen(world, span.after, at):
                yield from self._unseen(grown, span.before, at)
            return
        yield from self._unseen(world, span.after, at)
        yield from (grown for grown, _ in self.make(world, span.before, at))

    def _compared(self, world: World, condition: x.Condition, wanted: bool, at: int | None) -> Iterator[World]:
        match condition:
            case x.Compare():
                test = turned(condition)
                if isinstance(test.right, x.LiteralValue):
                    yield from self._tested(world, test, test.left, wanted, at)
                else:
                    yield from self._related(world, test, wanted, at)
            case x.Member():
                yield from self._tested(world, condition, condition.item, wanted, at)
            case x.Present():
                yield from self._tested(world, condition, condition.of, wanted, at)
            case x.Contains(whole=whole, item=x.LiteralValue(value=value)):
                for grown, spot in self._spots(world, whole, at):
                    yield from self._listed(grown, spot, value, wanted)
            case x.Same():
                yield from self._same(world, condition, wanted, at)
            case _:
                self.is_complete = False
                yield world

    def _listed(self, world: World, spot: Spot, value: Scalar, wanted: bool) -> Iterator[World]:
        held = stated(world, spot)
        if isinstance(held, tuple) and held and wanted and value not in held and spot.name != "主体":
            yield restated(world, spot, (*held, value))
            return
        kind = declared(spot, world, self.vocabulary)
        if held is NOTHING:
            yield from self._stated(world, spot, lists_with(value, wanted, kind))
        elif isinstance(held, tuple) and (value in held) is wanted:
            yield world

    def _tested(
        self, world: World, test: x.Compare | x.Member | x.Present, held: x.Expression, wanted: bool, at: int | None
    ) -> Iterator[World]:
        if isinstance(held, x.Count | x.Sum) and isinstance(test, x.Compare):
            yield from self._totalled(world, test, held, wanted, at)
            return
        if not isinstance(held, x.Attribute | x.DateOf | x.ActorOf):
            self.is_complete = False
            yield world
            return
        for grown, spot in self._spots(world, held, at):
            kind = declared(spot, grown, self.vocabulary)
            values = chosen(test, wanted, kind, self.vocabulary, self.compared_with(spot.name))
            yield from self._stated(grown, spot, values)

    def _stated(self, world: World, spot: Spot, values: Iterator[Value]) -> Iterator[World]:
        for value in values:
            grown = state(world, spot, value, self.vocabulary)
            if grown is not None:
                yield grown

    def _spots(self, world: World, held: x.Expression, at: int | None) -> Iterator[tuple[World, Spot]]:
        if not isinstance(held, x.Attribute | x.DateOf | x.ActorOf):
            return
        for grown, owner in self.owners(world, held.of, at):
            spot = spot_of(held, owner)
            if spot is not None:
                yield grown, spot

    def owners(self, world: World, subject: x.Subject, at: int | None) -> Iterator[tuple[World, int]]:
        """Whose attribute is meant; with an event more, if there is none yet."""
        match subject:
            case x.SelfEvent():
                yield from [(world, at)] if at is not None else []
            case x.AnchorEvent():
                yield from [(world, self.root)] if self.root is not None else []
            case x.CaseSubject():
                yield world, CASE
            case x.LastEvent() | x.NthEvent():
                found = self.earlier(world, subject.pattern, at)
                first = isinstance(subject, x.NthEvent)
                if first and at is not None and world.event(at).act in subject.pattern.acts and not found:
                    found = [at]
                for name in found[:1] if first else found[-1:]:
                    yield from ((grown, name) for grown in self.fit(world, subject.pattern, name))
                if not found:
                    yield from self.make(world, subject.pattern, at)

    def _totalled(
        self, world: World, test: x.Compare, held: x.Count | x.Sum, wanted: bool, at: int | None
    ) -> Iterator[World]:
        if isinstance(held, x.Sum) or not isinstance(test.right, x.LiteralValue):
            self.is_complete = False
            yield world
            return
        bound = test.right.value
        assert isinstance(bound, int | float) or hasattr(bound, "as_tuple")
        here = len(self.earlier(world, held.pattern, at))
        here += held.inclusive and at is not None and world.event(at).act in held.pattern.acts
        for total in sorted({int(bound) + step for step in _STEPS if int(bound) + step >= here}):  # type: ignore[arg-type]
            if compared(test.op, total, bound) is wanted:
                yield from self._more(world, held.pattern, total - here, at)

    def _more(self, world: World, pattern: x.Pattern, times: int, at: int | None) -> Iterator[World]:
        if times <= 0:
            yield world
            return
        for grown, _ in self.make(world, pattern.model_copy(update={"ordinal": None}), at):
            yield from self._more(grown, pattern, times - 1, at)

    # --------------------------------------------------------------------------------------------- two sides that vary

    def _related(self, world: World, test: x.Compare, wanted: bool, at: int | None) -> Iterator[World]:
        waits = [one.norm for side in (test.left, test.right) for one in parts_of(side) if isinstance(one, x.Expiry)]
        if waits:
            self.is_complete = False
            yield from self._running(world, waits[0], at)
            return
        op = test.op if wanted else _NEGATED[test.op]
        for grown, value in self._values(world, test.right, at):
            for placed, spot in self._spots(grown, test.left, at):
                if spot.name == "日期":
                    self.moves_days = True
                else:
                    self.is_complete = False
                now = stated(placed, spot)
                for near in ((now,) if isinstance(now, dt.date) else ()) + tuple(_around(value)):
                    if compared(op, near, value):
                        yield from self._stated(placed, spot, iter([near]))
        if not isinstance(test.left, x.Attribute | x.DateOf | x.ActorOf):
            self.is_complete = False
            yield world

    def _running(self, world: World, norm: str, at: int | None) -> Iterator[World]:
        """With the period of another norm under way, this event early in it or late."""
        patterns = [one.anchor.pattern for one in self.norms if one.id == norm and isinstance(one.anchor, OnEvent)]
        for pattern in patterns:
            for grown, name in self.make(world, pattern, at):
                for later in _LAGS if at is not None else ():
                    made = grown.event(at)  # type: ignore[arg-type]
                    yield from self._lengths(grown.changed(made._replace(day=made.day + later)), name)

    def _lengths(self, world: World, name: int) -> Iterator[World]:
        """As it is, and with a long period where the event states one."""
        yield world
        for attribute, kind in self.vocabulary.acts[world.event(name).act].attributes.items():
            if kind.name == "期间" and not kind.many:
                yield from self._stated(world, Spot(name, attribute), iter([_YEAR]))

    def _values(self, world: World, held: x.Expression, at: int | None) -> Iterator[tuple[World, Scalar]]:
        """What the expression comes to, stated for the purpose if it is not stated yet."""
        if isinstance(held, x.Shift):
            for grown, day in self._values(world, held.base, at):
                later = moved(day, held, self.calendar) if isinstance(day, dt.date) else NOTHING
                if not isinstance(later, Nothing):
                    yield grown, later
            return
        if not isinstance(held, x.Attribute | x.DateOf):
            self.is_complete = False
            return
        for grown, spot in self._spots(world, held, at):
            value = stated(grown, spot)
            if isinstance(value, Nothing):
                kind = declared(spot, grown, self.vocabulary)
                if kind is None:
                    continue
                value = some(kind, grown.base, self.vocabulary)
                found = state(grown, spot, value, self.vocabulary)
                if found is None:
                    continue
                grown = found  # noqa: PLW2901
            if value is not None and not isinstance(value, tuple):
                yield grown, value

    def _same(self, world: World, test: x.Same, wanted: bool, at: int | None) -> Iterator[World]:
        for one, left in self._spots(world, test.left, at):
            for two, right in self._spots(one, test.right, at):
                for grown, value in self._known(two, right):
                    held = value if isinstance(value, tuple) else (value,)
                    yield from self._stated(grown, left, self._shaped(held, wanted, left, grown))

    def _known(self, world: World, spot: Spot) -> Iterator[tuple[World, Value]]:
        value = stated(world, spot)
        if not isinstance(value, Nothing):
            yield world, value
            return
        kind = declared(spot, world, self.vocabulary)
        values: list[Value] = [(one,) for one in (*self.vocabulary.organs, *self.vocabulary.persons, "甲")]
        if kind is not None:
            values = list(each(kind, world.base, self.vocabulary))
        for one in values:
            found = state(world, spot, one, self.vocabulary)
            if found is not None:
                yield found, one

    def _shaped(self, held: Sequence[object], wanted: bool, spot: Spot, world: World) -> Iterator[Value]:
        known = (*self.vocabulary.organs, *self.vocabulary.persons, "乙")
        names = [str(one) for one in held] if wanted else [one for one in known if one not in held]
        kind = declared(spot, world, self.vocabulary)
        single = spot.name != "主体" and kind is not None and not kind.many
        if wanted and not single and not names:
            return
        for name in names:
            yield name if single else (name,)


def _around(value: Scalar) -> Iterator[Scalar]:
    yield value
    if isinstance(value, dt.date):
        yield from (value + dt.timedelta(days=step) for step in (1, -1, 10, -10))
    elif isinstance(value, str):
        yield OTHER
    elif not isinstance(value, bool):
        yield from (value + step for step in (1, -1)) if not hasattr(value, "parts") else ()
