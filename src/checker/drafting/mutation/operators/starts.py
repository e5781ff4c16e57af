"""A period that runs from the trigger instead of what starts it, or from what the date of the act stands for."""

from collections.abc import Iterator

from checker.drafting.mutation.mutant import Change, Others, alone, at, left_out, turned
from checker.drafting.mutation.places import exchanged, spots
from checker.explain.requirement_phrases import start_phrase
from checker.model.expressions import Pattern
from checker.model.norm import Norm
from checker.model.requirements import AtAnchor, AtDate, AtFirst


def changes(norm: Norm, others: Others) -> Iterator[Change]:
    """Each 自 … 起 that is not the trigger, and each 以 … 为准."""
    for path, node in spots(norm):
        if isinstance(node, AtFirst | AtDate):
            told = at(norm, path, turned(f"自 {start_phrase(node)} 起", f"自 {start_phrase(AtAnchor())} 起"))
            yield alone(others, exchanged(norm, path, AtAnchor()), told)
        if isinstance(node, Pattern) and node.dated_by is not None:
            told = at(norm, path, left_out(f"以 {node.dated_by} 为准"))
            yield alone(others, exchanged(norm, (*path, "dated_by"), None), told)
