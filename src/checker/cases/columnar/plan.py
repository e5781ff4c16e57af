"""What a vocabulary says, laid out for columns: acts as numbers, the types of attributes by act."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from checker.cases.columnar.bits import Codes
from checker.cases.event_record import Words, words
from checker.model.values import ValueType
from checker.model.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Typing:
    """The types that one attribute name has. ``of_owner`` is the place in ``kinds`` by act number, -1: not declared.

    Its last item, which is that of the number -1, stands for an unknown act.
    """

    kinds: tuple[ValueType, ...]
    of_owner: Codes

    @property
    def is_many(self) -> bool:
        """Whether the column holds lists: one act at least declares many."""
        return any(kind.many for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class Plan:
    """The words; the acts by number; how the attributes of events and of the case are typed."""

    known: Words
    acts: tuple[str, ...]
    parts: Mapping[int, frozenset[str]]
    actors: tuple[str, ...]
    of_events: Mapping[str, Typing]
    of_case: Mapping[str, Typing]


def plan(vocabulary: Vocabulary, zone: str | None) -> Plan:
    """The plan of a vocabulary; ``zone`` as of :func:`checker.cases.event_record.words`."""
    known = words(vocabulary, zone)
    acts = tuple(vocabulary.acts)
    declared = [vocabulary.acts[act].attributes for act in acts]
    parts = {n: frozenset(vocabulary.acts[act].parts) for n, act in enumerate(acts) if vocabulary.acts[act].parts}
    return Plan(
        known, acts, parts, tuple(sorted(known.actors)), _typings(declared), _typings([vocabulary.case_attributes])
    )


def _typings(declared: Sequence[Mapping[str, ValueType]]) -> dict[str, Typing]:
    names = dict.fromkeys(name for one in declared for name in one)
    return {name: _typing([one.get(name) for one in declared]) for name in names}


def _typing(types: Iterable[ValueType | None]) -> Typing:
    kinds: list[ValueType] = []
    of_owner: list[int] = []
    for kind in types:
        if kind is not None and kind not in kinds:
            kinds.append(kind)
        of_owner.append(-1 if kind is None else kinds.index(kind))
    return Typing(tuple(kinds), np.array([*of_owner, -1], np.int32))
