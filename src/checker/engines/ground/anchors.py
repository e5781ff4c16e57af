"""Which anchors open instances of a norm, in order (semantics §4)."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from checker.engines.facts import Truth
from checker.engines.ground.past import end_of, is_violated, verdict_of
from checker.engines.ground.periods_of_year import Calendared, periods_of
from checker.engines.ground.rules import Rule
from checker.engines.ground.scope import Scope
from checker.engines.ground.truth import MAYBE, NO, YES, conjunction
from checker.engines.ground.view import Seen, View, standing
from checker.engines.instance import Anchor, Instance, Key
from checker.model.finding import Verdict
from checker.model.norm import OnBreach, OnEvent, OnExpiry, OnPeriod


@dataclass(slots=True)
class Opening:
    """An anchor with the scope its instance is evaluated in.

    ``pivot_unknown``: it is not known which version applies. ``blank``: the record does not say what time it covers, so
    that nothing can be evaluated.
    """

    anchor: Anchor
    scope: Scope
    pivot_unknown: bool = False
    blank: bool = False


@dataclass(slots=True)
class _Asked:
    """One question that decides whether an anchor is real."""

    truth: Truth
    missing: set[str] = field(default_factory=set)


def open_anchors(rule: Rule, view: View) -> Iterator[Opening]:
    """All anchors of a norm in a case that are not certainly unreal."""
    applies = _applies(rule, view)
    if applies.truth is NO:
        return
    match rule.norm.anchor:
        case OnEvent():
            yield from _on_event(rule, view, applies)
        case OnBreach():
            yield from _synthetic(rule, view, applies, _breaches(rule.norm.anchor.norm, view))
        case OnExpiry():
            yield from _synthetic(rule, view, applies, _expiries(rule.norm.anchor, view))
        case OnPeriod():
            yield from _on_period(rule, view, applies, rule.norm.anchor.months)


def _applies(rule: Rule, view: View) -> _Asked:
    if rule.applies is None:
        return _Asked(YES)
    scope = Scope(view, None, standing("案件", None, None, None))
    asked = _Asked(rule.applies.truth(scope, scope.spot))
    if asked.truth is MAYBE:
        rule.applies.missing(scope, scope.spot, asked.missing)
    return asked


def _on_event(rule: Rule, view: View, applies: _Asked) -> Iterator[Opening]:
    pattern = rule.anchor
    assert pattern is not None
    for seen in _candidates(rule, view):
        scope = Scope(view, seen, seen)
        asked = _Asked(pattern.truth(scope, seen))
        if asked.truth is NO:
            continue
        if asked.truth is MAYBE:
            pattern.missing(scope, seen, asked.missing)
        opening = _opened(rule, scope, seen.id, (asked, applies), Anchor(seen.id, True, seen.event, seen.day, seen.key))
        if opening is not None:
            yield opening


def _candidates(rule: Rule, view: View) -> list[Seen]:
    assert rule.anchor is not None
    lists = [view.by_act[act] for act in rule.anchor.acts if act in view.by_act]
    if len(lists) == 1:
        return lists[0]
    return sorted((seen for events in lists for seen in events), key=_place)


def _place(seen: Seen) -> tuple[bool, Key, int]:
    return seen.key is None, seen.key or (0, 0, 0, 0), seen.position


def _opened(rule: Rule, scope: Scope, printed: str, asked: tuple[_Asked, ...], anchor: Anchor) -> Opening | None:
    """The opening, if the norm is in force at its pivot date [R10]."""
    force = _in_force(rule, scope)
    truth = conjunction((*(one.truth for one in asked), force.truth))
    if truth is NO:
        return None
    if truth is MAYBE:
        unknown = [one.missing for one in (*asked, force) if one.truth is MAYBE]
        anchor.missing = frozenset(name for names in unknown for name in names)
        anchor.certain = False
    anchor.printed = printed
    return Opening(anchor, scope, force.truth is MAYBE)


_IN_FORCE = _Asked(YES)


def _in_force(rule: Rule, scope: Scope) -> _Asked:
    if rule.first is None and rule.last is None:
        return _IN_FORCE
    if rule.pivot is None:
        return _covers(rule, scope.spot.day, f"{scope.spot.id}.日期")
    matches = rule.pivot.matches(scope)
    if matches.sure:
        return _covers(rule, matches.sure[0].day, "")
    asked = _Asked(MAYBE)
    undated = [seen for seen, truth in matches.loose if truth is YES]
    asked.missing |= {f"{seen.id}.日期" for seen in undated}
    if not undated:
        for seen, _ in matches.loose:
            rule.pivot.missing(scope, seen, asked.missing)
    if not matches.loose:
        asked.missing.add(f"未见.{rule.pivot.acts[0]}")
    return asked


def _covers(rule: Rule, day: int | None, name: str) -> _Asked:
    if day is None:
        return _Asked(MAYBE, {name})
    inside = (rule.first is None or rule.first <= day) and (rule.last is None or day <= rule.last)
    return _Asked(YES if inside else NO)


def _synthetic(rule: Rule, view: View, applies: _Asked, anchors: list[Anchor]) -> Iterator[Opening]:
    anchors.sort(key=lambda one: (one.key is None, one.key or (0, 0, 0, 0), one.root.position if one.root else 0))
    for anchor in anchors:
        root = view.find(anchor.root.id) if anchor.root else None
        spot = standing(anchor.printed, root, anchor.day, anchor.key)
        opening = _opened(rule, Scope(view, root, spot), anchor.printed, (applies,), anchor)
        if opening is not None:
            yield opening


def _breaches(norm: str, view: View) -> list[Anchor]:
    """Each violated instance, and each that a violated norm of priority defeated [R8]."""
    found = []
    for base in view.past.get(norm, ()):
        via = base if is_violated(base) else _violated_above(base)
        if via is not None:
            day = via.breached_on
            key = None if day is None else (day, 0, base.position, base.number)
            printed = f"违反:{norm}@{base.anchor.printed}"
            found.append(Anchor(printed, True, base.anchor.root, day, key, base, via))
    return found


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


def _on_period(rule: Rule, view: View, applies: _Asked, months: int) -> Iterator[Opening]:
    extent = view.case.extent
    if extent is None:
        spot = standing("起止", None, None, None)
        missing = frozenset({"案件.起止"} | (applies.missing if applies.truth is MAYBE else set()))
        yield Opening(
            Anchor("起止", False, None, None, None, missing=missing), Scope(view, None, spot), True, blank=True
        )
        return
    last = None if extent.last is None else extent.last.toordinal()
    for number, period in enumerate(periods_of(extent.first.toordinal(), last, view.as_of, months)):
        yield from _period(rule, view, applies, period, number)


def _period(rule: Rule, view: View, applies: _Asked, period: Calendared, number: int) -> Iterator[Opening]:
    key = (period.first, 0, rule.position, number)
    spot = standing(period.printed, None, period.first, key)
    anchor = Anchor(period.printed, True, None, period.first, key, first=period.first, last=period.last)
    opening = _opened(rule, Scope(view, None, spot), period.printed, (applies,), anchor)
    if opening is not None:
        yield opening
