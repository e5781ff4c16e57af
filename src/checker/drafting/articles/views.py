"""Article by article: which norms rest on it and how, what is left open and why, which words leave room to judge."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from checker.drafting.articles.discretion import discretion_words
from checker.drafting.articles.provisions import Provision
from checker.explain.references import used_parameters
from checker.model.indicator import Indicator
from checker.model.norm import Norm, Pack, RuleSet
from checker.model.requirements import Defeat
from checker.model.source import Article, Citation, Instrument, Source, TextStatus, cite

_STATUS: Final = list(TextStatus)

_INSIDE: Final = re.compile(r"《.+?》+第[一二三四五六七八九十百千零〇]+条[第款项前后段一二三四五六七八九十]*")
"""References inside a sentence, as the sources of parameters have them."""


class Cited(NamedTuple):
    """A norm or an indicator that rests on the article, or a whole pack by which it counts time.

    ``how`` is 依据, 后果, 参数, 期间, 优先 or 许可.
    """

    norm: str
    how: str
    detail: str
    by_analogy: bool

    @property
    def is_norm(self) -> bool:
        """Whether it is a norm, and no whole pack."""
        return "/" in self.norm


class ArticleView(NamedTuple):
    """One article and all that is said of it."""

    article: Article
    cited: tuple[Cited, ...]
    open: tuple[Provision, ...]
    words: tuple[str, ...]

    @property
    def is_accounted(self) -> bool:
        """Whether a norm, an indicator or the register speaks of it."""
        return bool(self.cited or self.open)


class InstrumentView(NamedTuple):
    """One instrument, in as many pieces as its wording is differently known."""

    pieces: tuple[Instrument, ...]
    pack: str
    articles: tuple[ArticleView, ...]

    @property
    def title(self) -> str:
        """Its title."""
        return self.pieces[0].title


def citations_of(norm: Norm | Indicator, pack: Pack) -> Iterator[tuple[str, Citation]]:
    """Every reference a norm or an indicator makes, with what it is made for."""
    yield from _cited("依据", norm.sources)
    if isinstance(norm, Indicator):
        return
    yield from _cited("后果", norm.consequences)
    yield from _cited("优先", (override.source for override in norm.overrides))
    permitted = (clause.sources for clause in norm.exceptions if isinstance(clause, Defeat))
    yield from _cited("许可", (source for sources in permitted for source in sources))
    yield from _cited("期间", norm.counting.sources)
    for name in used_parameters(norm):
        if name in pack.parameters:
            yield from _cited("参数", _each(pack.parameters[name].source))


def _each(source: Source) -> Iterator[Source]:
    found = _INSIDE.findall(f"{source.reference}：{source.quote}")
    yield from (Source(reference=reference) for reference in found or [source.reference])


def _cited(how: str, sources: Iterable[Source]) -> Iterator[tuple[str, Citation]]:
    for source in sources:
        yield how, cite(source.reference) or Citation(source.reference, "")


def views(rules: RuleSet, provisions: Sequence[Provision]) -> tuple[InstrumentView, ...]:
    """All stored instruments, each once, in the order of the packs that hold them."""
    pieces: dict[str, dict[str, tuple[str, Instrument]]] = {}
    for pack in rules.packs:
        for one in pack.texts:
            pieces.setdefault(one.title, {}).setdefault(one.file, (one.home or pack.id, one))
    cited = _by_article(rules)
    left = _by_title(provisions)
    found = []
    for title, held in pieces.items():
        first_pack = next(iter(held.values()))[0]
        parts = tuple(sorted((one for _, one in held.values()), key=lambda one: _STATUS.index(one.status)))
        articles = _articles(parts)
        names = [article.name for article in articles]
        titles = {title, *(part.short for part in parts if part.short)}
        found.append(
            InstrumentView(
                parts,
                first_pack,
                tuple(
                    ArticleView(
                        article,
                        tuple(c for t in titles for c in cited.get((t, article.name), ())),
                        tuple(p for p in left.get(title, ()) if p.why_not and _covers(p, article.name, names)),
                        discretion_words(article.text),
                    )
                    for article in articles
                ),
            )
        )
    return tuple(found)


def _by_article(rules: RuleSet) -> dict[tuple[str, str], list[Cited]]:
    found: dict[tuple[str, str], list[Cited]] = {}
    users: tuple[Norm | Indicator, ...] = (*rules.norms, *rules.indicators)
    for norm in users:
        pack = rules.pack(norm.pack)
        for how, citation in citations_of(norm, pack):
            is_of_pack = isinstance(norm, Norm) and how == "期间" and norm.counting.sources == pack.counting.sources
            one = Cited(pack.id if is_of_pack else norm.id, how, citation.detail, citation.by_analogy)
            held = found.setdefault((citation.title, citation.article), [])
            if one not in held:
                held.append(one)
    return found


def _by_title(provisions: Sequence[Provision]) -> dict[str, list[Provision]]:
    found: dict[str, list[Provision]] = {}
    for provision in provisions:
        found.setdefault(provision.title, []).append(provision)
    return found


def _articles(parts: Sequence[Instrument]) -> tuple[Article, ...]:
    """The articles of all pieces in the order of their numbers; pieces of one article are put together."""
    held: dict[str, Article] = {}
    for part in parts:
        for article in part.articles:
            before = held.get(article.name)
            if before is None:
                held[article.name] = article
            elif article.text not in before.text and before.text not in article.text:
                held[article.name] = before.model_copy(update={"text": f"{before.text}\n\n{article.text}"})
            elif len(article.text) > len(before.text):
                held[article.name] = article
    return tuple(sorted(held.values(), key=lambda article: article_number(article.name)))


def _covers(provision: Provision, name: str, names: Sequence[str]) -> bool:
    if not provision.last:
        return provision.first == name
    ends = (provision.first, provision.last)
    return all(end in names for end in ends) and names.index(ends[0]) <= names.index(name) <= names.index(ends[1])


_DIGITS: Final = {char: n for n, char in enumerate("零一二三四五六七八九")} | {"〇": 0}
_TENS: Final = {"十": 10, "百": 100, "千": 1000}


def article_number(name: str) -> tuple[int, int, str]:
    """A key that sorts 第九条 before 第十条 and 第十条之一 after it; passages without a number come last."""
    if not name.startswith("第"):
        return (10_000 if name else 0, 0, name)
    number, _, part = name[1:].partition("条")
    return (_value(number), _value(part.removeprefix("之")), name)


def _value(text: str) -> int:
    total = digit = 0
    for char in text:
        if char in _TENS:
            total += (digit or 1) * _TENS[char]
            digit = 0
        else:
            digit = _DIGITS.get(char, 0)
    return total + digit
