"""Coverage added up over the runs of several rule sets, and held against what is asked for."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from checker.drafting.coverage.points import Kind, Point
from checker.drafting.coverage.watching import Version, Watcher
from checker.model.norm import Norm


class NormCoverage(NamedTuple):
    """One version of a norm: its points, and those that no fixture tries."""

    norm: Norm
    points: tuple[Point, ...]
    missing: tuple[Point, ...]

    def counts(self, kind: Kind | None = None) -> tuple[int, int]:
        """How many points are tried, of how many; of one kind, or of all."""
        total = sum(kind in (None, point.kind) for point in self.points)
        return total - sum(kind in (None, point.kind) for point in self.missing), total


class Share(NamedTuple):
    """A share asked for, in percent, of one kind of points or of all."""

    percent: float
    kind: Kind | None = None


class Shortfall(NamedTuple):
    """A norm that has less than a share asked for."""

    coverage: NormCoverage
    share: Share
    tried: int
    total: int


def collected(watchers: Iterable[Watcher], only: frozenset[str] | None = None) -> tuple[NormCoverage, ...]:
    """Every norm once, its points as the first rule set that has it gives them, tried in any of them.

    ``only``: ids of the norms wanted.
    """
    norms: dict[Version, tuple[Norm, tuple[Point, ...]]] = {}
    seen: dict[Version, set[tuple[Kind, str]]] = {}
    for watcher in watchers:
        for norm, points, tried in watcher.results():
            version = norm.id, norm.version
            norms.setdefault(version, (norm, points))
            seen.setdefault(version, set()).update(tried)
    return tuple(
        NormCoverage(norm, points, tuple(one for one in points if (one.kind, one.key) not in seen[version]))
        for version, (norm, points) in norms.items()
        if only is None or norm.id in only
    )


def summed(coverages: Sequence[NormCoverage]) -> Mapping[Kind | None, tuple[int, int]]:
    """Tried and total over all norms, by kind, and of all under None; kinds without points are left out."""
    found: dict[Kind | None, tuple[int, int]] = {}
    for kind in (*Kind, None):
        pairs = [one.counts(kind) for one in coverages]
        if total := sum(pair[1] for pair in pairs):
            found[kind] = sum(pair[0] for pair in pairs), total
    return found


def shortfalls(coverages: Sequence[NormCoverage], shares: Sequence[Share]) -> tuple[Shortfall, ...]:
    """Every norm that falls short of a share; one without points of the kind does not."""
    found = []
    for share in shares:
        for one in coverages:
            tried, total = one.counts(share.kind)
            if 100 * tried < share.percent * total:
                found.append(Shortfall(one, share, tried, total))
    return tuple(found)
