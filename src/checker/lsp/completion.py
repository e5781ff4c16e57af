"""Completion: the keywords the grammar takes at a place, and the names that fit it."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from checker.language.heads import COUNTING_WORDS
from checker.language.lexicon import TYPES, type_text
from checker.language.parse import Expected, expected, keywords
from checker.language.symbols import Kind
from checker.lsp.view import View
from checker.model.norm import Category, Relation, Severity
from checker.model.source import Rank
from checker.model.values import ValueType


class Item(NamedTuple):
    """A word that could stand at the place; ``kind`` None is a word of the language."""

    text: str
    kind: Kind | None
    detail: str = ""


class Completion(NamedTuple):
    """The items, and the column at which the word that they replace begins."""

    column: int
    items: tuple[Item, ...]


_AFTER_NORM: Final = ("违反", "期满", "优先于", "不受")
_FIXED: Final[dict[str, tuple[str, ...]]] = {
    "效力": tuple(rank.value for rank in Rank),
    "属": tuple(category.value for category in Category),
    "情节": tuple(severity.value for severity in Severity),
    "关系": tuple(relation.value for relation in Relation),
    "每": ("月", "季度", "半年", "年"),
}
_EQUAL: Final = ("为", "不为", "属于", "不属于", "包含", "不包含", "大于", "小于", "不超过", "不少于", "早于", "晚于")
_MARKS: Final = ("、", "，", "；", "：", "（", "）", "{", "}", "=", "的，")
_BEFORE_PERIOD: Final = ("起", "之日起", "延长", "期限为", "与", "提前", "不计入")
_NEW: Final = ("标识", "参数", "规范", "指标", "机关", "人员", "类型")
"""Words after which a new name is made up."""


def completion(view: View, file: str, line: int, column: int) -> Completion:
    """What could stand at a place of a file."""
    parsed = view.files.get(file)
    if parsed is None or not 0 < line <= len(parsed.lines):
        return Completion(column, ())
    text = "\n".join(one.raw for one in parsed.lines[:line])
    place = expected(text, line, column)
    if "REFERENCE" in place.accepted:
        found = list(_fixed(place)) or list(_references(view, place))
    else:
        names, words = list(_names(view, place)), list(_keywords(place))
        found = [*names, *words] if place.before else [*words, *names]  # a line mostly begins with a keyword
    unique = {(item.text, item.kind): item for item in found}
    return Completion(column - len(place.begun), tuple(unique.values()))


def _keywords(place: Expected) -> Iterator[Item]:
    known = keywords()
    for text in place.accepted:
        if text in known or (text in _MARKS and not place.begun):
            yield Item(text, None)


def _names(view: View, place: Expected) -> Iterator[Item]:
    """The names for the place; after 为 and the like, and in {…}, the values of what stands before."""
    last = place.before[-1][1] if place.before else ""
    first = place.before[0][1] if place.before else ""
    if place.block in ("规程", "词汇") and first in (*_NEW, "行为", "案件", "期间", *_FIXED):
        yield from _declaring(place, first, last)
        return
    if "NAME" not in place.accepted:
        return
    if last in _AFTER_NORM:
        yield from _of(view, Kind.NORM)
    elif last in _FIXED:
        yield from _fixed(place)
    elif last in _EQUAL or (last in "{、" and "{" in _texts(place)):
        yield from _values(view, place)
    else:
        yield from _plain(view, place, first, last)


def _plain(view: View, place: Expected, first: str, last: str) -> Iterator[Item]:
    if last in ("的", "其") or first == "同一":
        yield from _attributes(view, place)
    elif "载明" in _texts(place):
        yield from _of(view, Kind.PART)
    elif last == "由":
        yield from _of(view, Kind.ORGAN, Kind.PERSON)
    elif first not in _NEW:
        if last in _BEFORE_PERIOD:
            yield from _of(view, Kind.PARAMETER)
        yield from _of(view, Kind.ACT, Kind.ORGAN, Kind.PERSON, Kind.ATTRIBUTE, Kind.CASE_ATTRIBUTE)


def _texts(place: Expected) -> list[str]:
    return [text for _, text in place.before]


def _declaring(place: Expected, first: str, last: str) -> Iterator[Item]:
    """In 词汇 and 规程: types of attributes, ways of counting, ranks."""
    before = place.before[-2][1] if len(place.before) > 1 else ""
    is_type = place.before[-1][0] == "NAME" and before in ("：", "，", "案件")
    if first in ("行为", "案件") and (is_type or last == "多个"):
        yield from (Item(name, None) for name in TYPES)
    elif first == "期间":
        yield from (Item(name, None) for name in COUNTING_WORDS)
    else:
        yield from _fixed(place)


def _fixed(place: Expected) -> Iterator[Item]:
    last = place.before[-1][1] if place.before else ""
    yield from (Item(text, None) for text in _FIXED.get(last, ()))


def _of(view: View, *kinds: Kind) -> Iterator[Item]:
    for kind in kinds:
        for one in view.names:
            if one.declares and one.symbol.kind is kind:
                yield Item(one.symbol.written, kind, str(kind))


def _attributes(view: View, place: Expected) -> Iterator[Item]:
    """Those of the act before 的, or of any act."""
    texts = _texts(place)
    owner = texts[-2] if len(texts) > 1 and texts[-1] == "的" else ""
    if owner == "案件":
        yield from _typed(view.words.lexicon.case.items(), Kind.CASE_ATTRIBUTE)
    elif owner in view.words.lexicon.acts:
        yield from _typed(view.words.lexicon.acts[owner].items(), Kind.ATTRIBUTE)
    else:
        yield from _of(view, Kind.ATTRIBUTE)


def _typed(held: Iterable[tuple[str, ValueType]], kind: Kind) -> Iterator[Item]:
    yield from (Item(name, kind, type_text(of)) for name, of in held)


def _values(view: View, place: Expected) -> Iterator[Item]:
    texts = _texts(place)
    at = max((n for n, text in enumerate(texts) if text in _EQUAL), default=0)
    asked = texts[at - 1] if at else ""
    lexicon = view.words.lexicon
    if asked == "类型":
        yield from _of(view, Kind.CASE_KIND)
        return
    for held in (*lexicon.acts.values(), lexicon.case):
        kind = held.get(asked)
        if kind is None:
            continue
        yield from (Item(choice, Kind.VALUE, asked) for choice in kind.choices)
        if kind.name == "是否":
            yield from (Item(word, Kind.VALUE, asked) for word in ("是", "否"))
        if kind.name in ("机关", "人员"):
            yield from _of(view, Kind.ORGAN if kind.name == "机关" else Kind.PERSON)
    if asked == "主体":
        yield from _of(view, Kind.ORGAN, Kind.PERSON)
    if "{" not in texts:
        yield from _of(view, Kind.PARAMETER)


def _references(view: View, place: Expected) -> Iterator[Item]:
    """The stored instruments, and the articles of the one already named."""
    norms = view.good.norms if view.good is not None else ()
    written = {source.reference for norm in norms for source in norm.sources}
    for one in view.texts:
        title = one.title if one.title in written else f"《{one.title}》"
        yield Item(title, None, one.state)
        if title in place.begun:
            yield from (Item(f"{title}{article.name}", None, one.state) for article in one.articles)
