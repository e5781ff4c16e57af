"""What of the anchor the matches of a pattern depend on, so that anchors alike share them."""

from collections.abc import Callable, Iterator

from checker.engines.ground.scope import UNKNOWN, Scope
from checker.engines.ground.values import plain
from checker.model.expressions import ActorOf, AnchorActor, AnchorEvent, Attribute, DateOf, Pattern
from checker.model.node import Node

Feature = Callable[[Scope], object]
"""Something of the anchor, hashable."""


def features_of(pattern: Pattern, correlate: tuple[str, ...]) -> tuple[Feature, ...]:
    """Getters for every attribute, date and actor of the anchor that the pattern or one nested in it reads."""
    named = [] if pattern.actor is None else list(_named(pattern.actor))
    if pattern.where is not None:
        named += _named(pattern.where)
    names = dict.fromkeys([*named, *(("attribute", name) for name in correlate)])
    if correlate:
        names["act", ""] = None
    return tuple(_getter(kind, name) for kind, name in names)


def _named(node: Node) -> Iterator[tuple[str, str]]:
    match node:
        case AnchorActor(is_doer=True):
            yield "actors", ""
        case AnchorActor():
            yield "attribute", node.attribute
        case Attribute(of=AnchorEvent()):
            yield "attribute", node.name
        case DateOf(of=AnchorEvent()):
            yield "date", ""
        case ActorOf(of=AnchorEvent()):
            yield "actors", ""
    for name in type(node).model_fields:
        value = getattr(node, name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Node):
                yield from _named(part)


def _getter(kind: str, name: str) -> Feature:
    match kind:
        case "attribute":
            return lambda scope: plain(scope.root.attributes.get(name, UNKNOWN)) if scope.root else None
        case "date":
            return lambda scope: scope.root.date if scope.root else None
        case "actors":
            return lambda scope: scope.root.actors if scope.root else None
        case _:
            return lambda scope: scope.root.act if scope.root else None
