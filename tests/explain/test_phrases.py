"""Every form of the core has its Chinese words."""

import datetime as dt

import pytest

from checker.explain.phrases import condition_phrase, expression_phrase, pattern_phrase
from checker.explain.requirement_phrases import clause_phrases, requirement_phrases
from checker.explain.values import value_text
from checker.model import expressions as x
from checker.model import requirements as r
from checker.model.values import Part, Period, Unit

DAYS = Period(parts=(Part(n=5, unit=Unit.DAY),))
A, B = x.Pattern(acts=("甲",)), x.Pattern(acts=("乙", "丙"), actor=x.OrganActor(names=("法院",)))
NAME = x.Attribute(of=x.SelfEvent(), name="来源")
ONE = x.LiteralValue(value=1, parameter="上限")
WINDOW = r.Within(start=r.AtAnchor(), period=r.Fixed(period=DAYS, parameter="办结期限"))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "无"),
        (True, "是"),
        (False, "否"),
        (3, "3"),
        (dt.date(2026, 3, 2), "2026-03-02"),
        (DAYS, "5日"),
        (("甲", "乙"), "甲、乙"),
        ((), "（空）"),
    ],
)
def test_values(value, text):
    assert value_text(value) == text


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (A, "甲"),
        (B, "法院 乙或丙"),
        (x.Pattern(acts=("甲",), ordinal=2), "第2次 甲"),
        (x.Pattern(acts=("甲",), actor=x.AnchorActor(attribute="承办单位")), "触发事件所列承办单位 甲"),
        (
            x.Pattern(acts=("甲",), where=x.Present(of=NAME), dated_by="交邮日"),
            "甲（有 来源；以 交邮日 为准）",
        ),
    ],
)
def test_patterns(pattern, text):
    assert pattern_phrase(pattern) == text


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (ONE, "1（参数「上限」）"),
        (NAME, "来源"),
        (x.Attribute(of=x.AnchorEvent(), name="期限"), "触发事件的 期限"),
        (x.Attribute(of=x.CaseSubject(), name="来源"), "案件的 来源"),
        (x.ActorOf(of=x.LastEvent(pattern=A)), "上一次 甲 的 主体"),
        (x.DateOf(of=x.NthEvent(pattern=x.Pattern(acts=("甲",), ordinal=1))), "第1次 甲 的 日期"),
        (x.Count(pattern=A, inclusive=True), "到本次为止 甲 的 次数"),
        (x.Sum(pattern=A, attribute="金额", inclusive=False), "此前 甲 的 金额 之和"),
        (x.BreachCount(norm="p/甲"), "至当日不符合「p/甲」的次数"),
        (x.Expiry(norm="p/甲", extended=True), "「p/甲」的届满日（延长后）"),
        (x.Shift(base=x.DateOf(of=x.SelfEvent()), period=DAYS, backward=True), "日期 之前 5日"),
    ],
)
def test_expressions(expression, text):
    assert expression_phrase(expression) == text


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        (x.Constant(value=False), "总不成立"),
        (
            x.All(of=(x.Present(of=NAME), x.AnyOf(of=(x.Present(of=NAME), x.Occurred(pattern=A))))),
            "有 来源 且 （有 来源 或 有 甲）",
        ),
        (x.Not(of=x.Occurred(pattern=A)), "没有 甲"),
        (x.Not(of=x.Same(left=x.ActorOf(of=x.SelfEvent()), right=NAME)), "主体 与 来源 不同"),
        (x.Not(of=x.Compare(op="eq", left=NAME, right=ONE)), "并非（来源 为 1（参数「上限」））"),
        (x.Compare(op="ge", left=NAME, right=ONE), "来源 不小于 1（参数「上限」）"),
        (x.Compare(op="le", left=x.DateOf(of=x.SelfEvent()), right=NAME), "日期 不晚于 来源"),
        (x.Member(item=NAME, values=("甲", "乙")), "来源 属于 {甲、乙}"),
        (x.Contains(whole=NAME, item=ONE), "来源 包含 1（参数「上限」）"),
        (x.Inside(after=A, before=B), "在 甲 之后、法院 乙或丙 之前"),
        (x.Inside(after=None, before=A), "在 甲 之前"),
        (x.ActorIs(actor=x.OrganActor(names=("法院", "检察院"))), "由 法院或检察院 为之"),
    ],
)
def test_conditions(condition, text):
    assert condition_phrase(condition) == text


@pytest.mark.parametrize(
    ("requirement", "lines"),
    [
        (
            r.Occur(groups=((A, B),), window=WINDOW, one_to_one=True),
            (
                "自 触发之日 起 5日（参数「办结期限」） 内：",
                "应有 甲 或 法院 乙或丙",
                "逐一：每次触发各需一件，先触发者先占用",
            ),
        ),
        (r.Occur(groups=((A,),), window=r.UntilClose()), ("触发之后、案结以前：", "应有 甲")),
        (
            r.Precede(groups=((A,),), lead=r.Lead(kind="period", period=DAYS)),
            ("在触发事件之前至少 5日：", "应先有 甲"),
        ),
        (r.Hold(condition=x.Present(of=NAME)), ("触发事件应符合：有 来源",)),
        (r.Contain(parts=("甲", "乙")), ("触发事件的文书应载明：甲、乙",)),
        (
            r.Deem(unless=(A,), window=r.InPeriod(), act="乙"),
            ("在该期首日至末日之间（首尾两日在内）：", "没有 甲 的，届满之日视为「乙」"),
        ),
        (r.Review(question="可否"), ("由人工认定：「可否」",)),
    ],
)
def test_requirements(requirement, lines):
    assert requirement_phrases(requirement) == lines


@pytest.mark.parametrize(
    ("clause", "lines"),
    [
        (r.Defeat(when=x.Occurred(pattern=A), afterwards=True), ("不适用（事后亦可）：有 甲",)),
        (
            r.Replace(when=x.Present(of=NAME), period=r.Fixed(period=DAYS), unless=x.Occurred(pattern=A)),
            ("期限改为 5日：有 来源", "除外：有 甲"),
        ),
        (
            r.Extend(grant=A, period=r.Fixed(period=DAYS), times=1, total=DAYS),
            ("延长 5日（限期满之前）：每有 甲", "以 1次 为限", "累计不超过 5日"),
        ),
        (
            r.Exclude(start=A, end=B, cap=DAYS),
            ("不计入：自 甲 之日（含）至 法院 乙或丙 之日（不含）", "累计不超过 5日"),
        ),
        (r.Exclude(start=A, length=r.Fixed(period=DAYS)), ("不计入：自 甲 次日起 5日",)),
        (r.Restart(at=A, origin=B, times=2), ("重新计算，自其后第一次 法院 乙或丙 起：每有 甲", "以 2次 为限")),
        (r.NoRoll(when=x.Present(of=NAME)), ("末日不顺延：有 来源",)),
    ],
)
def test_clauses(clause, lines):
    assert clause_phrases(clause) == lines
