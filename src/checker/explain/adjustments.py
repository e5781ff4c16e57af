"""延长, 不计入, 重新计算 in sentences: each event that met such a clause, and what came of it."""

from typing import assert_never

from checker.engines.instance import Adjustment
from checker.engines.instance import Reason as Ground
from checker.explain.clauses import clause_title
from checker.explain.context import Reason, Topic, event_text
from checker.explain.phrases import pattern_phrase
from checker.explain.values import ordinal_day, period_text
from checker.model.requirements import Exclude, Extend, Restart


def adjustment_reasons(adjustments: tuple[Adjustment, ...]) -> list[Reason]:
    """One sentence for each, in the order of events."""
    return [Reason(Topic.PERIOD, f"{_sentence(a)}（{clause_title(a.rule)}）") for a in adjustments]


def _sentence(adjustment: Adjustment) -> str:
    occasion = _occasion(adjustment)
    if not adjustment.applied:
        return f"{occasion}，{_refusal(adjustment)}" if occasion else _refusal(adjustment)
    rule = adjustment.rule
    match rule:
        case Extend():
            amount = period_text(adjustment.amount) if adjustment.amount is not None else ""
            return f"{occasion}{_in_time(adjustment)}，延长 {amount}" if occasion else f"条件成立，延长 {amount}"
        case Exclude():
            return f"{occasion}，{_excluded(adjustment, rule)}"
        case Restart():
            return f"{occasion}{_in_time(adjustment)}，期间重新计算"
        case _:
            assert_never(rule)


def _occasion(adjustment: Adjustment) -> str:
    return "，至 ".join(event_text(event) for event in adjustment.events)


def _in_time(adjustment: Adjustment) -> str:
    if adjustment.deadline is None or (isinstance(adjustment.rule, Extend) and adjustment.rule.after_expiry):
        return ""
    return f"，其时届满日为 {ordinal_day(adjustment.deadline.day)}，尚未届满"


def _excluded(adjustment: Adjustment, rule: Exclude) -> str:
    if adjustment.first is None:
        return "不计入"
    if adjustment.end is None:
        end = f"未见「{pattern_phrase(rule.end)}」的记录" if rule.end is not None else "尚未结束"
        return f"自 {ordinal_day(adjustment.first)} 起停止计算，{end}"
    if adjustment.end <= adjustment.first:
        return "没有需要扣除的日数"
    first, last = ordinal_day(adjustment.first), ordinal_day(adjustment.end - 1)
    span = first if first == last else f"{first} 至 {last}"
    return f"{span} 不计入"


def _refusal(adjustment: Adjustment) -> str:
    effect = _effect(adjustment.rule)
    deadline = adjustment.deadline
    match adjustment.reason:
        case Ground.EXPIRED:
            due = f"期限已于 {ordinal_day(deadline.day)} 届满" if deadline is not None else "期限已经届满"
            return f"其时{due}，不{effect}"
        case Ground.TIMES:
            return f"已达次数上限，不再{effect}"
        case Ground.TOTAL | Ground.CAP:
            return f"已超过累计上限，不再{effect}"
        case Ground.CONDITION:
            return f"所附条件不成立，不{effect}"
        case Ground.UNCOVERED:
            return f"记录没有说明涵盖所附行为，是否{effect}尚不能确定"
        case Ground.DROPPED:
            return f"其后期间重新计算，此前的{effect}不再计入"
        case Ground.UNKNOWN | None:
            return f"所需事实不明，是否{effect}尚不能确定"
        case _:
            assert_never(adjustment.reason)


def _effect(rule: Extend | Exclude | Restart) -> str:
    match rule:
        case Extend():
            return "延长"
        case Exclude():
            return "扣除"
        case Restart():
            return "重新计算"
        case _:
            assert_never(rule)
