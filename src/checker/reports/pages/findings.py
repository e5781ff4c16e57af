"""问题清单: one row a finding that the report lists, with room for what people say to it."""

from collections.abc import Iterator, Sequence
from typing import Final

from checker.explain.context import Topic
from checker.model.finding import GRAVEST_FIRST
from checker.model.naming import finding_ids
from checker.reports.content import CaseReport, RunReport, Shown
from checker.reports.pages.page import Column, Item, Page, Styled, Target
from checker.reports.pages.wording import (
    all_sentences,
    due_cell,
    evidence_text,
    place_of,
    place_text,
    sentences,
    verdict_cell,
)

NAME: Final = "问题清单"

_COLUMNS: Final = (
    Column("编号", 16),
    Column("案件", 18),
    Column("位置", 12),
    Column("责任机关", 14),
    Column("规范", 20),
    Column("结论", 11),
    Column("归类", 9),
    Column("情节", 6),
    Column("触发", 24),
    Column("届满日", 11),
    Column("超过日数", 9),
    Column("记录显示", 32),
    Column("依据条文", 34),
    Column("核实情况", 16, people=True),
    Column("处理意见", 16, people=True),
    Column("备注", 10, people=True),
    Column("类型", 8),
    Column("所据记录", 30),
    Column("缺少", 22),
    Column("推算和说明", 70),
    Column("效力", 26),
)
_PRINTED: Final = 16


def page(report: RunReport, target: Target) -> Page:
    """Violations, or all findings where the head asks for all."""
    return Page(NAME, _COLUMNS, tuple(_rows(report, target)), printed=_PRINTED)


def listed(report: RunReport, one: CaseReport) -> list[Shown]:
    """What of a case is listed, the gravest first."""
    found = [s for s in one.shown if s.finding.verdict.is_violation or not report.head.only_violations]
    return sorted(found, key=lambda shown: GRAVEST_FIRST.index(shown.finding.verdict))


def ids_of(one: CaseReport, found: Sequence[Shown]) -> tuple[str, ...]:
    """The stable ids of some findings of a case."""
    return finding_ids(one.case, [shown.finding for shown in found]) if found else ()


def _rows(report: RunReport, target: Target) -> Iterator[Sequence[Item]]:
    for one in report.cases:
        found = listed(report, one)
        for number, shown in zip(ids_of(one, found), found, strict=True):
            yield _row(one, number, shown, target)


def _row(one: CaseReport, number: str, shown: Shown, target: Target) -> Sequence[Item]:
    finding = shown.finding
    place = place_of(one.case, finding)
    return (
        number,
        one.case.id,
        Styled(place_text(place), target=target(place)),
        finding.bearer,
        finding.norm,
        verdict_cell(finding),
        finding.category,
        finding.severity,
        sentences(shown, Topic.TRIGGER),
        due_cell(finding.due),
        finding.days if finding.verdict.is_violation else None,
        sentences(shown, Topic.RECORD),
        sentences(shown, Topic.SOURCE),
        None,
        None,
        None,
        one.case.kind,
        evidence_text(one.case, finding),
        sentences(shown, Topic.MISSING),
        all_sentences(shown),
        sentences(shown, Topic.STANDING),
    )
