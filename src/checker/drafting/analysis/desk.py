"""What every analysis works with: the rules compiled once, and what was asked of them already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache
from typing import Any, NamedTuple, TypeVar

from checker.calendars.calendar import Calendar
from checker.drafting.analysis.logic.reasoning import Reasoning
from checker.drafting.analysis.logic.values import constants_of, turned
from checker.drafting.answers import Bound
from checker.engines.ground.program import Program
from checker.engines.run import Evaluation, evaluate_batch, prepare
from checker.model import expressions as x
from checker.model.case import Case
from checker.model.dependencies import depends_on, parts_of
from checker.model.norm import Norm, OnEvent, RuleSet
from checker.model.values import Scalar

T = TypeVar("T")


class Share(NamedTuple):
    """One of several equal parts of the work: every ``of``-th item, beginning with the ``number``-th."""

    number: int = 0
    of: int = 1

    def has(self, item: int) -> bool:
        """Whether an item is in this part."""
        return item % self.of == self.number


class Desk:
    """Rules, calendar, bound; what is derived from them is computed when first asked for."""

    def __init__(self, rules: RuleSet, calendar: Calendar, bound: Bound, share: Share | None = None) -> None:
        """Keep what is given."""
        self.rules = rules
        self.calendar = calendar
        self.bound = bound
        self.share = share or Share()
        self.reasoning = Reasoning(rules.vocabulary)
        self._kept: dict[str, Any] = {}
        self.closure = lru_cache(maxsize=None)(self._closure)

    @cached_property
    def program(self) -> Program:
        """The rules as the row evaluator reads them."""
        return prepare(self.rules, self.calendar)

    @cached_property
    def versions(self) -> dict[str, tuple[int, ...]]:
        """The positions of the versions of each norm."""
        found: dict[str, tuple[int, ...]] = {}
        for position, norm in enumerate(self.rules.norms):
            found[norm.id] = (*found.get(norm.id, ()), position)
        return found

    @cached_property
    def by_act(self) -> dict[str, tuple[int, ...]]:
        """The positions of the norms that an act may open."""
        found: dict[str, tuple[int, ...]] = {}
        for position, norm in enumerate(self.rules.norms):
            for act in dict.fromkeys(norm.anchor.pattern.acts) if isinstance(norm.anchor, OnEvent) else ():
                found[act] = (*found.get(act, ()), position)
        return found

    def compared_with(self, attribute: str) -> tuple[Scalar, ...]:
        """Every constant that a norm compares an attribute of this name with."""
        return self._constants.get(attribute, ())

    @cached_property
    def _constants(self) -> dict[str, tuple[Scalar, ...]]:
        found: dict[str, dict[Scalar, None]] = {}
        for part in (part for norm in self.rules.norms for part in parts_of(norm)):
            if isinstance(part, x.Compare | x.Member):
                test = turned(part) if isinstance(part, x.Compare) else part
                held = test.left if isinstance(test, x.Compare) else test.item
                if isinstance(held, x.Attribute):
                    found.setdefault(held.name, {}).update(dict.fromkeys(constants_of(test)))
        return {name: tuple(values) for name, values in found.items()}

    @cached_property
    def _waits(self) -> dict[str, dict[str, None]]:
        return depends_on(self.rules.norms, self.rules.packs)

    def _closure(self, position: int) -> frozenset[int]:
        """The position with those of all norms it waits for."""
        waiting, seen = [self.rules.norms[position].id], dict[str, None]()
        while waiting:
            current = waiting.pop()
            if current not in seen:
                seen[current] = None
                waiting += self._waits.get(current, ())
        return frozenset(p for norm in seen for p in self.versions.get(norm, ()))

    def once(self, what: str, find: Callable[[], Iterable[T]]) -> tuple[T, ...]:
        """Found at the first asking, and kept for the next."""
        if what not in self._kept:
            self._kept[what] = tuple(find())
        found: tuple[T, ...] = self._kept[what]
        return found

    def mine(self) -> list[tuple[int, Norm]]:
        """The norms of this part of the work, with their positions."""
        return [(n, norm) for n, norm in enumerate(self.rules.norms) if self.share.has(n)]

    def evaluation(self, case: Case, as_of: dt.date, positions: Iterable[int]) -> Evaluation:
        """The findings of some norms on a case, by the row evaluator."""
        wanted = frozenset(p for one in positions for p in self.closure(one))
        return evaluate_batch(self.program, (case,), as_of, only=(wanted,))[0]
