"""Norms without what cannot change a finding: their text, their sources, the order of 且 and 或."""

from collections.abc import Collection, Iterator
from typing import Any, Final

from checker.model.dependencies import depends_on, parts_of
from checker.model.expressions import All, AnchorActor, AnyOf, LiteralValue, Member, Not, OrganActor, Same
from checker.model.linking import upstream
from checker.model.node import Node
from checker.model.norm import Norm, RuleSet
from checker.model.requirements import Contain, UntilClose

_MUTE: Final = frozenset((
    "text", "sources", "source", "span", "permission", "parameter", "relation", "consequences", "draft", "version",
    "rank",
))  # fmt: skip
"""Fields that are told to people and that no engine reads."""
_SETS: Final = frozenset(((Member, "values"), (Contain, "parts"), (Norm, "correlate")))
"""Fields whose order says nothing."""


def is_same(old: RuleSet, new: RuleSet, norm: str) -> bool:
    """Whether the norm, with all it waits for and the words it uses, is the same in both rule sets but for its text."""
    return _meaning(old, norm) == _meaning(new, norm)


def meaning_of(norm: Node) -> object:
    """A value that is equal for norms, or parts of them, that say the same but for their text."""
    return _said(norm)


def _meaning(rules: RuleSet, norm: str) -> tuple[object, ...]:
    cone = upstream(depends_on(rules.norms, rules.packs), [norm])
    norms = [one for one in rules.norms if one.id in cone]
    homes = {one.pack for one in norms if _reads_closing(one)}
    closings = {pack.id: _said(pack.closing) for pack in rules.packs if pack.id in homes}
    return (tuple(_said(one) for one in norms), closings, _kinship(rules, norms), _correlating(rules, norms))


def _reads_closing(norm: Norm) -> bool:
    return any(isinstance(part, UntilClose) for part in parts_of(norm.requirement))


def _kinship(rules: RuleSet, norms: Collection[Norm]) -> object:
    """What the organs that are named embrace, and what embraces them; all kinship where the record names organs."""
    held = rules.vocabulary
    if any(isinstance(part, AnchorActor | Same) for norm in norms for part in parts_of(norm)):
        return {(one, kind) for one, kind in held.organs.items() if kind is not None}
    named = {name for norm in norms for name in _names(norm)}
    return {
        (one, name): told for name in named for one in held.organs if (told := held.organ_is(one, name)) is not False
    }


def _names(norm: Norm) -> Iterator[str]:
    for part in parts_of(norm):
        match part:
            case OrganActor():
                yield from part.names
            case Member():
                yield from (value for value in part.values if isinstance(value, str))
            case LiteralValue():
                yield from [part.value] if isinstance(part.value, str) else []


def _correlating(rules: RuleSet, norms: Collection[Norm]) -> object:
    """Which acts declare the attributes of 同一."""
    acts = rules.vocabulary.acts
    wanted = {name for norm in norms for name in norm.correlate}
    return {(name, act.name) for act in acts.values() for name in wanted if name in act.attributes}


def _said(node: Any) -> Any:  # noqa: ANN401 - any value of a model
    """A value that is equal for nodes that mean the same."""
    match node:
        case All() | AnyOf():
            return _joined(node)
        case Not(of=Not(of=inner)):
            return _said(inner)
        case Node():
            return (type(node).__name__, *(_field(node, name) for name in type(node).model_fields if name not in _MUTE))
        case tuple():
            return tuple(_said(one) for one in node)
        case _:
            return repr(node)


def _field(node: Node, name: str) -> tuple[str, object]:
    value = getattr(node, name)
    is_set = (type(node), name) in _SETS
    return name, tuple(sorted(map(repr, value))) if is_set else _said(value)


def _joined(node: All | AnyOf) -> Any:  # noqa: ANN401 - as above
    """Members of the same kind taken up, each once, in one order; a single one stands for itself."""
    parts: dict[str, Any] = {}
    waiting = list(node.of)
    while waiting:
        one = waiting.pop()
        if type(one) is type(node):
            waiting += one.of
        else:
            said = _said(one)
            parts[repr(said)] = said
    ordered = tuple(parts[key] for key in sorted(parts))
    return ordered[0] if len(ordered) == 1 else (type(node).__name__, *ordered)
