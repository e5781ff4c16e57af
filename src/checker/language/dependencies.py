"""Which norm must be decided before which; rings are errors; the rest falls into strata."""

from collections.abc import Iterator, Mapping

from checker.model.dependencies import parts_of
from checker.model.diagnostic import Diagnostic, Note
from checker.model.expressions import Expiry
from checker.model.norm import Norm, OnExpiry
from checker.model.requirements import Deem, Occur, UntilExpiry


def check_expiries(norms: tuple[Norm, ...]) -> list[Diagnostic]:
    """期满 N needs an N that has a period."""
    timed = {norm.id for norm in norms if isinstance(norm.requirement, Occur | Deem)}
    found = []
    for norm in norms:
        for name in dict.fromkeys(p.norm for p in parts_of(norm) if isinstance(p, OnExpiry | Expiry | UntilExpiry)):
            if name not in timed:
                message = f"规范「{norm.id}」用到「期满 {name}」，而那条规范没有期间。"
                found.append(Diagnostic(code="no-expiry", message=message, at=norm.span, help="改指一条有期限的规范。"))
    return found


def find_ring(graph: Mapping[str, Mapping[str, None]]) -> list[str]:
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


def ring_diagnostic(ring: list[str], norms: tuple[Norm, ...]) -> Diagnostic:
    """The error that names the whole ring."""
    spans = {norm.id: norm.span for norm in reversed(norms)}
    shown = " → ".join(f"「{name}」" for name in [*ring, ring[0]])
    notes = tuple(Note(at=span, text=f"「{name}」在此。") for name in ring[1:] if (span := spans.get(name)))
    message = f"规范互相依赖成了循环：{shown}。"
    return Diagnostic(code="cycle", message=message, at=spans.get(ring[0]), quote=ring[0], notes=notes,
                      help="去掉其中一条的「违反」「期满」「优先于」或「视为」。")  # fmt: skip


def strata(norms: tuple[Norm, ...], graph: Mapping[str, Mapping[str, None]]) -> tuple[tuple[int, ...], ...]:
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
