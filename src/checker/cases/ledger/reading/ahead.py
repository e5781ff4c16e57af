"""Dates that have not come yet: a slip of the pen, or a plan. A check does not see them, so somebody should look."""

import datetime as dt
from collections.abc import Iterator

from checker.cases.ledger.reading.ledger import Intake
from checker.cases.problems import Refusal, diagnosed
from checker.cases.record import RawRecord
from checker.model.diagnostic import Diagnostic, Level

_MEANWHILE = "照写的日期读入；截至那一天以前的检查看不见这一行为"


def ahead(intake: Intake, today: dt.date) -> Iterator[Diagnostic]:
    """A warning for each event that is dated after a day."""
    for item in intake.items:
        if not isinstance(item, RawRecord) or not isinstance(item.data, dict):
            continue
        for n, event in enumerate(item.data["events"]):
            date = event.get("date")
            if isinstance(date, dt.date) and day_of(date) > today:
                message = f"「{event['act']}」的日期 {day_of(date)} 还没有到"
                said = Refusal("future-date", message, help="查对年份；是计划的，另列一列")
                place = item.locate(("events", n))
                yield diagnosed(said, place, meanwhile=_MEANWHILE).model_copy(update={"level": Level.WARNING})


def day_of(date: dt.date) -> dt.date:
    """The day of a date or a moment."""
    return date.date() if isinstance(date, dt.datetime) else date
