"""The situations in which a limit may bite on a duty: what the case, or the act that opens the duty, may be like."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from checker.drafting.analysis.desk import Desk
from checker.drafting.analysis.lawful import is_limit
from checker.drafting.analysis.openings import opening
from checker.drafting.analysis.worlds.acting import ROOT, Actor
from checker.drafting.analysis.worlds.trying import settled
from checker.drafting.analysis.worlds.world import World
from checker.model import expressions as x
from checker.model import requirements as r
from checker.model.dependencies import parts_of
from checker.model.finding import Verdict

_FEW: Final = 3
_BRANCHES: Final = 12


def acts_of(groups: r.Groups) -> tuple[str, ...]:
    """The acts by which a duty may be fulfilled."""
    return tuple(dict.fromkeys(act for group in groups for pattern in group for act in pattern.acts))


def limits_on(desk: Desk, groups: r.Groups) -> list[int]:
    """The limits that may stand in the way of the acts asked for."""
    found = []
    for act in acts_of(groups):
        for position in desk.by_act.get(act, ()):
            norm = desk.rules.norms[position]
            patterns = [pattern for group in groups for pattern in group if act in pattern.acts]
            if is_limit(norm) and any(desk.reasoning.may_meet(p, norm.anchor.pattern) for p in patterns):  # type: ignore[union-attr]
                found.append(position)
    return list(dict.fromkeys(found))


def situations(desk: Desk, position: int, limits: list[int]) -> Iterator[World]:
    """Cases in which the duty is open: plain ones, then those in which a limit looks at what is already given."""
    actor = Actor(desk, position)
    for world in islice(actor.undefeated(), _FEW):
        yield from _open(actor, world)
        for limit in limits:
            for given in _given(desk, limit, world.event(ROOT).act if world.events else ""):
                for grown in islice(actor.builder.satisfy(world, given, True, None), _FEW):
                    yield from _open(actor, grown)


def _open(actor: Actor, world: World) -> Iterator[World]:
    """The case, if the duty is open in it once what is missing is filled in."""
    world = actor.behind(world)
    trials = settled(actor.desk, world, [actor.position], world.date_of(max(world.last_day, world.later)))
    if any(Verdict.PENDING in one.verdicts(actor.position) for one in trials):
        yield world


def _given(desk: Desk, position: int, act: str) -> Iterator[x.Condition]:
    """What a limit asks of the case or of the act before, taken from the ways in which it is broken."""
    norm = desk.rules.norms[position]
    broken = [x.Not(of=norm.requirement.condition)] if isinstance(norm.requirement, r.Hold) else []
    seen: set[str] = set()
    for branch in islice(_branches([*opening(norm), *broken], []), _BRANCHES):
        kept = tuple(one for one in branch if _is_given(one, act))
        said = repr(kept)
        if kept and said not in seen:
            seen.add(said)
            yield x.All(of=kept)


def _branches(todo: list[x.Condition], known: list[x.Condition]) -> Iterator[list[x.Condition]]:
    """The conjunctions of which the conditions are the disjunction."""
    if not todo:
        yield known
        return
    first, rest = todo[0], todo[1:]
    is_negated = isinstance(first, x.Not)
    inner = first.of if isinstance(first, x.Not) else first
    match inner:
        case x.Not():
            yield from _branches([inner.of, *rest], known)
        case x.All() | x.AnyOf():
            parts: list[x.Condition] = [x.Not(of=one) for one in inner.of] if is_negated else list(inner.of)
            if isinstance(inner, x.All) is not is_negated:
                yield from _branches([*parts, *rest], known)
            else:
                for part in parts:
                    yield from _branches([part, *rest], known)
        case x.Constant():
            yield from _branches(rest, known)
        case _:
            yield from _branches(rest, [*known, first])


def _is_given(condition: x.Condition, act: str) -> bool:
    """Whether the literal reads only the case, or the act that opens the duty."""
    subjects = [
        p
        for p in parts_of(condition)
        if isinstance(p, x.SelfEvent | x.AnchorEvent | x.CaseSubject | x.LastEvent | x.NthEvent)
    ]
    inner = condition.of if isinstance(condition, x.Not) else condition
    if not subjects or isinstance(inner, x.Occurred | x.Inside | x.ActorIs):
        return False
    return all(
        isinstance(one, x.CaseSubject)
        or (isinstance(one, x.LastEvent | x.NthEvent) and act in one.pattern.acts and one.pattern.where is None)
        for one in subjects
    ) and not any(isinstance(part, x.DateOf) for part in parts_of(condition))
