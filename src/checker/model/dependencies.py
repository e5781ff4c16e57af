"""Which norms speak of which: what has to be decided first."""

from collections.abc import Iterator, Mapping

from checker.model.expressions import BreachCount, Expiry, Pattern
from checker.model.node import Node
from checker.model.norm import Norm, OnBreach, OnExpiry, Pack
from checker.model.requirements import Deem, Occur, UntilClose, UntilExpiry


def parts_of(node: Node) -> Iterator[Node]:
    """The node and every node below it; does not recurse."""
    stack: list[object] = [node]
    while stack:
        current = stack.pop()
        if isinstance(current, Node):
            yield current
            stack += [getattr(current, name) for name in type(current).model_fields]
        elif isinstance(current, tuple):
            stack += current


def depends_on(norms: tuple[Norm, ...], packs: tuple[Pack, ...]) -> dict[str, dict[str, None]]:
    """For each norm id, the ids it waits for, in order of mention."""
    closings = {pack.id: pack.closing for pack in packs}
    deemed = deemed_by(norms)
    found: dict[str, dict[str, None]] = {norm.id: {} for norm in norms}
    for norm in norms:
        found[norm.id].update(waits_for(norm, closings.get(norm.pack), deemed))
        for override in norm.overrides:
            found.setdefault(override.norm, {})[norm.id] = None
    return found


def deemed_by(norms: tuple[Norm, ...]) -> dict[str, dict[str, None]]:
    """For each act that is taken to have happened, the ids of the norms that say so."""
    found: dict[str, dict[str, None]] = {}
    for norm in norms:
        if isinstance(norm.requirement, Deem):
            found.setdefault(norm.requirement.act, {})[norm.id] = None
    return found


def waits_for(norm: Norm, closing: Pattern | None, deemed: Mapping[str, dict[str, None]]) -> dict[str, None]:
    """The ids that one norm speaks of, in order of mention; norms that take precedence over it apart."""
    found: dict[str, None] = {}
    roots: list[Node] = [norm]
    window = norm.requirement.window if isinstance(norm.requirement, Occur | Deem) else None
    if isinstance(window, UntilClose) and closing is not None:
        roots.append(closing)
    for part in (p for root in roots for p in parts_of(root)):
        if isinstance(part, OnBreach | OnExpiry | BreachCount | Expiry | UntilExpiry):
            found[part.norm] = None
        elif isinstance(part, Pattern):
            waits = {n: None for act in part.acts for n in deemed.get(act, {}) if n != norm.id}
            found.update(waits)
    return found
