"""What every report of a comparison says in the same words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from checker.explain.context import Topic, event_text
from checker.explain.pairs import NO_FINDING
from checker.explain.values import value_text
from checker.model.case import Case
from checker.model.changes import ChangeKind, ChangeReport, Detail, Equal, Flips, NormChange, Open, Pair, Shows
from checker.model.finding import VERDICT_NAMES, Finding, Verdict
from checker.model.values import Value

ORDER: Final = (
    ChangeKind.MEANING,
    ChangeKind.REWORDED,
    ChangeKind.AFFECTED,
    ChangeKind.ADDED,
    ChangeKind.REMOVED,
    ChangeKind.RENAMED,
    ChangeKind.METADATA,
    ChangeKind.TEXT,
)
"""What matters most first."""

NO_UNIT: Final = "（记录没有写）"


def changes_in_order(report: ChangeReport) -> list[NormChange]:
    """By kind, then as the norms stand."""
    return sorted(report.rules.changes, key=lambda change: ORDER.index(change.kind))


def sum_lines(report: ChangeReport) -> Iterator[str]:
    """The counts, in sentences without a full stop."""
    rules = report.rules
    old, new, same = rules.norms
    kinds = Counter(change.kind for change in rules.changes if not change.indicator)
    indicators = sum(change.indicator for change in rules.changes)
    told = "，".join(f"{kind} {kinds[kind]}" for kind in ORDER)
    yield f"规范旧 {old}条、新 {new}条：没有改动 {same}，{told}；指标有改动的 {indicators}项"
    asked = [change.effect for change in rules.changes if change.effect is not None]
    if asked:
        shown, equal, undecided = (sum(isinstance(one, kind) for one in asked) for kind in (Shows, Equal, Open))
        yield f"含义改变、改写和受牵连的 {len(asked)}条：有见证案件 {shown}，证明等价 {equal}，未能判定 {undecided}"
    if report.flips is not None:
        yield from flip_sums(report.flips)
    if report.locked is not None:
        broken = len(report.breakages)
        yield f"锁定的规范 {report.locked}条：{f'{broken}条有没有登记的改动' if broken else '都没有未登记的改动'}"


def flip_sums(flips: Flips) -> Iterator[str]:
    """How many cases there were, adding up."""
    given = flips.read + flips.left_out + flips.only_old + flips.only_new + flips.failed
    yield (
        f"案件 {given}件（截至 {flips.as_of}，工作日表 {flips.calendar}）：两边都有结论 {flips.read}，"
        f"其中有变 {flips.changed}（只有届满日、归类等有变的也算）、没有变 {flips.unchanged}；"
        f"两边都读不了 {flips.left_out}，只有旧规则读得了 {flips.only_old}，"
        f"只有新规则读得了 {flips.only_new}，因程序故障没有结论 {flips.failed}"
        f"{f'；跳过其他格式的文件 {flips.skipped}个' if flips.skipped else ''}"
    )
    total = sum(flip.count for flip in flips.flips)
    yield (
        f"结论翻转 {total}个，结论相同而届满日、归类等有变 {flips.reworded}个；"
        f"没有改动、不必再求的规范 {flips.omitted}条（按版本计）"
    )


def title_of(change: NormChange) -> str:
    """``duban/按期办结``, an indicator said to be one."""
    return f"指标 {change.id}" if change.indicator else change.id


def detail_text(detail: Detail) -> str:
    """``办结期限：90日 → 60日``; 增加, 删去 where one side is empty."""
    if not detail.old:
        return f"增加 {detail.aspect}：{detail.new}"
    if not detail.new:
        return f"删去 {detail.aspect}：{detail.old}"
    return f"{detail.aspect}：{detail.old} → {detail.new}"


def effect_text(change: NormChange) -> str:
    """In one sentence what the change comes to; empty where nobody asked."""
    match change.effect:
        case Equal(bound=""):
            return "等价：没有案件能分出两边（不设界限）"
        case Equal(bound=bound):
            return f"在界限之内等价：{bound}都分不出两边；界限以外没有证明"
        case Open(reason=reason):
            return f"未能判定：{reason}"
        case Shows(case=case, as_of=as_of):
            return f"见证案件：{len(case.events)}个事件，截至 {as_of}"
        case None:
            return ""


def case_lines(case: Case) -> Iterator[str]:
    """The case event by event."""
    if case.kind is not None:
        yield f"类型 {case.kind}"
    if case.attributes:
        yield f"案件：{_values(case.attributes)}"
    if case.covers is not None:
        yield f"涵盖：{'、'.join(sorted(case.covers)) or '（空）'}"
    if case.extent is not None:
        yield f"起止：{case.extent.first} 至 {case.extent.last or '截至日'}"
    for event in case.events:
        document = f"，文书 {'、'.join(event.document) or '（空）'}" if event.document is not None else ""
        values = f"，{_values(event.attributes)}" if event.attributes else ""
        yield f"{event_text(event)}{values}{document}"
    for answer in case.answers:
        yield f"认定：「{answer.norm}」在 {answer.event}，{value_text(answer.answer)}"


def _values(attributes: Mapping[str, Value]) -> str:
    return "，".join(f"{name} {value_text(value)}" for name, value in attributes.items())


def verdict_text(verdict: Verdict | None) -> str:
    """Its Chinese name."""
    return NO_FINDING if verdict is None else VERDICT_NAMES[verdict]


def pair_reasons(pair: Pair) -> Iterator[tuple[str, str]]:
    """Each side's explanation under its name, without the sentences that both have."""
    told = [_sentences(finding) for finding in (pair.old, pair.new)]
    for n, (side, finding) in enumerate((("旧规则", pair.old), ("新规则", pair.new))):
        if finding is None:
            yield side, "没有触发，或者没有这条规范"
        else:
            own = [one for one in told[n] if one not in told[1 - n] and not one.startswith(_BASES)]
            yield side, "".join(f"{one}。" for one in own) or "推导与另一边相同"


_BASES: Final = tuple(f"{topic}：" for topic in (Topic.SOURCE, Topic.STANDING, Topic.CONSEQUENCE))
_BREAK: Final = re.compile(rf"。(?=(?:{'|'.join(Topic)})：|$)")


def _sentences(finding: Finding | None) -> list[str]:
    return [] if finding is None else [one for one in _BREAK.split(finding.explanation) if one]


def flip_rows(flips: Flips) -> list[tuple[str, str, str, int]]:
    """Norm, verdict before, verdict after, how many over all units; in the order of the flips."""
    found: dict[tuple[str, str, str], int] = {}
    for flip in flips.flips:
        key = (flip.norm, verdict_text(flip.old), verdict_text(flip.new))
        found[key] = found.get(key, 0) + flip.count
    return [(*key, count) for key, count in found.items()]


def unit_rows(flips: Flips) -> list[tuple[str, str, str, str, int]]:
    """Unit, norm, verdict before, verdict after, how many; by unit."""
    rows = [(f.unit or NO_UNIT, f.norm, verdict_text(f.old), verdict_text(f.new), f.count) for f in flips.flips]
    return sorted(rows, key=lambda row: row[0])


def breakage_lines(report: ChangeReport) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each invariant that does not hold, with the lines under it."""
    for one in report.breakages:
        lines = [*one.ways]
        lines += ["见证案件和用例里只多出不符合的，没有减少，看来是加强；加强也要登记"] if one.stronger else []
        lines += [f"审定后在锁定的清单里登记：{one.entry}"] if one.entry else []
        yield f"「{one.norm}」{one.what}", tuple(lines)


def verdict_line(report: ChangeReport) -> str:
    """Whether all is accounted for, in one sentence."""
    open_ones = len(report.unexplained)
    if report.breakages:
        return "锁定的规范有没有登记的改动，不能通过"
    if report.has_expectations:
        return f"有 {open_ones}处不在预期之内" if open_ones else "全部改动都在预期之内"
    return f"有 {open_ones}处改动要说明" if open_ones else "没有改变结论的改动"
