"""One small duty, its events, and the words no explanation may use."""

import datetime as dt

from checker.model.case import Event
from checker.model.expressions import Pattern
from checker.model.norm import Norm, OnEvent, Pack
from checker.model.requirements import AtAnchor, Fixed, Occur, Within
from checker.model.source import Rank, Source
from checker.model.values import Part, Period, Unit

ACCUSING = ("违法", "违规行为人", "失职", "渎职", "罪", "责任人", "过错", "故意", "恶意", "应予追究", "严惩", "未办理")

ACTS = ("交办", "办结", "延期批准", "中止", "恢复", "归档")
PACK = Pack(id="p", title="《样例》", rank=Rank.TEMPLATE, closing=Pattern(acts=("归档",)))


def days(n, unit=Unit.DAY):
    return Period(parts=(Part(n=n, unit=unit),))


def duty(n=10, exceptions=(), unit=Unit.DAY, act="办结"):
    return Norm(
        pack="p",
        title="按期",
        version="1",
        sources=(Source(reference="《测试》第一条", quote="按期办结"),),
        anchor=OnEvent(pattern=Pattern(acts=("交办",))),
        requirement=Occur(
            groups=((Pattern(acts=(act,)),),),
            window=Within(start=AtAnchor(), period=Fixed(period=days(n, unit))),
        ),
        exceptions=tuple(exceptions),
    )


def event(number, act, day=None, **more):
    date = dt.date.fromisoformat(day) if day else None
    return Event(id=f"e{number}", position=number, act=act, date=date, **more)
