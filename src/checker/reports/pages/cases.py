"""案件一览: every case that was checked, with its lamp and its counts."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from checker.model.finding import GRAVEST_FIRST, VERDICT_NAMES
from checker.reports.content import CaseReport, RunReport
from checker.reports.overview.lamps import lamp_of_case
from checker.reports.pages.lamp_words import coming, lamp_words
from checker.reports.pages.page import TONES, Column, Item, Page, Styled, Target
from checker.reports.pages.wording import place_text

NAME: Final = "案件一览"

_COLUMNS: Final = (
    Column("案件", 20),
    Column("类型", 10),
    Column("灯", 5),
    Column("情况", 40),
    *(Column(VERDICT_NAMES[verdict], 11) for verdict in GRAVEST_FIRST),
    Column("规范实例", 9),
    Column("最近的届满日", 13),
    Column("位置", 14),
    Column("没有结论的原因", 30),
)


def page(report: RunReport, target: Target) -> Page:
    """One row a case, in the order of the input."""
    return Page(NAME, _COLUMNS, tuple(_rows(report, target)))


def _rows(report: RunReport, target: Target) -> Iterator[tuple[Item, ...]]:
    as_of = report.head.as_of
    for one in report.cases:
        lamp = lamp_of_case(one, as_of)
        yield (
            one.case.id,
            one.case.kind,
            Styled(lamp, TONES[lamp]),
            lamp_words(one, as_of).partition("：")[2],
            *(one.verdicts[verdict] or None for verdict in GRAVEST_FIRST),
            one.verdicts.total(),
            _nearest(report, one),
            Styled(place_text(one.case.place), target=target(one.case.place)),
            one.failure,
        )


def _nearest(report: RunReport, one: CaseReport) -> Item:
    """The first due date that is still to come within 30 days."""
    as_of = report.head.as_of
    left = [days for shown in one.shown if (days := coming(shown.finding, as_of)) is not None]
    return as_of + dt.timedelta(min(left)) if left else None
