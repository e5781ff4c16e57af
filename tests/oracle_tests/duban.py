"""The sample pack 《执法监督督办规程（示范）》, lowered by hand; and its sample case."""

from __future__ import annotations

import datetime as dt
from typing import Any

from checker.model import expressions as x
from checker.model import requirements as r
from checker.model.case import Answer, Case, Event
from checker.model.norm import Anchor, Breach, Category, Norm, OnBreach, OnEvent, Pack, RuleSet, Severity
from checker.model.source import Rank, Validity
from checker.model.values import Part, Period, Unit, ValueType
from checker.model.vocabulary import Act, Vocabulary

ORGANS = ("政法委", "法院", "检察院", "公安机关", "司法行政机关")
SOURCES = ("领导批示", "上级交办", "涉法上访", "久拖不决", "当事人信访", "群众反映强烈")
PARTS = ("案件情况", "争议问题", "本单位意见", "法律依据", "案件材料")
ACTS = (
    *(Act(name=n) for n in ("登记", "归档", "办结", "结果报告", "催办", "中止", "恢复", "协调会")),
    Act(name="审批", attributes={"结论": ValueType(name="枚举", choices=("同意", "不同意"))}),
    Act(
        name="交办",
        attributes={
            "承办单位": ValueType(name="机关"),
            "期限": ValueType(name="期间"),
            "来源": ValueType(name="枚举", choices=SOURCES),
        },
    ),
    Act(name="延期批准", attributes={"批准人": ValueType(name="人员")}),
    Act(name="函告", attributes={"事项": ValueType(name="文本"), "力度": ValueType(name="文本")}),
    Act(name="提请协调", parts=PARTS),
)
VOCABULARY = Vocabulary(organs=dict.fromkeys(ORGANS), acts={act.name: act for act in ACTS})


def on(*acts: str, **rest: Any) -> x.Pattern:
    return x.Pattern(acts=acts, **rest)


def own(name: str) -> x.Attribute:
    return x.Attribute(of=x.SelfEvent(), name=name)


def organ(*names: str) -> x.OrganActor:
    return x.OrganActor(names=names)


def within(n: int, unit: Unit) -> r.Within:
    return r.Within(start=r.AtAnchor(), period=r.Fixed(period=Period(parts=(Part(n=n, unit=unit),))))


def norm(title: str, anchor: Anchor, requirement: r.Requirement, *exceptions: r.ExceptionClause, **rest: Any) -> Norm:
    valid = Validity(first=dt.date(2024, 1, 1))
    return Norm(
        pack="duban",
        title=title,
        version="1",
        valid=valid,
        anchor=anchor,
        requirement=requirement,
        exceptions=exceptions,
        **rest,
    )


OVERREACH = Breach(category=Category.OVERREACH)
LETTER = on("函告", actor=organ("政法委"))
AGREED = x.Compare(op="eq", left=own("结论"), right=x.LiteralValue(value="同意"))
FORBIDDEN = x.All(
    of=(
        x.Member(item=own("事项"), values=("定性", "证据采信", "事实认定", "裁判结果", "强制措施")),
        x.Compare(op="eq", left=own("力度"), right=x.LiteralValue(value="决定")),
    )
)
FIRST = (
    norm(
        "督办范围",
        OnEvent(pattern=on("交办", actor=organ("政法委"))),
        r.Hold(condition=x.Member(item=own("来源"), values=("领导批示", "涉法上访", "久拖不决", "当事人信访"))),
        breach=OVERREACH,
    ),
    norm("先批后交", OnEvent(pattern=on("交办")), r.Precede(groups=((on("审批", where=AGREED),),))),
    norm(
        "按期办结",
        OnEvent(pattern=on("交办")),
        r.Occur(groups=((on("办结", actor=x.AnchorActor(attribute="承办单位")),),), window=within(90, Unit.DAY)),
        r.Extend(grant=on("延期批准"), period=r.Fixed(period=Period(parts=(Part(n=30, unit=Unit.DAY),))), times=1),
        r.Exclude(start=on("中止"), end=on("恢复")),
    ),
    norm(
        "不得代替定性",
        OnEvent(pattern=LETTER),
        r.Hold(condition=x.Not(of=FORBIDDEN)),
        breach=Breach(category=Category.OVERREACH, severity=Severity.GRAVE),
    ),
    norm("书面报告要件", OnEvent(pattern=on("提请协调")), r.Contain(parts=PARTS)),
    norm("效果统一", OnEvent(pattern=on("结果报告")), r.Review(question="意见是否同时说明法律依据与社会效果")),
)
URGING = norm(
    "逾期催办",
    OnBreach(norm="duban/按期办结"),
    r.Occur(groups=((on("催办", actor=organ("政法委")),),), window=within(5, Unit.WORKDAY)),
    r.Defeat(when=x.Occurred(pattern=on("办结"))),
)
RULES = RuleSet(
    packs=(Pack(id="duban", title="执法监督督办规程（示范）", rank=Rank.TEMPLATE, closing=on("归档")),),
    norms=(*FIRST[:3], URGING, *FIRST[3:]),
    vocabulary=VOCABULARY,
    strata=((0, 1, 2, 4, 5, 6), (3,)),
)


def event(position: int, date: str | None, act: str, actor: str | None = None, **attributes: Any) -> Event:
    document = attributes.pop("document", None)
    return Event(
        id=f"e{position}",
        position=position,
        act=act,
        date=dt.date.fromisoformat(date) if date else None,
        actors=(actor,) if actor else None,
        document=document,
        attributes=attributes,
    )


EVENTS = (
    event(1, "2024-03-05", "登记", "政法委"),
    event(2, "2024-03-06", "审批", "政法委", 结论="同意"),
    event(3, "2024-03-07", "交办", "政法委", 承办单位="法院", 来源="领导批示"),
    event(4, "2024-03-20", "提请协调", "法院", document=("案件情况", "争议问题")),
)
COVERED = frozenset({"登记", "审批", "交办", "办结", "延期批准", "催办"})
CASE = Case(
    id="DB-2024-012",
    kind="督办",
    covers=COVERED,
    attributes={"来源": "领导批示"},
    events=EVENTS,
    answers=(Answer(norm="duban/效果统一", event="e9", answer=True, date=dt.date(2024, 7, 1)),),
)
AS_OF = dt.date(2024, 7, 1)
