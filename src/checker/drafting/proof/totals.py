"""累计不超过 P: whether extensions lead past their total (semantics §6.5)."""

from __future__ import annotations

from checker.calendars.amount import Amount
from checker.calendars.due import due_day
from checker.drafting.proof.reckoning import NOTHING, Base, Reckoner, Rule
from checker.drafting.proof.terms import Bool, Day
from checker.drafting.proof.unsupported import Unsupported


def is_beyond(reckoner: Reckoner, start: Day, base: Base, more: Amount, total: Amount, rule: Rule) -> Bool:
    """Both counted on from the raw period, unrolled."""
    if more.hours or total.hours or base.amount.hours:
        raise Unsupported("以小时计的期间")
    raw = NOTHING if base.limit is not None else base.amount
    if more.months == total.months and not (more.workdays or total.workdays or raw.workdays):
        return more.days > total.days
    counting = rule._replace(roll=False).counting()
    calendar = reckoner.calendar

    def beyond(day: int) -> bool:
        reached, allowed = (due_day(calendar, day, raw.plus(one), counting).raw for one in (more, total))
        return reached > allowed

    return reckoner.holds(start, beyond)
