"""Period expressions over batches: an amount to count, or a date that is itself the end (semantics §6.2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from checker.calendars.amount import Amount, amount_of
from checker.engines.archive.days import KNOWN, Days
from checker.engines.archive.deadlines import Deadlines, is_known, nothing, spread
from checker.engines.archive.expressions import Expression, as_coded, as_days
from checker.engines.archive.instants import Instants, Origins, instants_of
from checker.engines.archive.scope import Scope
from checker.engines.archive.truth import Bools, Ints
from checker.model.norm import Counting
from checker.model.values import Period


@dataclass(slots=True, frozen=True)
class Bases:
    """What a period expression comes to at each place.

    ``choice`` is a place in ``amounts``, -1 where the end is ``limit``, a date of its own; unknown where ``known`` is
    false.
    """

    known: Bools
    choice: Ints
    amounts: Sequence[Amount]
    limit: Days

    def due(self, deadlines: Deadlines, origin: Origins, counting: Counting) -> Days:
        """The due date that each base alone gives (raw, rolled)."""
        due = self.limit
        for number, amount in enumerate(self.amounts):
            rows = self.known & (self.choice == number)
            if rows.any():
                part = origin if rows.all() else origin.take(rows)
                if amount.hours:
                    ends = instants_of(part, amount, counting).days()
                else:
                    ends = deadlines.due(part.day, amount, counting)
                due = ends if rows.all() else due.choose(rows, spread(ends, rows))
        return due

    def in_hours(self) -> Bools:
        """Where a period in hours is counted."""
        places = [number for number, amount in enumerate(self.amounts) if amount.hours]
        found: Bools = self.known & np.isin(self.choice, places)
        return found

    def instants(self, origin: Origins, counting: Counting) -> Instants | None:
        """The earliest and latest instants at which periods in hours end; None where there are none at all."""
        hours = self.in_hours()
        if not hours.any():
            return None
        found = Instants(np.full(len(hours), -1), np.full(len(hours), -1))
        for number, amount in enumerate(self.amounts):
            rows = hours & (self.choice == number)
            if rows.any():
                part = instants_of(origin.take(rows), amount, counting)
                found.first[rows], found.last[rows] = part.first, part.last
        return found

    def where(self, rows: Bools, other: Bases) -> Bases:
        """The other's where ``rows`` holds."""
        shift = len(self.amounts)
        theirs = np.where(other.choice >= 0, other.choice + shift, -1)
        return Bases(
            np.where(rows, other.known, self.known),
            np.where(rows, theirs, self.choice),
            (*self.amounts, *other.amounts),
            self.limit.choose(rows, other.limit),
        )


Ask = Callable[[Bases], Days]
"""The due dates that bases alone give."""


class PeriodTerm(Protocol):
    """A period expression."""

    def resolve(self, scope: Scope, ask: Ask) -> Bases:
        """What it comes to at every place."""


class FixedTerm:
    """A period written out."""

    def __init__(self, amount: Amount) -> None:
        self.amount = amount

    def resolve(self, scope: Scope, _: Ask) -> Bases:
        """The same everywhere."""
        size = len(scope)
        return Bases(np.ones(size, np.bool_), np.zeros(size, np.int64), (self.amount,), nothing(size))


class StatedTerm:
    """A period or a date that the record states."""

    def __init__(self, attribute: Expression) -> None:
        self.attribute = attribute

    def resolve(self, scope: Scope, _: Ask) -> Bases:
        """By value."""
        coded = as_coded(self.attribute.column(scope))
        amounts: list[Amount] = []
        table = np.full(len(coded.values), -1)
        for code, value in enumerate(coded.values):
            if isinstance(value, Period):
                table[code] = len(amounts)
                amounts.append(amount_of(value))
        choice = table[coded.codes]
        limit = as_days(coded)
        return Bases((choice >= 0) | (limit.state == KNOWN), choice, tuple(amounts), limit)


class LimitTerm:
    """A date of its own: the end of another norm's period."""

    def __init__(self, expression: Expression) -> None:
        self.expression = expression

    def resolve(self, scope: Scope, _: Ask) -> Bases:
        """As a date."""
        limit = as_days(self.expression.column(scope))
        return Bases(limit.state == KNOWN, np.full(len(scope), -1), (), limit)


class ChoiceTerm:
    """较早者 or 较晚者, by the due dates that the options give alone."""

    def __init__(self, options: tuple[PeriodTerm, ...], *, earliest: bool) -> None:
        self.options = options
        self.earliest = earliest

    def resolve(self, scope: Scope, ask: Ask) -> Bases:
        """The first of the options with the least (greatest) day; unknown if one is unknown."""
        chosen = self.options[0].resolve(scope, ask)
        best = ask(chosen)
        known = chosen.known & is_known(best)
        for option in self.options[1:]:
            other = option.resolve(scope, ask)
            due = ask(other)
            known &= other.known & is_known(due)
            better = due.day < best.day if self.earliest else due.day > best.day
            chosen, best = chosen.where(better, other), best.choose(better, due)
        return Bases(known, chosen.choice, chosen.amounts, chosen.limit)
