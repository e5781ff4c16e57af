"""Every node of a norm's core with the way to it, and the norm with one of them exchanged."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar

from checker.explain.clauses import clause_title
from checker.model.node import Node
from checker.model.norm import Norm

Path: TypeAlias = tuple[str | int, ...]
N = TypeVar("N", bound=Node)

_ROOTS: Final = ("applies", "pivot", "anchor", "requirement", "exceptions")
"""The fields of a norm that say what it asks, in the order in which they are read."""
_NAMES: Final = {"applies": "适用条件中", "pivot": "选用版本的行为中"}


class Spot(NamedTuple):
    """A node and the way to it from the norm."""

    path: Path
    node: Node


def spots(norm: Norm) -> Iterator[Spot]:
    """Every node of the core, outer ones first, in the order of the fields."""
    for name in _ROOTS:
        yield from _below((name,), getattr(norm, name))


def spots_of(norm: Norm, kind: type[N]) -> Iterator[tuple[Path, N]]:
    """The nodes of this kind."""
    return ((path, node) for path, node in spots(norm) if isinstance(node, kind))


def exchanged(norm: Norm, path: Path, new: object) -> Norm:
    """The norm with what stands at the path exchanged; None in a list takes it out."""
    changed: Norm = _put(norm, path, new)
    return changed


def whereabouts(norm: Norm, path: Path) -> str:
    """Where in the norm that is, as words before a sentence; empty for what it asks in the first place."""
    if path[0] == "exceptions":
        return f"例外{clause_title(norm.exceptions[int(path[1])])}中"
    return _NAMES.get(str(path[0]), "")


def _below(path: Path, value: object) -> Iterator[Spot]:
    if isinstance(value, Node):
        yield Spot(path, value)
        for name in type(value).model_fields:
            yield from _below((*path, name), getattr(value, name))
    elif isinstance(value, tuple):
        for n, one in enumerate(value):
            yield from _below((*path, n), one)


def _put(value: Any, path: Path, new: object) -> Any:  # noqa: ANN401 - a node, a list, a leaf
    if not path:
        return new
    head, rest = path[0], path[1:]
    if isinstance(head, int):
        items = list(value)
        items[head] = _put(items[head], rest, new)
        return tuple(item for n, item in enumerate(items) if n != head or item is not None)
    return value.model_copy(update={head: _put(getattr(value, head), rest, new)})
