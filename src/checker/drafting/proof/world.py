"""A symbolic case: so many events in order, each with an act, a day, actors, attributes and document parts.

Everything in it is known, every act is covered, and all events lie on or before the as-of date: what comes after it is
not seen anyway.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

import z3

from checker.drafting.answers import Bound
from checker.drafting.proof import terms as t
from checker.drafting.proof.terms import Bool, Day, Kleene
from checker.drafting.proof.universe import KIND, Universe
from checker.engines.ground.scope import UNKNOWN
from checker.model.case import Extent

Options: TypeAlias = list[tuple[Bool, Any]]
"""What a value may be: a guard for each, of which exactly one holds. A date is a :class:`Day`."""

Key: TypeAlias = tuple[Any, ...]
"""The name of a variable: what it is, and of which event."""

BEFORE = 10_000
"""Days of the axis before the first day of the bound: what limits counted back may reach."""


class Deemed(NamedTuple):
    """What an event that is taken to have happened has: its place among its like, its id, its attributes."""

    position: tuple[int, int]
    id: str
    attributes: dict[str, Options]


@dataclass(eq=False, slots=True)
class Ev:
    """One event: of the record, or taken to have happened (视为). ``acts`` are the acts it may be of, each guarded."""

    number: int
    acts: tuple[tuple[str, Bool], ...]
    day: Day
    there: Kleene = t.YES
    deemed: Deemed | None = None

    @property
    def id(self) -> str:
        """As printed."""
        return self.deemed.id if self.deemed else f"e{self.number + 1}"


def comes_before(one: Ev, other: Ev) -> Bool:
    """The order of a case: the record's own within a day, what is deemed after everything else of its day."""
    if one.deemed is None:
        return one.number < other.number if other.deemed is None else t.le(one.day, other.day)
    if other.deemed is None:
        return t.lt(one.day, other.day)
    first = one.deemed.position < other.deemed.position
    return t.le(one.day, other.day) if first else t.lt(one.day, other.day)


class Growth(NamedTuple):
    """What a case is that goes on from another: the first ``shared`` events and the case itself are the other's.

    Whatever is its own is named apart by ``tag``; its events come after ``since``, the as-of date of the other.
    """

    tag: str
    shared: int
    since: Day


@dataclass(eq=False)
class World:
    """The variables of a case of exactly ``size`` events; made when first read, so that only what matters is there."""

    universe: Universe
    bound: Bound
    size: int
    constraints: list[Bool] = field(default_factory=list)
    assumed: list[Bool] = field(default_factory=list)
    """What is taken for granted of the cases asked about: nothing provisional, nothing that remains unknown."""
    choices: dict[Key, Options] = field(default_factory=dict)
    bools: dict[Key, Bool] = field(default_factory=dict)
    dates: dict[Key, Day] = field(default_factory=dict)
    growth: Growth | None = None

    def __post_init__(self) -> None:
        self.zero = self.bound.first.toordinal() - BEFORE
        self.first, self.last = BEFORE, BEFORE + self.bound.days
        # A case that has grown is read at the end of the bound, when whatever could be done has been done.
        self.as_of = self._date(("as_of",)) if self.growth is None else t.day(self.last)
        self.events = [self._event(number) for number in range(self.size)]
        days = [event.day for event in self.events]
        for one, other in zip(days, [*days[1:], self.as_of], strict=False):
            self.constraints.append(t.le(one, other))

    def _event(self, number: int) -> Ev:
        acts = self.choose(("act", number), self.universe.acts)
        growth = self.growth
        if growth is None or number < growth.shared:
            day = self._date(("day", number))
        else:
            # Later by so many days, so that what answers one scenario answers the same a week later.
            later, within = t.fresh_day(self._name(("later", number)), 0, self.bound.days)
            day = t.plus(growth.since, t.day(0), later)._replace(high=self.last)
            self.constraints += [within, t.le(later, t.distance(growth.since, t.day(self.last)))]
        return Ev(number, tuple((act, guard) for guard, act in acts), day)

    def _name(self, key: Key) -> str:
        """The solver's name of a variable; those of shared events and of the case itself are the same in all worlds."""
        return str(key) if self.growth is None or self._shares(key) else f"{self.growth.tag}{key}"

    def _shares(self, key: Key) -> bool:
        growth = self.growth
        if growth is None:
            return False
        late = any(isinstance(part, int) and part >= growth.shared for part in _flat(key))
        return not late and key[0] not in ("yes", "given")

    def adopt(self, grown: World) -> None:
        """Take over the variables that a case grown from this one reads of what they share."""
        for key, options in grown.choices.items():
            if grown._shares(key):
                self.choose(key, [value for _, value in options])
        for key in grown.bools:
            if grown._shares(key):
                self._bool(key)
        for key in grown.dates:
            if grown._shares(key):
                self._date(key)

    def offset(self, day: dt.date) -> int:
        """The offset of a date on the axis; dates far away are moved to its ends."""
        return max(0, min(day.toordinal() - self.zero, (1 << t.WIDTH) - 1))

    def date(self, offset: int) -> dt.date:
        """The date at an offset."""
        return dt.date.fromordinal(self.zero + offset)

    def assume(self, formula: Bool) -> None:
        """Ask only about cases where this holds."""
        if formula is not True:
            self.assumed.append(formula)

    def decided(self, value: Kleene, where: Bool = True) -> Bool:
        """The value of what is assumed not to be unknown."""
        if value.unknown is not False:
            self.assume(t.neg(t.conj(where, value.unknown)))
        return value.yes

    def choose(self, key: Key, values: Sequence[Any]) -> Options:
        """A variable over a short list of values."""
        if key not in self.choices:
            self.choices[key] = list(self._guards(key, values))
        return self.choices[key]

    def _guards(self, key: Key, values: Sequence[Any]) -> Iterator[tuple[Bool, Any]]:
        if len(values) == 1:
            yield True, values[0]
        elif len(values) == 2:
            guard = t.fresh_bool(self._name(key))
            yield guard, values[0]
            yield t.neg(guard), values[1]
        else:
            bits = max(1, (len(values) - 1).bit_length())
            variable = z3.BitVec(self._name(key), bits)
            self.constraints.append(z3.ULT(variable, len(values)) if len(values) < 1 << bits else True)
            for place, value in enumerate(values):
                yield variable == place, value

    def actors(self, event: Ev) -> Options:
        """Who did it: one or two of the parties; of what is deemed, nobody knows."""
        if event.deemed is not None:
            return [(True, UNKNOWN)]
        parties = self.universe.parties
        pairs = [(one, other) for i, one in enumerate(parties) for other in parties[i + 1 :]]
        return self.choose(("actors", event.number), [*((one,) for one in parties), *pairs])

    def attribute(self, event: Ev, act: str, name: str) -> Options:
        """An attribute of an event of an act; unknown where the act declares none of that name."""
        if event.deemed is not None:
            return event.deemed.attributes.get(name, [(True, UNKNOWN)])
        declared = self.universe.vocabulary.acts.get(act)
        kind = declared.attributes.get(name) if declared else None
        if kind is None:
            return [(True, UNKNOWN)]
        if kind.name == "日期" and not kind.many:
            return self._dated(("date", event.number, name), name)
        values = self.universe.values_of(name, kind)
        return self.choose(("attribute", event.number, name, values), values)

    def case_attribute(self, name: str) -> Options:
        """An attribute of the case; 类型 is its kind."""
        if name == KIND:
            return self.choose(("kind",), self.universe.kinds())
        kind = self.universe.vocabulary.case_attributes.get(name)
        if kind is None:
            return [(True, UNKNOWN)]
        if kind.name == "日期" and not kind.many:
            return self._dated(("case date", name), name)
        return self.choose(("case", name), self.universe.values_of(name, kind))

    def has_part(self, event: Ev, part: str) -> Bool:
        """Whether the document of an event has a part."""
        return self._bool(("part", event.number, part))

    def answer(self, norm: str, printed: str) -> Kleene:
        """What a person answered, if anybody did."""
        yes, given = self._bool(("yes", norm, printed)), self._bool(("given", norm, printed))
        return Kleene(t.conj(given, yes), t.disj(t.neg(given), yes))

    @property
    def extent(self) -> Extent | None:
        """The time covered: from the first day of the bound on, where norms count calendar periods."""
        return Extent(first=self.bound.first) if self.universe.has_periods else None

    def _dated(self, key: Key, name: str) -> Options:
        found = self._date(key)
        if name in self.universe.operands:
            return [(True, found)]
        none = self._bool(("none", key))
        return [(none, None), (t.neg(none), found)]

    def _date(self, key: Key) -> Day:
        if key not in self.dates:
            self.dates[key], within = t.fresh_day(self._name(key), self.first, self.last)
            self.constraints.append(within)
        return self.dates[key]

    def _bool(self, key: Key) -> Bool:
        if key not in self.bools:
            self.bools[key] = t.fresh_bool(self._name(key))
        return self.bools[key]


def _flat(key: Key) -> Iterator[Any]:
    """The number of the event that a name tells of stands second, or second in what it stands for."""
    for part in key[:2]:
        if isinstance(part, tuple):
            yield from _flat(part)
        elif not isinstance(part, bool):
            yield part


def merged(options: Options) -> Options:
    """The options with equal plain values put together; what cannot hold left out."""
    found: dict[tuple[type, Any], Bool] = {}
    dates: Options = []
    for guard, value in options:
        if guard is False:
            continue
        if isinstance(value, Day):
            dates.append((guard, value))
        else:
            key = (type(value), value)
            found[key] = t.disj(found[key], guard) if key in found else guard
    return [*((guard, key[1]) for key, guard in found.items()), *dates]
