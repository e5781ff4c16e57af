"""One of several acts that are asked for left out: of those all needed, or of those any of which will do."""

from collections.abc import Iterator

from checker.drafting.mutation.mutant import Change, Others, alone, left_out
from checker.drafting.mutation.places import exchanged
from checker.explain.phrases import pattern_phrase
from checker.explain.requirement_phrases import patterns_phrase
from checker.model.norm import Norm
from checker.model.requirements import Deem, Occur, Precede


def changes(norm: Norm, others: Others) -> Iterator[Change]:
    """Each group, and each alternative in a group."""
    requirement = norm.requirement
    if isinstance(requirement, Deem):
        for n, pattern in enumerate(requirement.unless) if len(requirement.unless) > 1 else ():
            told = left_out(pattern_phrase(pattern))
            yield alone(others, exchanged(norm, ("requirement", "unless", n), None), told)
    if not isinstance(requirement, Occur | Precede):
        return
    for g, group in enumerate(requirement.groups):
        if len(requirement.groups) > 1:
            told = left_out(patterns_phrase(group))
            yield alone(others, exchanged(norm, ("requirement", "groups", g), None), told)
        for n, pattern in enumerate(group) if len(group) > 1 else ():
            told = left_out(pattern_phrase(pattern))
            yield alone(others, exchanged(norm, ("requirement", "groups", g, n), None), told)
