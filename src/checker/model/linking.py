"""Norms put together so that each is decided after what it waits for: strata, rings, and what belongs to one norm."""

from collections.abc import Collection, Iterator, Mapping

from checker.model.dependencies import deemed_by, depends_on, waits_for
from checker.model.norm import Norm, RuleSet

Graph = Mapping[str, Mapping[str, None]]


def find_ring(graph: Graph) -> list[str]:
    """The ids of one ring in order, each waiting for the next; empty if there is none."""
    done: set[str] = set()
    for start in graph:
        path: dict[str, Iterator[str]] = {} if start in done else {start: iter(graph[start])}
        while path:
            current = next(reversed(path))
            following = next(path[current], None)
            if following is None:
                path.popitem()
                done.add(current)
            elif following in path:
                order = list(path)
                return order[order.index(following) :]
            elif following not in done:
                path[following] = iter(graph.get(following, {}))
    return []


def strata(norms: tuple[Norm, ...], graph: Graph) -> tuple[tuple[int, ...], ...]:
    """Positions in ``norms``, each stratum depending only on earlier ones. The graph has no ring."""
    depth: dict[str, int] = {}
    for start in graph:
        stack = [start]
        while stack:
            current = stack[-1]
            waiting = [n for n in graph.get(current, {}) if n not in depth]
            if waiting:
                stack += waiting
            else:
                depth[current] = 1 + max((depth[n] for n in graph.get(current, {})), default=-1)
                stack.pop()
    levels: dict[int, list[int]] = {}
    for position, norm in enumerate(norms):
        levels.setdefault(depth[norm.id], []).append(position)
    return tuple(tuple(levels[level]) for level in sorted(levels))


def relinked(rules: RuleSet, norms: tuple[Norm, ...]) -> RuleSet | None:
    """The rule set with these norms in place of its own; None where they wait for one another in a ring."""
    graph = depends_on(norms, rules.packs)
    if find_ring(graph):
        return None
    return rules.model_copy(update={"norms": norms, "strata": strata(norms, graph)})


def limited(rules: RuleSet, ids: Collection[str]) -> RuleSet:
    """Only these norms with all they wait for: their findings are those of the whole set."""
    wanted = _reached(rules, ids)
    places = {old: new for new, old in enumerate(i for i, norm in enumerate(rules.norms) if norm.id in wanted)}
    kept = (tuple(places[i] for i in stratum if i in places) for stratum in rules.strata)
    norms = tuple(rules.norms[i] for i in places)
    return rules.model_copy(update={"norms": norms, "strata": tuple(stratum for stratum in kept if stratum)})


def _reached(rules: RuleSet, ids: Collection[str]) -> set[str]:
    """As ``upstream`` of the whole graph, without looking into norms that have no part in it."""
    closings, deemed = {pack.id: pack.closing for pack in rules.packs}, deemed_by(rules.norms)
    versions: dict[str, list[Norm]] = {}
    above: dict[str, list[str]] = {}
    for norm in rules.norms:
        versions.setdefault(norm.id, []).append(norm)
        for override in norm.overrides:
            above.setdefault(override.norm, []).append(norm.id)
    found: set[str] = set()
    waiting = list(ids)
    while waiting:
        name = waiting.pop()
        if name not in found and name in versions:
            found.add(name)
            waiting += above.get(name, ())
            for norm in versions[name]:
                waiting += waits_for(norm, closings.get(norm.pack), deemed)
    return found


def upstream(graph: Graph, ids: Collection[str]) -> frozenset[str]:
    """The norms themselves and all they wait for."""
    found: set[str] = set()
    waiting = list(ids)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += graph.get(one, {})
    return frozenset(found)


def downstream(graph: Graph, ids: Collection[str]) -> frozenset[str]:
    """The norms themselves and all that wait for them."""
    turned: dict[str, dict[str, None]] = {}
    for one, waits in graph.items():
        for other in waits:
            turned.setdefault(other, {})[one] = None
    return upstream(turned, ids)
