"""Compiled expressions: values of the record, or UNKNOWN (semantics §3)."""

from decimal import Decimal

from checker.calendars.amount import Amount
from checker.calendars.calendar import Calendar
from checker.engines.ground.limits import Limit, shifted
from checker.engines.ground.order import Side, standing_before
from checker.engines.ground.patterns import Pattern, name_doubt, uncovered
from checker.engines.ground.scope import UNKNOWN, Expression, Scope
from checker.engines.ground.subjects import Subject
from checker.engines.ground.truth import MAYBE, YES
from checker.engines.ground.values import add
from checker.engines.ground.view import Seen


class LiteralExpression:
    """A constant."""

    def __init__(self, constant: object) -> None:
        self.constant = constant

    def value(self, _: Scope, __: Seen) -> object:
        """The constant."""
        return self.constant

    def missing(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """Nothing: it is always known."""

    def support(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """Nothing."""


class AttributeExpression:
    """An attribute of an event."""

    def __init__(self, subject: Subject, name: str) -> None:
        self.subject = subject
        self.name = name

    def value(self, scope: Scope, at: Seen) -> object:
        """The record's value; a missing key is unknown."""
        event = self.subject.find(scope, at)
        return UNKNOWN if event is None else event.attributes.get(self.name, UNKNOWN)

    def missing(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """The attribute, or what keeps the event unknown."""
        self.subject.missing(scope, at, out, self.name)

    def support(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """The event, if it is another."""
        self.subject.support(scope, at, out)


class CaseExpression:
    """An attribute of the case; 类型 is its kind."""

    def __init__(self, name: str) -> None:
        self.name = name

    def value(self, scope: Scope, _: Seen) -> object:
        """The case's value."""
        case = scope.view.case
        if self.name == "类型":
            return UNKNOWN if case.kind is None else case.kind
        return case.attributes.get(self.name, UNKNOWN)

    def missing(self, _: Scope, __: Seen, out: set[str]) -> None:
        """The attribute of the case."""
        out.add(f"案件.{self.name}")

    def support(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """Nothing: the case is no event."""


class DateExpression:
    """The date of an event."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject

    def value(self, scope: Scope, at: Seen) -> object:
        """The date; at the top of a synthetic anchor, the anchor's."""
        event = self.subject.find(scope, at)
        return UNKNOWN if event is None or event.date is None else event.date

    def missing(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """The date, or what keeps the event unknown."""
        self.subject.missing(scope, at, out, "日期")

    def support(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """The event, if it is another."""
        self.subject.support(scope, at, out)


class ActorExpression:
    """The actors of an event, a list."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject

    def value(self, scope: Scope, at: Seen) -> object:
        """The actors."""
        event = self.subject.find(scope, at)
        return UNKNOWN if event is None or event.actors is None else event.actors

    def missing(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """The actors, or what keeps the event unknown."""
        self.subject.missing(scope, at, out, "主体")

    def support(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """The event, if it is another."""
        self.subject.support(scope, at, out)


class CountExpression:
    """How many events certainly match before self; with ``attribute``, the sum of it over them."""

    def __init__(self, pattern: Pattern, inclusive: bool, attribute: str | None = None) -> None:
        self.pattern = pattern
        self.inclusive = inclusive
        self.attribute = attribute

    def value(self, scope: Scope, at: Seen) -> object:
        """Unknown if an event is doubtful, an act not covered, or an attribute to be added missing."""
        if uncovered(scope, self.pattern):
            return UNKNOWN
        side = self._side(scope, at)
        if side.doubtful or self._own(scope, at) is MAYBE:
            return UNKNOWN
        if self.attribute is None:
            return side.size() + (self._own(scope, at) is YES)
        return self._sum(self._counted(scope, at, side), self.attribute)

    def missing(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """The doubtful events, the acts not covered, the attributes that are missing."""
        out.update(f"行为.{act}" for act in uncovered(scope, self.pattern))
        side = self._side(scope, at)
        for seen in side.doubtful:
            name_doubt(scope, self.pattern, seen, at, out)
        if self._own(scope, at) is MAYBE:
            self.pattern.missing(scope, at.root, out)
        if self.attribute is not None:
            counted = self._counted(scope, at, side)
            out.update(f"{seen.id}.{self.attribute}" for seen in counted if self.attribute not in seen.attributes)

    def support(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """Nothing."""

    def _side(self, scope: Scope, at: Seen) -> Side:
        return standing_before(scope.view, self.pattern.matches(scope), at)

    def _own(self, scope: Scope, at: Seen) -> object:
        """Whether self counts on top of those before it; the root of a synthetic anchor is one of those."""
        if not self.inclusive or at.root is not at:
            return None
        return self.pattern.truth(scope, at)

    def _counted(self, scope: Scope, at: Seen, side: Side) -> list[Seen]:
        own = [at] if self._own(scope, at) is YES else []
        return [*side.events(self.pattern.matches(scope)), *own]

    @staticmethod
    def _sum(events: list[Seen], attribute: str) -> object:
        total = Decimal(0)
        for seen in events:
            if attribute not in seen.attributes:
                return UNKNOWN
            total = add(total, seen.attributes[attribute])
        return total


class ShiftExpression:
    """A date moved by a period, without roll-over [R11]."""

    def __init__(self, base: Expression, amount: Amount, backward: bool, calendar: Calendar) -> None:
        self.base = base
        self.amount = amount
        self.backward = backward
        self.calendar = calendar

    def value(self, scope: Scope, at: Seen) -> object:
        """Unknown if the base is unknown or null, or the result lies outside the calendar."""
        limit = Limit.of(self.base.value(scope, at))
        moved = None if limit is None else shifted(self.calendar, limit, self.amount, backward=self.backward)
        return UNKNOWN if moved is None else moved.value()

    def missing(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """The base, or the range of dates."""
        if Limit.of(self.base.value(scope, at)) is None:
            self.base.missing(scope, at, out)
        else:
            out.add("日期超出范围")

    def support(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """As the base."""
        self.base.support(scope, at, out)
