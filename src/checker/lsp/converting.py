"""Our places and answers in the types of the protocol, and back."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from lsprotocol import types
from pygls.uris import from_fs_path, to_fs_path

from checker.language.symbols import Kind
from checker.lsp.completion import Item
from checker.lsp.outline import Entry
from checker.lsp.positions import from_client, to_client
from checker.model.diagnostic import Diagnostic, Level, Note
from checker.model.place import Place, Span

Lines = Callable[[str], list[str]]
"""The lines of a file by its path."""

_SEVERITIES: Final = {
    Level.ERROR: types.DiagnosticSeverity.Error,
    Level.WARNING: types.DiagnosticSeverity.Warning,
    Level.NOTE: types.DiagnosticSeverity.Information,
}
_COMPLETIONS: Final = {
    Kind.ACT: types.CompletionItemKind.Function,
    Kind.ATTRIBUTE: types.CompletionItemKind.Field,
    Kind.CASE_ATTRIBUTE: types.CompletionItemKind.Property,
    Kind.VALUE: types.CompletionItemKind.EnumMember,
    Kind.ORGAN: types.CompletionItemKind.Class,
    Kind.PERSON: types.CompletionItemKind.Class,
    Kind.CASE_KIND: types.CompletionItemKind.Enum,
    Kind.PART: types.CompletionItemKind.File,
    Kind.PARAMETER: types.CompletionItemKind.Constant,
    Kind.NORM: types.CompletionItemKind.Reference,
    Kind.INDICATOR: types.CompletionItemKind.Reference,
    Kind.PACK: types.CompletionItemKind.Module,
}
_SYMBOLS: Final = {
    Kind.ACT: types.SymbolKind.Function,
    Kind.ATTRIBUTE: types.SymbolKind.Field,
    Kind.CASE_ATTRIBUTE: types.SymbolKind.Property,
    Kind.VALUE: types.SymbolKind.EnumMember,
    Kind.ORGAN: types.SymbolKind.Class,
    Kind.PERSON: types.SymbolKind.Class,
    Kind.CASE_KIND: types.SymbolKind.Enum,
    Kind.PART: types.SymbolKind.File,
    Kind.PARAMETER: types.SymbolKind.Constant,
    Kind.NORM: types.SymbolKind.Method,
    Kind.INDICATOR: types.SymbolKind.Event,
    Kind.PACK: types.SymbolKind.Module,
}


def path_of(uri: str) -> str | None:
    """The file of a document; None where it is none (a text that was never saved)."""
    found = to_fs_path(uri)
    return Path(found).as_posix() if found else None


class Converter:
    """Turns answers into those of the protocol, in the unit that the client counts in and under its own names."""

    def __init__(self, encoding: str, lines: Lines, uris: dict[str, str]) -> None:
        """``uris`` are the names the client gave to the files it has open."""
        self.encoding, self.lines, self.uris = encoding, lines, uris

    def uri(self, file: str) -> str:
        """The name of a file."""
        return self.uris.get(file) or from_fs_path(file) or file

    def position(self, file: str, line: int, column: int) -> types.Position:
        """A place of a file."""
        lines = self.lines(file)
        text = lines[line - 1] if 0 < line <= len(lines) else ""
        return types.Position(line=max(line - 1, 0), character=to_client(text, column, self.encoding))

    def place(self, file: str, position: types.Position) -> tuple[int, int]:
        """Line and column of a position, from 1."""
        lines = self.lines(file)
        text = lines[position.line] if position.line < len(lines) else ""
        return position.line + 1, from_client(text, position.character, self.encoding)

    def range(self, span: Span) -> types.Range:
        """A stretch of a file."""
        start = self.position(span.file, span.line, span.column)
        return types.Range(start=start, end=self.position(span.file, span.end_line, span.end_column))

    def location(self, span: Span) -> types.Location:
        """A stretch with its file."""
        return types.Location(uri=self.uri(span.file), range=self.range(span))

    def spot(self, at: Span | Place | None, file: str) -> Span:
        """A place as a stretch: one without a column is the whole line, none at all the first."""
        if isinstance(at, Span):
            return at
        name = at.file if at is not None else file
        line = (at.line if at is not None else None) or 1
        lines = self.lines(name)
        end = len(lines[line - 1]) + 1 if line <= len(lines) else 1
        column = (at.column if at is not None else None) or 1
        return Span(file=name, line=line, column=column, end_line=line, end_column=max(end, column))

    def diagnostic(self, one: Diagnostic, file: str) -> types.Diagnostic:
        """A diagnostic with what could stand there and the suggestion in its text."""
        parts = [one.message]
        parts += [f"此处可写：{one.expected}"] if one.expected else []
        parts += [f"建议：{one.help}"] if one.help else []
        parts += [one.meanwhile] if one.meanwhile else []
        return types.Diagnostic(
            range=self.range(self.spot(one.at, file)),
            message="\n".join(parts),
            severity=_SEVERITIES[one.level],
            code=one.code,
            source="checker",
            related_information=[self.related(note) for note in one.notes] or None,
        )

    def related(self, note: Note) -> types.DiagnosticRelatedInformation:
        """A second place."""
        span = self.spot(note.at, note.at.file)
        return types.DiagnosticRelatedInformation(location=self.location(span), message=note.text)

    def item(self, item: Item, order: int, replaced: types.Range) -> types.CompletionItem:
        """A completion; they stay in our order."""
        return types.CompletionItem(
            label=item.text,
            kind=types.CompletionItemKind.Keyword if item.kind is None else _COMPLETIONS[item.kind],
            detail=item.detail or None,
            sort_text=f"{order:05}",
            filter_text=item.text,
            text_edit=types.TextEdit(range=replaced, new_text=item.text),
        )

    def symbol(self, entry: Entry) -> types.DocumentSymbol:
        """A line of the outline."""
        return types.DocumentSymbol(
            name=entry.title,
            detail=str(entry.kind),
            kind=types.SymbolKind.Namespace if entry.title == "词汇" else _SYMBOLS[entry.kind],
            range=self.range(entry.span),
            selection_range=self.range(entry.name),
            children=[self.symbol(one) for one in entry.below],
        )
