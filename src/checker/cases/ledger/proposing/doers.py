"""Who performs an act, as far as the norms of the rules say it: what is proposed as its actor."""

from collections import Counter
from typing import NamedTuple

from checker.explain.references import nodes_of
from checker.model.expressions import AnchorActor, OrganActor, Pattern
from checker.model.norm import RuleSet


class Doers(NamedTuple):
    """Organs that the norms name as doing an act, and attributes of other acts that name who does it."""

    organs: Counter[str]
    attributes: Counter[str]


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
