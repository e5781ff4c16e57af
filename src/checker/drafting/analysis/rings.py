"""Duties whose fulfilment surely opens another duty, and so on round a ring."""

from collections.abc import Iterator, Mapping, Sequence

from checker.drafting.analysis.desk import Desk
from checker.drafting.analysis.hopeless import never_applies
from checker.model import requirements as r
from checker.model.expressions import Pattern
from checker.model.norm import Norm, OnEvent

Onward = Mapping[int, tuple[int, ...]]
"""For each duty the duties that the fulfilment of one of its groups surely opens."""


def rings(desk: Desk) -> Iterator[tuple[int, ...]]:
    """Each ring once, beginning with its first norm."""
    onward = _lasting(desk)
    seen: set[frozenset[int]] = set()
    for start in sorted(onward):
        ring = _ring(start, onward)
        if frozenset(ring) not in seen:
            seen.add(frozenset(ring))
            first = ring.index(min(ring))
            yield (*ring[first:], *ring[:first])


def _ring(start: int, onward: Onward) -> tuple[int, ...]:
    path = [start]
    while True:
        following = onward[path[-1]][0]
        if following in path:
            return tuple(path[path.index(following) :])
        path.append(following)


def _lasting(desk: Desk) -> Onward:
    """The duties from which one never gets out: those that lead to others of the same sort, again and again."""
    norms = desk.rules.norms
    steady = [n for n, norm in enumerate(norms) if _is_steady(desk, norm)]
    left = dict.fromkeys(steady)
    while True:
        onward = {n: _leads(desk, norms[n], list(left)) for n in left}
        kept = {n: None for n, following in onward.items() if following}
        if len(kept) == len(left):
            return onward
        left = kept


def _is_steady(desk: Desk, norm: Norm) -> bool:
    """A duty that opens whenever its anchor happens, with nothing written that would end it."""
    if not isinstance(norm.requirement, r.Occur) or not isinstance(norm.anchor, OnEvent):
        return False
    window = norm.requirement.window
    runs = isinstance(window, r.UntilClose) or (
        isinstance(window, r.Within) and isinstance(window.start, r.AtAnchor | r.AtDate)
    )
    ends = any(isinstance(clause, r.Defeat) for clause in norm.exceptions) or norm.pivot is not None
    ends = ends or any(override.norm == norm.id for one in desk.rules.norms for override in one.overrides)
    return runs and not ends and norm.valid.last is None and norm.anchor.pattern.ordinal is None


def _leads(desk: Desk, norm: Norm, among: Sequence[int]) -> tuple[int, ...]:
    """The duties that a group surely opens, whichever way it is fulfilled."""
    assert isinstance(norm.requirement, r.Occur)
    for group in norm.requirement.groups:
        opened = [next((n for n in among if _opens(desk, norm, one, desk.rules.norms[n])), None) for one in group]
        found = tuple(dict.fromkeys(n for n in opened if n is not None))
        if None not in opened and found:
            return found
    return ()


def _opens(desk: Desk, norm: Norm, done: Pattern, other: Norm) -> bool:
    assert isinstance(other.anchor, OnEvent)
    think = desk.reasoning
    return (
        think.narrower(done, other.anchor.pattern)
        and think.implies((norm.applies,), other.applies)
        and norm.valid.last is None
        and never_applies(desk, other) is None
    )
