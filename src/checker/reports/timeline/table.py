"""The same timeline as rows of text, day by day."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from checker.model.finding import VERDICT_NAMES
from checker.reports.timeline.facts import Facts, Window


class Row(NamedTuple):
    """One thing of one day."""

    day: dt.date
    kind: str
    text: str


def rows_of(facts: Facts) -> list[Row]:
    """Everything that the picture shows, in order of days; of one day, events first."""
    rows = [Row(one.day, "事件", f"{one.what}{'，在截至日之后' if one.is_later else ''}") for one in facts.happenings]
    for window in facts.windows:
        rows += _of_window(window)
    rows.append(Row(facts.as_of, "截至", "检查所站的日期"))
    return sorted(rows, key=lambda row: row.day)


def _of_window(window: Window) -> Iterator[Row]:
    course, finding = window.course, window.finding
    name = finding.norm
    breach = finding.breached_on if finding.verdict.is_violation else None
    alone = (
        (course.start, "起算", name),
        (course.restarted, "重新计算", name),
        (course.stopped, "停止计算", name),
        (course.original if course.original != course.due else None, "原届满", f"{name}（变动之前）"),
        (course.due, "届满", f"{name}{'（暂定）' if finding.provisional else ''}"),
        (window.done, "履行", f"{name}（{finding.fulfilled_by}）"),
        (breach, VERDICT_NAMES[finding.verdict], f"{name}，自本日起"),
    )
    yield from (Row(day, kind, text) for day, kind, text in alone if day is not None)
    for first, last in course.excluded:
        yield Row(first, "不计入", f"{name}，{first} 至 {last}")
