"""What the norms say of an act: who performs it, which acts excuse what it asks for, and from which periods run."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from checker.explain.references import nodes_of
from checker.model.expressions import AnchorActor, OrganActor, Pattern
from checker.model.norm import Norm, OnEvent, RuleSet
from checker.model.requirements import AtFirst, By, Hold, Occur, Precede, UntilClose, Within


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


def opened_by(rules: RuleSet) -> dict[str, dict[str, None]]:
    """By act, those from which a period for it runs: it can hardly be dated before them.

    Not where a norm asks for that very order, or where each runs from the other: then an earlier date says something.
    """
    found: dict[str, dict[str, None]] = {}
    told: set[tuple[str, str]] = set()
    for norm in rules.norms:
        anchors = norm.anchor.pattern.acts if isinstance(norm.anchor, OnEvent) else ()
        if isinstance(norm.requirement, Precede | Hold):
            others = (node for node in nodes_of(norm.requirement) if isinstance(node, Pattern))
            told |= {(anchor, act) for anchor in anchors for other in others for act in other.acts}
        for late, first in _periods(norm, anchors):
            found.setdefault(late, {})[first] = None
    pairs = [(late, first) for late, of in found.items() for first in of]
    told |= {(late, first) for late, first in pairs if late == first or late in found.get(first, ())}
    kept = {late: {first: None for first in of if (late, first) not in told} for late, of in found.items()}
    return {late: of for late, of in kept.items() if of}


def _periods(norm: Norm, anchors: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The acts that a norm asks for within a period, each with one from which it runs."""
    if not isinstance(norm.requirement, Occur) or not isinstance(norm.requirement.window, Within | UntilClose | By):
        return
    window = norm.requirement.window
    firsts = [*anchors]
    if isinstance(window, Within) and isinstance(window.start, AtFirst):
        firsts += window.start.pattern.acts
    for pattern in (one for group in norm.requirement.groups for one in group):
        yield from ((act, first) for act in pattern.acts for first in firsts)


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
