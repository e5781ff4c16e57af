"""Compiled patterns: which events are meant, certainly or maybe (semantics §2)."""

import datetime as dt
from collections.abc import Callable
from typing import Protocol

from checker.engines.facts import Truth
from checker.engines.ground.actors import ActorTest
from checker.engines.ground.correlation import Correlation
from checker.engines.ground.features import Feature
from checker.engines.ground.order import Matches, standing_before
from checker.engines.ground.scope import Condition, Scope
from checker.engines.ground.truth import MAYBE, NO, YES
from checker.engines.ground.view import Seen, by_key


class Pattern(Protocol):
    """A compiled pattern, with or without an ordinal."""

    acts: tuple[str, ...]
    actor: ActorTest | None
    dated_by: str | None

    def matches(self, scope: Scope) -> Matches:
        """All events of the case that match or may match."""

    def truth(self, scope: Scope, at: Seen) -> Truth:
        """match(pattern, event)."""

    def missing(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """Name what keeps a maybe-match from being decided."""

    def day(self, at: Seen) -> int | None:
        """The ordinal of the day that counts where the event is tested against a limit."""

    def day_name(self, at: Seen) -> str:
        """The name of that date, where it is missing."""


class PlainPattern:
    """A pattern without an ordinal. Its matches are kept in the view, once for each value of its features."""

    __slots__ = ("actor", "acts", "correlation", "dated_by", "features", "index", "where")

    def __init__(
        self,
        index: int,
        acts: tuple[str, ...],
        *,
        actor: ActorTest | None,
        where: Condition | None,
        correlation: Correlation | None,
        dated_by: str | None,
        features: tuple[Feature, ...],
    ) -> None:
        self.index = index
        self.acts = acts
        self.actor = actor
        self.where = where
        self.correlation = correlation
        self.dated_by = dated_by
        self.features = features

    def matches(self, scope: Scope) -> Matches:
        """All events of the case that match or may match."""
        memory = scope.view.memory
        key = (self.index, *[feature(scope) for feature in self.features]) if self.features else self.index
        found: Matches | None = memory.get(key)
        if found is None:
            found = memory[key] = collect(scope, self._candidates(scope), self.truth)
        return found

    def truth(self, scope: Scope, at: Seen) -> Truth:
        """The Kleene conjunction of act, actor, where and correlation."""
        if at.act not in self.acts:
            return NO
        result = YES if at.doubt is None else MAYBE
        for part in (self.actor, self.where, self.correlation):
            if part is not None:
                truth = part.truth(scope, at)
                if truth is NO:
                    return NO
                result = truth if truth is MAYBE else result
        return result

    def missing(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """The names of all its unknown parts; of an event that may not exist, the 视为 norm."""
        if at.doubt is not None:
            out.add(f"期满.{at.doubt}")
        for part in (self.actor, self.where, self.correlation):
            if part is not None and part.truth(scope, at) is MAYBE:
                part.missing(scope, at, out)

    def day(self, at: Seen) -> int | None:
        """By ``dated_by`` if there is one; None where the record does not say."""
        if self.dated_by is None:
            return at.day
        value = at.attributes.get(self.dated_by)
        return value.toordinal() if isinstance(value, dt.date) else None

    def day_name(self, at: Seen) -> str:
        """The attribute of ``dated_by``, or 日期."""
        return f"{at.id}.{self.dated_by or '日期'}"

    def _candidates(self, scope: Scope) -> list[Seen]:
        """Events of the acts, in order; correlated ones are looked up by value, so that many anchors stay cheap."""
        by_act = scope.view.by_act
        if self.correlation is None:
            lists = [by_act[act] for act in self.acts if act in by_act]
        else:
            lists = [self.correlation.candidates(scope, act) for act in self.acts if act in by_act]
        if len(lists) == 1:
            return lists[0]
        return by_key(seen for events in lists for seen in events)


class NthPattern:
    """第 n 次: of the events that another pattern matches, the n-th (semantics §2, ordinal)."""

    __slots__ = ("actor", "acts", "base", "dated_by", "n")

    def __init__(self, base: PlainPattern, n: int) -> None:
        self.base = base
        self.n = n
        self.acts = base.acts
        self.actor = base.actor
        self.dated_by = base.dated_by

    def matches(self, scope: Scope) -> Matches:
        """The events that are, or may be, the n-th."""
        key = ("nth", self.base.index, self.n, *[feature(scope) for feature in self.base.features])
        found: Matches | None = scope.view.memory.get(key)
        if found is None:
            base = self.base.matches(scope)
            candidates = by_key([*base.sure, *(seen for seen, _ in base.loose)])
            found = scope.view.memory[key] = collect(scope, candidates, self.truth)
        return found

    def truth(self, scope: Scope, at: Seen) -> Truth:
        """Whether the event is certainly, maybe or not the n-th."""
        own = self.base.truth(scope, at)
        if own is NO:
            return NO
        side = standing_before(scope.view, self.base.matches(scope), at)
        certain, possible, wanted = side.size(), side.size() + len(side.doubtful), self.n - 1
        if certain > wanted or possible < wanted:
            return NO
        return YES if own is YES and certain == wanted == possible else MAYBE

    def missing(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """What the base pattern lacks at the event, and at those that may stand before it."""
        if self.base.truth(scope, at) is MAYBE:
            self.base.missing(scope, at, out)
        for seen in standing_before(scope.view, self.base.matches(scope), at).doubtful:
            name_doubt(scope, self.base, seen, at, out)

    def day(self, at: Seen) -> int | None:
        """As the base pattern's."""
        return self.base.day(at)

    def day_name(self, at: Seen) -> str:
        """As the base pattern's."""
        return self.base.day_name(at)


def collect(scope: Scope, candidates: list[Seen], asked: Callable[[Scope, Seen], Truth]) -> Matches:
    """Sort events, given in order, by what the pattern says of them."""
    sure: list[Seen] = []
    loose: list[tuple[Seen, Truth]] = []
    for seen in candidates:
        truth = asked(scope, seen)
        if truth is YES and seen.key is not None:
            sure.append(seen)
        elif truth is not NO:
            loose.append((seen, truth))
    return Matches(sure, loose)


def name_doubt(scope: Scope, pattern: Pattern, seen: Seen, spot: Seen, out: set[str]) -> None:
    """Name why an event's match, or its order relative to a place, is unknown."""
    if pattern.truth(scope, seen) is MAYBE:
        pattern.missing(scope, seen, out)
    if scope.view.before(seen, spot) is MAYBE:
        scope.view.order_missing(seen, spot, out)


def uncovered(scope: Scope, pattern: Pattern) -> list[str]:
    """The acts of the pattern that the record does not cover [R2]."""
    covers = scope.view.case.covers
    return [] if covers is None else [act for act in pattern.acts if act not in covers]
