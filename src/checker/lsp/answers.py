"""Requests that read: hover, completion, definition, references, outline, code lens."""

import datetime as dt

from lsprotocol import types

from checker.lsp.completion import completion
from checker.lsp.definition import definition
from checker.lsp.hover import hover
from checker.lsp.outline import outline
from checker.lsp.references import references
from checker.lsp.serving import Server
from checker.model.place import Span


def hovered(ls: Server, params: types.HoverParams) -> types.Hover | None:
    """What is known of a word."""
    at = ls.at(params)
    found = hover(ls.session.view(at[0]), *at, ls.calendar, dt.date.today()) if at is not None else None
    if found is None:
        return None
    contents = types.MarkupContent(kind=types.MarkupKind.Markdown, value=found.text)
    return types.Hover(contents=contents, range=ls.converter.range(found.span))


def completed(ls: Server, params: types.CompletionParams) -> list[types.CompletionItem]:
    """What could stand at the cursor."""
    at = ls.at(params)
    if at is None:
        return []
    file, line, column = at
    found = completion(ls.session.view(file), file, line, column)
    replaced = Span(file=file, line=line, column=found.column, end_line=line, end_column=column)
    converter = ls.converter
    return [converter.item(item, n, converter.range(replaced)) for n, item in enumerate(found.items)]


def defined(ls: Server, params: types.DefinitionParams) -> list[types.Location]:
    """Where a word is declared, or the text an article stands in."""
    at = ls.at(params)
    spans = definition(ls.session.view(at[0]), *at) if at is not None else ()
    return [ls.converter.location(span) for span in spans]


def referred(ls: Server, params: types.ReferenceParams) -> list[types.Location]:
    """Every place of a name."""
    at = ls.at(params)
    if at is None:
        return []
    view = ls.session.view(at[0])
    fixtures = ls.session.fixtures(view.folder)
    spans = references(view, *at, fixtures, params.context.include_declaration)
    return [ls.converter.location(span) for span in spans]


def outlined(ls: Server, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
    """The outline of a file."""
    path = ls.rule_file(params.text_document.uri)
    entries = outline(ls.session.view(path), path) if path is not None else ()
    return [ls.converter.symbol(entry) for entry in entries]
