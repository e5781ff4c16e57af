"""未读入: what was left out of the check or read with a doubt, as it was told."""

from collections.abc import Iterator
from typing import Final

from checker.model.diagnostic import Diagnostic, Level
from checker.model.place import Place, Span
from checker.reports.content import RunReport
from checker.reports.pages.page import Column, Item, Page, Styled, Target, Tone
from checker.reports.pages.wording import place_text

NAME: Final = "未读入"

_COLUMNS: Final = (
    Column("情况", 9),
    Column("文件", 24),
    Column("位置", 16),
    Column("原文", 24),
    Column("问题", 50),
    Column("应是什么", 36),
    Column("怎样改", 40),
    Column("程序怎样处理", 30),
    Column("更正情况", 20, people=True),
)


def page(report: RunReport, target: Target) -> Page:
    """What could not be read first, then the remarks on what was read."""
    return Page(NAME, _COLUMNS, tuple(_row(told, word, tone, target) for told, word, tone in told_of(report)))


def told_of(report: RunReport) -> Iterator[tuple[Diagnostic, str, Tone]]:
    """Every message about the data with what became of the place; failed cases are no matter of the data."""
    for told in report.unread:
        is_lost = told.level is Level.ERROR
        yield told, "未读入" if is_lost else "提示", Tone.GREY
    for one in report.cases:
        for remark in one.case.remarks:
            yield remark, "有疑问", Tone.GREY


def _row(told: Diagnostic, word: str, tone: Tone, target: Target) -> tuple[Item, ...]:
    at = told.at
    return (
        Styled(word, tone),
        at.file if isinstance(at, Place | Span) else None,
        Styled(place_text(at), target=target(at) if isinstance(at, Place) else ""),
        told.quote,
        told.message,
        told.expected,
        told.help,
        told.meanwhile,
        None,
    )
