"""Questions handed on to the prover, where words and trials do not decide."""

from typing import Final

from checker.drafting.analysis.desk import Desk
from checker.drafting.answers import Answer, Bound, Undecided
from checker.drafting.proof import asking
from checker.drafting.proof.claims import Claim
from checker.model.norm import RuleSet

BY_WORDS: Final = "从条文的写法推出，及于一切没有缺项的案件记录。"
_ABSENT: Final = Undecided(reason="没有证明器：须安装 pip install 'checker[proof]'")


def ask(desk: Desk, claim: Claim) -> Answer:
    """The prover's answer to a question about the rules."""
    return asking.possible(desk.rules, claim, desk.bound, desk.calendar) if asking.is_available() else _ABSENT


def ask_difference(desk: Desk, old: RuleSet, new: RuleSet, norm: str) -> Answer:
    """Whether a case tells two wordings of a norm apart."""
    return asking.difference(old, new, norm, desk.bound, desk.calendar) if asking.is_available() else _ABSENT


def bound_text(bound: Bound | None) -> str:
    """How far a proof reaches, in words."""
    if bound is None:
        return "由证明器证明，及于一切案件。"
    return f"由证明器证明，及于不超过 {bound.events} 个行为、自 {bound.first} 起 {bound.days} 日以内、不缺事实的案件。"
