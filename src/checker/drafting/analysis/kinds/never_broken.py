"""Norms that apply and ask nothing: whatever is done, they are kept."""

from collections.abc import Iterator
from typing import Final

from checker.drafting.analysis.desk import Desk
from checker.drafting.analysis.hopeless import never_applies, unbreakable
from checker.drafting.analysis.reaching import Goal, answers
from checker.drafting.analysis.results import Result
from checker.model.finding import Verdict
from checker.model.requirements import Deem

NAME: Final = "never-broken"
TITLE: Final = "无从违反"
IS_GRAVE: Final = True
VIOLATIONS: Final = frozenset(verdict for verdict in Verdict if verdict.is_violation)


def look(desk: Desk) -> Iterator[Result]:
    """Every norm that applies is either broken in a case, or reported. What is deemed has no breach."""
    goal = Goal(
        NAME,
        VIOLATIONS,
        lambda norm: f"「{norm.id}」怎样办都不会违反，等于没有要求",
        lambda norm: f"没有找到违反「{norm.id}」的案件，也没有证明没有",
        unbreakable,
        lambda actor: (actor.broken(),),
    )
    asked = (
        position
        for position, norm in desk.mine()
        if not isinstance(norm.requirement, Deem) and never_applies(desk, norm) is None
    )
    yield from answers(desk, goal, asked, "这件案件适用本条，本条已经合规")
