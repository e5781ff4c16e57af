"""The window of an instance in sentences: start, period, adjustments, each step of the count, due date, state."""

from typing import assert_never

from checker.engines.facts import Clock, Truth
from checker.engines.instance import Instance, Timing
from checker.explain.adjustments import adjustment_reasons
from checker.explain.clauses import clause_reason
from checker.explain.context import Context, Reason, Topic, event_text
from checker.explain.derivations import derivation_reasons, limit_reasons
from checker.explain.phrases import expression_phrase, pattern_at, pattern_phrase
from checker.explain.requirement_phrases import period_phrase
from checker.explain.sources import source_text
from checker.explain.values import moment_text, ordinal_day, period_text
from checker.model import requirements as r


def window_reasons(context: Context, instance: Instance, window: r.Window, timing: Timing) -> list[Reason]:
    """Everything about the period of 应当 and 视为."""
    reasons = _begin(context, instance, window, timing)
    reasons += [clause_reason(context, instance, value) for value in timing.clauses if value.truth is not Truth.NO]
    if timing.replaced is not None and timing.period is not None:
        reasons.append(Reason(Topic.PERIOD, f"期限改为 {period_text(timing.period)}"))
    reasons += adjustment_reasons(timing.adjustments)
    if timing.origin_event is not None:
        reasons.append(Reason(Topic.START, f"重新计算的起点为 {event_text(timing.origin_event)}"))
    if timing.reckoning is not None and isinstance(window, r.Within):
        reasons += derivation_reasons(context, timing.reckoning)
        if timing.reckoning.base is not None:
            reasons += [Reason(Topic.COUNT, f"算法依据 {source_text(one)}") for one in instance.norm.counting.sources]
    return reasons + _end(context, instance, window, timing)


def _begin(context: Context, instance: Instance, window: r.Window, timing: Timing) -> list[Reason]:
    match window:
        case r.Within():
            return _start(instance, window.start, timing) + _period(context, instance, window.period, timing)
        case r.UntilClose():
            return []
        case r.By():
            limit = Reason(Topic.PERIOD, f"应不晚于 {expression_phrase(window.limit)}")
            return [limit, *limit_reasons(context, instance, window)]
        case r.During():
            span = f"应在 {expression_phrase(window.first)} 至 {expression_phrase(window.last)} 之间"
            first = f"，首日为 {ordinal_day(timing.first)}" if timing.first is not None else ""
            return [Reason(Topic.PERIOD, span + first), *limit_reasons(context, instance, window)]
        case r.InPeriod():
            return [Reason(Topic.PERIOD, "应在该期首日至末日之间，不顺延")]
        case _:
            assert_never(window)


def _start(instance: Instance, start: r.Start, timing: Timing) -> list[Reason]:
    match start:
        case r.AtAnchor():
            return []
        case r.AtFirst():
            if timing.start_event is None:
                return []
            return [Reason(Topic.START, f"以 {event_text(timing.start_event)} 为起点")]
        case r.AtDate():
            day = f" {ordinal_day(timing.start)}" if timing.start is not None else "（未写）"
            return [Reason(Topic.START, f"以 {instance.anchor.printed} 的「{start.attribute.name}」{day} 为起点")]
        case r.AtPeriodEnd():
            return [Reason(Topic.START, "以该期最后一日为起点")]
        case _:
            assert_never(start)


def _period(context: Context, instance: Instance, period: r.PeriodExpr, timing: Timing) -> list[Reason]:
    text = period_phrase(period)
    if isinstance(period, r.FromAttribute | r.Earlier | r.Later) and timing.period is not None:
        text += f"，此处为 {period_text(timing.period)}"
    sources = [f"「{name}」的出处：{source}" for name, source in _parameter_sources(context, instance, period)]
    return [Reason(Topic.PERIOD, "，".join([text, *sources]))]


def _parameter_sources(context: Context, instance: Instance, period: r.PeriodExpr) -> list[tuple[str, str]]:
    match period:
        case r.Fixed(parameter=str(name)):
            parameter = context.rules.pack(instance.norm.pack).parameters.get(name)
            if parameter is None:
                return []
            return [(name, source_text(parameter.source))]
        case r.Earlier() | r.Later():
            return [found for option in period.of for found in _parameter_sources(context, instance, option)]
        case _:
            return []


def _end(context: Context, instance: Instance, window: r.Window, timing: Timing) -> list[Reason]:
    match timing.clock:
        case Clock.RUNNING | Clock.UNSURE | Clock.PASSED:
            return _due(context, timing)
        case Clock.IDLE:
            return [Reason(Topic.DUE, _idle(context, instance, window, timing))]
        case Clock.STOPPED:
            return [Reason(Topic.DUE, _stopped(timing))]
        case Clock.UNKNOWN:
            return [Reason(Topic.DUE, "起算日或者期限尚不能确定，届满日算不出来")]
        case _:
            assert_never(timing.clock)


def _due(context: Context, timing: Timing) -> list[Reason]:
    due = timing.due
    if due is None:
        return []
    day = moment_text(due.last) if due.last is not None else ordinal_day(due.day)
    closing = f"以 {event_text(timing.closing)} 为案结，" if timing.closing is not None else ""
    text = f"{closing}届满日 {day}"
    if due.low != due.high:
        text += f"（暂定，最早 {ordinal_day(due.low)}，最迟 {ordinal_day(due.high)}）"
    elif due.provisional:
        text += "（暂定）"
    reasons = [Reason(Topic.DUE, text)]
    if timing.unsure:
        reasons.append(Reason(Topic.DUE, "期限是否变动尚不能确定"))
    if timing.clock is Clock.UNSURE:
        reasons.append(Reason(Topic.DUE, f"截至 {context.as_of} 是否已经届满，要看尚未公布的放假调休安排"))
    return reasons


def _idle(context: Context, instance: Instance, window: r.Window, timing: Timing) -> str:
    if isinstance(window, r.Within) and isinstance(window.start, r.AtFirst) and timing.start_event is None:
        act = pattern_phrase(pattern_at(window.start.pattern, instance.anchor.root))
        return f"截至 {context.as_of} 未见「{act}」的记录，期间尚未起算"
    if isinstance(window, r.UntilClose):
        return f"截至 {context.as_of} 未见案结的记录，届满日尚未确定"
    return f"截至 {context.as_of} 未见重新计算的起点，届满日尚未确定"


def _stopped(timing: Timing) -> str:
    by = f"{event_text(timing.stopped_by)} 起停止计算" if timing.stopped_by is not None else "期间停止计算"
    left = f"，停止时尚余 {timing.remaining}日" if timing.remaining is not None else ""
    return f"{by}，届满日尚未确定{left}"
