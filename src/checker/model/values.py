"""Values that a record carries and a norm compares: numbers, dates, periods, names, lists of them."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal, TypeAlias

from checker.model.node import Node


class Unit(StrEnum):
    """Units a period counts in. 日 is already resolved to natural or working days by the pack's counting rule."""

    YEAR = "年"
    MONTH = "月"
    DAY = "日"
    WORKDAY = "工作日"
    HOUR = "时"


class Part(Node):
    """``n`` of one unit; n is at least 0."""

    n: int
    unit: Unit


class Period(Node):
    """A length of time: parts added in the order years, months, days, working days (一个半月 = 1月 + 15日).

    Hours never mix with another unit.
    """

    parts: tuple[Part, ...]


Scalar: TypeAlias = bool | int | Decimal | date | Period | str
Value: TypeAlias = Scalar | tuple[Scalar, ...] | None
"""None, standing in a record, says "known to be none"; a missing key says "unknown"."""

TypeName: TypeAlias = Literal["期间", "日期", "数", "是否", "文本", "机关", "人员", "枚举"]


class ValueType(Node):
    """A declared type. ``choices`` only for 枚举; ``many`` for a list of it."""

    name: TypeName
    choices: tuple[str, ...] = ()
    many: bool = False
