"""Patterns, expressions and conditions of the core as Chinese phrases: one function a closed union."""

from typing import assert_never

from checker.explain.values import period_text, value_text
from checker.model import expressions as x
from checker.model.case import Event

_ORDER_WORDS = {"eq": "为", "ne": "不为", "lt": "小于", "le": "不大于", "gt": "大于", "ge": "不小于"}
_DATE_WORDS = {"eq": "为", "ne": "不为", "lt": "早于", "le": "不晚于", "gt": "晚于", "ge": "不早于"}


def subject_phrase(subject: x.Subject) -> str:
    """Whose attribute is meant; empty for the event itself."""
    match subject:
        case x.SelfEvent():
            return ""
        case x.AnchorEvent():
            return "触发事件的 "
        case x.CaseSubject():
            return "案件的 "
        case x.LastEvent():
            return f"上一次 {pattern_phrase(subject.pattern)} 的 "
        case x.NthEvent():
            return f"{pattern_phrase(subject.pattern)} 的 "
        case _:
            assert_never(subject)


def expression_phrase(expression: x.Expression) -> str:
    """What is compared."""
    match expression:
        case x.LiteralValue():
            source = f"（参数「{expression.parameter}」）" if expression.parameter else ""
            return f"{value_text(expression.value)}{source}"
        case x.Attribute():
            return f"{subject_phrase(expression.of)}{expression.name}"
        case x.DateOf():
            return f"{subject_phrase(expression.of)}日期"
        case x.ActorOf():
            return f"{subject_phrase(expression.of)}主体"
        case x.Count() | x.Sum():
            return _total_phrase(expression)
        case x.BreachCount():
            return f"至当日不符合「{expression.norm}」的次数"
        case x.Expiry():
            return expiry_phrase(expression.norm, expression.extended)
        case x.Shift():
            side = "之前" if expression.backward else "之后"
            return f"{expression_phrase(expression.base)} {side} {period_text(expression.period)}"
        case _:
            assert_never(expression)


def expiry_phrase(norm: str, extended: bool) -> str:
    """The end of another norm's period."""
    return f"「{norm}」的届满日（{'延长后' if extended else '未延长的'}）"


def _total_phrase(total: x.Count | x.Sum) -> str:
    reach = "到本次为止" if total.inclusive else "此前"
    what = "次数" if isinstance(total, x.Count) else f"{total.attribute} 之和"
    return f"{reach} {pattern_phrase(total.pattern)} 的 {what}"


def actor_phrase(actor: x.Actor) -> str:
    """Who acts."""
    match actor:
        case x.OrganActor():
            return "或".join(actor.names)
        case x.AnchorActor(is_doer=True):
            return "触发事件的主体"
        case x.AnchorActor():
            return f"触发事件所列{actor.attribute}"
        case _:
            assert_never(actor)


def pattern_at(pattern: x.Pattern, root: Event | None) -> x.Pattern:
    """The pattern with the organ that the trigger names in place of the attribute's name, if it names one."""
    if not isinstance(pattern.actor, x.AnchorActor) or root is None:
        return pattern
    value = root.actors if pattern.actor.is_doer else root.attributes.get(pattern.actor.attribute)
    names = value if isinstance(value, tuple) else (value,)
    texts = tuple(name for name in names if isinstance(name, str))
    return pattern.model_copy(update={"actor": x.OrganActor(names=texts)}) if texts else pattern


def pattern_phrase(pattern: x.Pattern) -> str:
    """Which events are meant: ``第2次 政法委 交办（来源 为 领导批示）``."""
    words = [f"第{pattern.ordinal}次"] if pattern.ordinal is not None else []
    words += [actor_phrase(pattern.actor)] if pattern.actor is not None else []
    words.append("或".join(pattern.acts))
    where = [condition_phrase(pattern.where)] if pattern.where is not None else []
    where += [f"以 {pattern.dated_by} 为准"] if pattern.dated_by else []
    return " ".join(words) + (f"（{'；'.join(where)}）" if where else "")


def condition_phrase(condition: x.Condition) -> str:
    """What must be so."""
    match condition:
        case x.Constant():
            return "总是成立" if condition.value else "总不成立"
        case x.All():
            return " 且 ".join(_bracketed(part) for part in condition.of)
        case x.AnyOf():
            return " 或 ".join(_bracketed(part) for part in condition.of)
        case x.Not():
            return _negated(condition.of)
        case x.Occurred():
            return f"有 {pattern_phrase(condition.pattern)}"
        case x.Inside():
            return _inside_phrase(condition)
        case x.ActorIs():
            return f"由 {actor_phrase(condition.actor)} 为之"
        case x.Compare() | x.Member() | x.Contains() | x.Same() | x.Present():
            return _relation_phrase(condition)
        case _:
            assert_never(condition)


def _relation_phrase(condition: x.Compare | x.Member | x.Contains | x.Same | x.Present) -> str:
    match condition:
        case x.Compare():
            words = _DATE_WORDS if _is_date(condition.left) or _is_date(condition.right) else _ORDER_WORDS
            left, right = expression_phrase(condition.left), expression_phrase(condition.right)
            return f"{left} {words[condition.op]} {right}"
        case x.Member():
            values = "、".join(value_text(value) for value in condition.values)
            return f"{expression_phrase(condition.item)} 属于 {{{values}}}"
        case x.Contains():
            return f"{expression_phrase(condition.whole)} 包含 {expression_phrase(condition.item)}"
        case x.Same():
            return f"{expression_phrase(condition.left)} 与 {expression_phrase(condition.right)} 相同"
        case x.Present():
            return f"有 {expression_phrase(condition.of)}"
        case _:
            assert_never(condition)


def _negated(inner: x.Condition) -> str:
    match inner:
        case x.Occurred() | x.Present():
            return f"没{condition_phrase(inner)}"
        case x.Same():
            return f"{expression_phrase(inner.left)} 与 {expression_phrase(inner.right)} 不同"
        case x.Member() | x.ActorIs() | x.Contains() | x.Inside():
            return f"不是（{condition_phrase(inner)}）"
        case _:
            return f"并非（{condition_phrase(inner)}）"


def _inside_phrase(condition: x.Inside) -> str:
    if condition.after is None:
        return f"在 {pattern_phrase(condition.before)} 之前" if condition.before is not None else "总是成立"
    after = f"在 {pattern_phrase(condition.after)} 之后"
    return after if condition.before is None else f"{after}、{pattern_phrase(condition.before)} 之前"


def _bracketed(condition: x.Condition) -> str:
    text = condition_phrase(condition)
    return f"（{text}）" if isinstance(condition, x.All | x.AnyOf) and len(condition.of) > 1 else text


def _is_date(expression: x.Expression) -> bool:
    return isinstance(expression, x.DateOf | x.Expiry | x.Shift)
