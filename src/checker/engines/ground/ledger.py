"""逐一: first in, first out, each anchor the earliest unused act (semantics §9, [R12])."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from checker.engines.facts import Truth
from checker.engines.ground.acts import Group, Standing
from checker.engines.ground.begins import Begin
from checker.engines.ground.patterns import Pattern
from checker.engines.ground.scope import Scope
from checker.engines.ground.truth import MAYBE, NO, YES
from checker.engines.ground.view import Seen, place_of

Named = Callable[[Pattern, Seen], frozenset[str]]
"""What is unknown of an event as a candidate of a group."""


class Ledger:
    """What the anchors of one norm have taken so far, for each group; one anchor at a time picks and settles."""

    def __init__(self, groups: tuple[Group, ...]) -> None:
        self._groups = groups
        self._taken: list[set[str]] = [set() for _ in groups]
        self._doubtful: list[dict[str, frozenset[str]]] = [{} for _ in groups]
        self._picked: list[Seen | None] = [None for _ in groups]
        self._from: list[dict[tuple[int, int], int]] = [{} for _ in groups]

    def pick(self, scope: Scope, begin: Begin) -> None:
        """For each group the earliest certain unused candidate after the beginning."""
        for number, group in enumerate(self._groups):
            found = (self._first(scope, begin, number, place) for place in range(len(group)))
            self._picked[number] = min((seen for seen in found if seen is not None), key=place_of, default=None)

    def choose(self, picked: list[Seen | None]) -> None:
        """Say what is picked, where the candidates are no window's."""
        self._picked = picked

    def unused(self, number: int, events: Iterable[Seen]) -> Seen | None:
        """The first of the events that nobody has taken, not even maybe."""
        taken, doubtful = self._taken[number], self._doubtful[number]
        return next((seen for seen in events if seen.id not in taken and seen.id not in doubtful), None)

    def free(self, group: int, seen: Seen) -> Truth:
        """The picked one is; one that is maybe taken is maybe; no other certain one is."""
        if seen is self._picked[group]:
            return YES
        if seen.id in self._doubtful[group]:
            return MAYBE
        return NO if seen.id in self._taken[group] else YES

    def certain(self, group: int, events: Iterable[Seen]) -> Iterator[Seen]:
        """The picked one and those that are maybe taken."""
        picked, doubtful = self._picked[group], self._doubtful[group]
        if picked is None and not doubtful:
            return
        for seen in events:
            if seen is picked or seen.id in doubtful:
                yield seen
                if seen is picked and not doubtful:
                    return

    def names(self, group: int, seen: Seen) -> frozenset[str]:
        """What keeps it unknown whether the event is taken."""
        return self._doubtful[group].get(seen.id, frozenset())

    def settle(self, taking: Truth, standings: Sequence[Standing], names: frozenset[str], named: Named) -> None:
        """Close the anchor: it takes what it picked, maybe takes it, or (exempt) takes nothing.

        Without a pick, whatever may have served it is maybe taken; ``named`` says what is unknown of each.
        """
        for number, picked in enumerate(self._picked):
            if taking is YES and picked is not None:
                self._taken[number].add(picked.id)
            elif taking is MAYBE and picked is not None:
                self._maybe(number, picked, names)
            elif taking is not NO and number < len(standings):
                for pattern, seen in standings[number].doubts:
                    self._maybe(number, seen, names | named(pattern, seen))
        self._picked = [None for _ in self._groups]

    def _maybe(self, number: int, seen: Seen, names: frozenset[str]) -> None:
        self._doubtful[number][seen.id] = self._doubtful[number].get(seen.id, frozenset()) | names

    def _first(self, scope: Scope, begin: Begin, number: int, place: int) -> Seen | None:
        pattern = self._groups[number][place]
        matches = pattern.matches(scope)
        side = begin.side(scope, pattern, matches)
        found = self.unused(number, side.also)
        if found is not None:
            return found
        # Skip what earlier anchors have used up in one stride: taken events never come back.
        strides = self._from[number]
        at, stop = side.certain.start, side.certain.stop
        passed = []
        while at < stop and self._is_used(number, matches.sure[at]):
            passed.append(at)
            at = strides.get((id(matches), at), at + 1)
        for step in passed:
            strides[id(matches), step] = at
        return matches.sure[at] if at < stop else None

    def _is_used(self, number: int, seen: Seen) -> bool:
        return seen.id in self._taken[number] or seen.id in self._doubtful[number]
