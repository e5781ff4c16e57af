"""All instances of a rule set in one symbolic case: stratum by stratum, as the engines go (semantics §12)."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from checker.calendars.amount import amount_of
from checker.calendars.calendar import Calendar
from checker.drafting.proof import terms as t
from checker.drafting.proof.acting import (
    Candidate,
    Chosen,
    Group,
    candidates,
    first_by_key,
    is_before,
    joined,
    last_by_key,
    stand,
)
from checker.drafting.proof.folding import Fold, effective
from checker.drafting.proof.instance import NOWHERE, Acted, Instance, Timing
from checker.drafting.proof.judging import deems, judge
from checker.drafting.proof.ledger import Ledger
from checker.drafting.proof.opening import open_anchors
from checker.drafting.proof.past import Past
from checker.drafting.proof.reading import Reader
from checker.drafting.proof.reckoning import NOTHING, How, Reckoner, Rule
from checker.drafting.proof.states import IDLE
from checker.drafting.proof.terms import Bool, Day, Kleene
from checker.drafting.proof.unsupported import OutOfTime, Unsupported
from checker.drafting.proof.windows import Begun, Start, Windows
from checker.drafting.proof.world import Deemed, Ev, Options, World
from checker.engines.ground.building import overriding
from checker.engines.ground.scope import UNKNOWN
from checker.model import requirements as r
from checker.model.expressions import AnchorActor, OrganActor
from checker.model.norm import Norm, RuleSet


class Evaluation:
    """What a rule set says of a symbolic case; ``instances`` by norm."""

    def __init__(self, rules: RuleSet, world: World, calendar: Calendar, deadline: float) -> None:
        self.rules = rules
        self.world = world
        self.past = Past()
        self._deadline = deadline
        self._reader = Reader(world, Reckoner(world, calendar), self.past)
        self._above = overriding(rules)
        for stratum in rules.strata:
            self._stratum(stratum)

    @property
    def instances(self) -> list[Instance]:
        """All, in the order of norms and anchors."""
        found = [one for instances in self.past.instances.values() for one in instances]
        return sorted(found, key=lambda one: (one.position, one.number))

    def _stratum(self, positions: tuple[int, ...]) -> None:
        deemed: list[Ev] = []
        for position in positions:
            norm = self.rules.norms[position]
            closing = self.rules.pack(norm.pack).closing
            work = _Work(self._reader, norm, Windows(self._reader, closing), self._above.get(norm.id, ()))
            for one in work.instances(position):
                if time.process_time() > self._deadline:
                    raise OutOfTime
                self.past.instances.setdefault(norm.id, []).append(one)
                if isinstance(norm.requirement, r.Deem):
                    event = self._deemed(one, norm.requirement, len(self._reader.events) + len(deemed))
                    deemed += [event] if event is not None else []
        self._reader.events += deemed

    def _deemed(self, one: Instance, requirement: r.Deem, number: int) -> Ev | None:
        there = deems(one, self.world.as_of)
        if there.may is False or one.timing is None:
            return None
        root = one.scope.root
        known: dict[str, Options] = {}
        if root is not None and root.event is not None and root.act is not None:
            for name in one.norm.correlate:
                options = self.world.attribute(root.event, root.act, name)
                if all(value is not UNKNOWN for _, value in options):
                    known[name] = options
        named = Deemed((one.position, one.number), f"视为:{one.norm.id}@{one.printed}", known)
        return Ev(number, ((requirement.act, True),), one.timing.due.day, there, named)


class _Work:
    """The instances of one norm."""

    def __init__(self, reader: Reader, norm: Norm, windows: Windows, above: tuple[str, ...]) -> None:
        self.reader = reader
        self.world = reader.world
        self.norm = norm
        self.windows = windows
        self.above = above
        self.ledger: Ledger | None = None

    def instances(self, position: int) -> list[Instance]:
        """All of them, evaluated in the order of their anchors."""
        found = open_anchors(self.reader, self.norm, position)
        requirement = self.norm.requirement
        if isinstance(requirement, r.Occur | r.Precede) and requirement.one_to_one:
            if any(one.spot.side is not None or one.spot.event.deemed for one in found if one.spot.event):
                raise Unsupported("逐一而不以记录中的行为为起点")
            self.ledger = Ledger(len(requirement.groups))
        for one in found:
            self._evaluate(one)
        return found

    def _evaluate(self, one: Instance) -> None:
        self._prior(one)
        requirement = self.norm.requirement
        one.bearer = self._bearer(one)
        match requirement:
            case r.Occur() | r.Deem():
                self._windowed(one, requirement)
            case r.Precede():
                self._preceded(one, requirement)
            case r.Hold():
                one.holds = self.reader.truth(requirement.condition, one.spot, one.scope)
            case r.Contain():
                one.holds = self._contains(one, requirement)
            case r.Review():
                one.answer = self.world.answer(self.norm.id, one.printed)
        self._defeats(one)
        judge(one, self.world.as_of)
        if self.ledger is not None:
            self.ledger.settle(one, self.world)

    def _contains(self, one: Instance, requirement: r.Contain) -> Kleene:
        if one.spot.side is not None or one.spot.event is None:
            raise Unsupported("不以行为为起点的载明")
        event = one.spot.event
        if event.deemed is not None:
            return t.MAYBE
        return t.sure(t.conj(*(self.world.has_part(event, part) for part in requirement.parts)))

    def _prior(self, one: Instance) -> None:
        """N 优先于 M: an instance of N at the same anchor that nothing defeats."""
        rows = []
        for norm in self.above:
            for above in self.reader.past.of(norm):
                if above.printed == one.printed:
                    stands = t.both(above.anchored, t.opposite(t.any_of(above.defeated, above.prior)))
                    rows.append((stands, above))
        one.prior = t.any_of(*(stands for stands, _ in rows))
        one.above = tuple((stands.yes, above) for stands, above in rows)

    def _windowed(self, one: Instance, requirement: r.Occur | r.Deem) -> None:
        groups = requirement.groups if isinstance(requirement, r.Occur) else (requirement.unless,)
        window = requirement.window
        if isinstance(window, r.Within):
            one.timing = self._within(one, window, groups)
        else:
            one.timing = self.windows.fixed(one, window)
        found = self._candidates(one, groups, one.timing.begun)
        one.acted = _unless_unknown(joined([stand(group, one.timing) for group in found]), one.timing)

    def _candidates(self, one: Instance, groups: Sequence[Group], begun: Begun) -> list[list[Candidate]]:
        found = [candidates(self.reader, group, one.scope, begun) for group in groups]
        return found if self.ledger is None else self.ledger.pick(found, one, self.world)

    def _within(self, one: Instance, window: r.Within, groups: Sequence[Group]) -> Timing:
        start = self.windows.start(one, window.start)
        reckoner, where = self.reader.reckoner, t.conj(one.anchored.may, start.known)
        if not any(not isinstance(clause, r.Defeat) for clause in self.norm.exceptions):
            rule = Rule.of(self.norm.counting)
            bases = self.windows.bases(one, window.period, one.spot, start.day, rule)
            due = reckoner.due(start.day, bases, NOTHING, (), How(rule, rule.roll), where)
            known = t.conj(start.known, t.disj(*(guard for guard, _ in bases)))
            return Timing(known, start.idle, False, t.neg(t.disj(known, start.idle)), due, start.begun, known, due)
        return self._folded(one, start, groups)

    def _folded(self, one: Instance, start: Start, groups: Sequence[Group]) -> Timing:
        fold = Fold(self.reader, self.windows, one, start, self._candidates(one, groups, start.begun))
        first, last = fold.states()
        ends = self.reader.reckoner.first_of
        has, original = ends((guard, fold.standing.due(state, guard)) for state, guard in first.items())
        counted = [(state, guard) for state, guard in last.items() if state.origin != IDLE]
        waiting = t.disj(*(guard for state, guard in last.items() if state.origin == IDLE))
        running = [(t.conj(guard, t.neg(fold.standing.open(state))), state) for state, guard in counted]
        timed, due = ends((guard, fold.standing.due(state, guard)) for guard, state in running)
        still = [(t.conj(guard, fold.standing.open(state)), state) for state, guard in counted]
        still = [(guard, state) for guard, state in still if guard is not False]
        stopped = t.disj(*(guard for guard, _ in still))

        def left() -> Day:
            days = [(guard, fold.standing.remaining(state, guard)) for guard, state in still]
            return t.first_of(days[:-1], days[-1][1]) if days else NOWHERE

        idle = t.disj(start.idle, waiting)
        unknown = t.neg(t.disj(timed, idle, stopped))
        return Timing(timed, idle, stopped, unknown, due, start.begun, has, original, left)

    def _preceded(self, one: Instance, requirement: r.Precede) -> None:
        lead = self._lead(one, requirement.lead)
        groups = self._candidates(one, requirement.groups, lead)
        one.holds = t.both(*(t.any_of(*(c.fits for c in group)) for group in groups))
        cite = last_by_key if self.ledger is None else first_by_key
        cited: Chosen = cite([(c.event, c.fits.yes, c.day) for c in groups[-1]])
        one.acted = Acted(one.holds.yes, False, one.holds.unknown, one.holds.no, tuple(cited))

    def _lead(self, one: Instance, lead: r.Lead) -> Callable[[Ev, Day], Bool]:
        spot = one.spot
        if lead.kind == "order":
            return lambda event, _: spot.after(event)
        if lead.kind == "period":
            assert lead.period is not None
            limit = self.reader.reckoner.shifted(spot.day, amount_of(lead.period), True, one.anchored.may)
        else:
            limit = t.moved(spot.day, -1) if lead.kind == "earlier_day" else spot.day
        return lambda _, day: t.le(day, limit)

    def _defeats(self, one: Instance) -> None:
        clauses = [clause for clause in self.norm.exceptions if isinstance(clause, r.Defeat)]
        if not clauses:
            return
        one.scope.horizon = self._horizon(one)
        ordinary = [self._value(clause, one) for clause in clauses]
        one.defeated = t.any_of(*ordinary)
        late = [(clause, value) for clause, value in zip(clauses, ordinary, strict=True) if clause.afterwards]
        if late:
            one.scope.horizon = lambda _: True
            cures = [t.both(t.sure(t.neg(v.yes)), self._value(clause, one)) for clause, v in late]
            one.cured = t.any_of(*cures)

    def _value(self, clause: r.Defeat, one: Instance) -> Kleene:
        return self.reader.truth(effective(clause.when, clause.unless), one.spot, one.scope, top=True)

    def _horizon(self, one: Instance) -> Callable[[Ev], Bool]:
        """Up to the due date and before the discharge; of other forms, before the anchor."""
        timing, acted = one.timing, one.acted
        if timing is None or acted is None:
            return one.spot.after

        def sees(event: Ev) -> Bool:
            dated = t.disj(t.neg(timing.timed), timing.due.reaches(event.day))
            ahead = t.disj(*(t.conj(guard, is_before(event, e)) for e, guard, _ in acted.chosen))
            return t.conj(dated, t.disj(t.neg(acted.timely), timing.unknown, ahead))

        return sees

    def _bearer(self, one: Instance) -> Callable[[], Options]:
        requirement = self.norm.requirement
        if isinstance(requirement, r.Deem):
            return lambda: [(True, None)]
        root = one.scope.root
        if not isinstance(requirement, r.Occur):
            return lambda: [(True, None)] if root is None or root.event is None else self._acting(root.event)
        actor = next((p.actor for group in requirement.groups for p in group if p.actor is not None), None)
        match actor:
            case None:
                return lambda: [(True, None)]
            case OrganActor():
                names = "、".join(actor.names)
                return lambda: [(True, names)]
            case AnchorActor():
                return lambda: self._named(actor, one)

    def _acting(self, event: Ev) -> Options:
        return [(guard, None if who is UNKNOWN else "、".join(who)) for guard, who in self.world.actors(event)]

    def _named(self, actor: AnchorActor, one: Instance) -> Options:
        root = one.scope.root
        if root is None or root.event is None or root.act is None:
            return [(True, None)]
        if actor.is_doer:
            return self._acting(root.event)
        return [
            (guard, None if value is UNKNOWN or not value else _written(value))
            for guard, value in self.world.attribute(root.event, root.act, actor.attribute)
        ]


def _written(value: object) -> str:
    return "、".join(str(one) for one in value) if isinstance(value, tuple) else str(value)


def _unless_unknown(acted: Acted, timing: Timing) -> Acted:
    """With the clock unknown, act counts as none wherever it is asked for."""
    if timing.unknown is False:
        return acted
    known = t.neg(timing.unknown)
    chosen = tuple((event, t.conj(known, guard), day) for event, guard, day in acted.chosen)
    timely, late, maybe = (t.conj(known, part) for part in (acted.timely, acted.late, acted.maybe))
    return Acted(timely, late, maybe, t.disj(timing.unknown, acted.none), chosen)
