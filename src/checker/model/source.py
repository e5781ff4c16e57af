"""What a norm, a parameter, a priority or a permission rests on: a place in the text of an instrument."""

import re
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from checker.model.node import Node


class Rank(StrEnum):
    """效力: the standing of a text."""

    CONSTITUTION = "宪法"
    LAW = "法律"
    PARTY = "党内法规"
    ADMINISTRATIVE = "行政法规"
    JUDICIAL = "司法解释"
    LOCAL = "地方性法规"
    RULE = "规章"
    DOCUMENT = "规范性文件"
    TEMPLATE = "示范"


class Validity(Node):
    """In force from the first day to the last, both included; None is open."""

    first: date | None = None
    last: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the day lies inside."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def contains(self, other: "Validity") -> bool:
        """Whether every day of the other lies inside."""
        starts = self.first is None or (other.first is not None and self.first <= other.first)
        return starts and (self.last is None or (other.last is not None and other.last <= self.last))


class TextStatus(StrEnum):
    """文本: how well the stored wording is known."""

    VERIFIED = "已核对"
    """Compared with a public copy of the whole instrument."""
    EXCERPT = "已核对摘录"
    """Verbatim in public excerpts; the rest of the instrument was not seen."""
    SECONDARY = "转引"
    """Told by a second hand; not to be taken for the wording."""
    RECALLED = "回忆"
    """From memory: fit for a draft only."""


class Article(Node):
    """One article, its number included in the text. ``name`` is 第…条, or （…）for a passage without a number."""

    name: str
    text: str
    line: int


class Instrument(Node):
    """A stored text: what it is, whether it is in force, how well its wording is known, and its articles.

    One instrument may be stored in several pieces of different status, all under one title; ``short`` is a name by
    which rules may refer to it. ``rank`` None is no source of law. ``home`` is the pack where the text stands, if that
    is another than the one that quotes it.
    """

    title: str
    short: str = ""
    slug: str
    rank: Rank | None
    state: str
    valid: Validity = Validity()
    status: TextStatus
    excerpt: str = ""
    remark: str = ""
    origin: str = ""
    articles: tuple[Article, ...]
    file: str
    home: str | None = None

    def holds(self, article: str, words: str) -> bool:
        """Whether the words stand in the article (anywhere, where it is empty)."""
        return any(words in one.text for one in self.articles if article in ("", one.name))


class Source(Node):
    """The reference as written, and the words quoted from it (may be empty).

    ``status`` and ``state`` are those of the stored text in which the words stand, ``stale`` says that they stand in
    none though the instrument is stored; None and empty where no text is stored.
    """

    reference: str
    quote: str = ""
    status: TextStatus | None = None
    state: str = ""
    stale: bool = False

    @property
    def words(self) -> str:
        """The quoted words without marks that the drafter put round them."""
        return self.quote.strip().removeprefix("“").removesuffix("”")


class Citation(NamedTuple):
    """A reference taken apart: ``article`` is empty for the whole text, ``detail`` is 第一款第三项 and the like."""

    title: str
    article: str
    detail: str = ""
    by_analogy: bool = False


ARTICLE: Final = r"第[一二三四五六七八九十百千零〇]+条(?:之[一二三四五六七八九十]+)?"
_BEST_FIRST: Final = list(TextStatus)
_CITATION: Final = re.compile(
    rf"(参照)?《(?P<title>.+)》(?P<article>{ARTICLE}|（[^（）]+）)?(?P<detail>第?[第款项目前后段一二三四五六七八九十]*)$"
)


def cite(reference: str) -> Citation | None:
    """``《信访工作条例》第二十二条第一款`` taken apart; None where it names no instrument in 《》."""
    found = _CITATION.match(reference.strip())
    if found is None:
        return None
    return Citation(found["title"], found["article"] or "", found["detail"], found[1] is not None)


def resolved(source: Source, texts: Sequence[Instrument]) -> Source:
    """The source with the standing of the piece in which its words stand; as it is where nothing is stored."""
    citation = cite(source.reference)
    title, name = (citation.title, citation.article) if citation is not None else (source.reference, "")
    pieces = [one for one in texts if title in (one.title, one.short)]
    if not pieces:
        return source
    holding = [one for one in pieces if one.holds(name, source.words)]
    best = min(holding or pieces, key=lambda one: _BEST_FIRST.index(one.status))
    return source.model_copy(update={"status": best.status, "state": best.state, "stale": not holding})
