"""Two rule sets to all that was changed between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from checker.drafting.canonical import meaning, plain, written
from checker.drafting.comparing.annotations import annotation_details
from checker.drafting.comparing.effects import Asking, Sides
from checker.drafting.comparing.families import Families, families_of, renamed, renames
from checker.drafting.comparing.indicators import indicator_changes
from checker.drafting.comparing.phrasing import phrase
from checker.drafting.comparing.surroundings import place_changes
from checker.drafting.comparing.wording import details_of
from checker.model.changes import ChangeKind, Detail, Effect, Equal, NormChange, RulesChange
from checker.model.norm import Norm, RuleSet
from checker.model.requirements import Review

_KIN: Final = "词汇里机关的从属有改动"


def compare(old: RuleSet, new: RuleSet, names: tuple[str, str], asking: Asking | None = None) -> RulesChange:
    """Everything that differs; ``names`` are what the two are called. Without ``asking`` no effect is sought."""
    before, after = families_of(old), families_of(new)
    moved = renames(before, after)
    if moved:
        before = families_of(renamed(old, moved))
    same, found = 0, []
    for name in _in_order(before, after):
        change = _change(name, before, after)
        if change is None:
            same += name in before.norms and name not in moved.values()
        else:
            found.append(change)
    found = [_with_former_name(change, before, moved) for change in found]
    known = {change.id for change in found}
    found += [
        _with_former_name(NormChange(id=name, kind=ChangeKind.RENAMED), before, moved)
        for name in moved.values()
        if name not in known
    ]
    if asking is not None:
        found = _answered(found, before, after, asking)
    return RulesChange(
        old=names[0],
        new=names[1],
        norms=(len(before.norms), len(after.norms), same),
        changes=(*found, *indicator_changes(old, new)),
        places=place_changes(old, new),
    )


def _answered(found: list[NormChange], before: Families, after: Families, asking: Asking) -> list[NormChange]:
    """The changes with what they come to; asked first is what was changed itself, for time may run out."""
    asked = sorted((one for one in found if _is_asked(one)), key=_remoteness)
    if not asked:
        return found
    sides = Sides(before, after, asking.calendar)
    effects = {one.id: sides.effect(one.id, asking) for one in asked}
    return [_with_effect(one, effects[one.id]) if one.id in effects else one for one in found]


def _with_effect(change: NormChange, effect: Effect) -> NormChange:
    is_equal = change.kind is ChangeKind.MEANING and isinstance(effect, Equal)
    return change.model_copy(update={"effect": effect, "kind": ChangeKind.REWORDED if is_equal else change.kind})


def _remoteness(change: NormChange) -> tuple[bool, bool]:
    return change.kind is not ChangeKind.MEANING, change.causes == (_KIN,)


def _in_order(before: Families, after: Families) -> Iterator[str]:
    """The norms of the new rules as they stand, each gone one after the one it followed."""
    placed: dict[str, list[str]] = {}
    last = ""
    for name in before.norms:
        if name in after.norms:
            last = name
        else:
            placed.setdefault(last, []).append(name)
    yield from placed.get("", ())
    for name in after.norms:
        yield name
        yield from placed.get(name, ())


def _is_asked(change: NormChange) -> bool:
    return change.kind in (ChangeKind.MEANING, ChangeKind.AFFECTED)


def _change(name: str, before: Families, after: Families) -> NormChange | None:
    if name not in before.norms:
        return NormChange(id=name, kind=ChangeKind.ADDED, details=_as_it_stands(after.norms[name], is_new=True))
    if name not in after.norms:
        return NormChange(id=name, kind=ChangeKind.REMOVED, details=_as_it_stands(before.norms[name], is_new=False))
    details = tuple(_details(name, before, after))
    causes = (*_causes(name, before, after), *_kin_changed(name, before, after))
    if before.meanings[name] != after.meanings[name]:
        return NormChange(id=name, kind=ChangeKind.MEANING, details=details, causes=causes)
    if causes:
        return NormChange(id=name, kind=ChangeKind.AFFECTED, details=details, causes=causes)
    if details:
        return NormChange(id=name, kind=ChangeKind.METADATA, details=details)
    texts = [[norm.text for norm in side.norms[name]] for side in (before, after)]
    return NormChange(id=name, kind=ChangeKind.TEXT) if texts[0] != texts[1] else None


def _causes(name: str, before: Families, after: Families) -> Iterator[str]:
    """What it rests on that was changed."""
    for other in dict.fromkeys([*before.closure(name), *after.closure(name)]):
        if other == name:
            continue
        if other not in after.norms:
            yield f"「{other}」删去"
        elif other not in before.norms:
            yield f"「{other}」新增"
        elif before.meanings[other] != after.meanings[other]:
            yield f"「{other}」含义改变"


def _kin_changed(name: str, before: Families, after: Families) -> Iterator[str]:
    """Whether a record that names an organ by its kind, or one by another's, may be read otherwise."""
    if any(before.kin[one] != after.kin[one] for one in before.closure(name) if one in before.kin and one in after.kin):
        yield _KIN


def _details(name: str, before: Families, after: Families) -> Iterator[Detail]:
    """Version by version: first by name, then in order."""
    old, new = before.norms[name], after.norms[name]
    pairs = list(_paired(old, new))
    for one, other in pairs:
        label = "" if len(pairs) == 1 else f"版本 {(other or one).version}·"  # type: ignore[union-attr]
        if one is None or other is None:
            yield Detail(aspect="版本", old=_version(one), new=_version(other))
            continue
        for detail in (*details_of(one, other), *annotation_details(one, other)):
            yield detail.model_copy(update={"aspect": f"{label}{detail.aspect}"})
    yield from _surrounding(before, after, name)


def _surrounding(before: Families, after: Families, name: str) -> Iterator[Detail]:
    """Where all versions are the same and the meaning is not, it lies in what they read of head and words."""
    cores = [[meaning(norm) for norm in side.norms[name]] for side in (before, after)]
    if before.meanings[name] == after.meanings[name] or cores[0] != cores[1]:
        return
    closings = [side.rules.pack(side.norms[name][0].pack).closing for side in (before, after)]
    if written(plain(closings[0])) != written(plain(closings[1])):
        yield Detail(aspect="案结", old=phrase(closings[0]), new=phrase(closings[1]))
    else:
        yield Detail(aspect="所用的词", new="机关的从属或者「同一」所看的行为有改动，见词汇的改动")


def _version(norm: Norm | None) -> str:
    return "" if norm is None else f"{norm.version}（{phrase(norm.valid)}）"


def _paired(old: tuple[Norm, ...], new: tuple[Norm, ...]) -> Iterator[tuple[Norm | None, Norm | None]]:
    named = {norm.version: norm for norm in old}
    matched = {norm.version for norm in new if norm.version in named}
    rest = iter([norm for norm in old if norm.version not in matched])
    for norm in new:
        yield (named[norm.version] if norm.version in matched else next(rest, None)), norm
    yield from ((norm, None) for norm in rest)


def _as_it_stands(versions: tuple[Norm, ...], is_new: bool) -> tuple[Detail, ...]:
    """A norm that stands on one side alone, in one line a version."""
    texts = [f"{phrase(norm.anchor)}；{phrase(norm.requirement)}" for norm in versions]
    return tuple(Detail(aspect="规范", new=text) if is_new else Detail(aspect="规范", old=text) for text in texts)


def _with_former_name(change: NormChange, before: Families, moved: Mapping[str, str]) -> NormChange:
    former = next((old for old, new in moved.items() if new == change.id), None)
    if former is None:
        return change
    details = (Detail(aspect="名称", old=former, new=change.id), *change.details)
    if any(isinstance(norm.requirement, Review) for norm in before.norms[change.id]):
        details = (*details, Detail(aspect="已有的认定", new="记录里按旧名写的认定，在新名下不算，要重写"))
    kind = change.kind if _is_asked(change) else ChangeKind.RENAMED
    return change.model_copy(update={"was": former, "details": details, "kind": kind})
