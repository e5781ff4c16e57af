"""The meaning of a norm as a plain value: the core without text, places, sources and the order of what has none."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeAlias

from checker.model import expressions as x
from checker.model import requirements as r
from checker.model.dependencies import parts_of
from checker.model.node import Node
from checker.model.norm import Counting, Norm, Override
from checker.model.values import Period

Plain: TypeAlias = Any
"""Nested lists, mappings and texts, fit for JSON."""

NO_MEANING: Final[Mapping[type[Node], frozenset[str]]] = {
    Norm: frozenset(
        ["pack", "title", "version", "sources", "rank", "draft", "relation", "consequences", "text", "span"]
    ),
    Override: frozenset(("source",)),
    Counting: frozenset(("sources",)),
    r.Defeat: frozenset(("text", "sources", "permission")),
    r.Replace: frozenset(("text",)),
    r.Extend: frozenset(("text",)),
    r.Exclude: frozenset(("text",)),
    r.Restart: frozenset(("text",)),
    r.NoRoll: frozenset(("text",)),
    r.Fixed: frozenset(("parameter",)),
    x.LiteralValue: frozenset(("parameter",)),
}
"""Fields that no verdict, date or class depends on."""

_SETS: Final = frozenset(((x.Member, "values"), (r.Contain, "parts"), (Norm, "correlate")))
"""Fields whose order says nothing."""

_TIMED: Final = (Period, r.FromAttribute, r.UntilExpiry, r.By, r.During, r.InPeriod, x.Expiry, x.Shift)


def meaning(norm: Norm) -> Plain:
    """The core of one version. How time is counted is left out where the norm counts none."""
    found = plain(norm)
    if not counts_time(norm):
        del found["counting"]
    return found


def counts_time(norm: Norm) -> bool:
    """Whether any period, limit or date that moves stands in the norm."""
    return any(isinstance(part, _TIMED) for part in parts_of(norm))


def plain(value: object) -> Plain:
    """A node as nested plain values, without what has no meaning; 且, 或 and 属于 in an order of their own."""
    match value:
        case x.All() | x.AnyOf():
            return _joined(value)
        case x.Not(of=x.Not(of=inner)):
            return plain(inner)
        case Node():
            kind = type(value)
            dropped = NO_MEANING.get(kind, frozenset())
            return {name: _field(value, name) for name in kind.model_fields if name not in dropped}
        case tuple():
            return [plain(one) for one in value]
        case None | bool() | int():
            return value
        case str():
            return str(value)
        case _:
            return {type(value).__name__: str(value)}


def _field(node: Node, name: str) -> Plain:
    found = plain(getattr(node, name))
    return _sorted(found) if (type(node), name) in _SETS else found


def _joined(condition: x.All | x.AnyOf) -> Plain:
    """Brackets within brackets of one kind fall away, and so does what is said twice."""
    kind = type(condition)
    parts: list[Plain] = []
    waiting: list[x.Condition] = list(condition.of)
    while waiting:
        part = waiting.pop()
        if isinstance(part, kind):
            waiting += part.of
        else:
            parts.append(plain(part))
    unique = _sorted({written(part): part for part in parts}.values())
    return unique[0] if len(unique) == 1 else {"tag": condition.tag, "of": unique}


def _sorted(values: Iterable[Plain]) -> list[Plain]:
    return sorted(values, key=written)


def written(value: Plain) -> str:
    """The one way to write a plain value down."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(value: Plain) -> str:
    """A short name for a plain value."""
    return hashlib.sha256(written(value).encode()).hexdigest()[:16]
