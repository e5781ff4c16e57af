"""Which anchors open instances of a norm, in order (semantics §4)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from checker.engines.facts import Truth
from checker.engines.ground.past import end_of, is_violated, verdict_of
from checker.engines.ground.patterns import Pattern
from checker.engines.ground.periods_of_year import periods_of
from checker.engines.ground.rules import Rule
from checker.engines.ground.scope import Condition, Scope
from checker.engines.ground.truth import MAYBE, NO, YES, conjunction
from checker.engines.ground.view import View, by_key, standing
from checker.engines.instance import Anchor, Instance, Key
from checker.model.case import Extent
from checker.model.finding import Verdict
from checker.model.norm import OnBreach, OnEvent, OnExpiry, OnPeriod


@dataclass(slots=True, frozen=True)
class Opening:
    """An anchor with the scope its instance is evaluated in; norms with the same anchor share it where it is certain.

    ``pivot_unknown``: it is not known which version applies. ``blank``: the record does not say what time it covers, so
    that nothing can be evaluated.
    """

    anchor: Anchor
    scope: Scope
    pivot_unknown: bool = False
    blank: bool = False


class _Asked(NamedTuple):
    """One question that decides whether an anchor is real."""

    truth: Truth
    missing: frozenset[str] = frozenset()


_SURE, _REFUSED = _Asked(YES), _Asked(NO)


def open_anchors(rule: Rule, view: View) -> list[Opening]:
    """All anchors of a norm in a case that are not certainly unreal."""
    applies = _SURE if rule.applies is None else _applies(rule.applies, view)
    if applies.truth is NO:
        return []
    match rule.norm.anchor:
        case OnEvent():
            openings = _met(rule, view)
        case OnBreach():
            openings = _synthetic(view, _breaches(rule.norm.anchor.norm, view))
        case OnExpiry():
            openings = _synthetic(view, _expiries(rule.norm.anchor, view))
        case OnPeriod():
            if view.case.extent is None:
                return [_unknown_extent(view, applies)]
            openings = list(_periods(rule, view, view.case.extent, rule.norm.anchor.months))
    if applies is _SURE and rule.first is None and rule.last is None:
        return openings
    return [opening for opening in (_joined(rule, one, applies) for one in openings) if opening is not None]


def _applies(condition: Condition, view: View) -> _Asked:
    """Whether a norm applies to the case; asked once for all norms that say the same."""
    found: _Asked | None = view.memory.get(("适用", condition))
    if found is None:
        scope = Scope(view, None, standing("案件", None, None, None))
        truth = condition.truth(scope, scope.spot)
        missing: set[str] = set()
        if truth is MAYBE:
            condition.missing(scope, scope.spot, missing)
        found = _SURE if truth is YES else _Asked(truth, frozenset(missing))
        view.memory["适用", condition] = found
    return found


def _met(rule: Rule, view: View) -> list[Opening]:
    """An opening for each event that the pattern matches or may match; the same list for every norm that asks."""
    pattern = rule.anchor
    assert pattern is not None
    found: list[Opening] | None = view.memory.get(("起点", pattern))
    if found is None:
        found = view.memory["起点", pattern] = list(_matched(pattern, view))
    return found


def _matched(pattern: Pattern, view: View) -> Iterator[Opening]:
    lists = [view.by_act[act] for act in pattern.acts if act in view.by_act]
    for seen in lists[0] if len(lists) == 1 else by_key(seen for events in lists for seen in events):
        scope = Scope(view, seen, seen)
        truth = pattern.truth(scope, seen)
        if truth is NO:
            continue
        missing: set[str] = set()
        if truth is MAYBE:
            pattern.missing(scope, seen, missing)
        anchor = Anchor(seen.id, truth is YES, seen.event, seen.day, seen.key, missing=frozenset(missing))
        yield Opening(anchor, scope)


def _joined(rule: Rule, opening: Opening, applies: _Asked) -> Opening | None:
    """The opening, if the norm is in force at its pivot date [R10] and applies to the case."""
    force = _in_force(rule, opening.scope)
    truth = conjunction((applies.truth, force.truth))
    if truth is NO:
        return None
    if truth is YES:
        return opening
    unknown = [one.missing for one in (applies, force) if one.truth is MAYBE]
    anchor = replace(opening.anchor, certain=False, missing=opening.anchor.missing.union(*unknown))
    return Opening(anchor, opening.scope, force.truth is MAYBE)


def _in_force(rule: Rule, scope: Scope) -> _Asked:
    if rule.first is None and rule.last is None:
        return _SURE
    if rule.pivot is None:
        return _covers(rule, scope.spot.day, f"{scope.spot.id}.日期")
    matches = rule.pivot.matches(scope)
    if matches.sure:
        return _covers(rule, matches.sure[0].day, "")
    missing = {f"{seen.id}.日期" for seen, truth in matches.loose if truth is YES}
    if not missing:
        for seen, _ in matches.loose:
            rule.pivot.missing(scope, seen, missing)
    if not matches.loose:
        missing.add(f"未见.{rule.pivot.acts[0]}")
    return _Asked(MAYBE, frozenset(missing))


def _covers(rule: Rule, day: int | None, name: str) -> _Asked:
    if day is None:
        return _Asked(MAYBE, frozenset({name}))
    inside = (rule.first is None or rule.first <= day) and (rule.last is None or day <= rule.last)
    return _SURE if inside else _REFUSED


def _synthetic(view: View, anchors: Iterable[Anchor]) -> list[Opening]:
    openings = []
    for anchor in sorted(anchors, key=_place):
        root = view.find(anchor.root.id) if anchor.root else None
        spot = standing(anchor.printed, root, anchor.day, anchor.key)
        openings.append(Opening(anchor, Scope(view, root, spot)))
    return openings


def _place(anchor: Anchor) -> tuple[bool, Key, int]:
    return anchor.key is None, anchor.key or (0, 0, 0, 0), anchor.root.position if anchor.root else 0


def _breaches(norm: str, view: View) -> Iterable[Anchor]:
    """Each violated instance, and each that a violated norm of priority defeated [R8]; one of several versions."""
    found: dict[str, Anchor] = {}
    for base in view.past.get(norm, ()):
        via = base if is_violated(base) else _violated_above(base)
        printed = f"违反:{norm}@{base.anchor.printed}"
        if via is not None and printed not in found:
            day = via.breached_on
            key = None if day is None else (day, 0, base.position, base.number)
            found[printed] = Anchor(printed, True, base.anchor.root, day, key, base, via)
    return found.values()


def _violated_above(base: Instance) -> Instance | None:
    outcome = base.outcome
    if outcome is None or outcome.verdict != Verdict.EXEMPT or outcome.defeated_by >= 0 or base.prior is not YES:
        return None
    return next((above for above in base.above if is_violated(above)), None)


def _expiries(anchor: OnExpiry, view: View) -> list[Anchor]:
    """Each period that has run out, of instances that are certain and not exempt."""
    found = []
    for base in view.past.get(anchor.norm, ()):
        if not base.anchor.certain or verdict_of(base) == Verdict.EXEMPT:
            continue
        due = end_of(base, extended=anchor.extended)
        if due is not None and view.as_of > due.day:
            printed = f"期满:{anchor.norm}@{base.anchor.printed}"
            key = (due.day, 2, base.position, base.number)
            found.append(Anchor(printed, True, base.anchor.root, due.day, key, base))
    return found


def _unknown_extent(view: View, applies: _Asked) -> Opening:
    """The one anchor of a 每 norm where the record does not say what time it covers."""
    anchor = Anchor("起止", False, None, None, None, missing=frozenset({"案件.起止"}) | applies.missing)
    return Opening(anchor, Scope(view, None, standing("起止", None, None, None)), True, blank=True)


def _periods(rule: Rule, view: View, extent: Extent, months: int) -> Iterator[Opening]:
    last = None if extent.last is None else extent.last.toordinal()
    for number, period in enumerate(periods_of(extent.first.toordinal(), last, view.as_of, months)):
        key = (period.first, 0, rule.position, number)
        spot = standing(period.printed, None, period.first, key)
        anchor = Anchor(period.printed, True, None, period.first, key, first=period.first, last=period.last)
        yield Opening(anchor, Scope(view, None, spot))
