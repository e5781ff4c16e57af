"""重新计算: the period counted anew from another day (semantics §6.5)."""

from checker.engines.ground.clauses import RestartRule
from checker.engines.ground.order import first_from
from checker.engines.ground.reckoning import Origin
from checker.engines.ground.starts import first_names
from checker.engines.ground.trials import Item, Trials, events_of
from checker.engines.ground.truth import MAYBE, NO
from checker.engines.ground.view import Seen
from checker.engines.instance import Adjustment, Reason


def restart(trials: Trials, rule: RestartRule, item: Item) -> None:
    """Count anew from this event, or from the first origin at or after it."""
    truth, reason = trials.test(item, rule.condition)
    done = trials.state.restarts.get(rule.clause, 0)
    if truth is not NO and rule.rule.times is not None and done >= rule.rule.times:
        truth, reason = NO, Reason.TIMES
    if truth is NO:
        trials.ignore(item, reason)
    elif truth is MAYBE:
        trials.doubt(item, rule.condition)
    else:
        _count_anew(trials, rule, item)


def _count_anew(trials: Trials, rule: RestartRule, item: Item) -> None:
    state, at = trials.state, item.seen
    due = state.due()
    state.restart(rule.clause)
    found = at if rule.origin is None else _origin(trials, rule, at)
    state.idle = found is None and state.lost is None
    if found is not None and found.day is not None:
        state.origin, state.origin_event = Origin(found.day, found.time), found
    state.changed()
    events = events_of(at, found if found is not at else None)
    adjustment = Adjustment(rule.clause, rule.rule, events, True, deadline=due)
    state.adjustments.append(adjustment)
    rule.condition.support(trials.scope, at, True, adjustment.support)


def _origin(trials: Trials, rule: RestartRule, at: Seen) -> Seen | None:
    """The event to count from; none yet leaves the clock idle, several possible ones leave it unknown."""
    assert rule.origin is not None
    scope = trials.scope
    first = first_from(scope.view, rule.origin.matches(scope), at)
    if first.doubtful:
        trials.state.lost = frozenset(first_names(scope, rule.origin, first, at))
        return None
    return first.event
