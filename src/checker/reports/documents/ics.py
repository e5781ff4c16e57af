"""A calendar (RFC 5545) of the duties with a day still before them, for any calendar program."""

import datetime as dt
from importlib.util import find_spec
from typing import Any, Final

from checker.explain.context import Topic
from checker.explain.values import moment_text
from checker.model.diagnostic import DataError, Diagnostic
from checker.reports.content import RunReport
from checker.reports.documents import Wish
from checker.reports.layout import clean
from checker.reports.listed import Listed, pending

_AHEAD: Final = 3
"""Days before the last one on which a calendar program reminds."""
_TOPICS: Final = (Topic.TRIGGER, Topic.PERIOD, Topic.COUNT, Topic.DUE, Topic.SOURCE)


def written(report: RunReport, wish: Wish) -> bytes:
    """An entry a duty; its identity is the finding's, so that a later file replaces it. Nothing can be wished."""
    del wish
    if find_spec("icalendar") is None:
        message = "写日历文件需要 icalendar，用「pip install 'checker[ics]'」安装"
        raise DataError((Diagnostic(code="no-icalendar", message=message),))
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//checker//程序规范检查//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"程序期限（截至 {report.head.as_of}）")
    for one in pending(report):
        calendar.add_component(_entry(one, report.head.as_of))
    return bytes(calendar.to_ical())


def _entry(one: Listed, as_of: dt.date) -> Any:  # noqa: ANN401 - a class of the library
    from icalendar import Event

    finding = one.shown.finding
    assert finding.due is not None
    entry = Event()
    entry.add("uid", f"{one.id}@checker")
    # The day of the check: the clock would make every file another one.
    entry.add("dtstamp", dt.datetime.combine(as_of, dt.time(), dt.UTC))
    entry.add("dtstart", finding.due)
    if not isinstance(finding.due, dt.datetime):
        entry.add("dtend", finding.due + dt.timedelta(days=1))
    entry.add("transp", "TRANSPARENT")
    provisional = "（暂定）" if finding.provisional else ""
    bearer = finding.bearer or "责任机关不明"
    entry.add("summary", clean(f"届满{provisional}：{bearer} · {one.shown.norm.title} · {one.case.case.id}"))
    entry.add("description", "\n".join(_lines(one)))
    entry.add("categories", [clean(bearer)])
    entry.add_component(_reminder(one))
    return entry


def _lines(one: Listed) -> list[str]:
    finding = one.shown.finding
    assert finding.due is not None
    head = [f"案件：{one.case.case.id}", f"规范：{finding.norm}", f"届满：{moment_text(finding.due)}"]
    steps = [f"{topic}：{text}" for topic, text in one.shown.reasons if topic in _TOPICS and topic is not Topic.DUE]
    return [clean(line) for line in [*head, *steps, f"编号：{one.id}"]]


def _reminder(one: Listed) -> Any:  # noqa: ANN401 - as above
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", dt.timedelta(days=-_AHEAD))
    alarm.add("description", clean(f"还有 {_AHEAD}日届满：{one.shown.norm.title} · {one.case.case.id}"))
    return alarm
