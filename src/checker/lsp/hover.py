"""What is shown over a word: declarations, the core of a norm in words, an article, how a period is counted."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from checker.calendars.amount import amount_of
from checker.calendars.calendar import Calendar
from checker.calendars.derive import derive
from checker.calendars.grid import OutOfRange
from checker.explain.indicators import indicator_page
from checker.explain.norms import NormPage, counting_text, norm_page
from checker.explain.sources import source_text, wording_text
from checker.explain.values import period_text, value_text
from checker.language.lexicon import type_text
from checker.language.symbols import Kind, Occurrence, Symbol, occurrence_at
from checker.lsp.article import Cited, cited_at
from checker.lsp.view import View
from checker.model.norm import Norm, Pack, RuleSet
from checker.model.place import Span
from checker.model.requirements import Fixed, Within
from checker.model.source import Source, resolved
from checker.model.values import Period, Unit

_SECTIONS = ("效力", "核心形式", "例外", "参数", "与其他规范的关系")


class Hover(NamedTuple):
    """Markdown, and the words it is about."""

    text: str
    span: Span


def hover(view: View, file: str, line: int, column: int, calendar: Calendar, today: dt.date) -> Hover | None:
    """What is known of the word at a place; ``today`` is the day from which an example of counting starts."""
    found = occurrence_at(view.names, file, line, column)
    if found is not None:
        text = "\n".join(_lines(view, found, calendar, today))
        return Hover(text, found.span) if text else None
    cited = cited_at(view, file, line, column)
    if cited is not None:
        return Hover("\n".join(_article_lines(cited)), cited.span)
    return _period(view, file, line, column, calendar, today)


def _lines(view: View, found: Occurrence, calendar: Calendar, today: dt.date) -> Iterator[str]:
    symbol = found.symbol
    match symbol.kind:
        case Kind.NORM | Kind.INDICATOR:
            yield from _norm_lines(view.good, symbol, calendar, today)
        case Kind.PARAMETER:
            yield from _parameter_lines(view, found)
        case Kind.ACT:
            yield from _act_lines(view, symbol)
        case Kind.ATTRIBUTE | Kind.CASE_ATTRIBUTE:
            yield from _attribute_lines(view, found)
        case _:
            of = f"，属性「{symbol.owner}」的取值" if symbol.owner else ""
            yield f"**{symbol.kind}「{symbol.written}」**{of}"
            if symbol.kind is Kind.ORGAN and (upper := view.words.lexicon.organs.get(symbol.name)):
                yield f"\n是「{upper}」的一种"
    if symbol.kind not in (Kind.NORM, Kind.INDICATOR):
        yield f"\n{_used(view, symbol)}"


def _used(view: View, symbol: Symbol) -> str:
    places = [one for one in view.names if one.symbol == symbol and not one.declares]
    return f"本规程用到 {len(places)}处" if places else "本规程没有用到"


def _act_lines(view: View, symbol: Symbol) -> Iterator[str]:
    yield f"**行为「{symbol.name}」**\n"
    for name, kind in view.words.lexicon.acts.get(symbol.name, {}).items():
        yield f"- {name}：{type_text(kind)}"
    if parts := view.words.lexicon.parts.get(symbol.name):
        yield f"- 文书：{'、'.join(parts)}"


def _attribute_lines(view: View, found: Occurrence) -> Iterator[str]:
    name, lexicon = found.symbol.name, view.words.lexicon
    if found.symbol.kind is Kind.CASE_ATTRIBUTE:
        yield f"**案件的属性「{name}」**\n"
        held = {"案件": lexicon.case}
    else:
        yield f"**属性「{name}」**\n"
        held = {act: kinds for act, kinds in lexicon.acts.items() if not found.acts or act in found.acts}
    for owner, kinds in held.items():
        if name in kinds:
            yield f"- {owner}：{type_text(kinds[name])}"


def _parameter_lines(view: View, found: Occurrence) -> Iterator[str]:
    yield f"**参数「{found.symbol.name}」**\n"
    pack = view.packs.get(found.span.file, "")
    parameter = next((p.parameters.get(found.symbol.name) for p in _packs(view.good) if p.id == pack), None)
    if parameter is not None:
        value = parameter.value
        yield f"- 值：{period_text(value) if isinstance(value, Period) else value_text(value)}"
        yield f"- 出处：{source_text(parameter.source)}"


def _packs(rules: RuleSet | None) -> tuple[Pack, ...]:
    return rules.packs if rules is not None else ()


def _norm_lines(rules: RuleSet | None, symbol: Symbol, calendar: Calendar, today: dt.date) -> Iterator[str]:
    norms = [norm for norm in rules.norms if norm.id == symbol.name] if rules is not None else []
    indicators = [one for one in rules.indicators if one.id == symbol.name] if rules is not None else []
    if rules is None or not (norms or indicators):
        yield f"**{symbol.kind}「{symbol.written}」**\n\n规则还有错误，读不出它的核心形式。"
        return
    for indicator in indicators:
        yield from _page_lines(indicator_page(rules, indicator))
    for norm in norms:
        yield from _page_lines(norm_page(rules, norm))
        yield from _example_lines(norm, calendar, today)


def _page_lines(page: NormPage) -> Iterator[str]:
    yield f"**{page.word} {page.title}**"
    for section in page.sections:
        if section.title in _SECTIONS:
            yield f"\n*{section.title}*\n"
            yield from (f"{'  ' * line.level}- {line.text}" for line in section.lines)


def _example_lines(norm: Norm, calendar: Calendar, today: dt.date) -> Iterator[str]:
    """How the period of the norm would be counted from a day, where it is written out."""
    window = getattr(norm.requirement, "window", None)
    if isinstance(window, Within) and isinstance(window.period, Fixed):
        yield from _counted_lines(norm, window.period.period, calendar, today)


def _counted_lines(norm: Norm, period: Period, calendar: Calendar, today: dt.date) -> Iterator[str]:
    if any(part.unit is Unit.HOUR for part in period.parts):
        return
    try:
        derived = derive(calendar, today, amount_of(period), norm.counting)
    except OutOfRange:
        return
    yield f"\n*{period_text(period)}怎样算，以自 {today} 起为例*\n"
    yield from (f"- {sentence}" for sentence in derived.sentences())


def _article_lines(cited: Cited) -> Iterator[str]:
    yield f"**{cited.reference}**"
    shown = wording_text(resolved(Source(reference=cited.reference), cited.pieces))
    if shown:
        yield f"\n{shown}"
    for _, article in cited.found:
        yield ""
        yield from (f"> {line}  " for line in article.text.strip().split("\n"))
    if not cited.found:
        held = [article.name for piece in cited.pieces for article in piece.articles if article.name]
        if held:
            yield f"\n所存的文本里有 {'、'.join(held[:5])} 等"


def _period(view: View, file: str, line: int, column: int, calendar: Calendar, today: dt.date) -> Hover | None:
    """The way a written period of a norm is counted."""
    parsed = view.files.get(file)
    for word, kind in zip(parsed.words.get(line, ()), parsed.kinds.get(line, ()), strict=True) if parsed else ():
        if kind == "PERIOD" and word.start < column <= word.end + 1:
            norm = next((one for one in _norms(view.good) if _holds(one, file, line)), None)
            if norm is None:
                return None
            span = Span(file=file, line=line, column=word.start + 1, end_line=line, end_column=word.end + 1)
            text = [f"**{word.text}**：{counting_text(norm.counting)}"]
            text += [f"- 出处：{source_text(source)}" for source in norm.counting.sources]
            window = getattr(norm.requirement, "window", None)
            if isinstance(window, Within) and isinstance(window.period, Fixed):
                text += _counted_lines(norm, window.period.period, calendar, today)
            return Hover("\n".join(text), span)
    return None


def _norms(rules: RuleSet | None) -> tuple[Norm, ...]:
    return rules.norms if rules is not None else ()


def _holds(norm: Norm, file: str, line: int) -> bool:
    span = norm.span
    return span is not None and span.file == file and span.line <= line <= span.end_line
