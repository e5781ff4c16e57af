"""An exception that holds more often: without its condition, without one part of it, without its 除外."""

from collections.abc import Iterator

from checker.drafting.mutation.mutant import Change, Others, alone, at, left_out
from checker.drafting.mutation.places import Path, exchanged, spots
from checker.explain.phrases import condition_phrase
from checker.model.expressions import All, Condition, Constant, Pattern
from checker.model.norm import Norm


def changes(norm: Norm, others: Others) -> Iterator[Change]:
    """Each condition of each exception, and each part of one joined by 且."""
    for n, clause in enumerate(norm.exceptions):
        here: Path = ("exceptions", n)
        for name in ("when", "unless"):
            condition = getattr(clause, name, None)
            if condition is not None:
                told = at(norm, here, left_out(f"{'除外：' if name == 'unless' else ''}{condition_phrase(condition)}"))
                new = Constant(value=True) if name == "when" else None
                yield alone(others, exchanged(norm, (*here, name), new), told)
                if name == "when":
                    yield from _parts(norm, others, (*here, name), condition)
    for path, node in spots(norm):
        if path[0] == "exceptions" and isinstance(node, Pattern) and node.where is not None:
            told = at(norm, path, left_out(condition_phrase(node.where)))
            yield alone(others, exchanged(norm, path, node.model_copy(update={"where": None})), told)
            yield from _parts(norm, others, (*path, "where"), node.where)


def _parts(norm: Norm, others: Others, path: Path, condition: Condition) -> Iterator[Change]:
    if isinstance(condition, All) and len(condition.of) > 1:
        for n, part in enumerate(condition.of):
            left = condition.of[:n] + condition.of[n + 1 :]
            new = left[0] if len(left) == 1 else All(of=left)
            yield alone(others, exchanged(norm, path, new), at(norm, path, left_out(condition_phrase(part))))
