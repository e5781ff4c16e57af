"""Requirements, windows, periods and exception clauses of the core as Chinese phrases."""

from typing import assert_never

from checker.explain.phrases import (
    condition_phrase,
    expiry_phrase,
    expression_phrase,
    pattern_phrase,
)
from checker.explain.sources import source_text
from checker.explain.values import period_text
from checker.model import requirements as r
from checker.model.expressions import Condition, Pattern


def patterns_phrase(patterns: tuple[Pattern, ...]) -> str:
    """Any of these events."""
    return " 或 ".join(pattern_phrase(pattern) for pattern in patterns)


def period_phrase(period: r.PeriodExpr) -> str:
    """How long."""
    match period:
        case r.Fixed():
            source = f"（参数「{period.parameter}」）" if period.parameter else ""
            return f"{period_text(period.period)}{source}"
        case r.FromAttribute():
            return f"记录所写的「{expression_phrase(period.attribute)}」"
        case r.Earlier():
            return f"{'、'.join(period_phrase(option) for option in period.of)} 中届满日较早者"
        case r.Later():
            return f"{'、'.join(period_phrase(option) for option in period.of)} 中届满日较晚者"
        case r.UntilExpiry():
            return f"至 {expiry_phrase(period.norm, period.extended)}"
        case _:
            assert_never(period)


def start_phrase(start: r.Start) -> str:
    """From when."""
    match start:
        case r.AtAnchor():
            return "触发之日"
        case r.AtFirst():
            return f"触发当时或其后的第一次 {pattern_phrase(start.pattern)}"
        case r.AtDate():
            return f"{expression_phrase(start.attribute)} 所写之日"
        case r.AtPeriodEnd():
            return "该期最后一日"
        case _:
            assert_never(start)


def window_phrase(window: r.Window) -> str:
    """By when."""
    match window:
        case r.Within():
            return f"自 {start_phrase(window.start)} 起 {period_phrase(window.period)} 内"
        case r.UntilClose():
            return "触发之后、案结以前"
        case r.By():
            return f"触发之后、不晚于 {expression_phrase(window.limit)}"
        case r.During():
            return f"自 {expression_phrase(window.first)} 至 {expression_phrase(window.last)}（首尾两日在内）"
        case r.InPeriod():
            return "在该期首日至末日之间（首尾两日在内）"
        case _:
            assert_never(window)


def requirement_phrases(requirement: r.Requirement) -> tuple[str, ...]:
    """What is asked, one line a point."""
    match requirement:
        case r.Occur():
            lines = [f"应有 {patterns_phrase(group)}" for group in requirement.groups]
            return (f"{window_phrase(requirement.window)}：", *lines, *_one_to_one(requirement.one_to_one))
        case r.Precede():
            lines = [f"应先有 {patterns_phrase(group)}" for group in requirement.groups]
            return (f"{lead_phrase(requirement.lead)}：", *lines, *_one_to_one(requirement.one_to_one))
        case r.Hold():
            return (f"触发事件应符合：{condition_phrase(requirement.condition)}",)
        case r.Contain():
            return (f"触发事件的文书应载明：{'、'.join(requirement.parts)}",)
        case r.Deem():
            unless = patterns_phrase(requirement.unless)
            return (f"{window_phrase(requirement.window)}：", f"没有 {unless} 的，届满之日视为「{requirement.act}」")
        case r.Review():
            return (f"由人工认定：「{requirement.question}」",)
        case _:
            assert_never(requirement)


def lead_phrase(lead: r.Lead) -> str:
    """How far before."""
    match lead.kind:
        case "order":
            return "在触发事件之前"
        case "earlier_day":
            return "在触发事件的前一日或更早"
        case "same_day":
            return "在触发事件当日或之前"
        case "period":
            return f"在触发事件之前至少 {period_text(lead.period) if lead.period else ''}"
        case _:
            assert_never(lead.kind)


def _one_to_one(wanted: bool) -> tuple[str, ...]:
    return ("逐一：每次触发各需一件，先触发者先占用",) if wanted else ()


def clause_phrases(clause: r.ExceptionClause) -> tuple[str, ...]:
    """An exception: its effect, then its limits, one line a point."""
    lines = [_effect(clause)]
    if not isinstance(clause, r.Defeat | r.Replace | r.NoRoll):
        lines += _limits(clause)
    if clause.unless is not None:
        lines.append(f"除外：{condition_phrase(clause.unless)}")
    if isinstance(clause, r.Defeat) and clause.permission:
        basis = "；".join(source_text(source) for source in clause.sources)
        lines.append(f"出自许可条款「{clause.permission}」" + (f"，依据 {basis}" if basis else ""))
    return tuple(lines)


def _effect(clause: r.ExceptionClause) -> str:
    match clause:
        case r.Defeat():
            later = "（事后亦可）" if clause.afterwards else ""
            return f"不适用{later}：{condition_phrase(clause.when)}"
        case r.Replace():
            return f"期限改为 {period_phrase(clause.period)}：{condition_phrase(clause.when)}"
        case r.Extend():
            return _extension(clause)
        case r.Exclude():
            return _exclusion(clause)
        case r.Restart():
            origin = f"，自其后第一次 {pattern_phrase(clause.origin)} 起" if clause.origin else ""
            return f"重新计算{origin}：每有 {pattern_phrase(clause.at)}"
        case r.NoRoll():
            return f"末日不顺延：{condition_phrase(clause.when)}"
        case _:
            assert_never(clause)


def _extension(clause: r.Extend) -> str:
    occasions = [f"每有 {pattern_phrase(clause.grant)}"] if clause.grant is not None else []
    occasions += [condition_phrase(clause.when)] if clause.when is not None else []
    running = "期满后亦可" if clause.after_expiry else "限期满之前"
    mode = f"（{running}）" if clause.grant is not None else ""
    return f"延长 {period_phrase(clause.period)}{mode}：{'，且 '.join(occasions)}"


def _exclusion(clause: r.Exclude) -> str:
    start = pattern_phrase(clause.start)
    if clause.length is not None:
        return f"不计入：自 {start} 次日起 {period_phrase(clause.length)}"
    return f"不计入：自 {start} 之日（含）至 {pattern_phrase(clause.end) if clause.end else ''} 之日（不含）"


def _limits(clause: r.Extend | r.Exclude | r.Restart) -> list[str]:
    match clause:
        case r.Extend():
            times = [f"以 {clause.times}次 为限"] if clause.times is not None else []
            return times + ([f"累计不超过 {period_text(clause.total)}"] if clause.total is not None else [])
        case r.Exclude():
            return [f"累计不超过 {period_text(clause.cap)}"] if clause.cap is not None else []
        case r.Restart():
            return [f"以 {clause.times}次 为限"] if clause.times is not None else []
        case _:
            assert_never(clause)


def clause_condition(clause: r.ExceptionClause) -> Condition | None:
    """The condition of the clause that stands for itself; None for those that meet events."""
    return clause.when if isinstance(clause, r.Defeat | r.Replace | r.NoRoll | r.Extend) else None
