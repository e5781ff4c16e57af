"""Values of the record and how they compare (semantics §3)."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from operator import ge, gt, le, lt
from typing import Any

from checker.model.values import Period, Unit

_EPOCH = dt.date(2000, 1, 1)

ORDERINGS: dict[str, Callable[[Any, Any], bool]] = {"lt": lt, "le": le, "gt": gt, "ge": ge}


def plain(value: object) -> object:
    """The form in which values are tested for equality and used as keys: a list is the set of its members."""
    return frozenset(value) if isinstance(value, tuple) else value


def members(value: object) -> tuple[Any, ...]:
    """A list's members; a single value is a list of one."""
    return value if isinstance(value, tuple) else (value,)


def equal(left: object, right: object) -> bool:
    """Equality: text by text, periods by parts, lists as sets."""
    if isinstance(left, tuple) or isinstance(right, tuple):
        return frozenset(members(left)) == frozenset(members(right))
    return left == right


def compare(op: str, left: object, right: object) -> bool:
    """Apply a comparison of the core to two known values that are not null."""
    if op == "eq":
        return equal(left, right)
    if op == "ne":
        return not equal(left, right)
    return ORDERINGS[op](_measure(left), _measure(right))


def add(total: Decimal, value: object) -> Decimal:
    """Add a number of the record to a sum; null counts as nothing."""
    if value is None:
        return total
    if isinstance(value, int | Decimal):
        return total + value
    raise TypeError(f"not a number: {value!r}")


def _measure(value: object) -> object:
    return _length(value) if isinstance(value, Period) else value


def _length(period: Period) -> int:
    """A fifth of an hour as unit: the span from 2000-01-01, a working day being 7/5 of a day."""
    months = days = workdays = hours = 0
    for part in period.parts:
        match part.unit:
            case Unit.YEAR:
                months += 12 * part.n
            case Unit.MONTH:
                months += part.n
            case Unit.DAY:
                days += part.n
            case Unit.WORKDAY:
                workdays += part.n
            case Unit.HOUR:
                hours += part.n
    return (5 * (_months(months) + days) + 7 * workdays) * 24 + 5 * hours


def _months(n: int) -> int:
    """Days from 2000-01-01 to the same day n months later; the Gregorian calendar repeats every 400 years."""
    cycles, rest = divmod(n, 4800)
    years, month = divmod(rest, 12)
    end = dt.date(_EPOCH.year + years, month + 1, 1)
    return cycles * 146097 + (end - _EPOCH).days
