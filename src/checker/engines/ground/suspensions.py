"""不计入: spans of days that do not count, from a start to its end, or of a length (semantics §6.5)."""

from checker.calendars.amount import amount_of
from checker.calendars.due import shift
from checker.engines.ground.clauses import ExcludeRule
from checker.engines.ground.exclusions import Interval
from checker.engines.ground.reckoning import Origin
from checker.engines.ground.trials import Item, Trials, events_of
from checker.engines.ground.truth import MAYBE, NO, YES
from checker.engines.ground.view import Seen
from checker.engines.instance import Adjustment


def exclude(trials: Trials, rule: ExcludeRule, item: Item) -> None:
    """Take the span out that this event begins."""
    if item.interval is None:
        _exclude_length(trials, rule, item)
    elif item.interval.end is None or item.interval.end > trials.state.origin.day:
        _exclude_interval(trials, rule, item, item.interval)


def _exclude_length(trials: Trials, rule: ExcludeRule, item: Item) -> None:
    truth, reason = trials.test(item, rule.condition)
    if truth is NO:
        trials.ignore(item, reason)
    elif truth is MAYBE:
        trials.doubt(item, rule.condition)
    else:
        end = _last_day(trials, rule, item.seen)
        if end is not None:
            assert item.seen.day is not None
            _apply(trials, rule, item, Interval(item.seen, item.seen.day + 1, end + 1))


def _last_day(trials: Trials, rule: ExcludeRule, at: Seen) -> int | None:
    """The last day of a fixed exclusion: the corresponding day of its length."""
    assert rule.length is not None
    assert at.day is not None
    names: set[str] = set()
    base = trials.resolve(rule.length, at, Origin(at.day, None), names)
    if base is None:
        trials.state.doubt(names)
        return None
    if base.period is None:
        return base.limit.day if base.limit else None
    due = shift(trials.state.calendar, at.day, amount_of(base.period), backward=False)
    if due.provisional:
        trials.state.doubt({f"历法.{due.missing_year}"})
    return due.day


def _exclude_interval(trials: Trials, rule: ExcludeRule, item: Item, interval: Interval) -> None:
    truth, reason = trials.test(item, rule.condition, after_start=False)
    if interval.certain is MAYBE and truth is YES:
        truth = MAYBE
    if truth is NO:
        trials.ignore(item, reason)
    elif truth is MAYBE:
        trials.doubt(item, rule.condition, _overlap_names(trials, item, interval))
    else:
        if interval.doubtful:
            trials.state.doubt(_end_names(trials, rule, interval))
        _apply(trials, rule, item, interval)


def _apply(trials: Trials, rule: ExcludeRule, item: Item, interval: Interval) -> None:
    events = events_of(item.seen, interval.closer)
    adjustment = Adjustment(rule.clause, rule.rule, events, True, first=interval.first, end=interval.end)
    trials.state.exclude(rule, interval, trials.put(adjustment))
    rule.condition.support(trials.scope, item.seen, True, adjustment.support)


def _end_names(trials: Trials, rule: ExcludeRule, interval: Interval) -> set[str]:
    """Names of what leaves it open whether the interval ends earlier."""
    out: set[str] = set()
    assert rule.end is not None
    view = trials.scope.view
    for seen in interval.doubtful:
        if rule.end.truth(trials.scope, seen) is MAYBE:
            rule.end.missing(trials.scope, seen, out)
        if view.before(interval.start, seen) is MAYBE:
            view.order_missing(interval.start, seen, out)
    return out


def _overlap_names(trials: Trials, item: Item, interval: Interval) -> set[str]:
    """Names of the orders that leave it open whether a start lies inside an earlier interval."""
    out: set[str] = set()
    view = trials.scope.view
    for outer in interval.around:
        for first, second in ((outer.start, item.seen), (item.seen, outer.closer)):
            if second is not None and first is not None and view.before(first, second) is MAYBE:
                view.order_missing(first, second, out)
    return out
