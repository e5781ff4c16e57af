"""Values of a record or a norm as people write them."""

import datetime as dt
from decimal import Decimal

from checker.calendars.amount import amount_of, amount_text
from checker.model.values import Period, Value


def value_text(value: Value) -> str:
    """The value in words: 是/否, 2026-03-02, 1个月15日; 无 where the record says there is none."""
    match value:
        case None:
            return "无"
        case bool():
            return "是" if value else "否"
        case Period():
            return period_text(value)
        case dt.date():
            return value.isoformat()
        case int() | Decimal() | str():
            return str(value)
        case tuple():
            return "、".join(value_text(item) for item in value) or "（空）"


def period_text(period: Period) -> str:
    """The length with its units, 日 and 工作日 apart."""
    return amount_text(amount_of(period))


def moment_text(moment: dt.date | dt.datetime) -> str:
    """A date, or an instant to the minute."""
    if isinstance(moment, dt.datetime):
        return moment.isoformat(sep=" ", timespec="seconds" if moment.second else "minutes")
    return moment.isoformat()


def ordinal_day(day: int) -> str:
    """The date that an ordinal stands for."""
    return dt.date.fromordinal(day).isoformat()
