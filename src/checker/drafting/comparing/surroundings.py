"""What differs around the norms: heads of packs, parameters, and the words that are declared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from checker.drafting.comparing.annotations import sources_details
from checker.drafting.comparing.phrasing import phrase
from checker.model.changes import Detail, PlaceChange
from checker.model.norm import Pack, Parameter, RuleSet
from checker.model.vocabulary import Act, Vocabulary

K = TypeVar("K")
T = TypeVar("T")


def place_changes(old: RuleSet, new: RuleSet) -> tuple[PlaceChange, ...]:
    """Pack by pack, then the vocabulary; nothing for what is the same."""
    before, after = ({pack.id: pack for pack in rules.packs} for rules in (old, new))
    found = []
    for name in dict.fromkeys([*before, *after]):
        details = tuple(_pack(before.get(name), after.get(name)))
        if details:
            found.append(PlaceChange(place=name, details=details))
    words = tuple(_vocabulary(old.vocabulary, new.vocabulary))
    return (*found, *([PlaceChange(place="词汇", details=words)] if words else []))


def _pack(old: Pack | None, new: Pack | None) -> Iterator[Detail]:
    if old is None or new is None:
        yield Detail(aspect="规程", old=old.title if old else "", new=new.title if new else "")
        return
    for aspect, read in _HEAD.items():
        before, after = read(old), read(new)
        if before != after:
            yield Detail(aspect=aspect, old=before, new=after)
    yield from sources_details("期间的依据", old.counting.sources, new.counting.sources)
    yield from _parameters(old.parameters, new.parameters)
    yield from _texts(old, new)


_HEAD: Mapping[str, Callable[[Pack], str]] = {
    "名称": lambda pack: pack.title,
    "效力": lambda pack: str(pack.rank),
    "草案": lambda pack: phrase(pack.draft),
    "选用": lambda pack: phrase(pack.opt_in),
    "施行": lambda pack: phrase(pack.valid),
    "期间": lambda pack: phrase(pack.counting),
    "案结": lambda pack: phrase(pack.closing),
}


def _parameters(old: Mapping[str, Parameter], new: Mapping[str, Parameter]) -> Iterator[Detail]:
    for name, before, after in _both(old, new):
        values = [phrase(one.value) if one is not None else "" for one in (before, after)]
        if values[0] != values[1]:
            yield Detail(aspect=f"参数「{name}」", old=values[0], new=values[1])
        if before is not None and after is not None:
            yield from sources_details(f"参数「{name}」的出处", [before.source], [after.source])


def _texts(old: Pack, new: Pack) -> Iterator[Detail]:
    """Stored instruments: which came or went, and those of which any article reads otherwise."""
    stored = [{(text.title, text.slug): text for text in pack.texts} for pack in (old, new)]
    for (title, _), before, after in _both(*stored):
        if before is None or after is None:
            yield Detail(aspect="所存条文", old=f"《{title}》" if before else "", new=f"《{title}》" if after else "")
            continue
        articles = [{one.name: one.text for one in text.articles} for text in (before, after)]
        names = [name for name, one, other in _both(*articles) if one != other]
        if names:
            yield Detail(aspect=f"所存条文《{title}》", new=f"文字有改动：{'、'.join(names)}")


def _vocabulary(old: Vocabulary, new: Vocabulary) -> Iterator[Detail]:
    for name, before, after in _both(old.acts, new.acts):
        yield from _act(name, before, after)
    yield from _organs(old.organs, new.organs)
    yield from _words("人员", old.persons, new.persons)
    yield from _words("类型", old.kinds, new.kinds)
    for name, first, second in _both(old.case_attributes, new.case_attributes):
        if first != second:
            yield Detail(aspect=f"案件的「{name}」", old=phrase(first), new=phrase(second))


def _act(name: str, old: Act | None, new: Act | None) -> Iterator[Detail]:
    if old is None or new is None:
        yield Detail(aspect="行为", old=name if old else "", new=name if new else "")
        return
    for attribute, before, after in _both(old.attributes, new.attributes):
        if before != after:
            yield Detail(aspect=f"行为「{name}」的「{attribute}」", old=phrase(before), new=phrase(after))
    yield from _words(f"行为「{name}」的文书", old.parts, new.parts)


def _organs(old: Mapping[str, str | None], new: Mapping[str, str | None]) -> Iterator[Detail]:
    yield from _words("机关", tuple(old), tuple(new))
    for name in old:
        if name in new and old[name] != new[name]:
            yield Detail(aspect=f"机关「{name}」所属", old=old[name] or "", new=new[name] or "")


def _words(aspect: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Detail]:
    gone, come = [one for one in old if one not in new], [one for one in new if one not in old]
    if gone or come:
        yield Detail(aspect=aspect, old="、".join(gone), new="、".join(come))


def _both(old: Mapping[K, T], new: Mapping[K, T]) -> Iterator[tuple[K, T | None, T | None]]:
    """Each key of either side, with what stands there on each."""
    for key in dict.fromkeys([*old, *new]):
        yield key, old.get(key), new.get(key)
