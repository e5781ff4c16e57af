"""Phase 3: extensions, exclusions and restarts folded in the order of events (semantics §6.5)."""

from collections.abc import Iterator
from typing import assert_never

from checker.engines.facts import Truth
from checker.engines.ground.acts import Group, Use, Window, discharged
from checker.engines.ground.begins import Begin
from checker.engines.ground.clauses import ExcludeRule, ExtendRule, Phase3, RestartRule
from checker.engines.ground.exclusions import Interval, form_intervals
from checker.engines.ground.folding import Period3
from checker.engines.ground.grants import extend, extend_at_once
from checker.engines.ground.patterns import Pattern, uncovered
from checker.engines.ground.restarts import restart
from checker.engines.ground.scope import Scope
from checker.engines.ground.suspensions import exclude
from checker.engines.ground.trials import Item, Trials
from checker.engines.ground.truth import YES
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
    for item in sorted((item for rule in rules for item in _items(scope, rule)), key=_order):
        if state.lost is not None or state.idle:
            break
        if item.seen.key is not None and _is_discharged(trials, groups, use, item.seen):
            break
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


def _items(scope: Scope, rule: Phase3) -> Iterator[Item]:
    """Every event that may set the clause off."""
    match rule:
        case ExtendRule():
            return _met(scope, rule, rule.grant) if rule.grant is not None else iter(())
        case ExcludeRule():
            return _met(scope, rule, rule.start) if rule.end is None else _spans(scope, rule, rule.end)
        case RestartRule():
            return _met(scope, rule, rule.at)
        case _:
            assert_never(rule)


def _met(scope: Scope, rule: Phase3, pattern: Pattern) -> Iterator[Item]:
    matches = pattern.matches(scope)
    for seen in matches.sure:
        yield _item(rule, seen, YES, pattern)
    for seen, truth in matches.loose:
        yield _item(rule, seen, truth, pattern)


def _spans(scope: Scope, rule: ExcludeRule, end: Pattern) -> Iterator[Item]:
    for interval in form_intervals(scope.view, rule.start.matches(scope), end.matches(scope)):
        yield _item(rule, interval.start, rule.start.truth(scope, interval.start), rule.start, interval)


def _item(rule: Phase3, seen: Seen, match: Truth, pattern: Pattern, interval: Interval | None = None) -> Item:
    return Item(seen.key or _LAST, rule.clause, rule, seen, match, pattern, interval)


def _order(item: Item) -> tuple[Key, int]:
    return item.key, item.clause
