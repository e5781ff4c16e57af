"""What an explanation is made from, and how events and norms are called in it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from checker.calendars.calendar import Calendar
from checker.engines.instance import Instance
from checker.model.case import Case, Event
from checker.model.norm import RuleSet


class Topic(StrEnum):
    """What a sentence is about; the label that stands before it in a report."""

    TRIGGER = "触发"
    START = "起算"
    PERIOD = "期限"
    COUNT = "推算"
    DUE = "届满"
    RECORD = "记录"
    EXCEPTION = "例外"
    PRIORITY = "优先"
    MISSING = "缺少"
    SOURCE = "依据"
    STANDING = "效力"
    CONSEQUENCE = "后果"
    CLASS = "归类"


class Reason(NamedTuple):
    """One sentence without a full stop."""

    topic: Topic
    text: str


class Context(NamedTuple):
    """One evaluated case. ``events`` are those of the record and the deemed ones, by id."""

    rules: RuleSet
    calendar: Calendar
    case: Case
    as_of: dt.date
    instances: Sequence[Instance]
    events: Mapping[str, Event]


def context_of(
    rules: RuleSet, calendar: Calendar, case: Case, as_of: dt.date, instances: Sequence[Instance]
) -> Context:
    """The context of one evaluation."""
    events = {event.id: event for event in case.events}
    events |= {i.deemed.id: i.deemed for i in instances if i.deemed is not None}
    return Context(rules, calendar, case, as_of, instances, events)


def event_text(event: Event, day: int | None = None) -> str:
    """``2024-03-07 政法委 交办（e3）``; ``day`` shows the date a limit is tested with, where it is another one."""
    when = _moment(event)
    if day is not None and (event.date is None or event.date.toordinal() != day):
        when = f"{dt.date.fromordinal(day)}（记录日期 {when}）"
    actors = "、".join(event.actors) + " " if event.actors else ""
    name = event.act if event.id == event.act else f"{event.act}（{event.id}）"
    return f"{when} {actors}{name}"


def _moment(event: Event) -> str:
    if event.date is None:
        return "日期不明的"
    return f"{event.date} {event.time:%H:%M}" if event.time is not None else str(event.date)


def ids_text(ids: Sequence[str]) -> str:
    """``（e1、e4）``; nothing for none."""
    return f"（{'、'.join(ids)}）" if ids else ""


def quoted(text: str) -> str:
    """User text in 「」, on one line."""
    return f"「{' '.join(text.split())}」"
