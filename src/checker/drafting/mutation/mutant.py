"""One small change to one norm, or to the head of a pack, told in a sentence."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

from checker.drafting.mutation.places import Path, whereabouts
from checker.model.norm import Norm, RuleSet


class Change(NamedTuple):
    """Norms as they would be instead, by position; None: not there. ``told`` is the sentence without a full stop."""

    norms: Mapping[int, Norm | None]
    told: str


class Others(NamedTuple):
    """What a norm stands among; ``position`` is its own."""

    rules: RuleSet
    position: int


class Operator(Protocol):
    """One kind of change: a module in the folder ``operators`` with this function."""

    def __call__(self, norm: Norm, others: Others) -> Iterator[Change]:
        """Every change of this kind that can be made to the norm."""


class Mutant(NamedTuple):
    """A change with the name of the module that made it."""

    operator: str
    change: Change

    @property
    def told(self) -> str:
        """The sentence."""
        return self.change.told

    def applied(self, norms: tuple[Norm, ...]) -> tuple[Norm, ...]:
        """The norms with the change made."""
        made = self.change.norms
        changed = (made.get(n, norm) for n, norm in enumerate(norms))
        return tuple(norm for norm in changed if norm is not None)


def alone(others: Others, norm: Norm | None, told: str) -> Change:
    """A change of the one norm only."""
    return Change({others.position: norm}, told)


def at(norm: Norm, path: Path, told: str) -> str:
    """The sentence with the place in front, where it is not what the norm asks in the first place."""
    where = whereabouts(norm, path)
    return f"{where}，{told}" if where else told


def turned(old: str, new: str) -> str:
    """One thing said in place of another."""
    return f"「{old}」改为「{new}」"


def left_out(what: str) -> str:
    """One thing no longer said."""
    return f"「{what}」删去"


def said_more(what: str) -> str:
    """One thing said besides."""
    return f"加上「{what}」"
