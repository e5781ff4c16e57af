"""How much time: periods lowered to four plain numbers, so that parts and extensions add up in one order."""

from __future__ import annotations

from typing import NamedTuple

from checker.model.values import Part, Period, Unit


class Amount(NamedTuple):
    """Months (a year is 12), calendar days, working days, hours; each at least 0. Hours stand alone."""

    months: int = 0
    days: int = 0
    workdays: int = 0
    hours: int = 0

    def plus(self, other: Amount) -> Amount:
        """Both together, counted from one start: months first, then days, then working days."""
        return Amount(*(mine + more for mine, more in zip(self, other, strict=True)))


_FIELDS = {
    Unit.YEAR: Amount(months=12),
    Unit.MONTH: Amount(months=1),
    Unit.DAY: Amount(days=1),
    Unit.WORKDAY: Amount(workdays=1),
    Unit.HOUR: Amount(hours=1),
}


def amount_of(*periods: Period) -> Amount:
    """The sum of the periods: the raw one and its extensions."""
    total = Amount()
    for period in periods:
        for part in period.parts:
            total = total.plus(Amount(*(part.n * one for one in _FIELDS[part.unit])))
    if total.hours and total != Amount(hours=total.hours):
        raise ValueError("hours never mix with another unit")
    return total


def months(n: int) -> Period:
    """So many 个月; 季度 is 3, 半年 is 6."""
    return Period(parts=(Part(n=n, unit=Unit.MONTH),))


def half_month() -> Period:
    """半个月, always 15 日 (刑诉解释202)."""
    return Period(parts=(Part(n=15, unit=Unit.DAY),))


def months_text(n: int) -> str:
    """``1年6个月``."""
    years, rest = divmod(n, 12)
    return (f"{years}年" if years else "") + (f"{rest}个月" if rest or not years else "")


def amount_text(amount: Amount) -> str:
    """``1个月15日``; an empty amount is ``0日``."""
    parts = [months_text(amount.months)] if amount.months else []
    named = ((amount.days, "日"), (amount.workdays, "个工作日"), (amount.hours, "小时"))
    return "".join([*parts, *(f"{n}{unit}" for n, unit in named if n)]) or "0日"
