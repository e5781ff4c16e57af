"""Code actions: a suggestion of a diagnostic that is a plain replacement, carried out."""

import re
from typing import Final, NamedTuple

from checker.lsp.view import View
from checker.model.diagnostic import Diagnostic
from checker.model.place import Span


class Action(NamedTuple):
    """Replace a stretch by a text."""

    title: str
    span: Span
    text: str


_REPLACEMENTS: Final = (
    re.compile(r"是否指「([^「」]+)」？"),
    re.compile(r"词与词之间要有空格，可写作「([^「」]+)」。"),
)


def actions(view: View, diagnostic: Diagnostic) -> tuple[Action, ...]:
    """The replacement that the help of a diagnostic names, if its words still stand there."""
    at = diagnostic.at
    if not isinstance(at, Span) or at.line != at.end_line:
        return ()
    there = view.line(at.file, at.line)[at.column - 1 : at.end_column - 1]
    for shape in _REPLACEMENTS:
        found = shape.fullmatch(diagnostic.help)
        if found and there and there == diagnostic.quote:
            return (Action(f"改为「{found[1]}」", at, found[1]),)
    return ()
