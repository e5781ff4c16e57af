"""What to change in the expectations of a fixture so that they say what is found."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from checker.drafting.fixtures import Difference, differences, matching
from checker.model.case import Fixture
from checker.model.finding import Finding


class Changes(NamedTuple):
    """By the place of an expectation in its list: keys to be set, expectations to be dropped; findings to be added.

    ``unknown`` are norms that the packs do not have: a slip of the pen, which nobody should accept away.
    """

    values: tuple[tuple[int, tuple[Difference, ...]], ...]
    dropped: tuple[int, ...]
    added: tuple[Finding, ...]
    unknown: tuple[str, ...]


def changes(fixture: Fixture, norms: Collection[str], findings: Sequence[Finding]) -> Changes:
    """The smallest change: what is met stays, what is not takes the keys of the nearest finding left of its norm."""
    pairs = matching(fixture.expect, findings)
    free = [i for i in range(len(findings)) if i not in set(pairs.values())]
    values, dropped, unknown = [], [], []
    for n, expected in enumerate(fixture.expect):
        if n in pairs:
            continue
        fitting = [i for i in free if findings[i].norm == expected.norm]
        if expected.norm not in norms:
            unknown.append(expected.norm)
        elif not fitting:
            dropped.append(n)
        else:
            nearest = min(fitting, key=lambda i: len(differences(expected, findings[i])))
            values.append((n, differences(expected, findings[nearest])))
            free.remove(nearest)
    added = tuple(findings[i] for i in free if findings[i].verdict.is_violation)
    return Changes(tuple(values), tuple(dropped), added, tuple(unknown))
