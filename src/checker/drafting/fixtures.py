"""A fixture against what was found: each expectation, and every violation that was not expected."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from checker.model.case import Expectation, Fixture
from checker.model.finding import Finding


class Difference(NamedTuple):
    """One key on which an expectation and the nearest finding disagree."""

    key: str
    expected: object
    actual: object


class Miss(NamedTuple):
    """An expectation that no finding meets.

    ``finding`` is the position of the nearest free finding of that norm, None where there is none; ``known`` is False
    where the packs under test have no such norm.
    """

    expectation: Expectation
    known: bool
    finding: int | None
    differences: tuple[Difference, ...]


class Comparison(NamedTuple):
    """What is wrong with one fixture; ``unexpected`` are positions of violations that no expectation names."""

    misses: tuple[Miss, ...]
    unexpected: tuple[int, ...]

    @property
    def passed(self) -> bool:
        """Nothing is wrong."""
        return not self.misses and not self.unexpected


def compare(fixture: Fixture, norms: Collection[str], findings: Sequence[Finding]) -> Comparison:
    """Match each expectation with a finding of its own; the keys it gives must agree, the others are free.

    ``norms`` are the ids of the packs under test. Violations must be complete: each has to be expected.
    """
    pairs = matching(fixture.expect, findings)
    taken = set(pairs.values())
    misses = [_miss(one, norms, findings, taken) for n, one in enumerate(fixture.expect) if n not in pairs]
    near = {miss.finding for miss in misses}
    unexpected = [
        i for i, found in enumerate(findings) if found.verdict.is_violation and i not in taken and i not in near
    ]
    return Comparison(tuple(misses), tuple(unexpected))


def uncovered(fixtures: Sequence[Fixture], norms: Sequence[str]) -> tuple[str, ...]:
    """The norms that no fixture names in its expectations, in the order given, each once."""
    named = {one.norm for fixture in fixtures for one in fixture.expect}
    return tuple(dict.fromkeys(norm for norm in norms if norm not in named))


def matching(expect: Sequence[Expectation], findings: Sequence[Finding]) -> dict[int, int]:
    """Expectation to finding, as many as can be matched at once (augmenting paths)."""
    fitting = {n: [i for i, found in enumerate(findings) if _fits(one, found)] for n, one in enumerate(expect)}
    owner: dict[int, int] = {}
    for n in fitting:
        _place(n, fitting, owner, set())
    return {n: i for i, n in owner.items()}


def _place(n: int, fitting: dict[int, list[int]], owner: dict[int, int], tried: set[int]) -> bool:
    for i in fitting[n]:
        if i not in tried:
            tried.add(i)
            if i not in owner or _place(owner[i], fitting, owner, tried):
                owner[i] = n
                return True
    return False


def _fits(expectation: Expectation, finding: Finding) -> bool:
    return expectation.norm == finding.norm and not differences(expectation, finding)


def differences(expectation: Expectation, finding: Finding) -> tuple[Difference, ...]:
    """The keys of an expectation on which a finding is otherwise, in type or in value."""
    rows = ((key, value, getattr(finding, key)) for key, value in expectation.values.items())
    return tuple(Difference(*row) for row in rows if type(row[1]) is not type(row[2]) or row[1] != row[2])


def _miss(
    expectation: Expectation, norms: Collection[str], findings: Sequence[Finding], taken: Collection[int]
) -> Miss:
    free = [i for i, found in enumerate(findings) if found.norm == expectation.norm and i not in taken]
    if not free:
        return Miss(expectation, expectation.norm in norms, None, ())
    nearest = min(free, key=lambda i: len(differences(expectation, findings[i])))
    return Miss(expectation, True, nearest, differences(expectation, findings[nearest]))
