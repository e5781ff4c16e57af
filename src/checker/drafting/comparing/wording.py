"""Two cores of a norm side by side: the smallest parts that differ, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Final, TypeAlias

from checker.drafting.canonical import NO_MEANING, counts_time, plain, written
from checker.drafting.comparing.phrasing import CALLED, phrase
from checker.model import expressions as x
from checker.model import requirements as r
from checker.model.changes import Detail
from checker.model.node import Node
from checker.model.norm import Norm
from checker.model.source import Validity

_Found: TypeAlias = Iterator[Detail]

_WHOLE: Final = (Validity, x.Not, r.Lead)
"""Told as a whole, since a part of it says little."""

_CLAUSES: Final[Mapping[type, tuple[str, ...]]] = {
    r.Defeat: ("不适用",),
    r.Replace: ("期限改为",),
    r.Extend: ("延长",),
    r.Exclude: ("不计入",),
    r.Restart: ("重新计算",),
    r.NoRoll: ("不顺延",),
}


def details_of(old: Norm, new: Norm) -> tuple[Detail, ...]:
    """What differs in meaning between two versions; at least one line where anything does."""
    both = counts_time(old) or counts_time(new)
    skipped = frozenset() if both else frozenset(("counting",))
    return tuple(_fields(old, new, (), skipped))


def _differ(old: object, new: object, path: tuple[str, ...]) -> _Found:
    if written(plain(old)) == written(plain(new)):
        return
    match old, new:
        case tuple(), tuple():
            yield from _lists(old, new, path)
        case (x.All() | x.AnyOf(), _) | (_, x.All() | x.AnyOf()) if _one_kind(old, new):
            yield from _lists(_parts(old, new), _parts(new, old), path)
        case x.Member(), x.Member() if plain(old.item) == plain(new.item):
            yield _sets(old.values, new.values, (*path, phrase(old.item)))
        case r.Fixed(), r.Fixed() if old.parameter == new.parameter and old.parameter is not None:
            yield _detail((*path[:-1], old.parameter), phrase(old.period), phrase(new.period))
        case x.Pattern(), x.Pattern() if old.acts == new.acts:
            named = f"{path[-1] if path else ''}「{'或'.join(old.acts)}」"
            yield from _fields(old, new, (*path[:-1], named))
        case Node(), Node() if type(old) is type(new) and _is_open(old):
            yield from _fields(old, new, path)
        case r.Within() | r.UntilClose() | r.By() | r.During() | r.InPeriod(), Node():
            yield _detail((*path, "时限"), phrase(old), phrase(new))
        case _:
            yield _detail(path, _told(old), _told(new))


def _is_open(node: Node) -> bool:
    """Whether the parts of a node have names of their own."""
    return not isinstance(node, _WHOLE) and any((type(node), field) in CALLED for field in type(node).model_fields)


def _fields(old: Node, new: Node, path: tuple[str, ...], skipped: frozenset[str] = frozenset()) -> _Found:
    kind = type(old)
    for field in kind.model_fields:
        if field in NO_MEANING.get(kind, frozenset()) or field in skipped:
            continue
        name = CALLED.get((kind, field))
        inner = (*path, name) if name else path
        yield from _differ(getattr(old, field), getattr(new, field), inner)


def _one_kind(old: object, new: object) -> bool:
    """Whether one is a list of conditions, and the other of the same kind, or a condition that could stand in it."""
    kinds = {type(one) for one in (old, new) if isinstance(one, x.All | x.AnyOf)}
    return len(kinds) == 1 and old is not None and new is not None


def _parts(condition: object, other: object) -> tuple[object, ...]:
    kind = x.All if isinstance(condition, x.All) or isinstance(other, x.All) else x.AnyOf
    return tuple(condition.of) if isinstance(condition, kind) else (condition,)


def _lists(old: Sequence[object], new: Sequence[object], path: tuple[str, ...]) -> _Found:
    if all(isinstance(one, str) for one in (*old, *new)):
        if set(old) != set(new):
            yield _sets(old, new, path)
        else:
            yield _detail(path, phrase(tuple(old)), phrase(tuple(new)))
        return
    keys = [[written(plain(one)) for one in side] for side in (old, new)]
    for tag, i, j, k, m in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        if tag != "equal":
            yield from _replaced(old[i:j], new[k:m], path)


def _replaced(old: Sequence[object], new: Sequence[object], path: tuple[str, ...]) -> _Found:
    """Items that took each other's place, one by one where they are alike, else gone and come."""
    lone = len(old) == len(new) == 1 and type(old[0]) is type(new[0])
    paired = [(one, new[0] if lone else _twin(one, new)) for one in old]
    taken = [other for _, other in paired if other is not None]
    if len(taken) == len({id(other) for other in taken}):
        for one, other in paired:
            if other is None:
                yield _detail(path, _told(one), "")
            else:
                yield from _differ(one, other, (*path, *_CLAUSES.get(type(one), ())))
        gone = {id(other) for other in taken}
        yield from (_detail(path, "", _told(one)) for one in new if id(one) not in gone)
    else:
        yield from (_detail(path, _told(one), "") for one in old)
        yield from (_detail(path, "", _told(one)) for one in new)


def _twin(one: object, others: Sequence[object]) -> object | None:
    """The only item of the same form on the other side."""
    alike = [other for other in others if type(other) is type(one) and _head(other) == _head(one)]
    return alike[0] if len(alike) == 1 else None


def _head(item: object) -> str:
    """What two conditions must share to be versions of each other."""
    match item:
        case x.Member():
            return written(plain(item.item))
        case x.Compare():
            return written(plain(item.left))
        case x.Pattern():
            return "、".join(item.acts)
        case tuple():
            return "或".join(map(_head, item))
        case _:
            return ""


def _sets(old: Sequence[object], new: Sequence[object], path: tuple[str, ...]) -> Detail:
    gone = [one for one in old if one not in new]
    come = [one for one in new if one not in old]
    return _detail(path, "、".join(map(phrase, gone)), "、".join(map(phrase, come)))


def _told(value: object) -> str:
    match value:
        case tuple() if all(isinstance(one, x.Pattern) for one in value):
            return " 或 ".join(map(phrase, value))
        case _:
            return phrase(value)


def _detail(path: Sequence[str], old: str, new: str) -> Detail:
    return Detail(aspect="·".join(dict.fromkeys(part for part in path if part)) or "要求", old=old, new=new)
