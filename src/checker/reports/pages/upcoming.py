"""临近期限: what falls due soon, the nearest first."""

import datetime as dt
from typing import Final

from checker.explain.context import Topic
from checker.reports.content import CaseReport, RunReport, Shown
from checker.reports.overview.lamps import SOON
from checker.reports.pages.findings import ids_of
from checker.reports.pages.lamp_words import coming
from checker.reports.pages.page import Column, Item, Page, Styled, Target, Tone
from checker.reports.pages.wording import due_cell, place_of, place_text, sentences

NAME: Final = "临近期限"

_COLUMNS: Final = (
    Column("届满日", 12),
    Column("剩余日数", 9),
    Column("责任机关", 18),
    Column("案件", 18),
    Column("类型", 8),
    Column("规范", 24),
    Column("触发", 30),
    Column("期限怎样算出", 60),
    Column("依据条文", 44),
    Column("编号", 16),
    Column("位置", 14),
    Column("办理情况", 20, people=True),
)
_COUNTING: Final = (Topic.START, Topic.PERIOD, Topic.COUNT, Topic.DUE)


def page(report: RunReport, target: Target) -> Page:
    """Duties still open that fall due within 30 days."""
    as_of = report.head.as_of
    found = []
    for one in report.cases:
        near = [shown for shown in one.shown if coming(shown.finding, as_of) is not None]
        found += [(number, one, shown) for number, shown in zip(ids_of(one, near), near, strict=True)]
    found.sort(key=lambda item: (_day(item[2].finding.due), item[1].case.id, item[0]))
    return Page(NAME, _COLUMNS, tuple(_row(as_of, *item, target) for item in found))


def _day(due: dt.date | dt.datetime | None) -> dt.datetime:
    assert due is not None, "a finding without a due date is never coming up"
    return due.replace(tzinfo=None) if isinstance(due, dt.datetime) else dt.datetime.combine(due, dt.time.max)


def _row(as_of: dt.date, number: str, one: CaseReport, shown: Shown, target: Target) -> tuple[Item, ...]:
    finding = shown.finding
    left = coming(finding, as_of)
    place = place_of(one.case, finding)
    tone = Tone.YELLOW if coming(finding, as_of, SOON) is not None else None
    return (
        Styled(due_cell(finding.due), tone),
        Styled(left, tone),
        finding.bearer,
        one.case.id,
        one.case.kind,
        finding.norm,
        sentences(shown, Topic.TRIGGER),
        sentences(shown, *_COUNTING),
        sentences(shown, Topic.SOURCE),
        number,
        Styled(place_text(place), target=target(place)),
        None,
    )
