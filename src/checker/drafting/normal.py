"""Norms without what cannot change a finding: their text, their sources, the order of 且 and 或."""

from collections.abc import Collection, Iterator

from checker.drafting.canonical import meaning, plain, written
from checker.model.dependencies import depends_on, parts_of
from checker.model.expressions import AnchorActor, LiteralValue, Member, OrganActor, Same
from checker.model.linking import upstream
from checker.model.node import Node
from checker.model.norm import Norm, RuleSet
from checker.model.requirements import UntilClose


def is_same(old: RuleSet, new: RuleSet, norm: str) -> bool:
    """Whether the norm, with all it waits for and the words it uses, is the same in both rule sets but for its text."""
    return _meaning(old, norm) == _meaning(new, norm)


def meaning_of(node: Node) -> str:
    """A text that is equal for norms of one name, or parts of norms, that say the same but for their text."""
    return f"{node.id} {written(meaning(node))}" if isinstance(node, Norm) else written(plain(node))


def _meaning(rules: RuleSet, norm: str) -> tuple[object, ...]:
    cone = upstream(depends_on(rules.norms, rules.packs), [norm])
    norms = [one for one in rules.norms if one.id in cone]
    homes = {one.pack for one in norms if _reads_closing(one)}
    closings = {pack.id: pack.closing and meaning_of(pack.closing) for pack in rules.packs if pack.id in homes}
    return (tuple(meaning_of(one) for one in norms), closings, _kinship(rules, norms), _correlating(rules, norms))


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
