"""之前 read in another way: in the order of the record, on an earlier day, on the same day or before."""

from collections.abc import Iterator
from typing import Final

from checker.drafting.mutation.mutant import Change, Others, alone, turned
from checker.drafting.mutation.places import exchanged
from checker.explain.requirement_phrases import lead_phrase
from checker.model.norm import Norm
from checker.model.requirements import Lead, Precede

_KINDS: Final = ("order", "earlier_day", "same_day")


def changes(norm: Norm, others: Others) -> Iterator[Change]:
    """Each other way; a lead of so many days becomes one of any length."""
    if isinstance(norm.requirement, Precede):
        lead = norm.requirement.lead
        for kind in _KINDS if lead.kind != "period" else ("earlier_day",):
            other = Lead(kind=kind)
            if kind != lead.kind:
                told = turned(lead_phrase(lead), lead_phrase(other))
                yield alone(others, exchanged(norm, ("requirement", "lead"), other), told)
