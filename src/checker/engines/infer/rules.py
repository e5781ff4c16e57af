"""Rules as the engine knows them: one pattern over one flat fact of small integers, and what it derives.

Keys of a fact, all integers: ``k`` step, ``i`` row of the request, ``n`` norm, ``f`` form, ``a`` act, ``t`` clock,
``h`` holds, ``w`` answer, ``c`` certain, ``p`` prior, ``q`` cured, ``u`` unsure, ``x0``… the exceptions in written
order, ``d`` defeat, ``b`` one more than the deciding exception (0: none), ``v`` verdict, ``e`` whether a deemed act
happens.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import IntEnum
from itertools import product
from typing import Literal, NamedTuple, TypeAlias

MOST_EXCEPTIONS = 32
"""Of one norm; each takes two rules, and a ruleset must hold them all."""

LARGEST = 2**31 - 1
"""The engine compares integers beyond 2⁶³ wrongly; nothing of ours comes near."""

KEYS = frozenset("kinfathwcpqudbve") | {f"x{n}" for n in range(MOST_EXCEPTIONS)}
"""Every key a pattern or a fact may have besides the engine's own ``id`` and ``sid``."""


class Step(IntEnum):
    """The kind of a fact: where in the chain it stands."""

    BEGIN = 0
    EXCEPTIONS = 1
    INNER = 2
    DEEMING = 3
    OVERLAY = 4
    BREACH = 5


Operator: TypeAlias = Literal["eq", "neq", "gte", "lte"]


class Comparison(NamedTuple):
    """One property against one literal."""

    key: str
    operator: Operator
    value: int

    def expression(self) -> dict[str, object]:
        """As the engine reads it."""
        plain: dict[str, object] = {self.key: self.value}
        return plain if self.operator == "eq" else {f"${self.operator}": plain}


class Rule(NamedTuple):
    """One pattern and its conclusion.

    ``then`` is a ``%``-template of the derived fact, filled from the fact that fired; empty derives nothing.
    ``verdict`` is the code this firing settles, ``KEEP`` the ``v`` of the fact, None none. ``opens`` are the norms that
    a breach may give anchors to.
    """

    name: str
    when: tuple[Comparison, ...]
    then: str = ""
    verdict: int | None = None
    opens: tuple[int, ...] = ()

    def definition(self) -> dict[str, object]:
        """As the engine reads it: one message pattern."""
        parts = [comparison.expression() for comparison in self.when]
        return {"all": [{"m": parts[0] if len(parts) == 1 else {"$and": parts}}]}


KEEP = -1


def is_step(step: Step) -> Comparison:
    """The pattern's first comparison."""
    return Comparison("k", "eq", step)


def template(step: Step, kept: Iterable[str], fixed: Mapping[str, int]) -> str:
    """A derived fact: keys taken over from the fact that fired, and literals."""
    unknown = ({*kept} | {*fixed}) - KEYS
    if unknown:
        raise ValueError(f"keys no fact may have: {sorted(unknown)}")
    parts = [f'"k":{int(step)}', *(f'"{key}":%({key})d' for key in kept)]
    return ",".join([*parts, *(f'"{key}":{int(value)}' for key, value in fixed.items())])


def ways(allowed: Mapping[str, tuple[Collection[int], int]]) -> Iterator[tuple[Comparison, ...]]:
    """Patterns, disjoint from each other, that together say: every key has one of its allowed values.

    ``allowed`` gives for each key the values and the size of their domain 0…size-1.
    """
    for combination in product(*(_alternatives(key, *values) for key, values in allowed.items())):
        yield tuple(comparison for part in combination for comparison in part)


def _alternatives(key: str, values: Collection[int], size: int) -> list[tuple[Comparison, ...]]:
    chosen = sorted({int(value) for value in values})
    others = [value for value in range(size) if value not in chosen]
    if not others:
        return [()]
    if len(others) == 1 and size > 2:
        return [(Comparison(key, "neq", others[0]),)]
    return [_between(key, run, size) for run in _runs(chosen)]


def _runs(values: list[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for value in values:
        if runs and runs[-1][-1] == value - 1:
            runs[-1].append(value)
        else:
            runs.append([value])
    return runs


def _between(key: str, run: list[int], size: int) -> tuple[Comparison, ...]:
    first, last = run[0], run[-1]
    if first == last:
        return (Comparison(key, "eq", first),)
    lower = () if first == 0 else (Comparison(key, "gte", first),)
    upper = () if last == size - 1 else (Comparison(key, "lte", last),)
    return (*lower, *upper)
