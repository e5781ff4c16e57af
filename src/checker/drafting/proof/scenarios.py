"""Double binds: a case from which nothing that may still be done keeps two norms, though each alone could be kept.

For every scenario there has to be no way on: that is asked by turns. The solver proposes a scenario; then it looks for
a way on that keeps both; each such way is held against all further scenarios. Where none is found any more, the last
check, which found none, is the proof.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import NamedTuple

from checker.calendars.calendar import Calendar
from checker.drafting.answers import Bound, Proved, Undecided, Witness
from checker.drafting.proof import terms as t
from checker.drafting.proof.claims import Bind, DoubleBind
from checker.drafting.proof.concrete import Model
from checker.drafting.proof.cone import cone_of
from checker.drafting.proof.evaluating import Evaluation
from checker.drafting.proof.instance import Instance
from checker.drafting.proof.replaying import replayed
from checker.drafting.proof.solving import find
from checker.drafting.proof.terms import Bool
from checker.drafting.proof.universe import Universe, universe_of
from checker.drafting.proof.unsupported import OutOfTime, Unsupported
from checker.drafting.proof.world import Growth, World
from checker.model.finding import Verdict
from checker.model.norm import RuleSet
from checker.model.requirements import Deem, Occur, Precede

LONGEST = 2
"""Events of a scenario."""
FURTHER, MOST_FURTHER = 3, 5
"""Acts by which a scenario may go on: at least, or one more than both norms ask for, but at most."""


class Way(NamedTuple):
    """One way on, by so many events: its world, what the norms say at its end, and what must hold of it."""

    world: World
    evaluation: Evaluation
    keeps: tuple[Bool, Bool]

    @property
    def allowed(self) -> Bool:
        """That it is a case at all."""
        return t.conj(*self.world.constraints, *self.world.assumed)


@dataclass(eq=False)
class _Search:
    rules: RuleSet
    claim: DoubleBind
    bound: Bound
    calendar: Calendar
    deadline: float
    universe: Universe
    refuted: list[Bool] = field(default_factory=list)

    def run(self) -> Bind:
        for size in range(1, min(self.bound.events, LONGEST) + 1):
            found = self.of(size)
            if found is not None:
                return found
        return Bind(answer=Proved(bound=self.bound))

    def of(self, size: int) -> Bind | None:
        """Scenarios of so many events."""
        scenario = World(self.universe, self.bound, size)
        before = Evaluation(self.rules, scenario, self.calendar, self.deadline)
        live = t.conj(self._live(before), self._is_fresh(before, size))
        if live is False:
            return None
        more = range(self._further() + 1)
        ways = [self._way(scenario, size, n, "又") for n in more]
        alone = [[self._way(scenario, size, n, tag) for n in more] for tag in ("甲", "乙")]
        for way in (*ways, *alone[0], *alone[1]):
            scenario.adopt(way.world)
        could = [t.disj(*(t.conj(way.allowed, way.keeps[i]) for way in alone[i])) for i in (0, 1)]
        refuted: list[Bool] = []
        while True:
            proposed = find(scenario, [live, *could, *refuted], self.deadline)
            if proposed is None:
                return None
            fixed = _fixed(proposed, scenario)
            answer = self._answered(fixed, ways, refuted)
            if not answer:
                return self._witness(proposed, before, alone, fixed)

    def _answered(self, fixed: list[Bool], ways: list[Way], refuted: list[Bool]) -> bool:
        """Whether some way on from this scenario keeps both; it is then held against all others."""
        for way in ways:
            model = find(way.world, [*fixed, *way.keeps], self.deadline)
            if model is not None:
                good = t.conj(way.allowed, *way.keeps)
                refuted.append(t.neg(model.put_into(good, way.world)))
                return True
        return False

    def _live(self, evaluation: Evaluation) -> Bool:
        """Both wait for something, or one does and the other is a matter of single acts; nothing is lost yet."""
        names = (self.claim.one, self.claim.other)
        found = [self._waiting(name, evaluation) for name in names]
        windows = [self._has_window(name) for name in names]
        if not any(windows):
            return False
        clean = (t.neg(t.disj(*(one.violated for one in evaluation.past.of(name)))) for name in names)
        return t.conj(*clean, *(waits for waits, timed in zip(found, windows, strict=True) if timed))

    def _further(self) -> int:
        asked = [
            len(norm.requirement.groups)
            for norm in self.rules.norms
            if norm.id in (self.claim.one, self.claim.other) and isinstance(norm.requirement, Occur | Precede)
        ]
        return min(max(FURTHER, sum(asked) + 1), MOST_FURTHER)

    def _is_fresh(self, before: Evaluation, size: int) -> Bool:
        """The last event has just opened one of the norms, so that nobody has merely waited too long."""
        world = before.world
        opened = [
            one.is_(Verdict.PENDING)
            for name in (self.claim.one, self.claim.other)
            for one in before.past.of(name)
            if one.scope.root is not None and one.scope.root.event is world.events[size - 1]
        ]
        return t.conj(t.same(world.as_of, world.events[size - 1].day), t.disj(*opened))

    def _has_window(self, name: str) -> bool:
        return any(isinstance(norm.requirement, Occur | Deem) for norm in self.rules.norms if norm.id == name)

    @staticmethod
    def _waiting(name: str, evaluation: Evaluation) -> Bool:
        return t.disj(*(one.is_(Verdict.PENDING) for one in evaluation.past.of(name)))

    def _way(self, scenario: World, size: int, more: int, tag: str) -> Way:
        growth = Growth(f"{tag}{more}", size, scenario.as_of)
        world = World(self.universe, self.bound, size + more, growth=growth)
        evaluation = Evaluation(self.rules, world, self.calendar, self.deadline)
        keeps = tuple(self._kept(evaluation.past.of(name)) for name in (self.claim.one, self.claim.other))
        return Way(world, evaluation, (keeps[0], keeps[1]))

    @staticmethod
    def _kept(instances: list[Instance]) -> Bool:
        """Nothing violated, and nothing left open by what the record does not say."""
        lost = (t.disj(one.violated, one.is_(Verdict.UNDETERMINED)) for one in instances)
        return t.neg(t.disj(*lost))

    def _witness(self, proposed: Model, before: Evaluation, alone: list[list[Way]], fixed: list[Bool]) -> Bind:
        kept = [self._going_on(ways, i, fixed) for i, ways in enumerate(alone)]
        case = replayed(proposed, [before], self.calendar, "两难")
        return Bind(
            answer=Witness(case=case, as_of=proposed.as_of), keeping_one=kept[0], keeping_other=kept[1]
        )  # fmt: skip

    def _going_on(self, ways: list[Way], which: int, fixed: list[Bool]) -> Witness | None:
        for way in ways:
            model = find(way.world, [*fixed, way.keeps[which]], self.deadline)
            if model is not None:
                name = "只履行甲" if which == 0 else "只履行乙"
                case = replayed(model, [way.evaluation], self.calendar, name)
                return Witness(case=case, as_of=model.as_of)
        return None


def bound_twice(rules: RuleSet, claim: DoubleBind, bound: Bound, calendar: Calendar) -> Bind:
    """See :func:`checker.drafting.proof.asking.double_bind`."""
    cone = cone_of(rules, (claim.one, claim.other))
    deadline = time.process_time() + bound.seconds
    try:
        return _Search(cone, claim, bound, calendar, deadline, universe_of(cone)).run()
    except OutOfTime:
        return Bind(answer=Undecided(reason="超时"))
    except Unsupported as unsupported:
        return Bind(answer=Undecided(reason=f"不支持的形式：{unsupported.form}"))


def _fixed(model: Model, scenario: World) -> list[Bool]:
    """The scenario as it was proposed, to the last variable."""
    found: list[Bool] = [t.same(day, t.day(model.number(day))) for day in scenario.dates.values()]
    found += [guard if model.holds(guard) else t.neg(guard) for guard in scenario.bools.values()]
    for options in scenario.choices.values():
        found += [guard if model.holds(guard) else t.neg(guard) for guard, _ in options]
    return [one for one in found if one is not True]
