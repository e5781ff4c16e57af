"""The closed questions about norms: a case that shows it, a proof within a bound that there is none, or neither.

z3 is imported only when something is asked.
"""

from __future__ import annotations

from importlib.util import find_spec

from checker.calendars.calendar import Calendar
from checker.drafting.answers import Answer, Bound
from checker.model.norm import RuleSet


def is_available() -> bool:
    """Whether the solver is installed (``pip install 'checker[proof]'``)."""
    return find_spec("z3") is not None


def difference(old: RuleSet, new: RuleSet, norm: str, bound: Bound, calendar: Calendar) -> Answer:
    """A smallest case in which the findings of a norm differ between two rule sets."""
    from checker.drafting.proof.differences import differing

    return differing(old, new, norm, bound, calendar)
