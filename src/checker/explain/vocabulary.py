"""The declared words, and which norms use each act."""

from typing import NamedTuple

from checker.explain.references import used_acts
from checker.model.indicator import Indicator
from checker.model.norm import Norm, RuleSet
from checker.model.values import ValueType


class AttributeWord(NamedTuple):
    """An attribute with its type in words."""

    name: str
    type: str
    choices: tuple[str, ...]


class ActWord(NamedTuple):
    """An act, its attributes, its document parts, the ids of the norms and indicators that use it."""

    name: str
    attributes: tuple[AttributeWord, ...]
    parts: tuple[str, ...]
    norms: tuple[str, ...]


class OrganWord(NamedTuple):
    """An organ and what it is one of, if anything."""

    name: str
    kind: str | None


class Words(NamedTuple):
    """All declared words of a rule set."""

    organs: tuple[OrganWord, ...]
    persons: tuple[str, ...]
    kinds: tuple[str, ...]
    case_attributes: tuple[AttributeWord, ...]
    acts: tuple[ActWord, ...]


def words_of(rules: RuleSet) -> Words:
    """The vocabulary, in the order of declaration."""
    vocabulary = rules.vocabulary
    users: dict[str, list[str]] = {}
    rests: tuple[Norm | Indicator, ...] = (*rules.norms, *rules.indicators)
    for norm in rests:
        for act in used_acts(norm):
            users.setdefault(act, []).append(norm.id)
    return Words(
        organs=tuple(OrganWord(name, kind) for name, kind in vocabulary.organs.items()),
        persons=vocabulary.persons,
        kinds=vocabulary.kinds,
        case_attributes=tuple(_attribute(name, kind) for name, kind in vocabulary.case_attributes.items()),
        acts=tuple(
            ActWord(
                act.name,
                tuple(_attribute(name, kind) for name, kind in act.attributes.items()),
                act.parts,
                tuple(dict.fromkeys(users.get(act.name, ()))),
            )
            for act in vocabulary.acts.values()
        ),
    )


def type_text(kind: ValueType) -> str:
    """``枚举``, ``机关`` …; a list says so."""
    return f"{kind.name}（可多个）" if kind.many else kind.name


def _attribute(name: str, kind: ValueType) -> AttributeWord:
    return AttributeWord(name, type_text(kind), kind.choices)
