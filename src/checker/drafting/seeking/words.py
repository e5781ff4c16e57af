"""What norms speak of: the values worth trying for each attribute, actor and document."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from checker.model.dependencies import parts_of
from checker.model.expressions import (
    ActorIs,
    ActorOf,
    Attribute,
    Compare,
    Contains,
    Count,
    LiteralValue,
    Member,
    OrganActor,
    Pattern,
    Same,
    Sum,
)
from checker.model.node import Node
from checker.model.norm import Norm, Pack
from checker.model.requirements import Contain, Exclude, Extend, Restart
from checker.model.values import Part, Period, Scalar, Unit, Value, ValueType
from checker.model.vocabulary import Vocabulary

PERSONS: Final = ("甲", "乙")
_FEW: Final = 3
"""So many organs that no norm names are tried."""


class Words(NamedTuple):
    """Of some norms: attributes with the constants they meet, actors, patterns, document parts, days that matter.

    ``repeated``: how often a pattern has to happen so that a number is reached or passed.
    """

    vocabulary: Vocabulary
    constants: Mapping[str, tuple[Scalar, ...]]
    actors: tuple[str, ...]
    patterns: tuple[Pattern, ...]
    repeated: tuple[tuple[Pattern, int], ...]
    parts: tuple[str, ...]
    days: tuple[dt.date, ...]
    periods: tuple[Period, ...]
    correlated: frozenset[str]

    def values(self, name: str, declared: ValueType) -> tuple[Value, ...]:
        """Values of the attribute worth trying, in a stable order."""
        single = tuple(dict.fromkeys(self._singles(name, declared)))
        if not declared.many:
            return single
        lists: list[Value] = [(one,) for one in single if one is not None and not isinstance(one, tuple)]
        whole = tuple(one for one in single if one is not None and not isinstance(one, tuple))
        return (*lists, *(whole[:n] + whole[n + 1 :] for n in range(len(whole))), whole, ())

    def _singles(self, name: str, declared: ValueType) -> Iterator[Scalar]:
        known = self.constants.get(name, ())
        match declared.name:
            case "枚举":
                yield from (one for one in known if one in declared.choices)
                yield from declared.choices
            case "机关":
                yield from (one for one in (*known, *self.organs()) if one in self.vocabulary.organs)
            case "是否":
                yield from (True, False)
            case "数":
                yield from _numbers(known)
            case "期间":
                yield from _periods((*known, *self.periods))
            case "日期":
                yield from (day for day in known if isinstance(day, dt.date))
            case "人员":
                yield from (*(one for one in known if isinstance(one, str)), *self.vocabulary.persons, *PERSONS)
            case "文本":
                yield from (*(one for one in known if isinstance(one, str)), *PERSONS)

    def organs(self) -> tuple[str, ...]:
        """Those the norms name, those nearest to them, and a few others."""
        held = self.vocabulary.organs
        near = [name for name, parent in held.items() if parent in self.actors or name in _parents(self.actors, held)]
        return tuple(dict.fromkeys((*self.actors, *self.strangers(self.actors)[:_FEW], *near[:_FEW])))

    def strangers(self, names: Collection[str]) -> tuple[str, ...]:
        """Organs that are none of these, those first whose names have least in common with them; then roles.

        公安机关 is a 行政机关 in law, though a vocabulary may not say so: 法院 is the better example of another. A
        role may be that of somebody who acts for the organ.
        """
        held = self.vocabulary
        apart = [
            name
            for name in (*held.organs, *held.persons)
            if all(held.organ_is(name, one) is False and held.organ_is(one, name) is False for one in names)
        ]
        letters = {letter for name in names for letter in name}
        return tuple(sorted(apart, key=lambda name: (name not in held.organs, len(letters & set(name)))))


def words_of(norms: Iterable[Norm], packs: Iterable[Pack], vocabulary: Vocabulary) -> Words:
    """What the norms speak of, each once, in order of mention."""
    held = list(norms)
    homes = {norm.pack for norm in held}
    closings = [pack.closing for pack in packs if pack.closing is not None and pack.id in homes]
    parts = [part for root in (*held, *closings) for part in _in_order(root)]
    borders = {day for norm in held for day in (norm.valid.first, norm.valid.last) if day is not None}
    return Words(
        vocabulary,
        _constants(parts),
        tuple(dict.fromkeys(name for part in parts for name in _doers(part))),
        tuple(_distinct(parts)),
        tuple(_repeated(parts)),
        tuple(dict.fromkeys(name for part in parts if isinstance(part, Contain) for name in part.parts)),
        tuple(sorted(borders)),
        tuple(dict.fromkeys(part for part in parts if isinstance(part, Period))),
        frozenset(name for norm in held for name in norm.correlate),
    )


def _doers(part: Node) -> Iterator[str]:
    match part:
        case OrganActor():
            yield from part.names
        case Member(item=ActorOf()):
            yield from (value for value in part.values if isinstance(value, str))


def _in_order(root: Node) -> list[Node]:
    return list(parts_of(root))[::-1]


def _distinct(parts: Iterable[Node]) -> list[Pattern]:
    found: dict[str, Pattern] = {}
    for part in parts:
        if isinstance(part, Pattern):
            found.setdefault(repr(part), part)
    return list(found.values())


def _repeated(parts: Iterable[Node]) -> Iterator[tuple[Pattern, int]]:
    for part in parts:
        match part:
            case Extend(grant=Pattern() as pattern, times=int(n)) | Restart(at=pattern, times=int(n)):
                yield from ((pattern, times) for times in (n, n + 1))
            case Pattern(ordinal=int(n)):
                yield from ((part, times) for times in (n - 1, n, n + 1) if times > 1)
            case Compare(left=Count(pattern=pattern), right=LiteralValue(value=int(n))):
                yield from ((pattern, times) for times in (n - 1, n, n + 1, n + 2) if times > 1)
            case Extend(grant=Pattern() as pattern) | Exclude(start=pattern) | Restart(at=pattern):
                yield pattern, 2


def _constants(parts: Iterable[Node]) -> dict[str, tuple[Scalar, ...]]:
    found: dict[str, dict[Scalar, None]] = {}
    for part in parts:
        for name, values in _met(part):
            found.setdefault(name, {}).update(dict.fromkeys(values))
    return {name: tuple(values) for name, values in found.items()}


def _met(part: Node) -> Iterator[tuple[str, tuple[Scalar, ...]]]:
    """An attribute and the constants it is held against."""
    match part:
        case Compare(left=Attribute(name=name), right=LiteralValue(value=value)):
            yield name, (value,)
        case Compare(left=LiteralValue(value=value), right=Attribute(name=name)):
            yield name, (value,)
        case Member(item=Attribute(name=name), values=values):
            yield name, values
        case Contains(whole=Attribute(name=name), item=LiteralValue(value=value)):
            yield name, (value,)
        case Same(left=Attribute(name=name)) | Sum(attribute=name) | Attribute(name=name):
            yield name, ()
        case ActorIs():
            return


def _parents(names: Iterable[str], held: Mapping[str, str | None]) -> set[str]:
    return {parent for name in names if (parent := held.get(name)) is not None}


def _numbers(known: Iterable[Scalar]) -> Iterator[Scalar]:
    for one in known:
        if isinstance(one, int | Decimal) and not isinstance(one, bool):
            yield from (one, one - 1, one + 1)
    yield from (0, 1, 2)


def _periods(known: Iterable[Scalar]) -> Iterator[Scalar]:
    for one in known:
        if isinstance(one, Period):
            yield from (one, longer(one, -1), longer(one, 1))
    yield from (Period(parts=(Part(n=n, unit=Unit.DAY),)) for n in (10, 30, 60))


def longer(period: Period, by: int) -> Period:
    """The period with its last part longer by so many."""
    last = period.parts[-1]
    return Period(parts=(*period.parts[:-1], Part(n=max(0, last.n + by), unit=last.unit)))
