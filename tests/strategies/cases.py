"""Random case records with the rules that read them, and an as-of date."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from checker.model.case import Answer, Case, Event, Extent
from checker.model.norm import RuleSet
from strategies import words as w
from strategies.rules import rule_sets

Draw = st.DrawFn
TIMES = (dt.time(0, 0), dt.time(9, 30), dt.time(17, 0))


def values(base: dt.date) -> dict[str, st.SearchStrategy]:
    return {
        "结果": st.sampled_from(w.RESULTS),
        "数额": st.integers(0, 3),
        "某日": w.dates(base),
        "期限": w.plain_periods,
        "单位": st.sampled_from(w.ORGANS),
        "各单位": st.lists(st.sampled_from(w.ORGANS), max_size=2, unique=True).map(tuple),
        "对象": st.sampled_from(w.KEYS),
        "紧急": st.booleans(),
    }


@st.composite
def attributes(draw: Draw, base: dt.date, is_clean: bool) -> dict[str, object]:
    """Mostly stated, now and then null or left out."""
    found = {}
    for name, value in values(base).items():
        kind = 0 if is_clean else draw(st.integers(0, 9))
        if kind != 9:
            found[name] = None if kind == 8 else draw(value)
    return found


@st.composite
def events(draw: Draw, base: dt.date, position: int, is_clean: bool) -> Event:
    act = "A" if position == 1 else draw(st.sampled_from((*w.FREQUENT, w.CLOSING, w.DEEMED)))
    parts = st.lists(st.sampled_from(w.PARTS), unique=True).map(tuple)
    organs = st.lists(st.sampled_from(w.ORGANS), min_size=1, max_size=2, unique=True).map(tuple)
    stated = draw(attributes(base, is_clean))
    declared = w.VOCABULARY.acts[act].attributes
    return Event(
        id=f"e{position}",
        position=position,
        act=act,
        date=draw(w.dates(base) if is_clean else w.often(w.dates(base), of=10)),
        time=draw(w.rarely(st.sampled_from(TIMES), of=3)),
        actors=draw(organs if is_clean else w.often(organs)),
        document=draw(w.often(parts, of=3)),
        attributes={name: value for name, value in stated.items() if name in declared},
    )


@st.composite
def answers(draw: Draw, base: dt.date, norms: list[str], count: int) -> Answer:
    return Answer(
        norm=draw(st.sampled_from(norms)),
        event=f"e{draw(st.integers(1, max(1, count)))}",
        answer=draw(st.booleans()),
        date=draw(w.often(w.dates(base), of=3)),
    )


@st.composite
def records(draw: Draw, base: dt.date, norms: list[str]) -> Case:
    count = draw(st.sampled_from((0, *range(1, 12), *range(4, 12))))
    is_clean = draw(st.booleans())
    listed = [draw(events(base, position, is_clean)) for position in range(1, count + 1)]
    if draw(st.integers(0, 4)) < 4:
        listed = _in_order(listed)
    acts = st.sets(st.sampled_from((*w.ACTS, w.CLOSING, w.DEEMED)), min_size=4).map(frozenset)
    first = base.replace(day=1) - dt.timedelta(days=draw(st.sampled_from((0, 0, 1, 40))))
    extent = Extent(first=first, last=draw(w.rarely(st.just(base + dt.timedelta(days=70)), of=2)))
    return Case(
        id="案",
        kind=draw(w.often(st.sampled_from(w.KINDS))),
        covers=None if is_clean else draw(w.rarely(acts, of=3)),
        attributes=draw(st.sampled_from(({}, {"来源": None}, {"来源": "信访"}, {"来源": "领导批示"}))),
        events=tuple(listed),
        answers=tuple(draw(st.lists(answers(base, norms, count), max_size=2))),
        extent=draw(w.often(st.just(extent))),
        ordered=is_clean or draw(st.integers(0, 3)) < 3,
    )


def _in_order(listed: list[Event]) -> list[Event]:
    """The same events, their dates sorted, so that the record runs on in time."""
    dates = sorted(event.date for event in listed if event.date is not None)
    return [e if e.date is None else e.model_copy(update={"date": dates.pop(0)}) for e in listed]


@st.composite
def situations(draw: Draw, most: int = 4) -> tuple[RuleSet, Case, dt.date]:
    """A rule set, a case, an as-of date."""
    base = draw(st.sampled_from(w.BASES))
    rules = draw(rule_sets(base, most))
    case = draw(records(base, [norm.id for norm in rules.norms]))
    as_of = base + dt.timedelta(days=draw(st.integers(0, 50)))
    return rules, case, as_of
