"""Whether the locked norms stand as they were locked, and in what a changed one differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checker.drafting.canonical import Plain, digest, meaning, plain, written
from checker.drafting.comparing.families import Families
from checker.drafting.comparing.phrasing import phrase
from checker.drafting.invariants.lock import RELEASED, REMOVED, Lock, end_of_chain
from checker.model import expressions as x
from checker.model.changes import Breakage
from checker.model.dependencies import parts_of
from checker.model.norm import Category, Norm, OnEvent, Severity
from checker.model.requirements import Defeat, ExceptionClause
from checker.model.vocabulary import Vocabulary

ENTRY = "- {{规范: {norm}, 原摘要: {old}, 新摘要: {new}, 审定人: , 日期: , 理由: }}"


def norm_digest(families: Families, norm: str) -> str:
    """The norm with all its findings rest on, and whether anybody has to ask for it; REMOVED if there is none."""
    if norm not in families.norms:
        return REMOVED
    opt_in = families.rules.pack(families.norms[norm][0].pack).opt_in
    closure = families.closure(norm)
    whole: Plain = {name: families.meanings.get(name, "") for name in closure}
    kin = _kin(families, closure)
    return digest([opt_in, norm, whole, kin] if kin else [opt_in, norm, whole])


def _kin(families: Families, closure: Iterable[str]) -> dict[str, str]:
    """Who is one of whom at all, where the record itself names the organ that has to act."""
    versions = (one for name in closure for one in families.norms.get(name, ()))
    if not any(isinstance(part, x.AnchorActor) for one in versions for part in parts_of(one)):
        return {}
    return {name: kind for name, kind in families.rules.vocabulary.organs.items() if kind is not None}


def standing(lock: Lock, families: Families) -> tuple[Breakage, ...]:
    """Every locked norm that is not as the list says, its reviewed changes included."""
    found = []
    for norm in lock.locked:
        wanted, current = end_of_chain(lock, norm), norm_digest(families, norm)
        if RELEASED in (wanted, current) or wanted == current:
            continue
        what = "锁定的规范没有了" if current == REMOVED else f"与锁定的不同：锁定 {wanted}，现为 {current}"
        found.append(Breakage(norm=norm, what=what, entry=ENTRY.format(norm=norm, old=wanted, new=current)))
    return tuple(found)


def against(old_lock: Lock, new_lock: Lock | None, before: Families, after: Families) -> tuple[Breakage, ...]:
    """What became of the norms that the old list locks, unless the new list accounts for it."""
    found = []
    for norm in old_lock.locked:
        old, new = norm_digest(before, norm), norm_digest(after, norm)
        if old != new and not (new_lock is not None and new_lock.accounts(norm, old, new)):
            ways = tuple(ways_of(norm, before, after))
            what = "锁定的规范没有了" if new == REMOVED else "锁定的规范有改动，没有登记"
            entry = ENTRY.format(norm=norm, old=old, new=new)
            found.append(Breakage(norm=norm, what=what, ways=ways, entry=entry))
        elif _is_delisted(norm, new_lock, old, new):
            entry = ENTRY.format(norm=norm, old=new, new=RELEASED)
            found.append(
                Breakage(norm=norm, what="从锁定的清单里去掉了，没有登记", ways=("削弱：不再锁定",), entry=entry)
            )
    return tuple(found)


def _is_delisted(norm: str, lock: Lock | None, old: str, new: str) -> bool:
    if lock is None:
        return True
    if norm in lock.locked or new == REMOVED:
        return False
    return not any(entry.norm == norm and entry.new == RELEASED and entry.old in (old, new) for entry in lock.entries)


def ways_of(norm: str, before: Families, after: Families) -> Iterator[str]:
    """In what the norm differs; said to weaken it only where its form alone shows that."""
    if norm not in after.norms:
        yield "削弱：删去"
        return
    if norm not in before.norms:
        return
    for old, new in zip(before.norms[norm], after.norms[norm], strict=False):
        yield from _differing(old, new, before.rules.vocabulary)
    if len(after.norms[norm]) < len(before.norms[norm]):
        yield "削弱：少了版本"
    yield from _around(norm, before, after)


def _around(norm: str, before: Families, after: Families) -> Iterator[str]:
    """What defeats the norm from outside, or keeps it from being used."""
    come = [one for one in _prior(after, norm) if one not in _prior(before, norm)]
    if come:
        yield f"削弱：新的优先：{'、'.join(f'「{one}」' for one in come)}"
    packs = [side.rules.pack(side.norms[norm][0].pack) for side in (before, after)]
    if packs[1].opt_in and not packs[0].opt_in:
        yield "削弱：规程改为选用，不点名就不用"
    changed = [
        one for one in before.closure(norm) if one != norm and before.meanings.get(one) != after.meanings.get(one)
    ]
    if changed:
        yield f"改动：所依的规范有改动：{'、'.join(f'「{one}」' for one in changed)}"
    if _kin(before, before.closure(norm)) != _kin(after, after.closure(norm)):
        yield "改动：机关的从属有改动，记录里写明的机关由谁算是它"
    cores = [[meaning(one) for one in side.norms[norm]] for side in (before, after)]
    if before.meanings[norm] != after.meanings[norm] and cores[0] == cores[1]:
        yield "改动：所用机关的从属、案结或者「同一」所看的行为有改动"


def _prior(families: Families, norm: str) -> list[str]:
    """Norms that take precedence over it, directly or through others."""
    found: dict[str, None] = {}
    waiting = [norm]
    while waiting:
        goal = waiting.pop()
        for name, versions in families.norms.items():
            if name not in found and any(one.norm == goal for version in versions for one in version.overrides):
                found[name] = None
                waiting.append(name)
    return list(found)


def _differing(old: Norm, new: Norm, words: Vocabulary) -> Iterator[str]:
    if not new.valid.contains(old.valid):
        yield f"削弱：施行期缩短：{phrase(old.valid)} → {phrase(new.valid)}"
    if old.breach.category is Category.OVERREACH and new.breach.category is not Category.OVERREACH:
        yield f"削弱：归类降低：{old.breach.category} → {new.breach.category}"
    grades = list(Severity)
    if grades.index(new.breach.severity) < grades.index(old.breach.severity):
        yield f"削弱：情节减轻：{old.breach.severity} → {new.breach.severity}"
    yield from _exceptions(old, new)
    if written(plain(old.anchor)) != written(plain(new.anchor)):
        yield "削弱：触发变窄" if _is_narrower(old, new, words) else "改动：触发有改动"
    if new.applies is not None and plain(old.applies) != plain(new.applies):
        yield f"改动：适用的案件有改动：{phrase(new.applies)}"
    if set(new.correlate) - set(old.correlate):
        yield "改动：增加了「同一」"
    if written(plain(old.requirement)) != written(plain(new.requirement)):
        yield "改动：要求有改动"


def _exceptions(old: Norm, new: Norm) -> Iterator[str]:
    held = {written(plain(clause)) for clause in old.exceptions}
    for clause in new.exceptions:
        if written(plain(clause)) not in held:
            yield f"{_kind(clause, len(new.exceptions) > len(old.exceptions))}：{phrase(clause)}"


def _kind(clause: ExceptionClause, is_more: bool) -> str:
    if isinstance(clause, Defeat) and clause.permission:
        return f"削弱：新的许可「{clause.permission}」" if is_more else f"改动：许可「{clause.permission}」有改动"
    return "削弱：新的例外" if is_more else "改动：例外有改动"


def _is_narrower(old: Norm, new: Norm, words: Vocabulary) -> bool:
    """Whether the new anchor asks for more, or for fewer acts or actors, and for nothing else."""
    match old.anchor, new.anchor:
        case OnEvent(pattern=one), OnEvent(pattern=other):
            parts = (
                _within(other.acts, one.acts),
                _within(_names(other.actor), _names(one.actor), words),
                one.where is None or written(plain(one.where)) == written(plain(other.where)) or _adds(one, other),
            )
            return all(parts)
        case _:
            return False


def _within(new: tuple[str, ...], old: tuple[str, ...], words: Vocabulary | None = None) -> bool:
    """Whether the new list names nothing that the old one does not embrace; an empty one stands for everybody."""
    if not old or not new:
        return not old
    return all(one in old or (words is not None and any(words.organ_is(one, kind) for kind in old)) for one in new)


def _names(actor: x.Actor | None) -> tuple[str, ...]:
    match actor:
        case None:
            return ()
        case x.OrganActor():
            return actor.names
        case x.AnchorActor():
            return (f"其{actor.attribute}",)


def _adds(old: x.Pattern, new: x.Pattern) -> bool:
    """Whether every condition there was is still there."""
    held = {written(plain(part)) for part in _conditions(new.where)}
    return all(written(plain(part)) in held for part in _conditions(old.where))


def _conditions(where: x.Condition | None) -> tuple[x.Condition, ...]:
    return where.of if isinstance(where, x.All) else () if where is None else (where,)
