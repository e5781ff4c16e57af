"""What the norms of the rules say of an act: who performs it, and which other acts excuse what it asks for."""

from collections import Counter
from typing import NamedTuple

from checker.explain.references import nodes_of
from checker.model.expressions import AnchorActor, OrganActor, Pattern
from checker.model.norm import OnEvent, RuleSet


class Doers(NamedTuple):
    """Organs that the norms name as doing an act, and attributes of other acts that name who does it."""

    organs: Counter[str]
    attributes: Counter[str]


def looked_at(rules: RuleSet) -> dict[str, dict[str, None]]:
    """The acts that exceptions of norms ask for, by the act that opens the norm: what a record should tell, too."""
    found: dict[str, dict[str, None]] = {}
    for norm in rules.norms:
        acts = [act for node in nodes_of(norm.exceptions) if isinstance(node, Pattern) for act in node.acts]
        for act in norm.anchor.pattern.acts if isinstance(norm.anchor, OnEvent) else ():
            found.setdefault(act, {}).update(dict.fromkeys(acts))
    return found


def doers(rules: RuleSet) -> dict[str, Doers]:
    """By act."""
    found: dict[str, Doers] = {}
    for norm in rules.norms:
        for pattern in (node for node in nodes_of(norm) if isinstance(node, Pattern)):
            for act in pattern.acts:
                held = found.setdefault(act, Doers(Counter(), Counter()))
                match pattern.actor:
                    case OrganActor(names=names):
                        held.organs.update(names)
                    case AnchorActor(attribute=attribute, is_doer=False):
                        held.attributes[attribute] += 1
                    case _:
                        pass
    return found
