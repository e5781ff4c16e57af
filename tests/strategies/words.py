"""The vocabulary of the random rule sets, and values of its types."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from checker.model.values import Part, Period, Unit, ValueType
from checker.model.vocabulary import Act, Vocabulary

ACTS = ("A", "B", "C", "D", "E")
FREQUENT = ("A", "A", "A", "B", "B", "B", "C", "C", "D", "E")
CLOSING, DEEMED = "F", "G"
ORGANS = ("法院", "虎林法院", "政法委")
PERSONS = ("审核员",)
RESULTS = ("同意", "不同意")
SOURCES = ("领导批示", "信访")
KINDS = ("督办", "信访")
PARTS = ("事实", "理由")
KEYS = ("甲", "乙")

ATTRIBUTES = {
    "结果": ValueType(name="枚举", choices=RESULTS),
    "数额": ValueType(name="数"),
    "某日": ValueType(name="日期"),
    "期限": ValueType(name="期间"),
    "单位": ValueType(name="机关"),
    "各单位": ValueType(name="机关", many=True),
    "对象": ValueType(name="文本"),
    "紧急": ValueType(name="是否"),
}
VOCABULARY = Vocabulary(
    organs={"法院": None, "虎林法院": "法院", "政法委": None},
    persons=PERSONS,
    acts={
        **{name: Act(name=name, attributes=ATTRIBUTES, parts=PARTS) for name in ACTS},
        CLOSING: Act(name=CLOSING),
        DEEMED: Act(name=DEEMED, attributes={"对象": ATTRIBUTES["对象"]}),
    },
    case_attributes={"来源": ValueType(name="枚举", choices=SOURCES)},
    kinds=KINDS,
)

BASES = (dt.date(2024, 2, 2), dt.date(2024, 9, 26), dt.date(2024, 4, 28), dt.date(2026, 12, 18))
"""Before Spring Festival, before National Day, before Labour Day, and where the working-day table ends."""

days = st.integers(0, 24)


def period(n: int, unit: Unit) -> Period:
    return Period(parts=(Part(n=n, unit=unit),))


plain_periods = st.one_of(
    st.integers(0, 9).map(lambda n: period(n, Unit.DAY)),
    st.integers(0, 5).map(lambda n: period(n, Unit.WORKDAY)),
    st.sampled_from(
        (
            period(1, Unit.MONTH),
            Period(parts=(Part(n=1, unit=Unit.MONTH), Part(n=3, unit=Unit.DAY))),
            Period(parts=(Part(n=3, unit=Unit.DAY), Part(n=2, unit=Unit.WORKDAY))),
        )
    ),
)
hour_periods = st.sampled_from((12, 24, 48)).map(lambda n: period(n, Unit.HOUR))
caps = st.one_of(st.integers(0, 8).map(lambda n: period(n, Unit.DAY)), st.just(period(3, Unit.WORKDAY)))


def dates(base: dt.date) -> st.SearchStrategy[dt.date]:
    return days.map(lambda n: base + dt.timedelta(days=n))


def rarely(value: st.SearchStrategy, otherwise: object = None, of: int = 5) -> st.SearchStrategy:
    """The value about one time in ``of``."""
    return st.integers(0, of - 1).flatmap(lambda n: value if n == of - 1 else st.just(otherwise))


def often(value: st.SearchStrategy, otherwise: object = None, of: int = 5) -> st.SearchStrategy:
    """The value, but about one time in ``of``."""
    return st.integers(0, of - 1).flatmap(lambda n: st.just(otherwise) if n == of - 1 else value)
