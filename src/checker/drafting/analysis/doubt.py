"""Questions handed on to the prover, where words and trials do not decide."""

import importlib
from collections.abc import Callable
from typing import Any, Final

from checker.drafting.analysis.desk import Desk
from checker.drafting.answers import Answer, Bound, Undecided
from checker.model.norm import RuleSet

BY_WORDS: Final = "从条文的写法推出，及于一切没有缺项的案件记录。"
UNASKED: Final = "证明器不回答这一问"
ABSENT: Final = "没有证明器：须安装 pip install 'checker[proof]'"


def ask(desk: Desk, claim: Callable[[Any], object]) -> Answer:
    """The prover's answer; ``claim`` makes the question from the module of claims."""
    asking, claims = _room("asking"), _room("claims")
    if asking is None or not asking.is_available():
        return Undecided(reason=ABSENT)
    if claims is None or not hasattr(asking, "possible"):
        return Undecided(reason=UNASKED)
    answer: Answer = asking.possible(desk.rules, claim(claims), desk.bound, desk.calendar)
    return answer


def ask_difference(desk: Desk, old: RuleSet, new: RuleSet, norm: str) -> Answer:
    """Whether a case tells two wordings of a norm apart."""
    asking = _room("asking")
    if asking is None or not asking.is_available():
        return Undecided(reason=ABSENT)
    answer: Answer = asking.difference(old, new, norm, desk.bound, desk.calendar)
    return answer


def _room(module: str) -> Any:  # noqa: ANN401
    """A module of the prover, if it is there."""
    try:
        return importlib.import_module(f"checker.drafting.proof.{module}")
    except ImportError:
        return None


def bound_text(bound: Bound | None) -> str:
    """How far a proof reaches, in words."""
    if bound is None:
        return "由证明器证明，及于一切案件。"
    return f"由证明器证明，及于不超过 {bound.events} 个行为、自 {bound.first} 起 {bound.days} 日以内的案件。"
