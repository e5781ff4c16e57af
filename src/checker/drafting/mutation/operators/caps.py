"""A number one more or less: how often, which time, how many."""

from collections.abc import Iterator

from checker.drafting.mutation.mutant import Change, Others, alone, at, turned
from checker.drafting.mutation.places import Path, exchanged, spots
from checker.model.expressions import LiteralValue, Pattern
from checker.model.norm import Norm
from checker.model.requirements import Extend, Restart


def changes(norm: Norm, others: Others) -> Iterator[Change]:
    """Each number of times, each ordinal, each whole number that something is compared with."""
    for path, node in spots(norm):
        match node:
            case Extend(times=int(n)) | Restart(times=int(n)):
                yield from _both(norm, others, (*path, "times"), n, "次为限")
            case Pattern(ordinal=int(n)):
                yield from _both(norm, others, (*path, "ordinal"), n, "次", "第")
            case LiteralValue(value=int(n)) if not isinstance(n, bool):
                yield from _both(norm, others, (*path, "value"), n)


def _both(norm: Norm, others: Others, path: Path, n: int, after: str = "", before: str = "") -> Iterator[Change]:
    for other in (n + 1, n - 1):
        if other >= (1 if before else 0):
            told = at(norm, path, turned(f"{before}{n}{after}", f"{before}{other}{after}"))
            yield alone(others, exchanged(norm, path, other), told)
