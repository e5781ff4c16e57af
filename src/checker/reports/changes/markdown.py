"""For the description of a merge request: what GitHub and GitLab both show."""

from collections.abc import Iterator, Sequence

from checker.explain.pairs import finding_text, pair_text
from checker.model.changes import ChangeReport, Flips, NormChange, Pair, Shows
from checker.reports import change_words as say
from checker.reports.marks import folded, safe, table


def written(report: ChangeReport, colour: bool) -> str:
    """The report; colour does not concern it."""
    del colour
    return "\n".join(_lines(report)).rstrip("\n") + "\n"


def _lines(report: ChangeReport) -> Iterator[str]:
    yield from ("## 规则改动报告", "", f"旧：{safe(report.rules.old)}，新：{safe(report.rules.new)}", "")
    yield from (f"- {safe(line)}" for line in say.sum_lines(report))
    yield from (f"- **{safe(say.verdict_line(report))}**", "")
    if report.unexplained:
        yield from ("### 要说明的", "", *(f"- {safe(line)}" for line in report.unexplained), "")
    yield from _breakages(report)
    changes = say.changes_in_order(report)
    if changes:
        yield from ("### 规范的改动", "")
    for change in changes:
        yield from _change(change)
    yield from _places(report)
    if report.flips is not None and report.flips.flips:
        yield from _flips(report.flips)


def _change(change: NormChange) -> Iterator[str]:
    yield from (f"#### {change.kind}：{safe(say.title_of(change))}", "")
    yield from (f"- {safe(say.detail_text(one))}" for one in change.details)
    yield from (f"- 牵连：{safe(one)}" for one in change.causes)
    if change.effect is not None:
        yield f"- {safe(say.effect_text(change))}"
    yield ""
    if isinstance(change.effect, Shows):
        rows = [(pair.anchor, finding_text(pair.old), finding_text(pair.new)) for pair in change.effect.pairs]
        yield from (*table(("触发", "旧结论", "新结论"), rows), "")
        body = ["```yaml", *change.effect.fixture.rstrip("\n").split("\n"), "```"]
        yield from folded("见证案件和推导", [*body, "", *_reasons(change.effect.pairs)])


def _reasons(pairs: Sequence[Pair]) -> Iterator[str]:
    for pair in pairs:
        yield from (f"- {safe(pair.anchor)} {side}：{safe(reason)}" for side, reason in say.pair_reasons(pair))


def _places(report: ChangeReport) -> Iterator[str]:
    if not report.rules.places:
        return
    yield from ("### 规程和词汇的改动", "")
    for place in report.rules.places:
        yield from (f"- {safe(place.place)}：{safe(say.detail_text(detail))}" for detail in place.details)
    yield ""


def _flips(flips: Flips) -> Iterator[str]:
    yield from ("### 以往结论的翻转", "")
    rows = [(*row[:3], str(row[3])) for row in say.flip_rows(flips)]
    yield from (*table(("规范", "旧结论", "新结论", "个数"), rows), "")
    units = [(*row[:4], str(row[4])) for row in say.unit_rows(flips)]
    yield from folded("按单位", list(table(("单位", "规范", "旧结论", "新结论", "个数"), units)))
    lines: list[str] = []
    for sample in flips.samples:
        lines.append(f"- 案件 {safe(sample.case)}，{safe(sample.norm)}：{safe(pair_text(sample.pair))}")
        lines += [f"    {line}" for line in _reasons((sample.pair,))]
    yield from folded("举例", lines)


def _breakages(report: ChangeReport) -> Iterator[str]:
    if not report.breakages:
        return
    yield from ("### 锁定的规范", "")
    for head, lines in say.breakage_lines(report):
        yield from (f"- {safe(head)}", *(f"    - {safe(line)}" for line in lines))
    yield ""
