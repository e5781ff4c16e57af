"""Questions handed on to the prover, where words and trials do not decide."""

import importlib
from collections.abc import Callable
from typing import Any, Final

from checker.drafting.analysis.desk import Desk
from checker.drafting.answers import Answer, Bound, Undecided

BY_WORDS: Final = "从条文的写法推出，及于一切没有缺项的案件记录。"
ABSENT: Final = "没有证明器：须安装 pip install 'checker[proof]'"


def ask(desk: Desk, claim: Callable[[Any], object]) -> Answer:
    """The prover's answer; ``claim`` makes the question from the module of claims."""
    try:
        asking = importlib.import_module("checker.drafting.proof.asking")
        claims = importlib.import_module("checker.drafting.proof.claims")
        answer: Answer = asking.possible(desk.rules, claim(claims), desk.bound, desk.calendar)
    except ImportError:
        return Undecided(reason=ABSENT)
    return answer


def bound_text(bound: Bound | None) -> str:
    """How far a proof reaches, in words."""
    if bound is None:
        return "由证明器证明，及于一切案件。"
    return f"由证明器证明，及于不超过 {bound.events} 个行为、自 {bound.first} 起 {bound.days} 日以内的案件。"
