"""What a condition comes to where some attributes of the event itself are known and all else is open."""

from collections.abc import Mapping

from checker.model.expressions import (
    All,
    AnyOf,
    Attribute,
    Compare,
    Condition,
    Constant,
    Contains,
    LiteralValue,
    Member,
    Not,
    SelfEvent,
)


def holds_where(condition: Condition | None, values: Mapping[str, str]) -> bool | None:
    """True, false, or None where it hangs on something else."""
    match condition:
        case None:
            return True
        case Constant():
            return condition.value
        case All():
            found = [holds_where(part, values) for part in condition.of]
            return False if False in found else None if None in found else True
        case AnyOf():
            found = [holds_where(part, values) for part in condition.of]
            return True if True in found else None if None in found else False
        case Not():
            inner = holds_where(condition.of, values)
            return None if inner is None else not inner
        case _:
            return _atom(condition, values)


def _atom(condition: Condition, values: Mapping[str, str]) -> bool | None:
    match condition:
        case Member():
            value = _value(condition.item, values)
            return None if value is None else value in condition.values
        case Compare():
            return _compared(condition, values)
        case Contains():
            whole, item = _value(condition.whole, values), condition.item
            return whole == item.value if whole is not None and isinstance(item, LiteralValue) else None
        case _:
            return None


def _compared(condition: Compare, values: Mapping[str, str]) -> bool | None:
    value, other = _value(condition.left, values), condition.right
    if value is None or not isinstance(other, LiteralValue) or condition.op not in ("eq", "ne"):
        return None
    return (value == other.value) is (condition.op == "eq")


def _value(expression: object, values: Mapping[str, str]) -> str | None:
    if isinstance(expression, Attribute) and isinstance(expression.of, SelfEvent):
        return values.get(expression.name)
    return None
