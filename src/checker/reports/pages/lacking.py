"""待补资料: what no verdict can be given on, and what would settle it."""

from typing import Final

from checker.explain.context import Topic
from checker.model.finding import Verdict
from checker.reports.content import CaseReport, RunReport, Shown
from checker.reports.pages.findings import ids_of
from checker.reports.pages.page import Column, Item, Page, Styled, Target
from checker.reports.pages.wording import place_of, place_text, sentences, verdict_cell

NAME: Final = "待补资料"
_WAITING: Final = (Verdict.UNDETERMINED, Verdict.REVIEW)

_COLUMNS: Final = (
    Column("案件", 18),
    Column("类型", 8),
    Column("责任机关", 16),
    Column("规范", 24),
    Column("结论", 11),
    Column("缺少什么，补什么", 46),
    Column("触发", 30),
    Column("记录", 36),
    Column("依据条文", 44),
    Column("编号", 16),
    Column("位置", 14),
    Column("补充情况", 20, people=True),
)


def page(report: RunReport, target: Target) -> Page:
    """Findings that wait for papers or for a person."""
    rows: list[tuple[Item, ...]] = []
    for one in report.cases:
        waiting = [shown for shown in one.shown if shown.finding.verdict in _WAITING]
        rows += [_row(one, *found, target) for found in zip(ids_of(one, waiting), waiting, strict=True)]
    return Page(NAME, _COLUMNS, rows)


def _row(one: CaseReport, number: str, shown: Shown, target: Target) -> tuple[Item, ...]:
    finding = shown.finding
    place = place_of(one.case, finding)
    lacks = sentences(shown, Topic.MISSING)
    return (
        one.case.id,
        one.case.kind,
        finding.bearer,
        finding.norm,
        verdict_cell(finding),
        lacks or ("由人工认定后补录" if finding.verdict is Verdict.REVIEW else ""),
        sentences(shown, Topic.TRIGGER),
        sentences(shown, Topic.RECORD, Topic.EXCEPTION),
        sentences(shown, Topic.SOURCE),
        number,
        Styled(place_text(place), target=target(place)),
        None,
    )
