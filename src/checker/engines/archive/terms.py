"""The phase-3 clauses of a norm, compiled for batches, and what they work on (semantics §6.5)."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from checker.calendars.amount import Amount
from checker.engines.archive.days import Days
from checker.engines.archive.deadlines import Deadlines
from checker.engines.archive.matching import Condition, Pairs, Pattern
from checker.engines.archive.periods import PeriodTerm
from checker.engines.archive.truth import Bools, Ints
from checker.model.norm import Counting


@dataclass(slots=True, frozen=True)
class ExtendTerm:
    """延长. ``grant`` None: by its condition alone."""

    grant: Pattern | None
    condition: Condition
    period: PeriodTerm
    times: int | None
    total: Amount | None
    after_expiry: bool


@dataclass(slots=True, frozen=True)
class ExcludeTerm:
    """不计入. ``end`` None: a length from the start on."""

    start: Pattern
    end: Pattern | None
    length: PeriodTerm | None
    condition: Condition
    cap: Amount | None


@dataclass(slots=True, frozen=True)
class RestartTerm:
    """重新计算. ``origin`` None: from the event itself."""

    at: Pattern
    origin: Pattern | None
    condition: Condition
    times: int | None


Term = ExtendTerm | ExcludeTerm | RestartTerm


@dataclass(slots=True)
class Folded:
    """What phase 3 made of the periods.

    ``odd`` rows are the row evaluator's; ``touched`` ones met an event or a condition; ``idle`` ones wait for the
    origin of a restart.
    """

    due: Days
    idle: Bools
    open: Bools
    remaining: Ints
    unsure: Bools
    odd: Bools
    touched: Bools
    support: list[Pairs] = field(default_factory=list)

    @staticmethod
    def untouched(due: Days, size: int) -> Folded:
        """Nothing happened."""
        idle, is_open, unsure, odd, touched = (np.zeros(size, np.bool_) for _ in range(5))
        return Folded(due, idle, is_open, np.zeros(size, np.int64), unsure, odd, touched)


@dataclass(slots=True, frozen=True, eq=False)
class Phase3:
    """The clauses of one norm in written order, with the groups whose fulfilment ends the fold."""

    deadlines: Deadlines
    counting: Counting
    terms: tuple[Term, ...]
    groups: tuple[tuple[Pattern, ...], ...]


@dataclass(slots=True, frozen=True)
class Items:
    """Events meeting clauses: rows of the scope, the event, the clause's place, the interval's end (-1 open)."""

    row: Ints
    event: Ints
    clause: Ints
    first: Ints
    end: Ints
    closer: Ints

    def take(self, places: Ints | Bools) -> Items:
        """Some of them."""
        return Items(*(getattr(self, name)[places] for name in ("row", "event", "clause", "first", "end", "closer")))
