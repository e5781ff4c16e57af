"""说明: what was checked against what, what the colours say, and counts that add up."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from checker.model.diagnostic import Level
from checker.model.finding import GRAVEST_FIRST, VERDICT_NAMES, Verdict
from checker.model.norm import Category
from checker.reports.content import RunReport
from checker.reports.overview.lamps import MEANINGS, SOON, Lamp, lamp_of_case
from checker.reports.pages import cases, findings, lacking, unread, upcoming
from checker.reports.pages.lamp_words import NEAR, coming
from checker.reports.pages.page import TONES, Column, Item, Page, Styled, Tone

NAME: Final = "说明"

_COLUMNS: Final = (Column("", 18), Column("", 100))
_CLOSING: Final = (
    "本报告只说明记录与规范条文的对照，不评判案件实体，也不认定任何人的责任。\n"
    "「未见…记录」不等于没有做，请先核实再处理。"
)


def page(report: RunReport, copied: Sequence[str], names: dict[str, str]) -> Page:
    """``copied`` says what was done with the user's own workbook, ``names`` how the other sheets are called there."""
    parts = (_head(report), _legend(), _counts(report), _sheets(report, names), _copy(copied))
    rows: list[Sequence[Item]] = [(Styled("程序规范检查说明", bold=True), None)]
    for part in parts:
        found = list(part)
        rows += [(None, None), *found] if found else []
    return Page(NAME, _COLUMNS, (*rows, (None, None), ("提示", _CLOSING)), table=False)


def _head(report: RunReport) -> Iterator[Sequence[Item]]:
    head = report.head
    yield "截至日期", head.as_of
    yield "检查的文件", "\n".join(report.sources) or None
    yield "规则", "\n".join(f"{pack.id}《{pack.title.strip('《》')}》" for pack in head.rules.packs)
    yield "工作日表", head.calendar
    listed = "只列不符合规范的" if head.only_violations else "列出全部结论"
    if head.profile.said:
        yield "给谁看", f"{head.profile.said}。"
    yield "清单的范围", f"「{findings.NAME}」{listed}；临近期限和待补资料另列"


def _legend() -> Iterator[Sequence[Item]]:
    yield Styled("颜色", bold=True), None
    for lamp, words in MEANINGS.items():
        yield Styled(lamp, TONES[lamp]), words
    yield Styled("蓝", Tone.BLUE), f"格子的颜色：期限在第 {SOON + 1}日至第 {NEAR}日届满"


def _counts(report: RunReport) -> Iterator[Sequence[Item]]:
    totals, as_of = report.totals, report.head.as_of
    lamps = Counter(lamp_of_case(one, as_of) for one in report.cases)
    yield Styled("数目", bold=True), None
    yield "案件", f"读入 {totals.read}件：{'，'.join(f'{lamp} {lamps[lamp]}' for lamp in Lamp)}"
    yield (
        "规范与案件",
        f"{totals.triggered + totals.untriggered}对：触发 {totals.triggered}，未触发 {totals.untriggered}",
    )
    verdicts = "，".join(f"{VERDICT_NAMES[v]} {totals.verdicts[v]}" for v in GRAVEST_FIRST)
    yield "规范实例", f"{totals.verdicts.total()}个：{verdicts}"
    yield "不符合的", f"{totals.violations}个：{'，'.join(f'{name} {totals.categories[name]}' for name in Category)}"
    yield "待履行", _pending(report)
    yield "未读入", _unread(report)


def _pending(report: RunReport) -> str:
    found = [s.finding for one in report.cases for s in one.shown if s.finding.verdict is Verdict.PENDING]
    near = sum(coming(finding, report.head.as_of) is not None for finding in found)
    undated = sum(finding.due is None for finding in found)
    return f"{len(found)}个：{NEAR}日内届满 {near}，更晚 {len(found) - near - undated}，届满日未定 {undated}"


def _unread(report: RunReport) -> str:
    totals = report.totals
    hints = sum(told.level is not Level.ERROR for told in report.unread)
    doubts = sum(len(one.case.remarks) for one in report.cases)
    words = {
        f"{totals.left_out}处": True,
        f"有疑问 {doubts}处": doubts,
        f"另有提示 {hints}条": hints,
        f"程序故障没有结论 {totals.failed}件": totals.failed,
        f"跳过其他格式的文件 {totals.skipped}个": totals.skipped,
    }
    return "；".join(word for word, told in words.items() if told)


def _sheets(report: RunReport, names: dict[str, str]) -> Iterator[Sequence[Item]]:
    listed = sum(len(findings.listed(report, one)) for one in report.cases)
    told = sum(1 for _ in unread.told_of(report))
    yield Styled("各表", bold=True), None
    yield names[findings.NAME], f"{listed}行：一行一个结论；末尾几列供核实的人填写"
    yield names[upcoming.NAME], f"{NEAR}日内届满的期限，先到期的在前；{SOON}日以内的有颜色"
    yield names[lacking.NAME], "资料不足和待人工认定的，写明补什么"
    yield names[unread.NAME], f"{told}行：读不了和有疑问的地方，写明单元格和改法"
    yield names[cases.NAME], f"{len(report.cases)}行：读入的每一件案件"


def _copy(copied: Sequence[str]) -> Iterator[Sequence[Item]]:
    if copied:
        yield Styled("这份工作簿", bold=True), None
        yield from ((None, line) for line in copied)
