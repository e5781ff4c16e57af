"""Expressions over batches: a value for each place, coded, or a date (semantics §3)."""

from decimal import Decimal
from typing import Protocol

import numpy as np

from checker.calendars.amount import Amount
from checker.calendars.calendar import Calendar
from checker.engines.archive.columns import NULL, UNSAID, Coded
from checker.engines.archive.days import KNOWN, MISSING, Days, days_in, shift_days
from checker.engines.archive.matching import Pairs, Pattern, uncovered
from checker.engines.archive.scope import Scope, at_events
from checker.engines.archive.truth import MAYBE, NO, YES, Bools, Ints, Truths, filled
from checker.engines.ground.scope import UNKNOWN
from checker.engines.ground.values import add

Column = Coded | Days


class Subject(Protocol):
    """Finds an event for each place; -1 where it is unknown."""

    def find(self, scope: Scope) -> Ints:
        """The events."""

    def is_other(self) -> bool:
        """Whether it may be an event other than self and the anchor, so that a condition rests on it."""


class SelfSubject:
    """The event the condition is read at; at the top of a synthetic anchor its root."""

    def find(self, scope: Scope) -> Ints:
        """Self."""
        return scope.subject

    def is_other(self) -> bool:
        """It is not."""
        return False


class AnchorSubject:
    """The root event of the instance."""

    def find(self, scope: Scope) -> Ints:
        """The root."""
        return scope.root

    def is_other(self) -> bool:
        """It is not."""
        return False


class LastSubject:
    """The last event before self that certainly matches; unknown if a maybe-match stands after it."""

    def __init__(self, pattern: Pattern) -> None:
        self.pattern = pattern

    def find(self, scope: Scope) -> Ints:
        """The event."""
        matches = self.pattern.matches(scope)
        last = matches.last_sure(scope.columns.first[scope.case], scope.cut)
        if not len(matches.loose):
            return last
        return np.where((last >= 0) & matches.loose_any(last + 1, scope.cut), -1, last)

    def is_other(self) -> bool:
        """It is."""
        return True


class NthSubject:
    """The event that a pattern with an ordinal names, at or before self."""

    def __init__(self, pattern: Pattern) -> None:
        self.pattern = pattern

    def find(self, scope: Scope) -> Ints:
        """The root of self if it is the one, else the last certain one before self."""
        last = self.pattern.matches(scope).last_sure(scope.columns.first[scope.case], scope.cut)
        return np.where(_own(self.pattern, scope) == YES, scope.subject, last)

    def is_other(self) -> bool:
        """It may be."""
        return True


def _own(pattern: Pattern, scope: Scope) -> Truths:
    """Whether the pattern matches the event whose attributes self has; false where there is none."""
    columns, result = scope.columns, filled(len(scope), NO)
    rows = np.flatnonzero(scope.subject >= 0)
    if len(rows):
        result[rows] = pattern.truth(at_events(columns, scope.subject[rows], scope.root[rows]))
    return result


class Expression(Protocol):
    """An expression over a scope."""

    def column(self, scope: Scope) -> Column:
        """Its value at every place."""

    def others(self, scope: Scope) -> list[Pairs]:
        """The other events it names."""


class _Silent:
    """Expressions that name no other event."""

    def others(self, scope: Scope) -> list[Pairs]:  # noqa: ARG002 - nothing to look at
        """Nothing."""
        return []


class LiteralTerm(_Silent):
    """A constant."""

    def __init__(self, constant: object) -> None:
        self.constant = constant

    def column(self, scope: Scope) -> Column:
        """The constant everywhere."""
        return Coded(np.full(len(scope), NULL + 1), [UNKNOWN, None, self.constant])


class CaseTerm(_Silent):
    """An attribute of the case."""

    def __init__(self, name: str) -> None:
        self.name = name

    def column(self, scope: Scope) -> Column:
        """The case's value."""
        coded = scope.columns.of_case(self.name)
        return Coded(coded.codes[scope.case], coded.values)


class _OfSubject:
    """Expressions that read one event."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject

    def others(self, scope: Scope) -> list[Pairs]:
        """The event, if it is another."""
        if not self.subject.is_other():
            return []
        events = self.subject.find(scope)
        rows = np.flatnonzero(events >= 0)
        return [Pairs(rows, events[rows])]


class AttributeTerm(_OfSubject):
    """An attribute of an event."""

    def __init__(self, subject: Subject, name: str) -> None:
        super().__init__(subject)
        self.name = name

    def column(self, scope: Scope) -> Column:
        """The record's value; a missing key is unknown."""
        coded = scope.columns.attribute(self.name)
        return Coded(coded.at(self.subject.find(scope)), coded.values)


class ActorsTerm(_OfSubject):
    """The actors of an event, a list."""

    def column(self, scope: Scope) -> Column:
        """The actors."""
        coded = scope.columns.actors()
        return Coded(coded.at(self.subject.find(scope)), coded.values)


class DateTerm(_OfSubject):
    """The date of an event; of self at a synthetic anchor, the anchor's."""

    def column(self, scope: Scope) -> Column:
        """The date."""
        if isinstance(self.subject, SelfSubject):
            return Days.plain(scope.day)
        events = self.subject.find(scope)
        known = events >= 0
        day = np.where(known, scope.columns.day[events], 0) if len(scope.columns.day) else np.zeros(len(events), int)
        return Days.plain(day, np.where(known, KNOWN, MISSING))


class CountTerm(_Silent):
    """How many events certainly match before self; with ``attribute``, the sum of it over them."""

    def __init__(self, pattern: Pattern, inclusive: bool, attribute: str | None) -> None:
        self.pattern = pattern
        self.inclusive = inclusive
        self.attribute = attribute

    def column(self, scope: Scope) -> Column:
        """Unknown if an event is doubtful, an act not covered, or an attribute to be added missing."""
        matches = self.pattern.matches(scope)
        first = scope.columns.first[scope.case]
        unknown = uncovered(scope, self.pattern) | matches.loose_any(first, scope.cut)
        own = np.zeros(len(scope), np.bool_)
        if self.inclusive:
            at_event = scope.spot >= 0
            truth = _own(self.pattern, scope)
            unknown |= at_event & (truth == MAYBE)
            own = at_event & (truth == YES)
        low, high = matches.sure_range(first, scope.cut)
        if self.attribute is None:
            return _numbers(high - low + own, unknown)
        return self._sums(scope, matches.sure_pairs(first, scope.cut), own, unknown)

    def _sums(self, scope: Scope, pairs: Pairs, own: Bools, unknown: Bools) -> Coded:
        assert self.attribute is not None
        coded = scope.columns.attribute(self.attribute)
        rows = np.concatenate([pairs.row, np.flatnonzero(own)])
        events = np.concatenate([pairs.event, scope.subject[own]])
        totals: list[object] = [Decimal(0)] * len(scope)
        for row, code in zip(rows.tolist(), coded.codes[events].tolist(), strict=True):
            total, value = totals[row], coded.values[code]
            known = isinstance(total, Decimal) and value is not UNKNOWN
            totals[row] = add(total, value) if known and isinstance(total, Decimal) else UNKNOWN
        return Coded(np.where(unknown, UNSAID, np.arange(len(scope)) + 2), [UNKNOWN, None, *totals])


def _numbers(numbers: Ints, unknown: Bools) -> Coded:
    largest = int(numbers.max(initial=0))
    return Coded(np.where(unknown, UNSAID, numbers + 2), [UNKNOWN, None, *range(largest + 1)])


class ShiftTerm:
    """A date moved by a period, without roll-over [R11]."""

    def __init__(self, base: Expression, amount: Amount, backward: bool, calendar: Calendar) -> None:
        self.base = base
        self.amount = amount
        self.backward = backward
        self.calendar = calendar

    def column(self, scope: Scope) -> Column:
        """Unknown if the base is unknown or null, or the result lies outside the calendar."""
        days = as_days(self.base.column(scope))
        return shift_days(self.calendar, days, self.amount, backward=self.backward)

    def others(self, scope: Scope) -> list[Pairs]:
        """As the base."""
        return self.base.others(scope)


def as_days(column: Column) -> Days:
    """The column as dates; what is no date is unknown, as to whoever asks for one."""
    if isinstance(column, Days):
        return column
    days = days_in(column)
    if days is not None:
        return days
    dates = [value if hasattr(value, "toordinal") else UNKNOWN for value in column.values]
    found = days_in(Coded(column.codes, dates))
    assert found is not None
    return found


def as_coded(column: Column) -> Coded:
    """The column as values."""
    return column.coded() if isinstance(column, Days) else column
