"""Which values an expression can take, as few as are needed to tell its tests apart."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from checker.model import expressions as x
from checker.model.values import Period, Scalar, Unit, ValueType
from checker.model.vocabulary import Vocabulary

OTHER: Final = "（其他）"
_FLIPPED: Final = {"lt": "gt", "gt": "lt", "le": "ge", "ge": "le", "eq": "eq", "ne": "ne"}
Test = x.Compare | x.Member | x.Present
_Number = int | Decimal


def turned(test: x.Compare) -> x.Compare:
    """The same comparison with a constant on the right, where one side is a constant."""
    if isinstance(test.left, x.LiteralValue) and not isinstance(test.right, x.LiteralValue):
        return x.Compare.model_validate({"op": _FLIPPED[test.op], "left": test.right, "right": test.left})
    return test


def type_of(expression: x.Expression, vocabulary: Vocabulary) -> ValueType | None:
    """The declared type; None where it is none of one type."""
    if isinstance(expression, x.Count | x.Sum | x.BreachCount):
        return ValueType(name="数")
    if isinstance(expression, x.DateOf | x.Expiry | x.Shift):
        return ValueType(name="日期")
    if not isinstance(expression, x.Attribute):
        return None
    if isinstance(expression.of, x.CaseSubject):
        return _of_case(expression.name, vocabulary)
    found = [act.attributes[expression.name] for act in vocabulary.acts.values() if expression.name in act.attributes]
    if not found or len({(one.name, one.many) for one in found}) > 1:
        return None
    return found[0].model_copy(update={"choices": tuple(dict.fromkeys(c for one in found for c in one.choices))})


def _of_case(name: str, vocabulary: Vocabulary) -> ValueType | None:
    if name == "类型":
        return ValueType(name="枚举", choices=(*vocabulary.kinds, OTHER))
    return vocabulary.case_attributes.get(name)


def candidates(kind: ValueType | None, constants: Iterable[Scalar], vocabulary: Vocabulary) -> list[Scalar] | None:
    """Values among which there is one for every outcome of tests against the constants; None if that is not known."""
    if kind is None or kind.many:
        return None
    known = list(dict.fromkeys(constants))
    match kind.name:
        case "枚举":
            return list(kind.choices)
        case "是否":
            return [True, False]
        case "数":
            return list(_numbers([c for c in known if isinstance(c, _Number) and not isinstance(c, bool)]))
        case "日期":
            return list(_dates([c for c in known if isinstance(c, dt.date)]))
        case "期间":
            return None
        case _:
            named = [*vocabulary.organs] if kind.name == "机关" else [*vocabulary.persons]
            return list(dict.fromkeys([*(c for c in known if isinstance(c, str)), *named, OTHER]))


def _numbers(constants: Sequence[_Number]) -> Iterator[_Number]:
    ordered = sorted(set(constants))
    yield from ordered
    yield from (one + step for one in ordered for step in (1, -1))
    yield from ((Decimal(a) + Decimal(b)) / 2 for a, b in pairwise(ordered))
    if not ordered:
        yield from (1, 0)


def _dates(constants: Sequence[dt.date]) -> Iterator[dt.date]:
    yield from constants
    yield from (one + dt.timedelta(days=step) for one in constants for step in (1, -1))
    if not constants:
        yield dt.date(2026, 1, 1)


def constants_of(test: Test) -> tuple[Scalar, ...]:
    """What the value is compared with."""
    if isinstance(test, x.Member):
        return test.values
    if isinstance(test, x.Compare) and isinstance(test.right, x.LiteralValue):
        return (test.right.value,)
    return ()


def holds(test: Test, value: Scalar | None, vocabulary: Vocabulary) -> bool | None:
    """The test at a value (None: known to be none); None where it cannot be told."""
    if isinstance(test, x.Present):
        return value is not None
    if value is None:
        return False
    if isinstance(test, x.Member):
        return _belongs(value, test.values, vocabulary)
    assert isinstance(test.right, x.LiteralValue)
    return compared(test.op, value, test.right.value)


def _belongs(value: Scalar, listed: Sequence[Scalar], vocabulary: Vocabulary) -> bool | None:
    if any(type(value) is type(one) and value == one for one in listed):
        return True
    if not isinstance(value, str):
        return False
    kin = [vocabulary.organ_is(value, one) for one in listed if isinstance(one, str)]
    return True if True in kin else None if None in kin else False


def compared(op: str, left: Scalar, right: Scalar) -> bool | None:
    """Two values compared; None where they have no order."""
    if op in ("eq", "ne"):
        return (left == right) == (op == "eq")
    if isinstance(left, Period) and isinstance(right, Period):
        left, right = _length(left), _length(right)
    if isinstance(left, Period | str | bool) or isinstance(right, Period | str | bool):
        return None
    a, b = (left, right) if not isinstance(left, dt.date) else (left.toordinal(), _ordinal(right))
    below, equal = a < b, a == b  # type: ignore[operator]
    return {"lt": below, "le": below or equal, "gt": not (below or equal), "ge": not below}[op]


def _length(period: Period) -> Decimal:
    days = {Unit.YEAR: Decimal(366), Unit.MONTH: Decimal(31), Unit.DAY: Decimal(1), Unit.WORKDAY: Decimal("1.4")}
    return sum((part.n * days.get(part.unit, Decimal(0)) for part in period.parts), Decimal(0))


def _ordinal(value: Scalar) -> int:
    return value.toordinal() if isinstance(value, dt.date) else 0
