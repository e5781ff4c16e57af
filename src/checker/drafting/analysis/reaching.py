"""Norms that can never come out in a certain way: a reason in the words, or a case, or the prover."""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

from checker.drafting.analysis.desk import Desk
from checker.drafting.analysis.doubt import BY_WORDS, ask, bound_text
from checker.drafting.analysis.results import Result, Shown, named
from checker.drafting.analysis.showing import shown
from checker.drafting.analysis.worlds.acting import Actor
from checker.drafting.analysis.worlds.trying import Tried, first_found, settled
from checker.drafting.analysis.worlds.world import World
from checker.drafting.answers import Proved, Undecided
from checker.drafting.proof.claims import Reaches
from checker.model.finding import Verdict
from checker.model.norm import Norm


class Goal(NamedTuple):
    """What is asked of every norm. ``never`` and ``unknown`` say of a norm what was found, or that nothing was."""

    kind: str
    verdicts: frozenset[Verdict]
    never: Callable[[Norm], str]
    unknown: Callable[[Norm], str]
    reason: Callable[[Desk, Norm], str | None]
    worlds: Callable[[Actor], Iterable[Iterable[World]]]


def answers(desk: Desk, goal: Goal, positions: Iterable[int], sample: str = "") -> Iterator[Result]:
    """One answer for each norm that never comes out so, or of which it is not known; nothing for the others.

    ``sample`` says what a case shows in which such a norm applies, if one is to be shown.
    """
    for position in positions:
        norm = desk.rules.norms[position]
        reason = goal.reason(desk, norm)
        if reason is not None:
            claim = f"{goal.never(norm)}：{reason}。"
            cases = _sample(desk, position, sample) if sample else ()
            yield Result(kind=goal.kind, norms=named(norm), claim=claim, proof=BY_WORDS, shown=cases)
        elif not reached(desk, position, goal.verdicts, goal.worlds):
            yield from _asked(desk, goal, norm)


def reached(
    desk: Desk, position: int, verdicts: Collection[Verdict], worlds: Callable[[Actor], Iterable[Iterable[World]]]
) -> Tried | None:
    """A case in which the norm comes out in one of these ways."""
    for some in worlds(Actor(desk, position)):
        found = first_found(
            some,
            lambda world: settled(desk, world, [position]),
            lambda one: any(verdict in verdicts for verdict in one.verdicts(position)),
        )
        if found is not None:
            return found
    return None


def _sample(desk: Desk, position: int, says: str) -> tuple[Shown, ...]:
    decided = frozenset(Verdict) - {Verdict.UNDETERMINED}
    found = reached(desk, position, decided, lambda actor: (actor.opened(),))
    return () if found is None else (shown(desk, found, [position], says),)


def _asked(desk: Desk, goal: Goal, norm: Norm) -> Iterator[Result]:
    wanted = tuple(sorted(goal.verdicts))
    answer = ask(desk, Reaches(norm=norm.id, version=norm.version, verdicts=wanted))
    match answer:
        case Proved(bound=bound):
            yield Result(kind=goal.kind, norms=named(norm), claim=f"{goal.never(norm)}。", proof=bound_text(bound))
        case Undecided(reason=reason):
            yield Result(kind=goal.kind, norms=named(norm), claim=f"{goal.unknown(norm)}。", open=reason)
        case _:
            return
