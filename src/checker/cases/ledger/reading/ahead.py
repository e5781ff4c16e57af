"""The last dates of a ledger: how far it was kept, and those that have not come yet, which a check does not see."""

import datetime as dt
from collections.abc import Iterator

from checker.cases.ledger.reading.ledger import Intake
from checker.cases.problems import Refusal, diagnosed
from checker.cases.record import RawRecord
from checker.model.diagnostic import Diagnostic, Level
from checker.model.place import Place

_MEANWHILE = "照写的日期读入；截至那一天以前的检查看不见这一行为"


def ahead(intake: Intake, today: dt.date) -> Iterator[Diagnostic]:
    """A warning for each event that is dated after a day."""
    for date, act, place in _dated(intake):
        if date > today:
            said = Refusal("future-date", f"「{act}」的日期 {date} 还没有到", help="查对年份；是计划的，另列一列")
            yield diagnosed(said, place, meanwhile=_MEANWHILE).model_copy(update={"level": Level.WARNING})


def latest(intake: Intake, today: dt.date | None) -> dt.date | None:
    """The last day that the ledger tells of, as far as it has come."""
    return max((date for date, _, _ in _dated(intake) if today is None or date <= today), default=None)


def _dated(intake: Intake) -> Iterator[tuple[dt.date, str, Place]]:
    for item in intake.items:
        if isinstance(item, RawRecord) and isinstance(item.data, dict):
            for n, event in enumerate(item.data["events"]):
                date = event.get("date")
                if isinstance(date, dt.date):
                    day = date.date() if isinstance(date, dt.datetime) else date
                    yield day, event["act"], item.locate(("events", n))
