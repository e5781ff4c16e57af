"""Diagnostics to standard error."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from checker.cli.annotations import annotate
from checker.cli.streams import say
from checker.language.render import render
from checker.model.diagnostic import Diagnostic, Note
from checker.model.place import Place, Span
from checker.reports.layout import clean


def show(diagnostics: Iterable[Diagnostic]) -> None:
    """Each with its place, the line it points into, and what the program did meanwhile."""
    texts = cache(text_of)
    for diagnostic in diagnostics:
        annotate((diagnostic,))
        for line in rendered(diagnostic, texts(diagnostic.at.file) if isinstance(diagnostic.at, Span) else ""):
            say(line)


def rendered(diagnostic: Diagnostic, source: str) -> list[str]:
    """The lines that are shown of one; ``source`` is the text of the file it points into."""
    safe = _cleaned(diagnostic)
    lines = render(safe, source).split("\n")
    if isinstance(safe.at, Place) and safe.quote and safe.quote not in safe.message:
        lines.append(f"  原文：「{safe.quote}」")
    if safe.meanwhile:
        lines.append(f"  {safe.meanwhile}")
    return lines


def note(text: str) -> None:
    """One sentence to standard error."""
    say(text)


def _cleaned(diagnostic: Diagnostic) -> Diagnostic:
    """The same without line ends and control characters in any part, so that no part can pass for a line of ours."""
    parts = {part: clean(getattr(diagnostic, part)) for part in ("message", "quote", "expected", "help", "meanwhile")}
    notes = tuple(Note(at=_clean_place(one.at), text=clean(one.text)) for one in diagnostic.notes)
    at = None if diagnostic.at is None else _clean_place(diagnostic.at)
    return diagnostic.model_copy(update={**parts, "at": at, "notes": notes})


def _clean_place(at: Span | Place) -> Span | Place:
    named = {part: clean(text) for part in ("file", "sheet", "cell") if (text := getattr(at, part, None)) is not None}
    return at.model_copy(update=named)


def text_of(file: str) -> str:
    """The text of a file; nothing where it cannot be read, and the line is then not shown."""
    try:
        return Path(file).read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        return ""
