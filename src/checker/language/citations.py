"""Last pass: every source of a norm finds its words in the stored texts, and takes over their standing."""

from collections.abc import Iterator, Sequence

from checker.model.diagnostic import Diagnostic, Level
from checker.model.indicator import Indicator
from checker.model.norm import Norm, Override, Pack
from checker.model.place import Span
from checker.model.requirements import Defeat, ExceptionClause
from checker.model.source import Instrument, Source, resolved


def rest_on_texts(norms: Sequence[Norm], packs: Sequence[Pack]) -> tuple[tuple[Norm, ...], tuple[Pack, ...]]:
    """The same norms and packs, their sources with the standing of the stored text."""
    texts = {pack.id: pack.texts for pack in packs}
    return tuple(_norm(norm, texts.get(norm.pack, ())) for norm in norms), tuple(_pack(pack) for pack in packs)


def counted_on_texts(
    indicators: Sequence[Indicator], packs: Sequence[Pack]
) -> tuple[tuple[Indicator, ...], list[Diagnostic]]:
    """The same indicators, their sources likewise; and a warning for each that quotes words not stored."""
    texts = {pack.id: pack.texts for pack in packs}
    found = tuple(one.model_copy(update={"sources": _all(one.sources, texts.get(one.pack, ()))}) for one in indicators)
    stale = [_stale("指标", one.title, source, one.span) for one in found for source in one.sources if source.stale]
    return found, stale


def stale_quotes(norms: Sequence[Norm]) -> Iterator[Diagnostic]:
    """A warning for each norm that quotes words which the stored article does not have."""
    for norm in norms:
        for source in (*norm.sources, *norm.consequences, *norm.counting.sources, *(o.source for o in norm.overrides)):
            if source.stale:
                yield _stale("规范", norm.title, source, norm.span)


def _stale(word: str, title: str, source: Source, at: Span | None) -> Diagnostic:
    quoted, where = _short(source.words), source.reference
    message = f"{word}「{title}」所引「{quoted}」在所存的 {where} 中没有，这条{word}须重新核对。"
    help = f"对照条文改正引文；条文确有修改的，先看{word}是否还与条文一致。"
    return Diagnostic(code="stale-quote", level=Level.WARNING, message=message, at=at, help=help)


def _short(text: str) -> str:
    return text if len(text) <= 30 else text[:30] + "…"


def _norm(norm: Norm, texts: Sequence[Instrument]) -> Norm:
    if not texts:
        return norm
    counting = norm.counting
    if counting.sources:
        counting = counting.model_copy(update={"sources": _all(counting.sources, texts)})
    return norm.model_copy(
        update={
            "sources": _all(norm.sources, texts),
            "consequences": _all(norm.consequences, texts),
            "overrides": tuple(Override(norm=o.norm, source=resolved(o.source, texts)) for o in norm.overrides),
            "exceptions": tuple(_clause(clause, texts) for clause in norm.exceptions),
            "counting": counting,
        }
    )


def _all(sources: Sequence[Source], texts: Sequence[Instrument]) -> tuple[Source, ...]:
    return tuple(resolved(source, texts) for source in sources)


def _clause(clause: ExceptionClause, texts: Sequence[Instrument]) -> ExceptionClause:
    if not isinstance(clause, Defeat) or not clause.sources:
        return clause
    return clause.model_copy(update={"sources": _all(clause.sources, texts)})


def _pack(pack: Pack) -> Pack:
    if not pack.texts:
        return pack
    parameters = {
        name: one.model_copy(update={"source": resolved(one.source, pack.texts)})
        for name, one in pack.parameters.items()
    }
    return pack.model_copy(update={"parameters": parameters})
