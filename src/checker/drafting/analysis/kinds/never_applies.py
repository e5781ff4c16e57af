"""Norms that no case can open, or whose every anchor an exception takes away."""

from collections.abc import Iterator
from typing import Final

from checker.drafting.analysis.desk import Desk
from checker.drafting.analysis.hopeless import never_applies
from checker.drafting.analysis.reaching import Goal, answers
from checker.drafting.analysis.results import Result
from checker.model.finding import Verdict

NAME: Final = "never-applies"
TITLE: Final = "无从适用"
IS_GRAVE: Final = True


def look(desk: Desk) -> Iterator[Result]:
    """Every norm is either opened by a case, or reported."""
    goal = Goal(
        NAME,
        frozenset(Verdict) - {Verdict.UNDETERMINED, Verdict.EXEMPT},
        lambda norm: f"没有案件能适用「{norm.id}」",
        lambda norm: f"没有找到适用「{norm.id}」的案件，也没有证明没有",
        never_applies,
        lambda actor: (actor.undefeated(), actor.broken(), actor.kept()),
    )
    yield from answers(desk, goal, (position for position, _ in desk.mine()))
