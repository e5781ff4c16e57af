"""One event of phase 3 meeting one clause: whether the clause acts, does not, or may (semantics §6.5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from checker.engines.facts import Truth
from checker.engines.ground.begins import Begin
from checker.engines.ground.clauses import Phase3
from checker.engines.ground.exclusions import Interval
from checker.engines.ground.folding import Period3
from checker.engines.ground.patterns import Pattern
from checker.engines.ground.periods import Base, PeriodTerm
from checker.engines.ground.reckoning import Origin, reckon
from checker.engines.ground.scope import Condition, Scope
from checker.engines.ground.truth import MAYBE, NO, YES, conjunction
from checker.engines.ground.view import Seen
from checker.engines.instance import Adjustment, Deadline, Key, Reason, Reckoning
from checker.model.case import Event


class Item(NamedTuple):
    """One event meeting one clause."""

    key: Key
    clause: int
    rule: Phase3
    seen: Seen
    match: Truth
    pattern: Pattern
    interval: Interval | None = None


@dataclass(slots=True)
class Trials:
    """Where the clauses of one instance are tried: its scope, its window's beginning, and what is folded so far."""

    scope: Scope
    state: Period3
    begin: Begin

    def test(
        self, item: Item, condition: Condition, *, after_start: bool = True, late_too: bool = False
    ) -> tuple[Truth, Reason | None]:
        """The Kleene conjunction of match, order, condition and time; and the reason if it is false."""
        after = self.begin.truth(self.scope.view, None, item.seen) if after_start else YES
        if after is NO:
            return NO, None
        holds = condition.truth(self.scope, item.seen)
        if holds is NO:
            return NO, Reason.CONDITION
        in_time = YES if late_too else self.state.in_time(item.seen)
        if in_time is NO:
            return NO, Reason.EXPIRED
        dated = YES if item.seen.day is not None else MAYBE
        return conjunction((item.match, after, holds, in_time, dated)), None

    def ignore(self, item: Item, reason: Reason | None) -> None:
        """Note a clause that does not act, where there is something to say about it."""
        if reason is not None and item.match is YES:
            self.put(Adjustment(item.clause, item.rule.rule, events_of(item.seen), False, reason))

    def doubt(self, item: Item, condition: Condition, further: Iterable[str] = ()) -> None:
        """The clause may act: the adjustments are unsure; ``further`` are names of what else is unknown."""
        out = set(further)
        view, seen = self.scope.view, item.seen
        if item.match is MAYBE:
            item.pattern.missing(self.scope, seen, out)
        if item.interval is None and self.begin.truth(view, None, seen) is MAYBE:
            self.begin.missing(view, None, seen, out)
        if seen.day is None:
            out.add(f"{seen.id}.日期")
        elif self.state.in_time(seen) is MAYBE:
            out.add(f"历法.{self.state.due().missing_year}")
        if condition.truth(self.scope, seen) is MAYBE:
            condition.missing(self.scope, seen, out)
        self.state.doubt(out)
        rule = item.rule.rule
        self.state.adjustments.append(Adjustment(item.clause, rule, events_of(seen), False, Reason.UNKNOWN))

    def put(self, adjustment: Adjustment) -> Adjustment:
        """Put an adjustment down, with the due date it was tested against."""
        adjustment.deadline = self.state.due()
        self.state.adjustments.append(adjustment)
        return adjustment

    def resolve(self, term: PeriodTerm, at: Seen, origin: Origin, names: set[str]) -> Base | None:
        """What a period comes to, options compared from an origin; where it is unknown, ``names`` say why."""
        state = self.state

        def alone(base: Base) -> Deadline:
            return reckon(
                state.calendar, Reckoning(origin.day, base.period, state.counting, base.limit, time=origin.time)
            )

        base = term.resolve(self.scope, at, alone)
        if base is None:
            term.missing(self.scope, at, alone, names)
        return base


def events_of(*all_seen: Seen | None) -> tuple[Event, ...]:
    """The events themselves, as far as there are any."""
    return tuple([seen.event for seen in all_seen if seen is not None and seen.event is not None])
