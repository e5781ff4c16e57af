"""Undeclared contradictions between norms: 应当 or 限于 against 不得, decided over finite domains."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import NamedTuple

from checker.language.lexicon import Lexicon
from checker.language.norms import Lowered, warn
from checker.language.syntax import complaint
from checker.model.diagnostic import Diagnostic, Note
from checker.model.expressions import (
    Actor,
    All,
    AnyOf,
    Attribute,
    CaseSubject,
    Compare,
    Condition,
    Constant,
    LiteralValue,
    Member,
    Not,
    OrganActor,
    Pattern,
    SelfEvent,
)
from checker.model.norm import Norm, OnEvent
from checker.model.requirements import Defeat, Occur
from checker.model.source import Validity
from checker.model.vocabulary import Vocabulary

_MOST = 20_000
_OTHER = "（其他）"


class Rule(NamedTuple):
    """A norm with the surface it came from and the condition that surface gave."""

    low: Lowered
    norm: Norm
    kind: str
    condition: Condition | None


def check_contradictions(rules: list[Rule], lexicon: Lexicon, vocabulary: Vocabulary) -> list[Diagnostic]:
    """An error for each pair that cannot both be obeyed and where neither has priority."""
    prior = _closure([rule.norm for rule in rules])
    found: list[Diagnostic] = []
    bans = [rule for rule in rules if rule.kind == "ban" and not _may_give_way(rule.norm)]
    for rule in rules:
        facing = [
            b for b in bans if not _ranked(prior, rule.norm.id, b.norm.id) and _meet(rule.norm.valid, b.norm.valid)
        ]
        if _may_give_way(rule.norm):
            continue
        if rule.kind == "duty":
            found += _duty(rule, facing, lexicon, vocabulary)
        elif rule.kind == "limit":
            found += _limits(rule, facing, lexicon, vocabulary)
    return found


def _may_give_way(norm: Norm) -> bool:
    """Whether an exception may take the norm out of the other's way; then no contradiction is certain."""
    return any(isinstance(clause, Defeat) for clause in norm.exceptions)


def _closure(norms: list[Norm]) -> dict[str, set[str]]:
    direct = {norm.id: {o.norm for o in norm.overrides} for norm in norms}
    for norm in norms:
        direct[norm.id].update(o.norm for o in norm.overrides)
    closed: dict[str, set[str]] = {}
    for start, first in direct.items():
        stack, seen = list(first), set[str]()
        while stack:
            current = stack.pop()
            if current not in seen:
                seen.add(current)
                stack += direct.get(current, ())
        closed[start] = seen
    return closed


def _ranked(prior: Mapping[str, set[str]], one: str, other: str) -> bool:
    return other in prior.get(one, ()) or one in prior.get(other, ())


def _meet(one: Validity, other: Validity) -> bool:
    firsts = [v.first for v in (one, other) if v.first]
    lasts = [v.last for v in (one, other) if v.last]
    return not firsts or not lasts or max(firsts) <= min(lasts)


# -------------------------------------------------------------------------------------------------------- the two tests


def _duty(rule: Rule, bans: list[Rule], lexicon: Lexicon, vocabulary: Vocabulary) -> Iterator[Diagnostic]:
    """Every way of doing one item of the duty is forbidden."""
    assert isinstance(rule.norm.requirement, Occur)
    for group in rule.norm.requirement.groups:
        ways = [(act, pattern) for pattern in group for act in pattern.acts]
        found = [_blockers(act, pattern, rule, bans, lexicon, vocabulary) for act, pattern in ways]
        if not ways or not all(blocked.bans for blocked in found):
            continue
        uncounted = next((blocked for blocked in found if not blocked.is_counted), None)
        if uncounted is not None:
            yield _uncounted(rule, uncounted.bans[0])
        else:
            yield _clash(rule, found[0].bans[0], f"要求「{ways[0][0]}」，而")


class _Blocked(NamedTuple):
    """Bans in the way of one act; not counted where there are too many combinations to say for certain."""

    bans: list[Rule]
    is_counted: bool = True


def _blockers(
    act: str, pattern: Pattern, rule: Rule, bans: list[Rule], lexicon: Lexicon, vocabulary: Vocabulary
) -> _Blocked:
    """The bans that together forbid the act however the pattern is met; none if some way is left."""
    touching = [b for b in bans if act in _acts(b.norm) and _covers(_actor(b.norm), pattern.actor, vocabulary)]
    if not touching:
        return _Blocked([])
    done = All(of=tuple(c for c in (pattern.where, rule.norm.applies) if c is not None))
    free = [done, *(Not(of=_forbidden(b)) for b in touching)]
    outcome = _satisfiable(All(of=tuple(free)), act, lexicon)
    if outcome or _satisfiable(done, act, lexicon) is False:
        return _Blocked([])
    return _Blocked(touching, outcome is not None)


def _limits(rule: Rule, bans: list[Rule], lexicon: Lexicon, vocabulary: Vocabulary) -> Iterator[Diagnostic]:
    """What 限于 leaves open, 不得 forbids in part; asked only where both can be counted out."""
    for ban in bans:
        shared = [act for act in _acts(rule.norm) if act in _acts(ban.norm)]
        if not shared or not _compatible(_actor(rule.norm), _actor(ban.norm), vocabulary):
            continue
        asked = [c for c in (rule.condition, _forbidden(ban), rule.norm.applies, _where(rule.norm)) if c is not None]
        if not all(_is_finite(c, shared[0], lexicon) for c in asked):
            continue
        outcome = _satisfiable(All(of=tuple(asked)), shared[0], lexicon)
        if outcome is None:
            yield _uncounted(rule, ban)
        elif outcome:
            yield _clash(rule, ban, f"把「{shared[0]}」限于某些情形，而其中有的")


def _uncounted(rule: Rule, ban: Rule) -> Diagnostic:
    message = f"「{rule.norm.title}」与「{ban.norm.title}」的取值太多，没有核对是否矛盾。"
    return warn(rule.low.draft, "unchecked", message)


def _clash(rule: Rule, ban: Rule, what: str) -> Diagnostic:
    draft = rule.low.draft
    message = f"规范「{rule.norm.id}」{what}被「{ban.norm.id}」禁止，二者无法同时遵守。"
    note = Note(at=ban.low.draft.span, text=f"「{ban.norm.id}」在此。")
    help = f"改其中一条，或写明「优先于 {ban.norm.id} 「出处」」。"
    return complaint(draft.parsed.name, draft.title, "contradiction", message, help=help, notes=(note,))


def _forbidden(ban: Rule) -> Condition:
    parts = [c for c in (ban.condition, ban.norm.applies, _where(ban.norm)) if c is not None]
    return All(of=tuple(parts))


def _acts(norm: Norm) -> tuple[str, ...]:
    return norm.anchor.pattern.acts if isinstance(norm.anchor, OnEvent) else ()


def _actor(norm: Norm) -> Actor | None:
    return norm.anchor.pattern.actor if isinstance(norm.anchor, OnEvent) else None


def _where(norm: Norm) -> Condition | None:
    return norm.anchor.pattern.where if isinstance(norm.anchor, OnEvent) else None


def _covers(ban: Actor | None, duty: Actor | None, vocabulary: Vocabulary) -> bool:
    """Whether whoever does the duty is surely one whom the ban names."""
    if ban is None:
        return True
    if not isinstance(ban, OrganActor) or not isinstance(duty, OrganActor):
        return False
    return all(any(vocabulary.organ_is(n, banned) is True for banned in ban.names) for n in duty.names)


def _compatible(one: Actor | None, other: Actor | None, vocabulary: Vocabulary) -> bool:
    """Whether some one actor may be meant by both."""
    if not isinstance(one, OrganActor) or not isinstance(other, OrganActor):
        return True
    return any(vocabulary.organ_is(a, b) is not False for a in one.names for b in other.names)


# ------------------------------------------------------------------------------------------------------ finite domains

Choice = tuple[str, str]
"""``self``/``case`` and an attribute name."""


def _key(condition: Condition) -> tuple[Choice, tuple[object, ...]] | None:
    """The attribute an atom asks about and the constants it is compared with; None for any other atom."""
    if isinstance(condition, Member):
        item, values = condition.item, tuple(condition.values)
    elif isinstance(condition, Compare) and condition.op in ("eq", "ne") and isinstance(condition.right, LiteralValue):
        item, values = condition.left, (condition.right.value,)
    else:
        return None
    if not isinstance(item, Attribute) or not isinstance(item.of, SelfEvent | CaseSubject):
        return None
    return ("case" if isinstance(item.of, CaseSubject) else "self", item.name), values


def _atoms(condition: Condition) -> Iterator[Condition]:
    stack = [condition]
    while stack:
        current = stack.pop()
        if isinstance(current, All | AnyOf):
            stack += current.of
        elif isinstance(current, Not):
            stack.append(current.of)
        elif not isinstance(current, Constant):
            yield current


def _domain(choice: Choice, act: str, lexicon: Lexicon) -> tuple[str, ...] | None:
    side, name = choice
    held = lexicon.case if side == "case" else lexicon.acts.get(act, {})
    kind = held.get(name)
    if side == "case" and name == "类型":
        return (*lexicon.kinds, _OTHER)
    return kind.choices if kind is not None and kind.name == "枚举" and not kind.many else None


def _is_finite(condition: Condition, act: str, lexicon: Lexicon) -> bool:
    keys = [_key(atom) for atom in _atoms(condition)]
    return all(key is not None and _domain(key[0], act, lexicon) for key in keys)


def _satisfiable(condition: Condition, act: str, lexicon: Lexicon) -> bool | None:
    """Whether some values make it true, atoms that cannot be counted out being free; None if there are too many."""
    counted: dict[Choice, tuple[str, ...]] = {}
    free: list[Condition] = []
    for atom in _atoms(condition):
        key = _key(atom)
        domain = _domain(key[0], act, lexicon) if key else None
        if key and domain:
            counted[key[0]] = domain
        elif atom not in free:
            free.append(atom)
    size = 2 ** len(free)
    for domain in counted.values():
        size *= len(domain)
    if size > _MOST:
        return None
    for values in product(*counted.values()):
        chosen = dict(zip(counted, values, strict=True))
        for flags in product((True, False), repeat=len(free)):
            if _holds(condition, chosen, dict(zip(range(len(free)), flags, strict=True)), free):
                return True
    return False


def _holds(
    condition: Condition, chosen: Mapping[Choice, str], flags: Mapping[int, bool], free: list[Condition]
) -> bool:
    match condition:
        case Constant():
            return condition.value
        case All():
            return all(_holds(c, chosen, flags, free) for c in condition.of)
        case AnyOf():
            return any(_holds(c, chosen, flags, free) for c in condition.of)
        case Not():
            return not _holds(condition.of, chosen, flags, free)
        case _:
            key = _key(condition)
            if key is not None and key[0] in chosen:
                return (chosen[key[0]] in key[1]) != (isinstance(condition, Compare) and condition.op == "ne")
            return flags[free.index(condition)]
