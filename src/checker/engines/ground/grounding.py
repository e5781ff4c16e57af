"""One instance grounded: requirement, exceptions, priority, to the facts that inference reads (semantics §5 to §9)."""

from collections.abc import Sequence
from dataclasses import dataclass

from checker.engines.facts import Act, Clock, Form, GroundFact
from checker.engines.ground.acts import UNUSED, Standing, Use, Window, joined, name_candidate, name_doubts, stand
from checker.engines.ground.anchors import Opening, open_anchors
from checker.engines.ground.clauses import DefeatRule
from checker.engines.ground.horizons import before_anchor, up_to, up_to_day
from checker.engines.ground.ledger import Ledger
from checker.engines.ground.patterns import Pattern
from checker.engines.ground.priority import prior_of
from checker.engines.ground.rules import Rule
from checker.engines.ground.scope import Scope
from checker.engines.ground.truth import MAYBE, NO, YES, conjunction, disjunction, negation, truth_of
from checker.engines.ground.view import Seen, View, place_of
from checker.engines.ground.windows import Timed
from checker.engines.instance import ClauseValue, Instance, Timing

_POINT = {Act.TIMELY: YES, Act.MAYBE: MAYBE, Act.NONE: NO}


@dataclass(slots=True)
class Grounded:
    """An instance with what is needed to name its unknowns and its evidence later, only where it is listed."""

    rule: Rule
    opening: Opening
    instance: Instance
    window: Window | None = None
    standings: Sequence[Standing] = ()
    ledger: Ledger | None = None
    named: frozenset[str] | None = None

    @property
    def scope(self) -> Scope:
        """Where the instance was read."""
        return self.opening.scope

    def fact(self) -> GroundFact:
        """What inference reads."""
        one = self.instance
        timing = one.timing
        return GroundFact(
            one.position,
            one.number,
            self.rule.form,
            one.anchor.certain,
            tuple([value.truth for value in one.defeats]) if one.defeats else (),
            one.prior,
            one.cured,
            timing is not None and timing.unsure,
            one.act if timing is not None else Act.TIMELY,
            timing.clock if timing is not None else Clock.RUNNING,
            one.holds,
            one.answer if self.rule.form is Form.REVIEW else NO,
        )

    def inner_missing(self) -> set[str]:
        """What keeps the requirement itself unknown."""
        if self.named is not None:
            return set(self.named)
        out: set[str] = set()
        timing = self.instance.timing
        if timing is not None:
            out |= timing.missing
            if timing.clock is Clock.UNSURE and timing.due is not None:
                out.add(f"历法.{timing.due.missing_year}")
            if timing.clock is not Clock.UNKNOWN and self.instance.act is Act.MAYBE and self.window is not None:
                name_doubts(self.scope, self.standings, self.window, out)
        elif self.rule.condition is not None:
            self.rule.condition.missing(self.scope, self.scope.spot, out)
        elif self.rule.precede is not None:
            self.rule.precede.name(self.scope, self.standings, self.ledger, out)
        elif self.rule.parts is not None:
            out.add(f"{self.scope.spot.id}.文书")
        return out


def ground(rule: Rule, view: View, first_number: int) -> list[Grounded]:
    """All instances of a norm in a case, in anchor order."""
    openings = open_anchors(rule, view)
    ledger = Ledger(rule.groups) if rule.one_to_one and openings else None
    return [_grounded(rule, view, opening, number, ledger) for number, opening in enumerate(openings, first_number)]


def _grounded(rule: Rule, view: View, opening: Opening, number: int, ledger: Ledger | None) -> Grounded:
    grounded = Grounded(rule, opening, Instance(number, rule.position, rule.norm, opening.anchor), ledger=ledger)
    if opening.blank:
        _blank(grounded)
    else:
        _evaluate(grounded, view)
    return grounded


def _blank(grounded: Grounded) -> None:
    """An instance of which only the anchor's being unknown can be said."""
    grounded.instance.holds = MAYBE
    grounded.instance.act = Act.NONE
    if grounded.rule.window is not None:
        grounded.instance.timing = Timing(Clock.UNKNOWN)


def _evaluate(grounded: Grounded, view: View) -> None:
    rule, instance, scope = grounded.rule, grounded.instance, grounded.scope
    if rule.overridden_by:
        prior_of(rule, instance, view)
    discharge = None
    if rule.window is not None:
        discharge = _windowed(grounded)
    else:
        _point(grounded, view)
    if rule.clauses.defeats:
        _defeats(instance, scope, rule.clauses.defeats, discharge)
    if grounded.ledger is not None:
        # What is open about an act is what earlier anchors left open, not later ones: name it now.
        grounded.named = frozenset(grounded.inner_missing()) if is_open(grounded) else frozenset()
        _settle(grounded, grounded.ledger)


def _windowed(grounded: Grounded) -> Seen | None:
    """Timing and act; the event that discharged the duty in time, if one did."""
    rule, instance, scope = grounded.rule, grounded.instance, grounded.scope
    use: Use = grounded.ledger or UNUSED
    timed = _timed(rule, scope, instance, use)
    timing = instance.timing = timed.timing
    if timed.begin is None or (timing.clock is Clock.UNKNOWN and use is UNUSED):
        return None
    use.pick(scope, timed.begin)
    window = grounded.window = Window(timed.begin, timing.due, use, timed.untimed)
    standings = grounded.standings = [stand(scope, group, window, i) for i, group in enumerate(rule.groups)]
    if timing.clock is Clock.UNKNOWN:
        return None  # what it takes is taken all the same [R12]; in time or not, nobody can say
    instance.act = joined(standings)
    _choose(instance, standings)
    if instance.act is not Act.TIMELY:
        return None
    return standings[instance.latest_group].chosen


def _timed(rule: Rule, scope: Scope, instance: Instance, use: Use) -> Timed:
    """The window at this anchor, computed once for all norms that share it."""
    assert rule.window is not None
    if not rule.shares_window:
        return rule.window.time(scope, instance.anchor, use)
    memory, key = scope.view.memory, (rule.window, scope.spot)
    found: Timed | None = memory.get(key)
    if found is None:
        found = memory[key] = rule.window.time(scope, instance.anchor, use)
    return found


def _choose(instance: Instance, standings: Sequence[Standing]) -> None:
    if len(standings) == 1:
        chosen = standings[0].chosen
        instance.chosen, instance.chosen_days = (None if chosen is None else chosen.event,), (standings[0].day,)
        instance.latest_group = -1 if chosen is None else 0
        return
    instance.chosen = tuple([one.chosen.event if one.chosen else None for one in standings])
    instance.chosen_days = tuple([one.day for one in standings])
    # One event may serve two groups that date it differently: it served on the later of the two days.
    places = [(place_of(one.chosen), one.day or 0) for one in standings if one.chosen is not None]
    if len(places) == len(standings):
        instance.latest_group = places.index(max(places))


def _point(grounded: Grounded, view: View) -> None:
    """Hold, Precede, Contain, Review."""
    rule, instance, scope = grounded.rule, grounded.instance, grounded.scope
    if rule.condition is not None:
        instance.holds = rule.condition.truth(scope, scope.spot)
        if instance.holds is not MAYBE:
            out: set[str] = set()
            rule.condition.support(scope, scope.spot, instance.holds is YES, out)
            instance.hold_support = tuple(sorted(out))
    elif rule.precede is not None:
        grounded.standings = rule.precede.stand(scope, rule.groups, grounded.ledger)
        instance.holds = conjunction(_POINT[one.act] for one in grounded.standings)
        _choose(instance, grounded.standings)
    elif rule.parts is not None:
        event = scope.spot.event
        if event is None or event.document is None:
            instance.holds = MAYBE
        else:
            present = event.document
            instance.absent_parts = tuple(part for part in rule.parts if part not in present)
            instance.holds = truth_of(not instance.absent_parts)
    else:
        instance.answer = view.answer(rule.id, instance.anchor.printed)


def _defeats(instance: Instance, scope: Scope, rules: tuple[DefeatRule, ...], discharge: Seen | None) -> None:
    """不适用, under the ordinary horizon; 事后亦可 also up to the as-of date [R4]."""
    timing, as_of = instance.timing, scope.view.as_of
    if timing is None:
        before_anchor(scope)
    elif timing.due is not None:
        up_to(scope, timing.due, discharge)
    else:
        up_to_day(scope, as_of, discharge)
    instance.defeats = tuple([_value(scope, rule) for rule in rules])
    late = [rule for rule, value in zip(rules, instance.defeats, strict=True) if _may_cure(rule, value)]
    if late:
        up_to_day(scope, as_of)
        instance.curing = tuple([_value(scope, rule) for rule in late])
        instance.cured = disjunction(value.truth for value in instance.curing)


def _may_cure(rule: DefeatRule, value: ClauseValue) -> bool:
    return rule.rule.afterwards and value.truth is not YES


def _value(scope: Scope, rule: DefeatRule) -> ClauseValue:
    truth = rule.condition.truth(scope, scope.spot)
    if truth is NO:
        return ClauseValue(rule.clause, rule.rule, truth)
    out: set[str] = set()
    if truth is YES:
        rule.condition.support(scope, scope.spot, True, out)
        return ClauseValue(rule.clause, rule.rule, truth, scope.view.in_order(out))
    rule.condition.missing(scope, scope.spot, out)
    return ClauseValue(rule.clause, rule.rule, truth, (), frozenset(out))


def is_violation(instance: Instance, form: Form) -> bool:
    """Whether the requirement alone is late, overdue or breached."""
    if form in (Form.WINDOW, Form.DEEM):
        passed = instance.timing is not None and instance.timing.clock is Clock.PASSED
        return form is Form.WINDOW and passed and instance.act in (Act.LATE, Act.NONE)
    return (instance.answer if form is Form.REVIEW else instance.holds) is NO


def is_open(grounded: Grounded) -> bool:
    """Whether the requirement alone is undetermined."""
    instance, timing = grounded.instance, grounded.instance.timing
    if grounded.opening.blank or grounded.rule.form is Form.REVIEW:
        return False
    if timing is None:
        return instance.holds is MAYBE
    if timing.clock in (Clock.UNKNOWN, Clock.UNSURE):
        return timing.clock is Clock.UNKNOWN or instance.act is not Act.TIMELY
    return timing.clock is Clock.PASSED and instance.act is Act.MAYBE


def _settle(grounded: Grounded, ledger: Ledger) -> None:
    """What a 逐一 anchor takes: nothing if it is exempt, its pick if all is certain, else maybe [R12]."""
    instance = grounded.instance
    defeated = disjunction([*(value.truth for value in instance.defeats), instance.prior])
    cured = instance.cured if is_violation(instance, grounded.rule.form) else NO
    certain = truth_of(True if instance.anchor.certain else None)
    taking = conjunction((certain, negation(disjunction((defeated, cured)))))
    names = instance.anchor.missing | instance.prior_missing
    names |= {name for value in (*instance.defeats, *instance.curing) for name in value.missing}
    ledger.settle(taking, grounded.standings, names, lambda pattern, seen: _candidate(grounded, pattern, seen))


def _candidate(grounded: Grounded, pattern: Pattern, seen: Seen) -> frozenset[str]:
    out: set[str] = set()
    if grounded.window is not None:
        name_candidate(grounded.scope, pattern, seen, grounded.window, out)
    elif grounded.rule.precede is not None:
        grounded.rule.precede.name_candidate(grounded.scope, pattern, seen, out)
    return frozenset(out)
