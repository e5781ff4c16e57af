"""Diagnostics to standard error."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import click

from checker.language.render import render
from checker.model.diagnostic import Diagnostic
from checker.model.place import Place, Span
from checker.reports.layout import clean


def show(diagnostics: Iterable[Diagnostic]) -> None:
    """Each with its place, the line it points into, and what the program did meanwhile."""
    text_of = cache(_text)
    for diagnostic in diagnostics:
        source = text_of(diagnostic.at.file) if isinstance(diagnostic.at, Span) else ""
        lines = render(diagnostic, source).split("\n")
        if isinstance(diagnostic.at, Place) and diagnostic.quote and diagnostic.quote not in diagnostic.message:
            lines.append(f"  原文：「{diagnostic.quote}」")
        if diagnostic.meanwhile:
            lines.append(f"  {diagnostic.meanwhile}")
        for line in lines:
            click.echo(clean(line), err=True)


def note(text: str) -> None:
    """One sentence to standard error."""
    click.echo(clean(text), err=True)


def _text(file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""
