"""同一: events that must agree with the anchor's root event on declared attributes (semantics §2)."""

from collections.abc import Mapping
from typing import NamedTuple

from checker.engines.facts import Truth
from checker.engines.ground.scope import Scope
from checker.engines.ground.truth import MAYBE, NO, YES
from checker.engines.ground.values import plain
from checker.engines.ground.view import Seen, by_key


class Correlation(NamedTuple):
    """The attributes to agree on, and which acts declare which of them."""

    attributes: tuple[str, ...]
    declared: Mapping[str, frozenset[str]]

    def tested(self, scope: Scope, act: str) -> tuple[str, ...]:
        """The attributes tested between the root event and an event of an act."""
        if scope.root is None:
            return ()
        ours, theirs = self.declared.get(scope.root.act, frozenset()), self.declared.get(act, frozenset())
        return tuple(name for name in self.attributes if name in ours and name in theirs)

    def truth(self, scope: Scope, at: Seen) -> Truth:
        """Unknown where a side is missing or null; false where they differ."""
        result = YES
        for name in self.tested(scope, at.act):
            assert scope.root is not None
            ours, theirs = scope.root.attributes.get(name), at.attributes.get(name)
            if ours is None or theirs is None:
                result = MAYBE
            elif plain(ours) != plain(theirs):
                return NO
        return result

    def missing(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """The attributes that are missing or null, on either side."""
        for name in self.tested(scope, at.act):
            assert scope.root is not None
            out.update(f"{seen.id}.{name}" for seen in (scope.root, at) if seen.attributes.get(name) is None)

    def candidates(self, scope: Scope, act: str) -> list[Seen]:
        """Events of an act that agree, or may agree, with the root event, in order."""
        names = self.tested(scope, act)
        wanted = tuple(plain(scope.root.attributes.get(name)) for name in names) if scope.root else ()
        if not names or None in wanted:
            return scope.view.by_act[act]
        key = ("同一", act, names)
        buckets: dict[object, list[Seen]] | None = scope.view.memory.get(key)
        if buckets is None:
            buckets = scope.view.memory[key] = _buckets(scope.view.by_act[act], names)
        agreeing, unclear = buckets.get(wanted, []), buckets.get(None, [])
        return by_key([*agreeing, *unclear]) if agreeing and unclear else agreeing or unclear


def _buckets(events: list[Seen], names: tuple[str, ...]) -> dict[object, list[Seen]]:
    """Events by their values of the attributes; those that lack one under None."""
    buckets: dict[object, list[Seen]] = {}
    for seen in events:
        values = tuple(plain(seen.attributes.get(name)) for name in names)
        buckets.setdefault(None if None in values else values, []).append(seen)
    return buckets
