"""For a merge request or a wiki: what GitHub and GitLab both show."""

from collections.abc import Iterator

from checker.explain.context import Topic
from checker.reports.content import CaseReport, RunReport
from checker.reports.documents import Wish
from checker.reports.heading import heading
from checker.reports.listed import Listed, listed
from checker.reports.marks import safe, table
from checker.reports.sums import counts_text, one_line


def written(report: RunReport, wish: Wish) -> str:
    """The report; nothing can be wished for it."""
    del wish
    return "\n".join(_lines(report)).rstrip("\n") + "\n"


def _lines(report: RunReport) -> Iterator[str]:
    head = report.head
    packs = "、".join(f"{pack.id}《{pack.title}》" for pack in head.rules.packs)
    yield from (
        "## 程序规范检查报告",
        "",
        f"截至 {head.as_of}，工作日表 {safe(head.calendar)}，规则 {safe(packs)}。",
        "",
    )
    if head.profile.said:
        yield from (f"{safe(head.profile.said)}。", "")
    yield from (f"- {safe(one_line(report.totals))}", "")
    told = [(one, found) for one in report.cases if (found := listed(report, one)) or one.failure is not None]
    if told:
        rows = [(one.case.id, counts_text(one.verdicts)) for one, _ in told]
        yield from (*table(("案件", "规范实例"), rows), "")
    for one, found in told:
        yield from _case(one, found)
    if report.unread:
        yield from ("### 未读入", "", *(f"- {safe(bad.message)}" for bad in report.unread), "")
    yield "本报告只说明记录与规范条文的对照，不评判案件实体，也不认定任何人的责任。"


def _case(one: CaseReport, found: list[Listed]) -> Iterator[str]:
    kind = f"（{one.case.kind}）" if one.case.kind else ""
    yield from (f"### 案件 {safe(one.case.id)}{safe(kind)}", "")
    if one.failure is not None:
        yield from (f"没有结论：{safe(one.failure)}", "")
    for name, _, shown in found:
        yield f"- **{safe(' · '.join(heading(shown.finding)))}** {name}"
        yield from (f"    - {topic}：{safe(text)}" for topic, text in shown.reasons if topic is not Topic.CLASS)
    yield ""
