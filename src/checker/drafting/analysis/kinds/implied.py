"""Norms that another makes superfluous: whoever breaks them breaks the other as well."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from checker.drafting.analysis.desk import Desk
from checker.drafting.analysis.doubt import BY_WORDS
from checker.drafting.analysis.hopeless import reasons
from checker.drafting.analysis.reaching import reached
from checker.drafting.analysis.results import Result, Shown, named
from checker.drafting.analysis.showing import shown
from checker.drafting.analysis.strength import covers
from checker.drafting.analysis.worlds.trying import tried
from checker.model.finding import Verdict
from checker.model.norm import Norm, OnEvent

NAME: Final = "implied"
TITLE: Final = "重复"
IS_GRAVE: Final = False
_VIOLATIONS: Final = frozenset(verdict for verdict in Verdict if verdict.is_violation)


def look(desk: Desk) -> Iterator[Result]:
    """The first norm that makes it superfluous; of two that say the same, the later is."""
    for position, norm in desk.mine():
        if next(reasons(desk, norm), None) is not None:
            continue
        for other in _candidates(desk, norm):
            strong = desk.rules.norms[other]
            is_same = covers(desk, norm, strong)
            if covers(desk, strong, norm) and (other < position or not is_same):
                yield _result(desk, position, other, is_same)
                break


def _candidates(desk: Desk, norm: Norm) -> Iterator[int]:
    if isinstance(norm.anchor, OnEvent):
        found = {p for act in norm.anchor.pattern.acts for p in desk.by_act.get(act, ())}
    else:
        found = {p for p, one in enumerate(desk.rules.norms) if one.anchor == norm.anchor}
    for other in sorted(found):
        strong = desk.rules.norms[other]
        if strong.id != norm.id and type(strong.requirement) is type(norm.requirement) and not _is_void(desk, strong):
            yield other


def _is_void(desk: Desk, norm: Norm) -> bool:
    return next(islice(reasons(desk, norm), 1), None) is not None


def _result(desk: Desk, position: int, other: int, is_same: bool) -> Result:
    weak, strong = desk.rules.norms[position], desk.rules.norms[other]
    claim = (
        f"「{weak.id}」与「{strong.id}」要求相同。"
        if is_same
        else f"「{weak.id}」已经包括在「{strong.id}」之内：违反它的，都违反「{strong.id}」。"
    )
    return Result(kind=NAME, norms=named(weak, strong), claim=claim, proof=BY_WORDS, shown=_both(desk, position, other))


def _both(desk: Desk, position: int, other: int) -> tuple[Shown, ...]:
    found = reached(desk, position, _VIOLATIONS, lambda actor: (actor.broken(),))
    if found is None:
        return ()
    again = tried(desk, found.world, [position, other], found.as_of)
    return (shown(desk, again, [position, other], "违反前一条的案件，后一条也被违反"),)
