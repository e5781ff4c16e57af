"""Events made to match patterns: the half of building that is about who did what."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence

from checker.calendars.calendar import Calendar
from checker.drafting.analysis.worlds.choosing import some
from checker.drafting.analysis.worlds.stating import Nothing, Spot, declared, state, stated
from checker.drafting.analysis.worlds.world import World
from checker.model import expressions as x
from checker.model.norm import RuleSet
from checker.model.values import Scalar, Value


class Fitting(ABC):
    """Builds for one norm: ``root`` is the event that opens it (None before there is one)."""

    def __init__(
        self, rules: RuleSet, calendar: Calendar, correlate: Sequence[str], constants: Callable[[str], Sequence[Scalar]]
    ) -> None:
        """Begin without a root; ``constants`` are what the rules compare an attribute of that name with."""
        self.vocabulary = rules.vocabulary
        self.norms = rules.norms
        self.calendar = calendar
        self.correlate = correlate
        self.root: int | None = None
        self.is_complete = True
        self.moves_days = False
        """Whether an event was put on another day than it had, to suit a condition."""
        self.compared_with = constants

    @abstractmethod
    def satisfy(self, world: World, condition: x.Condition, wanted: bool, at: int | None) -> Iterator[World]:
        """With the condition, read at the event (None: after all events), coming out as wanted."""

    def make(self, world: World, pattern: x.Pattern, before: int | None) -> Iterator[tuple[World, int]]:
        """With an event that matches, just before another (None: after all)."""
        for act in pattern.acts:
            grown, name = world.before(before, act)
            for fitted in self.fit(grown, pattern, name):
                yield self._counted(fitted, pattern, name), name

    def make_on(self, world: World, pattern: x.Pattern, day: int) -> Iterator[tuple[World, int]]:
        """With an event that matches on a day, after what else happened on it."""
        for act in pattern.acts:
            grown, name = world.after(act, day)
            for fitted in self.fit(grown, pattern, name):
                yield self._counted(fitted, pattern, name), name

    def _counted(self, world: World, pattern: x.Pattern, name: int) -> World:
        """With as many like it before it as its ordinal asks for."""
        made = world.event(name)
        for _ in range((pattern.ordinal or 1) - 1):
            world, other = world.before(name, made.act)
            like = world.event(other)._replace(attributes=made.attributes, actors=made.actors)
            world = world.changed(like)
        return world

    def fit(self, world: World, pattern: x.Pattern, name: int) -> Iterator[World]:
        """With the event matching the pattern, its ordinal left aside."""
        if world.event(name).act not in pattern.acts:
            return
        for by in self._acted(world, pattern.actor, name):
            for same in self._correlated(by, name):
                where = pattern.where
                yield from [same] if where is None else self.satisfy(same, where, True, name)

    def unfit(self, world: World, pattern: x.Pattern, name: int) -> Iterator[World]:
        """With the event not matching the pattern."""
        if world.event(name).act not in pattern.acts:
            yield world
            return
        if pattern.actor is not None:
            yield from self._not_acted(world, pattern.actor, name)
        if pattern.where is not None:
            yield from self.satisfy(world, pattern.where, False, name)

    def _acted(self, world: World, actor: x.Actor | None, name: int) -> Iterator[World]:
        if actor is None:
            yield world
            return
        names = self._names(world, actor)
        if names is None:
            return
        grown, wanted = names
        held = grown.event(name).actors
        if held is None:
            below = [one for one in self.vocabulary.organs if any(self.vocabulary.organ_is(one, w) for w in wanted)]
            for one in dict.fromkeys((*wanted, *below)):
                yield grown.changed(grown.event(name)._replace(actors=(one,)))
        elif any(self.vocabulary.organ_is(one, other) for one in held for other in wanted):
            yield grown

    def _not_acted(self, world: World, actor: x.Actor, name: int) -> Iterator[World]:
        names = self._names(world, actor)
        if names is None:
            return
        grown, wanted = names
        held = grown.event(name).actors
        for one in held or (*self.vocabulary.organs, *self.vocabulary.persons):
            kin = [self.vocabulary.organ_is(one, w) is False and not self.vocabulary.organ_is(w, one) for w in wanted]
            if all(kin):
                yield grown.changed(grown.event(name)._replace(actors=held or (one,)))
                if held:
                    return

    def _names(self, world: World, actor: x.Actor) -> tuple[World, tuple[str, ...]] | None:
        """Who is meant, the root saying so if it said nothing yet."""
        if isinstance(actor, x.OrganActor):
            return world, actor.names
        if self.root is None:
            self.is_complete = False
            return None
        spot = Spot(self.root, actor.attribute)
        value = stated(world, spot)
        if isinstance(value, Nothing):
            kind = declared(spot, world, self.vocabulary)
            chosen_value: Value = (next(iter(self.vocabulary.organs), "甲"),)
            if kind is not None:
                chosen_value = some(kind, world.base, self.vocabulary)
            grown = state(world, spot, chosen_value, self.vocabulary)
            if grown is None:
                return None
            world, value = grown, chosen_value
        listed = value if isinstance(value, tuple) else (value,)
        return world, tuple(str(one) for one in listed if one is not None)

    def _correlated(self, world: World, name: int) -> Iterator[World]:
        root = self.root
        for attribute in self.correlate if root is not None and root != name else ():
            assert root is not None
            mine, own = Spot(name, attribute), Spot(root, attribute)
            kind = declared(own, world, self.vocabulary)
            if declared(mine, world, self.vocabulary) is None or kind is None:
                continue
            value = stated(world, own)
            value = stated(world, mine) if isinstance(value, Nothing) else value
            value = some(kind, world.base, self.vocabulary) if isinstance(value, Nothing) else value
            for spot in (mine, own):
                grown = state(world, spot, value, self.vocabulary)
                if grown is None:
                    return
                world = grown
        yield world
