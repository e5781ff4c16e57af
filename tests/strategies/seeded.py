"""Case records made from a number: cheap enough for whole batches, most of them clean, some odd in one way, some wild.

An engine that works on whole batches does clean cases at once and sets odd ones aside: both must stand side by side.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from random import Random

from checker.model.case import Answer, Case, Event, Extent
from checker.model.values import Part, Period, Unit, Value
from strategies import words as w

TIMES = (dt.time(0, 0), dt.time(9, 30), dt.time(9, 30, 0, 1), dt.time(17, 0), dt.time(23, 59, 59, 999999))
FAR = (dt.date(1, 1, 1), dt.date(1899, 12, 31), dt.date(2003, 12, 30), dt.date(2199, 12, 31), dt.date(9999, 12, 31))
"""Dates at the ends of what tables know and of what can be computed."""
NUMBERS = (0, 1, 1, 2, 2, 3, Decimal("1.0"), Decimal("1.50"), -1, 10**20)
PERIODS = (
    *(w.period(n, Unit.DAY) for n in (0, 1, 3, 7)),
    w.period(2, Unit.WORKDAY),
    w.period(5, Unit.WORKDAY),
    w.period(1, Unit.MONTH),
    w.period(1, Unit.YEAR),
    Period(parts=(Part(n=1, unit=Unit.MONTH), Part(n=3, unit=Unit.DAY))),
    Period(parts=(Part(n=3, unit=Unit.DAY), Part(n=2, unit=Unit.WORKDAY))),
)


@dataclass(frozen=True)
class Odds:
    """How likely something out of the ordinary is: the first group for each event, the second for the case."""

    undated: float = 0.0
    timed: float = 0.0
    actorless: float = 0.0
    absent: float = 0.0
    null: float = 0.0
    undocumented: float = 0.1
    named: float = 0.0
    far: float = 0.0

    crowded: float = 0.15
    shuffled: float = 0.1
    unordered: float = 0.0
    uncovered: float = 0.0
    kindless: float = 0.1
    open_ended: float = 0.2
    answered: float = 0.3


CLEAN = Odds()
WILD = Odds(0.1, 0.3, 0.2, 0.1, 0.1, 0.3, 0.2, 0.05, 0.5, 0.4, 0.3, 0.3, 0.3, 0.5, 0.7)
ODDITIES = tuple(field.name for field in fields(Odds))


def odds(random: Random) -> Odds:
    """Half of the cases are clean, three in ten have one oddity, the others all of them."""
    kind = random.random()
    if kind < 0.5:
        return CLEAN
    if kind < 0.8:
        oddity = random.choice(ODDITIES)
        return replace(CLEAN, **{oddity: max(0.3, getattr(WILD, oddity))})
    return WILD


def seeded_case(seed: int, number: int, base: dt.date, norms: Sequence[str], length: int | None = None) -> Case:
    """The case of a number, the same every time; ``length`` fixes how many events it has."""
    random = Random(f"{seed} {base}")
    how = odds(random)
    count = random.choice((0, 1, 2, 2, 3, 3, 4, 4, 5, 6, 8, 12)) if length is None else length
    listed = [_event(random, how, base, position) for position in range(1, count + 1)]
    acts = (*w.ACTS, w.CLOSING, w.DEEMED)
    last = None if _is(random, how.open_ended) else base + dt.timedelta(days=random.choice((20, 70, 400)))
    return Case(
        id=f"案{number}",
        kind=None if _is(random, how.kindless) else random.choice(w.KINDS),
        covers=frozenset(random.sample(acts, random.randint(0, 6))) if _is(random, how.uncovered) else None,
        attributes=random.choice(({}, {"来源": None}, *({"来源": each} for each in w.SOURCES * 2))),
        events=tuple(listed if _is(random, how.shuffled) else in_time(listed)),
        answers=tuple(_answer(random, base, norms, listed) for _ in range(3) if _is(random, how.answered)),
        extent=Extent(first=_first(random, base), last=last) if random.random() < 0.8 else None,
        ordered=not _is(random, how.unordered),
    )


def in_time(listed: Sequence[Event]) -> list[Event]:
    """The same events with their dates sorted, and their times sorted within a day."""
    dates = iter(sorted(e.date for e in listed if e.date is not None))
    dated = [e if e.date is None else e.model_copy(update={"date": next(dates)}) for e in listed]
    times = {e.date: iter(sorted(o.time for o in dated if o.date == e.date and o.time is not None)) for e in dated}
    return [e if e.time is None else e.model_copy(update={"time": next(times[e.date])}) for e in dated]


def _is(random: Random, likelihood: float) -> bool:
    return random.random() < likelihood


def _first(random: Random, base: dt.date) -> dt.date:
    return base.replace(day=1) - dt.timedelta(days=random.choice((0, 0, 1, 40, 366)))


def _date(random: Random, how: Odds, base: dt.date) -> dt.date:
    if _is(random, how.far):
        return random.choice(FAR)
    return base + dt.timedelta(days=random.choice((1, 2, 5)) if _is(random, how.crowded) else random.randint(0, 24))


def _event(random: Random, how: Odds, base: dt.date, position: int) -> Event:
    act = "A" if position == 1 else random.choice((*w.FREQUENT, *w.FREQUENT, w.CLOSING, w.DEEMED))
    actors = tuple(random.sample((*w.ORGANS, *w.PERSONS), 2 if _is(random, 0.15) else 1))
    date = None if _is(random, how.undated) else _date(random, how, base)
    return Event(
        id=f"号{position * 7 % 10}-{position}" if _is(random, how.named) else f"e{position}",
        position=position,
        act=act,
        date=date,
        time=random.choice(TIMES) if date is not None and _is(random, how.timed) else None,
        actors=None if _is(random, how.actorless) else actors,
        document=None if _is(random, how.undocumented) else tuple(random.sample(w.PARTS, random.randint(0, 2))),
        attributes=_attributes(random, how, base, act),
    )


def _attributes(random: Random, how: Odds, base: dt.date, act: str) -> dict[str, Value]:
    made: dict[str, Value] = {
        "结果": random.choice(w.RESULTS),
        "数额": random.choice(NUMBERS),
        "某日": _date(random, how, base),
        "期限": random.choice(PERIODS),
        "单位": random.choice(w.ORGANS),
        "各单位": tuple(random.sample(w.ORGANS, random.randint(0, 2))),
        "对象": random.choice(w.KEYS),
        "紧急": _is(random, 0.5),
    }
    found: dict[str, Value] = {}
    for name in w.VOCABULARY.acts[act].attributes:
        if not _is(random, how.absent):
            found[name] = None if _is(random, how.null) else made[name]
    return found


def _answer(random: Random, base: dt.date, norms: Sequence[str], listed: Sequence[Event]) -> Answer:
    root = random.choice(listed).id if listed else "e1"
    norm = random.choice(norms)
    event = random.choice((root, root, root, f"违反:{random.choice(norms)}@{root}", "2024Q1"))
    date = base + dt.timedelta(days=random.randint(0, 40)) if _is(random, 0.7) else None
    return Answer(norm=norm, event=event, answer=_is(random, 0.5), by="某人", date=date)
