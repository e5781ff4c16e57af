"""Chains of breaches that end in nothing: a norm for the breach of another, whose own breach has no consequence."""

from collections.abc import Iterator
from typing import Final

from checker.drafting.analysis.desk import Desk
from checker.drafting.analysis.hopeless import never_applies
from checker.drafting.analysis.reaching import reached
from checker.drafting.analysis.results import Result, named
from checker.drafting.analysis.showing import shown
from checker.model.dependencies import parts_of
from checker.model.expressions import BreachCount
from checker.model.finding import Verdict
from checker.model.norm import OnBreach

NAME: Final = "hanging"
TITLE: Final = "到此为止"
IS_GRAVE: Final = False
_VIOLATIONS: Final = frozenset(verdict for verdict in Verdict if verdict.is_violation)


def look(desk: Desk) -> Iterator[Result]:
    """The last norm of each chain, with a case in which it is broken and nothing follows."""
    followed = {part.norm for norm in desk.rules.norms for part in parts_of(norm)
                if isinstance(part, OnBreach | BreachCount)}  # fmt: skip
    for position, norm in desk.mine():
        if not isinstance(norm.anchor, OnBreach) or norm.id in followed or norm.consequences:
            continue
        if never_applies(desk, norm) is not None:
            continue
        found = reached(desk, position, _VIOLATIONS, lambda actor: (actor.broken(),))
        claim = (
            f"「{norm.id}」是违反「{norm.anchor.norm}」之后的要求，它自己被违反以后，没有规范再过问，也没有写明后果。"
        )
        cases = () if found is None else (shown(desk, found, [position], "本条被违反，到此为止"),)
        yield Result(kind=NAME, norms=named(norm), claim=claim, shown=cases)
