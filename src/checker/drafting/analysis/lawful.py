"""Ways to do what is asked without doing what is forbidden: looked for step by step, each step mending one offence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from checker.drafting.analysis.desk import Desk
from checker.drafting.analysis.openings import effective
from checker.drafting.analysis.worlds.acting import Actor
from checker.drafting.analysis.worlds.trying import LONG, Tried, settled
from checker.drafting.analysis.worlds.world import World
from checker.model import expressions as x
from checker.model import requirements as r
from checker.model.finding import Verdict
from checker.model.norm import Norm, OnEvent, OnPeriod

_DEPTH: Final = 9
_STATES: Final = 90
_WIDE: Final = 30


class Offence(NamedTuple):
    """A norm that is broken, at an event that was added; ``duties`` are kept all the same where ``is_met``."""

    position: int
    event: int
    found: Tried
    is_met: bool


class Search(NamedTuple):
    """What came of it. ``is_whole``: every way that was to be tried was tried."""

    kept: Tried | None
    offences: tuple[Offence, ...]
    is_whole: bool
    moves_days: bool = False
    """Whether acts were moved to other days for it: then days are tried one by one, or it is not whole."""


class _State(NamedTuple):
    world: World
    added: frozenset[int]
    depth: int


class Lawful:
    """A search for one case in which the duties are met and no added event breaks a norm."""

    def __init__(self, desk: Desk, duties: Sequence[int] = (), most: int = _STATES) -> None:
        """``duties`` have to be met by what is done; ``most`` cases are tried."""
        self.most = most
        self.desk = desk
        self.duties = tuple(duties)
        self.is_whole = True
        self.moves_days = False
        self.offences: list[Offence] = []
        self._tried = 0

    def search(self, starts: Iterable[tuple[World, Iterable[int]]]) -> Search:
        """Begin with cases and the events added in them that have to be lawful."""
        waiting = [_State(world, frozenset(added), 0) for world, added in starts][::-1]
        seen: set[str] = set()
        while waiting:
            state = waiting.pop()
            key = repr((state.world, sorted(state.added)))
            if key in seen:
                continue
            seen.add(key)
            if self._tried >= self.most:
                self.is_whole = False
                break
            for one in self._outcomes(state):
                offence = self._offence(one, state)
                if offence is None:
                    return Search(one, tuple(self.offences), self.is_whole, self.moves_days)
                waiting += [*self._mended(offence, state)][::-1]
        return Search(None, tuple(self.offences), self.is_whole, self.moves_days)

    def _outcomes(self, state: _State) -> Iterator[Tried]:
        self._tried += 1
        positions = self._watched(state)
        day = state.world.date_of(state.world.last_day + LONG)
        return settled(self.desk, state.world, positions, day)

    def _watched(self, state: _State) -> list[int]:
        acts = dict.fromkeys(state.world.event(name).act for name in sorted(state.added))
        watched = [p for act in acts for p in self.desk.by_act.get(act, ()) if is_limit(self.desk.rules.norms[p])]
        return list(dict.fromkeys((*self.duties, *watched)))

    def _offence(self, one: Tried, state: _State) -> Offence | None:
        """The first norm that is not kept; a duty that is not met counts only where nothing else is wrong."""
        ids = {one.world.id_of(name): name for name in state.added}
        is_met = all(self._is_met(one, duty) for duty in self.duties)
        for finding, instance in zip(one.evaluation.findings, one.evaluation.instances, strict=True):
            if instance.position in self.duties or finding.anchor not in ids:
                continue
            if finding.verdict.is_violation:
                offence = Offence(instance.position, ids[finding.anchor], one, is_met)
                self.offences.append(offence)
                return offence
            if finding.verdict is Verdict.UNDETERMINED:
                self.is_whole = False
        return None if is_met else Offence(self.duties[0], 0, one, False)

    def _is_met(self, one: Tried, duty: int) -> bool:
        verdicts = one.verdicts(duty)
        if isinstance(self.desk.rules.norms[duty].anchor, OnPeriod):  # one period is enough; the others have their own
            return Verdict.MET in verdicts
        return Verdict.MET in verdicts and not any(v.is_violation or v is Verdict.UNDETERMINED for v in verdicts)

    def _mended(self, offence: Offence, state: _State) -> Iterator[_State]:
        """What was filled in only to decide the trial is left open again: it binds nobody."""
        if offence.event == 0:
            return
        if state.depth >= _DEPTH:
            self.is_whole = False
            return
        before = {made.name for made in state.world.events}
        for world in self._few(self._repairs(state.world, offence)):
            added = {made.name for made in world.events} - before
            yield _State(world, state.added | added, state.depth + 1)

    def _repairs(self, world: World, offence: Offence) -> Iterator[World]:
        """Cases in which the norm is kept at the event, does not apply there, or an exception takes it away."""
        actor = Actor(self.desk, offence.position)
        actor.builder.root = offence.event
        norm = actor.norm
        match norm.requirement:
            case r.Hold(condition=condition):
                yield from actor.builder.satisfy(world, condition, True, offence.event)
            case r.Precede(groups=groups, lead=lead):
                yield from actor.preceded(world, groups, lead, offence.event)
            case _:
                return
        for clause in norm.exceptions:
            if isinstance(clause, r.Defeat):
                yield from actor.builder.satisfy(world, x.All(of=effective(clause)), True, offence.event)
        if isinstance(norm.anchor, OnEvent):
            yield from actor.builder.unfit(world, norm.anchor.pattern, offence.event)
        self.is_whole = self.is_whole and actor.builder.is_complete
        self.moves_days = self.moves_days or actor.builder.moves_days

    def _few(self, worlds: Iterator[World]) -> Iterator[World]:
        yield from islice(worlds, _WIDE)
        if next(worlds, None) is not None:
            self.is_whole = False


def is_limit(norm: Norm) -> bool:
    """Whether the norm says how an act may be done, and can stand in its way."""
    return isinstance(norm.anchor, OnEvent) and isinstance(norm.requirement, r.Hold | r.Precede)


def is_ban(norm: Norm) -> bool:
    """Whether the act is forbidden outright."""
    return isinstance(norm.requirement, r.Hold) and isinstance(norm.requirement.condition, x.Constant)
