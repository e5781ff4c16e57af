"""What a symbolic case is made of: the acts, parties and values that could matter to the norms asked about.

Every type of attribute but a date gets a short list of values: those that the norms name, and enough others to lie
between, beside and beyond them.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise
from typing import Final, NamedTuple

from checker.model import requirements as r
from checker.model.dependencies import parts_of
from checker.model.expressions import (
    ActorOf,
    AnchorActor,
    Attribute,
    LiteralValue,
    Member,
    OrganActor,
    Pattern,
    Same,
    Shift,
)
from checker.model.node import Node
from checker.model.norm import OnPeriod, RuleSet
from checker.model.values import Part, Period, Unit, Value, ValueType
from checker.model.vocabulary import Act, Vocabulary

KIND = "类型"
STRANGERS = ("甲", "乙")
"""Pseudonyms of persons that no norm names."""


class Universe(NamedTuple):
    """``plain`` are attributes that may be known to be none: nothing counts from them or looks them up."""

    acts: tuple[str, ...]
    parties: tuple[str, ...]
    organs: tuple[str, ...]
    words: frozenset[str]
    numbers: tuple[int | Decimal, ...]
    periods: tuple[Period, ...]
    operands: frozenset[str]
    days: frozenset[dt.date]
    vocabulary: Vocabulary
    has_periods: bool

    def values_of(self, name: str, kind: ValueType) -> tuple[Value, ...]:
        """The values an attribute may have; dates apart."""
        if kind.many:
            found: tuple[Value, ...] = tuple(_lists(self._singles(kind)))
        else:
            found = self._singles(kind)
        return found if name in self.operands else (*found, None)

    def kinds(self) -> tuple[str, ...]:
        """The kinds of case that norms name, and another."""
        named = [kind for kind in self.vocabulary.kinds if kind in self.words]
        others = [kind for kind in self.vocabulary.kinds if kind not in self.words]
        return (*named, *others[:1]) or tuple(sorted(self.words))[:1] or ("案件",)

    def _singles(self, kind: ValueType) -> tuple[Value, ...]:
        match kind.name:
            case "是否":
                return (True, False)
            case "数":
                return self.numbers
            case "期间":
                return self.periods
            case "机关":
                return self.organs
            case "人员":
                people = [one for one in (*sorted(self.words), *self.parties) if one not in self.vocabulary.organs]
                return (*dict.fromkeys(people), *STRANGERS)
            case "枚举":
                return _some(kind.choices, self.words, 2)
            case _:
                named = tuple(sorted(word for word in self.words if word not in self.vocabulary.organs))
                return (*named[:6], *STRANGERS)


def universe_of(*cones: RuleSet) -> Universe:
    """What matters to the norms of these cones, two versions of one rule set say."""
    parts = list(_parts(cones))
    vocabulary = _joined([cone.vocabulary for cone in cones])
    values = list(_literals(parts))
    words = {value for value in values if isinstance(value, str)}
    named = {name for part in parts if isinstance(part, OrganActor) for name in part.names}
    organs = _organs(vocabulary, named | words)
    return Universe(
        acts=tuple(dict.fromkeys(act for part in parts if isinstance(part, Pattern) for act in part.acts)),
        parties=_parties(parts, vocabulary, named, organs),
        organs=organs,
        words=frozenset(words),
        numbers=_numbers({v for v in values if isinstance(v, int | Decimal) and not isinstance(v, bool)}),
        periods=_periods(parts, values),
        operands=frozenset(_operands(parts, cones)),
        days=frozenset(value for value in values if isinstance(value, dt.date)),
        vocabulary=vocabulary,
        has_periods=any(isinstance(part, OnPeriod) for part in parts),
    )


def _parts(cones: Iterable[RuleSet]) -> Iterator[Node]:
    for cone in cones:
        for norm in cone.norms:
            yield from parts_of(norm)
        for pack in cone.packs:
            if pack.closing is not None and any(_closes(norm.requirement) for norm in cone.norms):
                yield from parts_of(pack.closing)


def _closes(requirement: r.Requirement) -> bool:
    return isinstance(requirement, r.Occur | r.Deem) and isinstance(requirement.window, r.UntilClose)


def _joined(vocabularies: Sequence[Vocabulary]) -> Vocabulary:
    """All words of both; of an act that both declare, the attributes of both."""
    first = vocabularies[0]
    for other in vocabularies[1:]:
        if other is first or other == first:
            continue
        acts = dict(first.acts)
        for name, act in other.acts.items():
            known = acts.get(name, act)
            parts = tuple(dict.fromkeys((*known.parts, *act.parts)))
            acts[name] = Act(name=name, attributes={**known.attributes, **act.attributes}, parts=parts)
        first = Vocabulary(
            organs={**first.organs, **other.organs},
            persons=tuple(dict.fromkeys((*first.persons, *other.persons))),
            acts=acts,
            case_attributes={**first.case_attributes, **other.case_attributes},
            kinds=tuple(dict.fromkeys((*first.kinds, *other.kinds))),
        )
    return first


def _literals(parts: Iterable[Node]) -> Iterator[object]:
    for part in parts:
        if isinstance(part, LiteralValue):
            yield part.value
        elif isinstance(part, Member):
            yield from part.values


def _organs(vocabulary: Vocabulary, named: set[str]) -> tuple[str, ...]:
    """The organs named, what they are, one of their kind, and two that have nothing to do with them."""
    found = [organ for organ in vocabulary.organs if organ in named]
    above = [parent for organ in found for parent in _above(vocabulary, organ)]
    below = [next((one for one, kind in vocabulary.organs.items() if kind == organ), None) for organ in found]
    kin = dict.fromkeys((*found, *above, *(one for one in below if one is not None)))
    others = [o for o in vocabulary.organs if o not in kin and not any(a in kin for a in _above(vocabulary, o))]
    return (*kin, *others[:2]) or STRANGERS


def _above(vocabulary: Vocabulary, organ: str) -> Iterator[str]:
    seen = {organ}
    parent = vocabulary.organs.get(organ)
    while parent is not None and parent not in seen:
        yield parent
        seen.add(parent)
        parent = vocabulary.organs.get(parent)


def _parties(parts: Iterable[Node], vocabulary: Vocabulary, named: set[str], organs: Sequence[str]) -> tuple[str, ...]:
    """Who may act: whom the norms name and their kin, some other, and, where persons are compared, two strangers."""
    persons = sorted(named - set(vocabulary.organs))
    compared = any(isinstance(part, AnchorActor | Same | ActorOf) for part in parts)
    is_other = any(all(vocabulary.organ_is(one, name) is False for name in named) for one in organs)
    others = (*STRANGERS,) if compared else () if is_other else STRANGERS[:1]
    return tuple(dict.fromkeys((*persons, *organs, *others)))


def _numbers(named: set[int | Decimal]) -> tuple[int | Decimal, ...]:
    """Each number named, one between two of them, and one beyond either end."""
    if not named:
        return (0, 1, 2)
    ordered = sorted(named)
    between = [_middle(low, high) for low, high in pairwise(ordered)]
    return tuple(sorted({ordered[0] - 1, *ordered, *between, ordered[-1] + 1}))


def _middle(low: int | Decimal, high: int | Decimal) -> int | Decimal:
    middle = (Decimal(low) + Decimal(high)) / 2
    whole = int(middle)
    return whole if low < whole < high else middle


_USUAL: Final = ((10, Unit.DAY), (1, Unit.MONTH), (0, Unit.DAY), (1, Unit.DAY), (5, Unit.WORKDAY))


def _periods(parts: Iterable[Node], values: Iterable[object]) -> tuple[Period, ...]:
    """The periods compared with, the totals of extensions and a little more, and a few of other lengths."""
    totals = [part.total for part in parts if isinstance(part, r.Extend) and part.total is not None]
    named = [value for value in values if isinstance(value, Period)] + totals + [_longer(total) for total in totals]
    usual = [Period(parts=(Part(n=n, unit=unit),)) for n, unit in _USUAL]
    fitting = (one for one in (*named, *usual) if all(part.unit is not Unit.HOUR for part in one.parts))
    return tuple(dict.fromkeys(fitting))


def _longer(period: Period) -> Period:
    *front, last = period.parts
    return Period(parts=(*front, last.model_copy(update={"n": last.n + 1})))


def _operands(parts: Iterable[Node], cones: Iterable[RuleSet]) -> Iterator[str]:
    """Attributes that a norm counts from, correlates by, or looks a party up in."""
    for cone in cones:
        for norm in cone.norms:
            yield from norm.correlate
    for part in parts:
        match part:
            case AnchorActor():
                yield part.attribute
            case Pattern() if part.dated_by is not None:
                yield part.dated_by
            case Shift() | r.By() | r.During() | r.FromAttribute() | r.AtDate():
                yield from (below.name for below in parts_of(part) if isinstance(below, Attribute))
            case _:
                pass


def _some(choices: Sequence[str], words: frozenset[str], others: int) -> tuple[str, ...]:
    named = [choice for choice in choices if choice in words]
    return (*named, *[choice for choice in choices if choice not in words][:others])


def _lists(members: Sequence[Value]) -> Iterator[Value]:
    """Lists of none, one and two of the members, and of all of them."""
    known = [member for member in members if not isinstance(member, tuple) and member is not None]
    for size in (0, 1, 2):
        yield from combinations(known, size)
    if len(known) > 2:
        yield tuple(known)
