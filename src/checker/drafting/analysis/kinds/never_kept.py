"""Norms that nobody can keep where they apply; a plain ban is none of them, it is kept by not acting."""

from collections.abc import Iterator
from typing import Final

from checker.drafting.analysis.desk import Desk
from checker.drafting.analysis.hopeless import never_applies, unkeepable
from checker.drafting.analysis.reaching import Goal, answers
from checker.drafting.analysis.results import Result
from checker.model.expressions import Constant
from checker.model.finding import Verdict
from checker.model.norm import Norm
from checker.model.requirements import Hold

NAME: Final = "never-kept"
TITLE: Final = "无从遵守"
IS_GRAVE: Final = True


def look(desk: Desk) -> Iterator[Result]:
    """Every norm that applies is either kept in a case, or reported."""
    goal = Goal(
        NAME,
        frozenset({Verdict.MET}),
        lambda norm: f"「{norm.id}」怎样办都不能合规",
        lambda norm: f"没有找到合于「{norm.id}」的案件，也没有证明没有",
        unkeepable,
        lambda actor: (actor.kept(),),
    )
    asked = (position for position, norm in desk.mine() if not _is_ban(norm) and never_applies(desk, norm) is None)
    yield from answers(desk, goal, asked, "这件案件适用本条，照样不能合规")


def _is_ban(norm: Norm) -> bool:
    return isinstance(norm.requirement, Hold) and isinstance(norm.requirement.condition, Constant)
