"""Do two rule sets say the same of a norm: first by what they say, then by trying cases, at last by proof."""

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec

from checker.calendars.calendar import Calendar
from checker.drafting.answers import Answer, Bound, Proved, Undecided
from checker.drafting.normal import is_same
from checker.drafting.seeking.search import difference as search
from checker.model.case import Fixture
from checker.model.norm import RuleSet

_PROOF = "checker.drafting.proof.asking"


def difference(
    old: RuleSet,
    new: RuleSet,
    norm: str,
    calendar: Calendar,
    seeds: Sequence[Fixture],
    bound: Bound,
    prove: bool = True,
) -> Answer:
    """A case on which the findings on the norm differ; a proof that there is none; or neither.

    Proved without a bound where the two say the same but for text, sources and the order of 且 and 或.
    """
    if is_same(old, new, norm):
        return Proved()
    witness = search(old, new, [norm], calendar, seeds)
    return witness if witness is not None else proof(old, new, norm, bound, calendar, prove)


def proof(old: RuleSet, new: RuleSet, norm: str, bound: Bound, calendar: Calendar, prove: bool = True) -> Answer:
    """What the solver says of the norm in two rule sets, where it is installed and asked for."""
    if not prove:
        return Undecided(reason="试过的案件都没有差别，没有要求证明")
    if find_spec(_PROOF.rpartition(".")[0]) is None or find_spec("z3") is None:
        return Undecided(reason="试过的案件都没有差别；没有安装证明工具（pip install 'checker[proof]'）")
    answer: Answer = import_module(_PROOF).difference(old, new, norm, bound, calendar)
    return answer
