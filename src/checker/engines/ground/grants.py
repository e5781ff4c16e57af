"""延长: extensions, each by a grant, or by a condition alone (semantics §6.5)."""

from checker.engines.ground.clauses import ExtendRule
from checker.engines.ground.reckoning import unrolled
from checker.engines.ground.trials import Item, Trials, events_of
from checker.engines.ground.truth import MAYBE, NO, YES
from checker.engines.ground.view import Seen
from checker.engines.instance import Adjustment, Reason
from checker.model.case import Event
from checker.model.values import Period


def extend_at_once(trials: Trials, rule: ExtendRule) -> None:
    """By a condition alone, once at the beginning."""
    scope, names = trials.scope, set[str]()
    truth = rule.condition.truth(scope, scope.spot)
    if truth is NO:
        return
    period = _amount(trials, rule, scope.spot, names)
    if truth is YES and period is not None:
        _grant(trials, rule, period, (), scope.spot)
    elif _cap(trials, rule, period) is None:
        if truth is MAYBE:
            rule.condition.missing(scope, scope.spot, names)
        trials.state.doubt(names)


def extend(trials: Trials, rule: ExtendRule, item: Item) -> None:
    """By a grant. One that a cap shuts out anyway leaves nothing open, whatever else is unknown of it."""
    truth, reason = trials.test(item, rule.condition, late_too=rule.rule.after_expiry)
    if truth is NO:
        trials.ignore(item, reason)
        return
    names: set[str] = set()
    period = _amount(trials, rule, item.seen, names)
    if truth is YES and period is not None:
        _grant(trials, rule, period, events_of(item.seen), item.seen)
    elif _cap(trials, rule, period, is_dated=item.seen.day is not None) is None:
        if period is None:
            trials.state.doubt(names)
        if truth is MAYBE:
            trials.doubt(item, rule.condition)


def _grant(trials: Trials, rule: ExtendRule, period: Period, events: tuple[Event, ...], at: Seen) -> None:
    reason = _cap(trials, rule, period)
    adjustment = trials.put(Adjustment(rule.clause, rule.rule, events, reason is None, reason, period))
    if reason is None:
        trials.state.extend(rule.clause, period)
        rule.condition.support(trials.scope, at, True, adjustment.support)


def _cap(trials: Trials, rule: ExtendRule, period: Period | None, *, is_dated: bool = True) -> Reason | None:
    """The cap that one more extension would break, as far as that can be said where its length is unknown.

    An undated one may have come before all others: then it is they that the cap shuts out.
    """
    earlier = tuple(more for clause, more in trials.state.additions if clause == rule.clause and is_dated)
    if rule.rule.times is not None and len(earlier) >= rule.rule.times:
        return Reason.TIMES
    if rule.total is not None and period is not None and _is_beyond(trials, (*earlier, period), rule.total):
        return Reason.TOTAL
    return None


def _is_beyond(trials: Trials, periods: tuple[Period, ...], total: Period) -> bool:
    """Whether extensions lead past the total, both counted on from the raw period, unrolled."""
    state = trials.state
    base = (state.base.period,) if state.base.period is not None else ()
    origin = state.origin.day if state.base.limit is None else state.base.limit.day
    reached, allowed = (
        unrolled(state.calendar, origin, (*base, *more), state.counting) for more in (periods, (total,))
    )
    return reached > allowed


def _amount(trials: Trials, rule: ExtendRule, at: Seen, names: set[str]) -> Period | None:
    """The extension; None where it is unknown, and why, or a date."""
    base = trials.resolve(rule.period, at, trials.state.origin, names)
    return None if base is None else base.period
