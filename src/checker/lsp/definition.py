"""Go to definition: a word to its line in 词汇, a norm to its head, a parameter to 规程, 依据 to the stored text."""

from checker.language.parse import parse
from checker.language.symbols import Kind, Occurrence, declarations, occurrence_at, occurrences
from checker.lsp.article import cited_at
from checker.lsp.surroundings import packs_beside, text_of
from checker.lsp.view import View, rule_files
from checker.model.place import Span


def definition(view: View, file: str, line: int, column: int) -> tuple[Span, ...]:
    """Every place that declares what stands here; empty where there is none."""
    found = occurrence_at(view.names, file, line, column)
    if found is not None:
        own = declarations(view.names, found)
        return tuple(one.span for one in own or _elsewhere(view, found))
    cited = cited_at(view, file, line, column)
    if cited is None:
        return ()
    places = [(piece.file, article.line) for piece, article in cited.found] or [(one.file, 1) for one in cited.pieces]
    return tuple(Span(file=name, line=at, column=1, end_line=at, end_column=1) for name, at in dict.fromkeys(places))


def _elsewhere(view: View, asked: Occurrence) -> tuple[Occurrence, ...]:
    """A norm of another pack, named in full, in the folder beside ours."""
    if asked.symbol.kind is not Kind.NORM:
        return ()
    title = asked.symbol.written
    for folder in packs_beside(view.folder):
        texts = {name: text_of(name, {}) for name in rule_files(folder, {})}
        if any(title in text for text in texts.values()):
            names = occurrences([parse(name, text) for name, text in texts.items()])
            if found := declarations(names, asked):
                return found
    return ()
