"""Years and months: the corresponding day of the end month (民法典202), or its last day (刑诉解释202)."""

from calendar import monthrange
from datetime import date
from typing import Literal

from checker.calendars.grid import OutOfRange

How = Literal["corresponding", "no_such_day", "month_end"]


def add_months(start: int, months: int, month_end: bool = False) -> tuple[int, How]:
    """The day ``months`` after (before, if negative) an ordinal, and by which rule it was found.

    With ``month_end`` a start on the last day of its month ends on the last day of the end month.
    """
    day = date.fromordinal(start)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OutOfRange("超出 0001 至 9999 年")
    last = monthrange(year, month + 1)[1] if day.day > 28 or month_end else 28
    if month_end and day.day == monthrange(day.year, day.month)[1]:
        return date(year, month + 1, last).toordinal(), "month_end"
    how: How = "corresponding" if day.day <= last else "no_such_day"
    return date(year, month + 1, min(day.day, last)).toordinal(), how
