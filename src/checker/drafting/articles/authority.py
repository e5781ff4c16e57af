"""What no norm may claim: a rank its text does not have, a time it was not in force, a text that nobody has seen."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from checker.drafting.articles.provisions import Provision
from checker.drafting.articles.views import InstrumentView, citations_of
from checker.model.diagnostic import Diagnostic
from checker.model.indicator import Indicator
from checker.model.norm import Norm, Pack, RuleSet
from checker.model.place import Place, Span
from checker.model.source import ARTICLE, Citation, Instrument, Rank, Source, TextStatus, cite, resolved

_QUOTED: Final = re.compile(rf"((?:参照)?《[^；：]+》{ARTICLE}[第款项一二三四五六七八九十]*)[^“《]*“([^”]+)”")
_TEMPLATE: Final = "示范取值"


def authority_problems(rules: RuleSet) -> Iterator[Diagnostic]:
    """Norm by norm: texts not stored, recalled without 草案, ranks and times that the first text does not bear out."""
    for pack in rules.packs:
        if pack.texts:
            yield from _parameters(pack)
    for norm in rules.norms:
        pack = rules.pack(norm.pack)
        if pack.texts:
            yield from _quotes(norm, "规范")
            yield from _unknown(norm, pack)
            yield from _recalled(norm)
            yield from _claims(norm, pack)
    for indicator in rules.indicators:
        if rules.pack(indicator.pack).texts:
            yield from _quotes(indicator, "指标")


def _unknown(norm: Norm, pack: Pack) -> Iterator[Diagnostic]:
    known = {one.title for one in pack.texts} | {one.short for one in pack.texts}
    for source in (*norm.sources, *norm.consequences):
        citation = cite(source.reference)
        if citation is not None and citation.title not in known:
            message = f"规范「{norm.title}」所引的《{citation.title}》没有存在规程的 text 文件夹里，无从核对。"
            yield _complaint("unknown-text", message, norm, "存入条文，或者写一个指向别处条文的文件。")


def _recalled(norm: Norm) -> Iterator[Diagnostic]:
    recalled = [source for source in (*norm.sources, *norm.consequences) if source.status is TextStatus.RECALLED]
    if recalled and not norm.draft:
        message = f"规范「{norm.title}」依据的 {recalled[0].reference} 只是回忆的文字，不能作为定稿的规范。"
        yield _complaint("recalled", message, norm, "在规范里加一行「草案」，或者找到原文。")


def _claims(norm: Norm, pack: Pack) -> Iterator[Diagnostic]:
    base = _first_text(norm, pack)
    if base is None or norm.rank is Rank.TEMPLATE:
        return
    if norm.rank is not base.rank:
        rank = base.rank or "非法源"
        message = f"规范「{norm.title}」写的效力是{norm.rank}，而首先依据的《{base.title}》是{rank}。"
        yield _complaint("rank", message, norm, f"在规范里写「效力 {rank}」，或者改换首先依据的条文。")
    if not base.valid.contains(norm.valid):
        message = (
            f"规范「{norm.title}」的有效期间（{norm.valid.first} 至 {norm.valid.last or '今'}）"
            f"超出《{base.title}》的有效期间（{base.valid.first} 至 {base.valid.last or '今'}）。"
        )
        yield _complaint("validity", message, norm, "给规范写「施行」「废止」，或者核对条文抬头的日期。")


def _first_text(norm: Norm, pack: Pack) -> Instrument | None:
    for source in norm.sources:
        citation = cite(source.reference) or Citation(source.reference, "")
        found = [one for one in pack.texts if citation.title in (one.title, one.short)]
        if found and not citation.by_analogy:
            return next((one for one in found if one.holds(citation.article, source.words)), found[0])
    return None


def _quotes(norm: Norm | Indicator, word: str) -> Iterator[Diagnostic]:
    if not any(source.quote for source in norm.sources):
        message = f"{word}「{norm.title}」的依据没有引用原文。"
        yield _complaint("no-quote", message, norm, "在依据后面用「」写上所据的原文。")


def _parameters(pack: Pack) -> Iterator[Diagnostic]:
    """A parameter quotes a stored text, or says that its value is only a template's."""
    for one in pack.parameters.values():
        text = f"{one.source.reference}：{one.source.quote}"
        quoted = [(reference, words) for reference, words in _QUOTED.findall(text) if cite(reference)]
        for reference, words in quoted:
            held = resolved(Source(reference=reference, quote=words), pack.texts)
            if held.status is None or held.stale:
                message = f"参数「{one.name}」的出处 {reference} 里没有「{words}」，或者没有存下这件条文。"
                yield _about("parameter", message, pack, "对照条文改正参数的出处。", one.span)
        if not quoted and _TEMPLATE not in text:
            message = f"参数「{one.name}」的出处没有引用原文，也没有说明是示范取值。"
            help = f"写作「《某条例》第几条：“原文”」，或者写明「{_TEMPLATE}」。"
            yield _about("parameter", message, pack, help, one.span)


def _about(code: str, message: str, pack: Pack, help: str, at: Span | None = None) -> Diagnostic:
    return Diagnostic(code=code, message=message, at=at or pack.span, help=help)


def register_problems(
    rules: RuleSet, provisions: Sequence[Provision], views: Sequence[InstrumentView]
) -> Iterator[Diagnostic]:
    """Lines of the registers that do not hold, and articles that nothing accounts for."""
    cited = {norm: set(citations) for norm, citations in _citations(rules).items()}
    articles = {view.title: {a.article.name for a in view.articles} for view in views}
    seen: dict[str, Provision] = {}
    packs = {pack.id for pack in rules.packs}
    for one in provisions:
        if one.id and one.id in seen:
            yield _at("twice", f"编号「{one.id}」登记了两次。", one.place, f"先前在第 {seen[one.id].place.line} 行。")
        seen.setdefault(one.id, one)
        yield from _passage(one, articles)
        yield from _norms(one, cited, packs)
    elsewhere = {
        (one.title, one.first) for one in provisions if any(n.partition("/")[0] not in packs for n in one.norms)
    }
    yield from _unaccounted(rules, views, elsewhere)


def _citations(rules: RuleSet) -> dict[str, list[Citation]]:
    found: dict[str, list[Citation]] = {}
    users: tuple[Norm | Indicator, ...] = (*rules.norms, *rules.indicators)
    for norm in users:
        pack = rules.pack(norm.pack)
        full = {one.short: one.title for one in pack.texts if one.short}
        cited = (citation for _, citation in citations_of(norm, pack))
        found.setdefault(norm.id, []).extend(c._replace(title=full.get(c.title, c.title)) for c in cited)
    return found


def _passage(one: Provision, articles: Mapping[str, Iterable[str]]) -> Iterator[Diagnostic]:
    known = articles.get(one.title)
    if known is None:
        if one.why_not is None:
            yield _at("unknown-text", f"条文登记所写的《{one.title}》没有存下条文。", one.place, "核对文件名称。")
        return
    for name in (one.first, one.last):
        if name and name not in known and one.why_not is None:
            message = f"所存的《{one.title}》里没有{name}。"
            yield _at("unknown-article", message, one.place, "核对条号，或者补存这一条。")


def _norms(one: Provision, cited: Mapping[str, Iterable[Citation]], packs: Iterable[str]) -> Iterator[Diagnostic]:
    for norm in one.norms:
        if norm.partition("/")[0] not in packs:
            continue
        if norm not in cited:
            yield _at("unknown-norm", f"条文登记写到的规范「{norm}」不存在。", one.place, "核对规范的名称。")
        elif not any(_is_of(citation, one) for citation in cited[norm]):
            message = f"规范「{norm}」没有引用《{one.title}》{one.first}。"
            yield _at("not-cited", message, one.place, "在规范的依据里写上这一条，或者改正登记。")


def _is_of(citation: Citation, one: Provision) -> bool:
    return citation.title == one.title and citation.article == one.first


def _unaccounted(
    rules: RuleSet, views: Sequence[InstrumentView], elsewhere: Collection[tuple[str, str]]
) -> Iterator[Diagnostic]:
    """``elsewhere`` are passages that only packs encode which are not at hand."""
    at_home = {(one.file, pack.id) for pack in rules.packs for one in pack.texts if one.home is None}
    for view in views:
        if not any(file == piece.file for piece in view.pieces for file, _ in at_home):
            continue
        for article in view.articles:
            if not article.is_accounted and (view.title, article.article.name) not in elsewhere:
                name = article.article.name or "全文"
                message = f"《{view.title}》{name}既没有规范，也没有登记不编的理由。"
                holder = next((one for one in view.pieces if article.article in one.articles), view.pieces[0])
                place = Place(file=holder.file, line=article.article.line)
                yield _at("unaccounted", message, place, "写成规范，或者在 provisions.yaml 里登记「未编」和说明。")


def _complaint(code: str, message: str, norm: Norm | Indicator, help: str) -> Diagnostic:
    return Diagnostic(code=code, message=message, at=norm.span, help=help)


def _at(code: str, message: str, place: Place, help: str) -> Diagnostic:
    return Diagnostic(code=code, message=message, at=place, help=help)
