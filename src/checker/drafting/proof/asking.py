"""The closed questions about norms: a case that shows it, a proof within a bound that there is none, or neither.

z3 is imported only when something is asked.
"""

from __future__ import annotations

from importlib.util import find_spec

from checker.calendars.calendar import Calendar
from checker.drafting.answers import Answer, Bound
from checker.drafting.proof.claims import Bind, Claim, DoubleBind
from checker.model.norm import RuleSet


def is_available() -> bool:
    """Whether the solver is installed (``pip install 'checker[proof]'``)."""
    return find_spec("z3") is not None


def difference(old: RuleSet, new: RuleSet, norm: str, bound: Bound, calendar: Calendar) -> Answer:
    """A smallest case in which the findings of a norm differ between two rule sets."""
    from checker.drafting.proof.differences import differing

    return differing(old, new, norm, bound, calendar)


def possible(rules: RuleSet, claim: Claim, bound: Bound, calendar: Calendar) -> Answer:
    """A smallest case in which a claim about norms holds, or a proof that there is none."""
    from checker.drafting.proof import possibilities

    return possibilities.possible(rules, claim, bound, calendar)


def double_bind(rules: RuleSet, claim: DoubleBind, bound: Bound, calendar: Calendar) -> Bind:
    """A double bind as :func:`possible` finds it, and beside it how the case may go on so that one norm is kept."""
    from checker.drafting.proof.scenarios import bound_twice

    return bound_twice(rules, claim, bound, calendar)
