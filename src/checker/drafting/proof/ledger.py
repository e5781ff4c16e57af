"""逐一: first in, first out, each anchor the earliest unused act (semantics §9), where nothing is unknown."""

from __future__ import annotations

from collections.abc import Sequence

from checker.drafting.proof import terms as t
from checker.drafting.proof.acting import Candidate, first_by_key
from checker.drafting.proof.instance import VIOLATIONS, Instance
from checker.drafting.proof.terms import Bool
from checker.drafting.proof.world import Ev, World


class Ledger:
    """What the anchors of one norm version have taken so far, for each group."""

    def __init__(self, groups: int) -> None:
        self._taken: list[dict[Ev, Bool]] = [{} for _ in range(groups)]
        self._picked: list[list[tuple[Ev, Bool]]] = [[] for _ in range(groups)]

    def pick(self, groups: Sequence[Sequence[Candidate]], one: Instance, world: World) -> list[list[Candidate]]:
        """For each group the earliest unused candidate, and nothing else."""
        found = []
        for number, group in enumerate(groups):
            taken = self._taken[number]
            free = [
                (c.event, t.conj(world.decided(c.fits, one.anchored.may), t.neg(taken.get(c.event, False))), c.day)
                for c in group
            ]
            picked = {event: guard for event, guard, _ in first_by_key(free)}
            self._picked[number] = list(picked.items())
            found.append([
                Candidate(c.event, c.day, t.sure(t.conj(guard, picked.get(c.event, False))))
                for c, (_, guard, _) in zip(group, free, strict=True)
            ])  # fmt: skip
        return found

    def settle(self, one: Instance, world: World) -> None:
        """An anchor takes what it picked, unless it is exempt or unreal."""
        violation = t.disj(*(one.inner.get(verdict, False) for verdict in VIOLATIONS))
        cured = t.both(t.sure(violation), one.cured)
        taking = t.both(one.anchored, t.opposite(t.any_of(one.defeated, one.prior, cured)))
        takes = world.decided(taking)
        for number, picked in enumerate(self._picked):
            for event, guard in picked:
                known = self._taken[number].get(event, False)
                self._taken[number][event] = t.disj(known, t.conj(takes, guard))
