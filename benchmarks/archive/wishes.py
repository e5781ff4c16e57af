"""What a condition asks of an event and of the events before it, as far as a generator can act on it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from checker.engines.archive.packing import text_of
from checker.model.expressions import (
    All,
    AnyOf,
    Attribute,
    CaseSubject,
    Compare,
    Condition,
    Contains,
    Expression,
    Inside,
    LastEvent,
    LiteralValue,
    Member,
    NthEvent,
    Occurred,
    Pattern,
    Present,
    SelfEvent,
)
from checker.model.requirements import Earlier, Fixed, FromAttribute, Later, PeriodExpr
from checker.model.values import Period, Scalar, Unit

DAYS_OF = {Unit.YEAR: 365.0, Unit.MONTH: 30.4, Unit.DAY: 1.0, Unit.WORKDAY: 1.42, Unit.HOUR: 1 / 24}
STATED = 30
"""Days of a period that only the record states."""


@dataclass(slots=True)
class Wishes:
    """Attribute values wanted of the event itself and of the case, and patterns wanted before it."""

    own: dict[str, tuple[str, ...]] = field(default_factory=dict)
    case: dict[str, tuple[str, ...]] = field(default_factory=dict)
    before: list[tuple[Pattern, dict[str, tuple[str, ...]]]] = field(default_factory=list)


def days_of(period: Period) -> int:
    """About how many days a period lasts."""
    return max(1, round(sum(part.n * DAYS_OF[part.unit] for part in period.parts)))


def days_of_expression(period: PeriodExpr) -> int:
    """The same for whatever a window may say."""
    match period:
        case Fixed():
            return days_of(period.period)
        case Earlier() | Later():
            return days_of_expression(period.of[0])
        case FromAttribute():
            return STATED
        case _:
            return 2 * STATED


def wishes_of(condition: Condition | None) -> Wishes:
    """What would make a condition true; of alternatives the first."""
    found = Wishes()
    _collect(condition, found)
    return found


def _collect(condition: Condition | None, found: Wishes) -> None:
    match condition:
        case All():
            for part in condition.of:
                _collect(part, found)
        case AnyOf():
            _collect(condition.of[0], found)
        case Occurred():
            found.before.append((condition.pattern, {}))
        case Inside(after=Pattern() as after):
            found.before.append((after, {}))
        case _:
            _tested(condition, found)


def _tested(condition: Condition | None, found: Wishes) -> None:
    match condition:
        case Compare():
            _compared(condition, found)
        case Member():
            _wish(condition.item, tuple(text_of(value) for value in condition.values), found)
        case Contains():
            if isinstance(condition.item, LiteralValue):
                _wish(condition.whole, (text_of(condition.item.value),), found)
        case Present():
            _wish(condition.of, (), found)


def _compared(condition: Compare, found: Wishes) -> None:
    if isinstance(condition.right, LiteralValue):
        values = tuple(_around(condition.right.value, condition.op))
        if values:
            _wish(condition.left, values, found)


def _around(value: Scalar, op: str) -> Iterator[str]:
    if op in ("eq", "le", "ge"):
        yield text_of(value)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        if op in ("lt", "le"):
            yield text_of(value - 1)
        if op in ("gt", "ge"):
            yield text_of(value + 1)
    elif isinstance(value, bool) and op == "ne":
        yield text_of(not value)


def _wish(expression: Expression, values: tuple[str, ...], found: Wishes) -> None:
    if not isinstance(expression, Attribute):
        return
    match expression.of:
        case SelfEvent():
            found.own.setdefault(expression.name, values)
        case CaseSubject():
            found.case.setdefault(expression.name, values)
        case LastEvent(pattern=pattern) | NthEvent(pattern=pattern):
            found.before.append((pattern, {expression.name: values}))
