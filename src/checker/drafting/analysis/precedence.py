"""Acts each of which must come before another, round a ring: the first of them is unlawful whichever it is."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from checker.drafting.analysis.desk import Desk
from checker.drafting.analysis.doubt import BY_WORDS
from checker.drafting.analysis.hopeless import reasons
from checker.drafting.analysis.lawful import is_limit
from checker.drafting.analysis.openings import here, opening
from checker.drafting.analysis.results import Result, Shown, named
from checker.drafting.analysis.showing import shown
from checker.drafting.analysis.worlds.acting import ROOT, Actor
from checker.drafting.analysis.worlds.trying import settled
from checker.model import expressions as x
from checker.model import requirements as r
from checker.model.dependencies import parts_of
from checker.model.norm import Norm, OnEvent

_FEW: Final = 6


def precedence_rings(desk: Desk) -> Iterator[Result]:
    """Each ring once."""
    norms = desk.rules.norms
    left = [n for n, norm in enumerate(norms) if is_limit(norm) and _needs(desk, norm) and not _yields(desk, norm)]
    while True:
        onward = {n: _leads(desk, norms[n], left) for n in left}
        kept = [n for n in left if onward[n]]
        if len(kept) == len(left):
            break
        left = kept
    seen: set[frozenset[int]] = set()
    for start in left:
        path = [start]
        while onward[path[-1]][0] not in path:
            path.append(onward[path[-1]][0])
        ring = path[path.index(onward[path[-1]][0]) :]
        if frozenset(ring) not in seen:
            seen.add(frozenset(ring))
            yield _result(desk, ring)


def _yields(desk: Desk, norm: Norm) -> bool:
    """Whether something may take the norm out of the way."""
    prior = any(override.norm == norm.id for one in desk.rules.norms for override in one.overrides)
    return prior or any(isinstance(clause, r.Defeat) for clause in norm.exceptions) or any(reasons(desk, norm))


def _needs(desk: Desk, norm: Norm) -> list[tuple[x.Pattern, ...]]:
    """What must have come before the act, group by group."""
    match norm.requirement:
        case r.Precede(groups=groups, lead=lead):
            return list(groups) if lead.kind != "same_day" else []
        case r.Hold(condition=condition):
            found = [one for part in parts_of(condition) if (one := _earlier(part)) is not None]
            given = (*opening(norm), here(condition))
            return [(one,) for one in found if desk.reasoning.implies(given, x.Occurred(pattern=one))]
        case _:
            return []


def _earlier(part: object) -> x.Pattern | None:
    if isinstance(part, x.Occurred):
        return part.pattern
    return part.after if isinstance(part, x.Inside) else None


def _leads(desk: Desk, norm: Norm, among: Sequence[int]) -> list[int]:
    for group in _needs(desk, norm):
        found = [next((n for n in among if _falls_under(desk, norm, one, desk.rules.norms[n])), None) for one in group]
        if None not in found:
            return [n for n in found if n is not None]
    return []


def _falls_under(desk: Desk, norm: Norm, needed: x.Pattern, other: Norm) -> bool:
    assert isinstance(other.anchor, OnEvent)
    return (
        desk.reasoning.narrower(needed, other.anchor.pattern)
        and desk.reasoning.implies((norm.applies,), other.applies)
        and other.valid.contains(norm.valid)
        and set(other.correlate) <= set(norm.correlate)
    )


def _result(desk: Desk, ring: list[int]) -> Result:
    norms = [desk.rules.norms[n] for n in ring]
    names = "、".join(f"「{norm.id}」" for norm in norms)
    claim = f"{names}互为前提：各自要求的在先行为又以它为前提，最先办的一个总是违反。"
    if len(ring) == 1:
        claim = f"「{norms[0].id}」以它自己所说的行为为前提，第一次总是违反。"
    return Result(kind="", norms=named(*norms), claim=claim, shown=tuple(_cases(desk, ring)), proof=BY_WORDS)


def _cases(desk: Desk, ring: list[int]) -> Iterator[Shown]:
    """One case for each: its act alone, and then with what it needs before it."""
    for position in ring:
        actor = Actor(desk, position)
        for world in islice(actor.opened(), _FEW):
            found = [one for one in settled(desk, world, ring) if any(v.is_violation for v in one.verdicts(position))]
            if found:
                says = f"先办「{world.event(ROOT).act}」，违反「{actor.norm.id}」"
                yield shown(desk, found[0], ring, says)
                break
