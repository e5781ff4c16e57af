"""The report for reading: grouped by case, violations first, each with its reasons, article and standing."""

from collections.abc import Iterator

from checker.explain.context import Topic
from checker.explain.norms import validity_text
from checker.explain.sources import stamped, titled
from checker.model.finding import GRAVEST_FIRST
from checker.model.norm import Pack
from checker.reports.colours import BOLD, colour_of, painted
from checker.reports.content import CaseReport, Head, Shown, Totals, Writer
from checker.reports.heading import heading
from checker.reports.layout import WIDTH, pad, wrap
from checker.reports.sums import counts_text, sum_lines

_RULE = "─" * WIDTH
_LABEL = 6
"""Columns of a label (two characters and two blanks)."""


class Text:
    """The text report; ``colour`` only where it goes to a terminal."""

    def __init__(self, colour: bool) -> None:
        self._colour = colour

    def begin(self, head: Head) -> Iterator[str]:
        """The head: date, packs, calendar, number of cases."""
        yield from painted(["程序规范检查报告"], BOLD, self._colour)
        yield from _labelled("截至", str(head.as_of), "  ", 10)
        for pack in head.rules.packs:
            norms = sum(norm.pack == pack.id for norm in head.rules.norms)
            counted = sum(one.pack == pack.id for one in head.rules.indicators)
            held = f"规范 {norms}条{f'，指标 {counted}项' if counted else ''}"
            yield from _labelled("规则", f"{pack_text(pack)}，{validity_text(pack.valid)}，{held}", "  ", 10)
        yield from _labelled("工作日表", head.calendar, "  ", 10)
        count = f"{head.cases}件" if head.cases is not None else "件数较多，边读边查，总数见小结"
        yield from _labelled("案件", count, "  ", 10)
        yield from _labelled("列出", "不符合规范的" if head.only_violations else "全部规范实例", "  ", 10)
        if head.profile.said:
            yield from _labelled("给谁看", f"{head.profile.said}。", "  ", 10)

    def case(self, report: CaseReport) -> Iterator[str]:
        """One case; nothing if there is nothing to list of it."""
        if not report.shown and report.failure is None:
            return
        kind = f"（{report.case.kind}）" if report.case.kind else ""
        yield ""
        yield _RULE
        yield from painted(wrap(f"案件 {report.case.id}{kind}", rest="  "), BOLD, self._colour)
        if report.failure is not None:
            yield from wrap(f"没有结论：{report.failure}", "  ", "  ")
        for shown in sorted(report.shown, key=lambda one: GRAVEST_FIRST.index(one.finding.verdict)):
            yield ""
            yield from self._finding(shown)
        rest = report.verdicts.copy()
        rest.subtract(shown.finding.verdict for shown in report.shown)
        others = counts_text(rest)
        if others:
            yield ""
            yield from wrap(f"本案其余规范实例：{others}", "  ", "  ")

    def end(self, totals: Totals) -> Iterator[str]:
        """The sums."""
        yield ""
        yield _RULE
        yield from painted(["小结"], BOLD, self._colour)
        yield from sum_lines(totals)
        yield from wrap("本报告只说明记录与规范条文的对照，不评判案件实体，也不认定任何人的责任。", "  ", "  ")

    def _finding(self, shown: Shown) -> Iterator[str]:
        finding = shown.finding
        lines = wrap(" · ".join(heading(finding)), "■ ", "  ")
        yield from painted(lines, colour_of(finding.verdict), self._colour)
        previous = None
        for topic, text in shown.reasons:
            if topic is Topic.CLASS:
                continue
            yield from _labelled("" if topic is previous else str(topic), text, "    ", _LABEL)
            previous = topic


def pack_text(pack: Pack) -> str:
    """``duban《…》【示范】``: template packs and drafts are stamped."""
    return f"{pack.id}{titled(pack)}{stamped(pack.rank, pack.draft)}"


def _labelled(label: str, text: str, indent: str, columns: int) -> list[str]:
    return wrap(text, indent + pad(label, columns), indent + " " * columns)


def writer(colour: bool) -> Writer:
    """The writer of the text report."""
    return Text(colour)
