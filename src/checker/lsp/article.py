"""The article that a reference in a rule file means, and where its stored text stands."""

from typing import NamedTuple

from checker.language.heads import split_source
from checker.language.scan import Word
from checker.lsp.view import View
from checker.model.place import Span
from checker.model.source import Article, Instrument, cite


class Cited(NamedTuple):
    """A reference with the stored pieces of its instrument, and of these the article named."""

    reference: str
    span: Span
    pieces: tuple[Instrument, ...]
    found: tuple[tuple[Instrument, Article], ...]


def cited_at(view: View, file: str, line: int, column: int) -> Cited | None:
    """The reference at a place: 出处 of 依据 and 后果 with its quotation, or the 「出处：原文」 of a parameter."""
    parsed = view.files.get(file)
    words = parsed.words.get(line, ()) if parsed is not None else ()
    kinds = parsed.kinds.get(line, ()) if parsed is not None else ()
    for position, (word, kind) in enumerate(zip(words, kinds, strict=True)):
        if word.start < column <= word.end + 1 and kind in ("REFERENCE", "QUOTE"):
            before = kinds[position - 1] if position else ""
            text = words[position - 1].text if kind == "QUOTE" and before == "REFERENCE" else word.text
            return _cited(view, _reference(text), _span(file, line, word))
    return None


def _reference(text: str) -> str:
    return split_source(text[1:-1]).reference if text.startswith("「") else text


def _span(file: str, line: int, word: Word) -> Span:
    return Span(file=file, line=line, column=word.start + 1, end_line=line, end_column=word.end + 1)


def _cited(view: View, reference: str, span: Span) -> Cited | None:
    citation = cite(reference)
    title, name = (citation.title, citation.article) if citation is not None else (reference, "")
    pieces = tuple(one for one in view.texts if title in (one.title, one.short))
    articles = [(piece, article) for piece in pieces for article in piece.articles if name and article.name == name]
    return Cited(reference, span, pieces, tuple(articles)) if pieces else None
