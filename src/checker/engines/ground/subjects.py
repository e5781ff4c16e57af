"""Which event an expression speaks of: self, the anchor's root, the last or the n-th of a pattern (semantics §3)."""

from typing import Protocol

from checker.engines.ground.order import Matches, Side, latest, standing_before
from checker.engines.ground.patterns import Pattern, name_doubt
from checker.engines.ground.scope import Scope
from checker.engines.ground.truth import MAYBE, YES
from checker.engines.ground.view import Seen


class Subject(Protocol):
    """Finds the event; None where it is unknown."""

    def find(self, scope: Scope, at: Seen) -> Seen | None:
        """The event."""

    def missing(self, scope: Scope, at: Seen, out: set[str], name: str) -> None:
        """Name what is unknown, where the event is unknown or its attribute ``name`` is."""

    def support(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """Add the event, if it is another than self and the anchor."""


class SelfSubject:
    """The event the condition is read at."""

    def find(self, _: Scope, at: Seen) -> Seen | None:
        """Self."""
        return at

    def missing(self, _: Scope, at: Seen, out: set[str], name: str) -> None:
        """Its attribute."""
        out.add(f"{at.id}.{name}")

    def support(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """Nothing: self is named already."""


class AnchorSubject:
    """The root event of the instance."""

    def find(self, scope: Scope, _: Seen) -> Seen | None:
        """The root; None for period anchors."""
        return scope.root

    def missing(self, scope: Scope, _: Seen, out: set[str], name: str) -> None:
        """Its attribute; of a period anchor, by the printed form."""
        out.add(f"{(scope.root or scope.spot).id}.{name}")

    def support(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """Nothing: the root is evidence already."""


class LastSubject:
    """The last event before self that certainly matches."""

    def __init__(self, pattern: Pattern) -> None:
        self.pattern = pattern

    def find(self, scope: Scope, at: Seen) -> Seen | None:
        """Unknown if another possible match could stand after it, or there is none."""
        matches = self.pattern.matches(scope)
        side = standing_before(scope.view, matches, at)
        last = latest(matches, side)
        return None if last is None or self._rivals(scope, matches, side, last) else last

    def missing(self, scope: Scope, at: Seen, out: set[str], name: str) -> None:
        """The attribute of the event, or what keeps the event unknown."""
        event = self.find(scope, at)
        if event is not None:
            out.add(f"{event.id}.{name}")
            return
        matches = self.pattern.matches(scope)
        side = standing_before(scope.view, matches, at)
        last = latest(matches, side)
        rivals = side.doubtful if last is None else self._rivals(scope, matches, side, last)
        for seen in rivals:
            name_doubt(scope, self.pattern, seen, at, out)
            if last is not None and scope.view.before(seen, last) is MAYBE:
                scope.view.order_missing(seen, last, out)
        if not rivals:
            out.add(f"未见.{self.pattern.acts[0]}")

    def support(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """The event found."""
        event = self.find(scope, at)
        if event is not None:
            out.add(event.id)

    @staticmethod
    def _rivals(scope: Scope, matches: Matches, side: Side, last: Seen) -> list[Seen]:
        rivals = [seen for seen in side.doubtful if scope.view.before(seen, last) is not YES]
        if not scope.view.ordered:
            peers = (seen for seen in side.events(matches) if seen is not last and seen.day == last.day)
            rivals += [seen for seen in peers if scope.view.before(seen, last) is not YES]
        return rivals


class NthSubject:
    """The event that a pattern with an ordinal names, at or before self."""

    def __init__(self, pattern: Pattern) -> None:
        self.pattern = pattern

    def find(self, scope: Scope, at: Seen) -> Seen | None:
        """The certain match that is self or stands before it."""
        matches = self.pattern.matches(scope)
        if self.pattern.truth(scope, at.root) is YES:
            return at.root
        return latest(matches, standing_before(scope.view, matches, at))

    def missing(self, scope: Scope, at: Seen, out: set[str], name: str) -> None:
        """The attribute of the event, or what keeps the event unknown."""
        event = self.find(scope, at)
        if event is not None:
            out.add(f"{event.id}.{name}")
            return
        matches = self.pattern.matches(scope)
        own = [seen for seen, _ in matches.loose if seen is at.root]
        possible = own + [seen for seen in standing_before(scope.view, matches, at).doubtful if seen not in own]
        for seen in possible:
            name_doubt(scope, self.pattern, seen, at, out)
        if not possible:
            out.add(f"未见.{self.pattern.acts[0]}")

    def support(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """The event found."""
        event = self.find(scope, at)
        if event is not None:
            out.add(event.id)
