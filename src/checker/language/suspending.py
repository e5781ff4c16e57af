"""The acts from which on a period stands still."""

from collections.abc import Iterable

from checker.model.norm import Norm
from checker.model.requirements import Exclude


def suspending(norms: Iterable[Norm]) -> frozenset[str]:
    """What begins a span that some norm does not count (中止 至 恢复)."""
    clauses = (clause for norm in norms for clause in norm.exceptions)
    spans = (clause for clause in clauses if isinstance(clause, Exclude) and clause.end is not None)
    return frozenset(act for span in spans for act in span.start.acts)
