"""Any node of the core as one Chinese phrase, and what its fields are called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from checker.explain import phrases as p
from checker.explain import requirement_phrases as q
from checker.explain.norms import counting_text, validity_text
from checker.explain.values import period_text, value_text
from checker.model import expressions as x
from checker.model import norm as n
from checker.model import requirements as r
from checker.model.node import Node
from checker.model.source import Source, Validity
from checker.model.values import Period, ValueType

_MONTHS: Final = {1: "月", 3: "季度", 6: "半年", 12: "年"}


def phrase(value: object) -> str:
    """The node in words; nothing for None."""
    match value:
        case None:
            return ""
        case bool() | int() | Decimal() | str() | dt.date() | Period():
            return value_text(value)
        case tuple():
            return "、".join(phrase(one) for one in value)
        case Node():
            return _node(value)
        case _:
            return str(value)


def _node(value: Node) -> str:
    for kind, words in _PHRASES.items():
        if isinstance(value, kind):
            return words(value)
    return "；".join(phrase(getattr(value, name)) for name in type(value).model_fields)


def anchor_text(anchor: n.Anchor) -> str:
    """What opens an instance."""
    match anchor:
        case n.OnEvent(pattern=pattern):
            return f"每有 {p.pattern_phrase(pattern)}"
        case n.OnBreach(norm=base):
            return f"不符合「{base}」"
        case n.OnExpiry(norm=base, extended=extended):
            return f"「{base}」期满（{'延长后' if extended else '未延长的'}）"
        case n.OnPeriod(months=months):
            return f"每{_MONTHS[months]}"


def type_text(value: ValueType) -> str:
    """A declared type."""
    many = "多个 " if value.many else ""
    return f"{many}{{{'、'.join(value.choices)}}}" if value.choices else f"{many}{value.name}"


def _patterns(value: Any) -> str:  # noqa: ANN401
    return q.patterns_phrase(value)


_CONDITIONS: Final = (
    x.Constant, x.All, x.AnyOf, x.Not, x.Compare, x.Member, x.Contains, x.Same, x.Present, x.Occurred, x.Inside,
    x.ActorIs,
)  # fmt: skip
_EXPRESSIONS: Final = (
    x.LiteralValue, x.Attribute, x.DateOf, x.ActorOf, x.Count, x.Sum, x.BreachCount, x.Expiry, x.Shift,
)  # fmt: skip
_PERIODS: Final = (r.Fixed, r.FromAttribute, r.Earlier, r.Later, r.UntilExpiry)
_STARTS: Final = (r.AtAnchor, r.AtFirst, r.AtDate, r.AtPeriodEnd)
_WINDOWS: Final = (r.Within, r.UntilClose, r.By, r.During, r.InPeriod)
_REQUIREMENTS: Final = (r.Occur, r.Precede, r.Hold, r.Contain, r.Deem, r.Review)
_CLAUSES: Final = (r.Defeat, r.Replace, r.Extend, r.Exclude, r.Restart, r.NoRoll)
_ANCHORS: Final = (n.OnEvent, n.OnBreach, n.OnExpiry, n.OnPeriod)

_PHRASES: Final[Mapping[tuple[type[Node], ...], Callable[[Any], str]]] = {
    (x.Pattern,): p.pattern_phrase,
    (x.OrganActor, x.AnchorActor): p.actor_phrase,
    _CONDITIONS: p.condition_phrase,
    _EXPRESSIONS: p.expression_phrase,
    _PERIODS: q.period_phrase,
    _STARTS: q.start_phrase,
    _WINDOWS: q.window_phrase,
    _REQUIREMENTS: lambda one: "；".join(line.rstrip("：") for line in q.requirement_phrases(one)),
    (r.Lead,): q.lead_phrase,
    _CLAUSES: lambda one: "；".join(q.clause_phrases(one)),
    _ANCHORS: anchor_text,
    (Validity,): validity_text,
    (n.Counting,): counting_text,
    (n.Override,): lambda one: one.norm,
    (n.Breach,): lambda one: f"{one.category}，情节 {one.severity}",
    (Source,): lambda one: f"{one.reference}「{one.quote}」" if one.quote else one.reference,
    (ValueType,): type_text,
    (Period,): period_text,
}

CALLED: Final[Mapping[tuple[type[Node], str], str]] = {
    (n.Norm, "valid"): "施行",
    (n.Norm, "pivot"): "选用版本的行为",
    (n.Norm, "applies"): "适用于",
    (n.Norm, "correlate"): "同一",
    (n.Norm, "anchor"): "触发",
    (n.Norm, "exceptions"): "例外",
    (n.Norm, "overrides"): "优先于",
    (n.Norm, "counting"): "期间",
    (n.Norm, "breach"): "违反",
    (n.Breach, "category"): "归类",
    (n.Breach, "severity"): "情节",
    (n.Counting, "next_day"): "次日起算",
    (n.Counting, "roll"): "末日遇休假日顺延",
    (n.Counting, "month_end"): "月末对月末",
    (n.Counting, "next_hour"): "次时起算",
    (n.OnEvent, "pattern"): "",
    (n.OnExpiry, "extended"): "按延长后的期满",
    (x.Pattern, "acts"): "行为",
    (x.Pattern, "actor"): "主体",
    (x.Pattern, "where"): "条件",
    (x.Pattern, "ordinal"): "第几次",
    (x.Pattern, "dated_by"): "以何日期为准",
    (x.All, "of"): "",
    (x.AnyOf, "of"): "任一条件",
    (x.Member, "values"): "属于",
    (r.Occur, "groups"): "应有的行为",
    (r.Occur, "window"): "",
    (r.Occur, "one_to_one"): "逐一",
    (r.Within, "start"): "起算",
    (r.Within, "period"): "期限",
    (r.By, "limit"): "期限",
    (r.During, "first"): "首日",
    (r.During, "last"): "末日",
    (r.Precede, "groups"): "应先有的行为",
    (r.Precede, "lead"): "先后",
    (r.Precede, "one_to_one"): "逐一",
    (r.Hold, "condition"): "应符合的条件",
    (r.Contain, "parts"): "应载明",
    (r.Deem, "unless"): "不视为的行为",
    (r.Deem, "window"): "",
    (r.Deem, "act"): "视为",
    (r.Review, "question"): "认定的问题",
    (r.Defeat, "when"): "条件",
    (r.Replace, "when"): "条件",
    (r.Extend, "when"): "条件",
    (r.NoRoll, "when"): "条件",
    (r.Defeat, "afterwards"): "事后亦可",
    (r.Replace, "period"): "期限",
    (r.Extend, "grant"): "所凭行为",
    (r.Extend, "period"): "期限",
    (r.Extend, "times"): "次数",
    (r.Extend, "total"): "累计上限",
    (r.Extend, "after_expiry"): "期满后亦可",
    (r.Exclude, "start"): "自",
    (r.Exclude, "end"): "至",
    (r.Exclude, "length"): "期限",
    (r.Exclude, "cap"): "累计上限",
    (r.Restart, "at"): "所凭行为",
    (r.Restart, "origin"): "起算",
    (r.Restart, "times"): "次数",
    **{(kind, "unless"): "除外" for kind in _CLAUSES},
}
"""What a field is called; empty where the field around it says enough. Fields that are not here are told as a whole."""
