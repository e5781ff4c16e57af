"""The norms of a rule set by id, each with all that its findings rest on; which were renamed."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checker.drafting.canonical import Plain, meaning, plain, written
from checker.explain.references import used_acts
from checker.model import expressions as x
from checker.model.dependencies import depends_on, parts_of
from checker.model.linking import limited
from checker.model.node import Node
from checker.model.norm import Norm, RuleSet
from checker.model.requirements import Deem, Occur, UntilClose
from checker.model.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Families:
    """``norms`` are all versions by id, in order; ``rests_on`` the ids a norm waits for; ``meanings`` as written.

    ``kin`` is what else of the vocabulary may bear on the findings: it matters only where a record names an organ by
    its kind, or one by another's.
    """

    rules: RuleSet
    norms: Mapping[str, tuple[Norm, ...]]
    rests_on: Mapping[str, tuple[str, ...]]
    meanings: Mapping[str, str]
    kin: Mapping[str, str]

    def closure(self, norm: str) -> tuple[str, ...]:
        """Everything the norm rests on, itself last; each once."""
        found: dict[str, None] = {}
        waiting = list(self.rests_on.get(norm, ()))
        while waiting:
            one = waiting.pop()
            if one != norm and one not in found:
                found[one] = None
                waiting += self.rests_on.get(one, ())
        return (*sorted(found), norm)

    def only(self, norm: str) -> RuleSet:
        """The rule set cut down to what the norm rests on: small enough to be asked many questions."""
        return limited(self.rules, [norm])


def families_of(rules: RuleSet) -> Families:
    """The norms of a rule set by id."""
    norms: dict[str, tuple[Norm, ...]] = {}
    for norm in rules.norms:
        norms[norm.id] = (*norms.get(norm.id, ()), norm)
    rests_on = {name: tuple(held) for name, held in depends_on(rules.norms, rules.packs).items()}
    meanings = {name: written(_whole(rules, versions)) for name, versions in norms.items()}
    kin = {name: written(_kin(rules.vocabulary, versions)) for name, versions in norms.items()}
    return Families(rules, norms, rests_on, meanings, kin)


def _whole(rules: RuleSet, versions: tuple[Norm, ...]) -> Plain:
    """The cores of all versions, with what of head and vocabulary they read."""
    closing = closing_of(rules, versions)
    return {
        "versions": [meaning(norm) for norm in versions],
        "closing": plain(closing),
        "organs": _below(rules.vocabulary, versions),
        "correlating": _correlating(rules.vocabulary, versions, closing),
    }


def closing_of(rules: RuleSet, versions: tuple[Norm, ...]) -> x.Pattern | None:
    """The 案结 of the pack, where a version has a duty that is open until then."""
    for norm in versions:
        if isinstance(norm.requirement, Occur | Deem) and isinstance(norm.requirement.window, UntilClose):
            return rules.pack(norm.pack).closing
    return None


def _below(vocabulary: Vocabulary, versions: tuple[Norm, ...]) -> Plain:
    """For each organ that the norm names, the kinds and instances that are one of it."""
    return {
        name: sorted(one for one in vocabulary.organs if one != name and vocabulary.organ_is(one, name))
        for name in _organs(vocabulary, versions)
    }


def _kin(vocabulary: Vocabulary, versions: tuple[Norm, ...]) -> Plain:
    """What the named organs are one of; who is one of whom at all, where the record names the organ."""
    if any(isinstance(part, x.AnchorActor | x.Same) for norm in versions for part in parts_of(norm)):
        return {name: kind for name, kind in sorted(vocabulary.organs.items()) if kind is not None}
    return {
        name: sorted(one for one in vocabulary.organs if one != name and vocabulary.organ_is(name, one))
        for name in _organs(vocabulary, versions)
    }


def _organs(vocabulary: Vocabulary, versions: tuple[Norm, ...]) -> list[str]:
    return sorted({word for norm in versions for word in _words(norm) if word in vocabulary.organs})


def _correlating(vocabulary: Vocabulary, versions: tuple[Norm, ...], closing: x.Pattern | None) -> dict[str, list[str]]:
    """Which of its acts declare the attributes of 同一: only these must agree with the anchor's event."""
    acts = {act for norm in versions for act in used_acts(norm)} | set(closing.acts if closing else ())
    wanted = {name for norm in versions for name in norm.correlate}
    declared = {act: vocabulary.acts[act].attributes for act in sorted(acts) if act in vocabulary.acts}
    return {name: [act for act, held in declared.items() if name in held] for name in sorted(wanted)}


def _words(norm: Norm) -> Iterator[str]:
    for part in parts_of(norm):
        match part:
            case x.OrganActor():
                yield from part.names
            case x.Member():
                yield from (value for value in part.values if isinstance(value, str))
            case x.LiteralValue(value=str(value)):
                yield value


def renames(old: Families, new: Families) -> dict[str, str]:
    """Old id to new id of norms that only changed their title or pack: the meaning is the same, and the old id gone.

    What refers to a renamed norm is compared under the new name, so one rename may show another.
    """
    found: dict[str, str] = {}
    while True:
        before = len(found)
        current = families_of(renamed(old.rules, found)) if found else old
        free = {name: new.meanings[name] for name in new.norms if name not in current.norms}
        for name in current.norms:
            if name in new.norms:
                continue
            same = [other for other, meant in free.items() if meant == current.meanings[name]]
            if same:
                other = max(same, key=lambda one: _likeness(name, one))
                found[name] = other
                del free[other]
        if len(found) == before:
            return found


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other).ratio()


def renamed(rules: RuleSet, names: Mapping[str, str]) -> RuleSet:
    """The rule set with some norms under other ids; where one moved into another pack, its old head goes with it."""
    if not names:
        return rules
    norms = []
    for norm in rules.norms:
        moved = _rename(norm, names)
        assert isinstance(moved, Norm)
        if norm.id in names:
            pack, _, title = names[norm.id].partition("/")
            moved = moved.model_copy(update={"pack": pack, "title": title})
        norms.append(moved)
    homes = {norm.pack: before.pack for norm, before in zip(norms, rules.norms, strict=True)}
    known = {pack.id for pack in rules.packs}
    beside = [rules.pack(homes[one]).model_copy(update={"id": one}) for one in homes if one not in known]
    return rules.model_copy(update={"norms": tuple(norms), "packs": (*rules.packs, *beside)})


def _rename(value: object, names: Mapping[str, str]) -> object:
    if isinstance(value, tuple):
        return tuple(_rename(one, names) for one in value)
    if not isinstance(value, Node):
        return value
    changed = {}
    for field in type(value).model_fields:
        held = getattr(value, field)
        other = names.get(held, held) if field in ("norm", "permission") and isinstance(held, str) else held
        other = _rename(other, names)
        if other is not held:
            changed[field] = other
    return value.model_copy(update=changed) if changed else value
