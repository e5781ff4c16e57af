"""Phase 3: extensions, exclusions and restarts folded in the order of events (semantics §6.5)."""

from collections.abc import Iterator
from heapq import merge
from itertools import chain
from typing import assert_never

from checker.engines.facts import Truth
from checker.engines.ground.acts import Group, Use, Window, discharged
from checker.engines.ground.begins import Begin
from checker.engines.ground.clauses import ExcludeRule, ExtendRule, Phase3, RestartRule
from checker.engines.ground.exclusions import Interval, closed, form_intervals
from checker.engines.ground.folding import Period3
from checker.engines.ground.grants import extend, extend_at_once
from checker.engines.ground.order import Matches
from checker.engines.ground.patterns import Pattern, uncovered
from checker.engines.ground.restarts import restart
from checker.engines.ground.scope import Scope
from checker.engines.ground.suspensions import exclude
from checker.engines.ground.trials import Item, Trials
from checker.engines.ground.truth import MAYBE, NO, YES
from checker.engines.ground.view import Seen
from checker.engines.instance import Key

_LAST: Key = (1 << 62, 0, 0, 0)


def fold(
    scope: Scope, state: Period3, begin: Begin, groups: tuple[Group, ...], use: Use, rules: tuple[Phase3, ...]
) -> None:
    """Fold the clauses of one instance into its period: events by key, for one event clauses in written order.

    It ends with the discharge of the duty, and where a restart leaves no date to count from.
    """
    trials = Trials(scope, state, begin)
    for rule in rules:
        _note_uncovered(trials, rule)
        if isinstance(rule, ExtendRule) and rule.grant is None:
            extend_at_once(trials, rule)
    at: Seen | None = None
    for item in merge(*(_items(trials, rule) for rule in rules), key=_order):
        if state.lost is not None or state.idle:
            break
        # Asked once an event: what one clause does there does not end what the next may do.
        if item.seen is not at and item.seen.key is not None and _is_discharged(trials, groups, use, item.seen):
            break
        at = item.seen
        _try(trials, item)
    state.finish()


def _try(trials: Trials, item: Item) -> None:
    rule = item.rule
    match rule:
        case ExtendRule():
            extend(trials, rule, item)
        case ExcludeRule():
            exclude(trials, rule, item)
        case RestartRule():
            restart(trials, rule, item)
        case _:
            assert_never(rule)


def _is_discharged(trials: Trials, groups: tuple[Group, ...], use: Use, before: Seen) -> bool:
    due = None if trials.state.open() is not None else trials.state.due()
    return discharged(trials.scope, groups, Window(trials.begin, due, use), before)


def _note_uncovered(trials: Trials, rule: Phase3) -> None:
    """The absence of a grant, a fixed exclusion or a restart means nothing where the act is not covered [R2]."""
    pattern: Pattern | None
    match rule:
        case ExtendRule():
            pattern = rule.grant
        case ExcludeRule():
            pattern = rule.start if rule.end is None else None
        case RestartRule():
            pattern = rule.at
        case _:
            assert_never(rule)
    acts = uncovered(trials.scope, pattern) if pattern is not None else []
    if acts:
        trials.state.doubt({f"行为.{act}" for act in acts})


def _items(trials: Trials, rule: Phase3) -> Iterator[Item]:
    """Every event that may set the clause off, in order; made one by one, as the discharge mostly ends it soon."""
    match rule:
        case ExtendRule():
            return _met(trials, rule, rule.grant) if rule.grant is not None else iter(())
        case ExcludeRule():
            return _met(trials, rule, rule.start) if rule.end is None else _spans(trials, rule, rule.end)
        case RestartRule():
            return _met(trials, rule, rule.at)
        case _:
            assert_never(rule)


def _met(trials: Trials, rule: Phase3, pattern: Pattern) -> Iterator[Item]:
    """What certainly or possibly stands after the start; what does not is passed over silently."""
    scope, matches = trials.scope, pattern.matches(trials.scope)
    side = trials.begin.side(scope, pattern, matches)
    certain = (_item(rule, matches.sure[place], YES, pattern) for place in side.certain)
    apart = [_item(rule, seen, YES, pattern) for seen in side.also]
    apart += [_item(rule, seen, pattern.truth(scope, seen), pattern) for seen in side.doubtful]
    return merge(certain, sorted(apart, key=_order), key=_order) if apart else certain


def _spans(trials: Trials, rule: ExcludeRule, end: Pattern) -> Iterator[Item]:
    """The intervals that are not over before the period begins."""
    scope, origin = trials.scope, trials.state.origin.day
    for one in _intervals(scope, rule, end):
        if one.end is None or one.end > origin:
            yield _item(rule, one.start, rule.start.truth(scope, one.start), rule.start, one)


def _intervals(scope: Scope, rule: ExcludeRule, end: Pattern) -> list[Interval]:
    """The intervals of the whole record; without 除非 formed once for all anchors that see the same events."""
    starts, ends = rule.start.matches(scope), end.matches(scope)
    if rule.rule.unless is not None:
        return _effective_intervals(scope, rule, starts, ends)
    found: list[Interval] | None = scope.view.memory.get(("不计入", starts, ends))
    if found is None:
        found = scope.view.memory["不计入", starts, ends] = _in_order(form_intervals(scope.view, starts, ends))
    return found


def _effective_intervals(scope: Scope, rule: ExcludeRule, starts: Matches, ends: Matches) -> list[Interval]:
    """A start that 除非 rules out begins nothing, so that later ones are not merged into it; it is still told of."""
    sure: list[Seen] = []
    loose: list[tuple[Seen, Truth]] = []
    ruled_out: list[Interval] = []
    for seen, match in chain(((seen, YES) for seen in starts.sure), starts.loose):
        holds = rule.condition.truth(scope, seen)
        if holds is NO:
            ruled_out.append(closed(scope.view, ends, seen))
        elif holds is YES and match is YES and seen.day is not None:
            sure.append(seen)
        else:
            loose.append((seen, MAYBE))
    return _in_order([*ruled_out, *form_intervals(scope.view, Matches(sure, loose), ends)])


def _in_order(intervals: list[Interval]) -> list[Interval]:
    return sorted(intervals, key=lambda one: one.start.key or _LAST)


def _item(rule: Phase3, seen: Seen, match: Truth, pattern: Pattern, interval: Interval | None = None) -> Item:
    return Item(seen.key or _LAST, rule.clause, rule, seen, match, pattern, interval)


def _order(item: Item) -> tuple[Key, int]:
    return item.key, item.clause
