"""Compiled period expressions: a length to count, or a date that is itself the end (semantics §6.2)."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

from checker.calendars.amount import Amount, amount_of
from checker.engines.ground.limits import Limit
from checker.engines.ground.past import ExpiryExpression
from checker.engines.ground.reckoning import NOTHING
from checker.engines.ground.scope import Expression, Scope
from checker.engines.ground.view import Seen
from checker.engines.instance import Deadline
from checker.model.requirements import PeriodExpr
from checker.model.values import Period


class Base(NamedTuple):
    """What a period expression comes to: ``period`` to count, or else ``limit``, a date of its own."""

    expression: PeriodExpr
    period: Period | None
    limit: Deadline | None = None
    amount: Amount = NOTHING
    """The period as numbers."""


Ask = Callable[[Base], Deadline]
"""The due date that a base alone gives (raw, rolled)."""


class PeriodTerm(Protocol):
    """A compiled period expression."""

    def resolve(self, scope: Scope, at: Seen, ask: Ask) -> Base | None:
        """What it comes to; None if unknown."""

    def missing(self, scope: Scope, at: Seen, ask: Ask, out: set[str]) -> None:
        """Add the names of the facts that would settle it."""


class FixedTerm:
    """A period written out."""

    def __init__(self, expression: PeriodExpr, period: Period) -> None:
        self.base = Base(expression, period, None, amount_of(period))

    def resolve(self, _: Scope, __: Seen, ___: Ask) -> Base:
        """The period."""
        return self.base

    def missing(self, scope: Scope, at: Seen, ask: Ask, out: set[str]) -> None:
        """Nothing: it is always known."""


class AttributeTerm:
    """A period or a date that the record states."""

    def __init__(self, expression: PeriodExpr, attribute: Expression) -> None:
        self.expression = expression
        self.attribute = attribute

    def resolve(self, scope: Scope, at: Seen, _: Ask) -> Base | None:
        """Unknown where missing or null."""
        value = self.attribute.value(scope, at)
        if isinstance(value, Period):
            return Base(self.expression, value, None, amount_of(value))
        limit = Limit.of(value)
        return None if limit is None else Base(self.expression, None, limit.deadline())

    def missing(self, scope: Scope, at: Seen, _: Ask, out: set[str]) -> None:
        """The attribute."""
        self.attribute.missing(scope, at, out)


class ExpiryTerm:
    """The end of another norm's period."""

    def __init__(self, expression: PeriodExpr, expiry: ExpiryExpression) -> None:
        self.expression = expression
        self.expiry = expiry

    def resolve(self, scope: Scope, at: Seen, _: Ask) -> Base | None:
        """As a date of its own."""
        deadline = self.expiry.deadline(scope, at)
        return None if deadline is None else Base(self.expression, None, Limit.due(deadline).deadline())

    def missing(self, scope: Scope, at: Seen, _: Ask, out: set[str]) -> None:
        """The other norm."""
        self.expiry.missing(scope, at, out)


class ChoiceTerm:
    """较早者 or 较晚者, by the due dates that the options give alone."""

    def __init__(self, options: tuple[PeriodTerm, ...], *, earliest: bool) -> None:
        self.options = options
        self.earliest = earliest

    def resolve(self, scope: Scope, at: Seen, ask: Ask) -> Base | None:
        """The first of the options with the least (greatest) day; unknown if one is unknown."""
        bases = [option.resolve(scope, at, ask) for option in self.options]
        known = [base for base in bases if base is not None]
        if len(known) < len(bases):
            return None
        days = [ask(base).day for base in known]
        return known[days.index(min(days) if self.earliest else max(days))]

    def missing(self, scope: Scope, at: Seen, ask: Ask, out: set[str]) -> None:
        """The options that are unknown."""
        for option in self.options:
            if option.resolve(scope, at, ask) is None:
                option.missing(scope, at, ask, out)
