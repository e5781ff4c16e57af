"""What a norm refers to, gathered by walking its core: other norms, acts, attributes, parameters."""

from collections.abc import Iterator, Mapping

from checker.model import expressions as x
from checker.model import requirements as r
from checker.model.indicator import Indicator
from checker.model.node import Node
from checker.model.norm import Norm, OnBreach, OnExpiry


def nodes_of(value: object) -> Iterator[Node]:
    """The node and every node below it, in the order of fields."""
    if isinstance(value, Node):
        yield value
        for name in type(value).model_fields:
            yield from nodes_of(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from nodes_of(item)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from nodes_of(item)


def referred_norms(norm: Norm) -> tuple[str, ...]:
    """Ids of the norms whose breach, expiry or count it reads, and of those it takes precedence over; each once."""
    found = [
        node.norm
        for node in nodes_of(norm)
        if isinstance(node, OnBreach | OnExpiry | x.Expiry | x.BreachCount | r.UntilExpiry)
    ]
    return tuple(dict.fromkeys(found))


def used_acts(norm: Norm | Indicator) -> tuple[str, ...]:
    """The acts that its patterns name, and the one it deems; each once."""
    found: list[str] = []
    for node in nodes_of(norm):
        if isinstance(node, x.Pattern):
            found += node.acts
        elif isinstance(node, r.Deem):
            found.append(node.act)
    return tuple(dict.fromkeys(found))


def used_parameters(norm: Norm) -> tuple[str, ...]:
    """Names of the parameters its periods and constants came from; each once."""
    found = [
        node.parameter
        for node in nodes_of(norm)
        if isinstance(node, r.Fixed | x.LiteralValue) and node.parameter is not None
    ]
    return tuple(dict.fromkeys(found))
