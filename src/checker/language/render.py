"""A diagnostic as text, with a caret under the right column however wide the characters are."""

from typing import Final

from wcwidth import wcwidth

from checker.model.diagnostic import Diagnostic, Level, Note
from checker.model.place import Place, Span

LEVELS: Final = {Level.ERROR: "错误", Level.WARNING: "提示", Level.NOTE: "说明"}
"""How each level is called."""

_BEFORE, _AFTER = 60, 40


def render(diagnostic: Diagnostic, source_text: str = "") -> str:
    """The sentence, its place, the line with a caret, what was expected, the help, and further places.

    ``source_text`` is the text of the file the diagnostic points into; without it no line is shown.
    """
    parts = [f"{LEVELS[diagnostic.level]}：{diagnostic.message}"]
    if diagnostic.at is not None:
        parts.append(f"  在 {_where(diagnostic.at)}")
    if isinstance(diagnostic.at, Span) and source_text:
        parts += _excerpt(diagnostic.at, source_text)
    if diagnostic.expected:
        parts.append(f"  此处可写：{diagnostic.expected}")
    if diagnostic.help:
        parts.append(f"  建议：{diagnostic.help}")
    parts += [_note(note) for note in diagnostic.notes]
    return "\n".join(parts)


def _where(at: Span | Place) -> str:
    if isinstance(at, Span):
        return f"{at.file} 第 {at.line} 行第 {at.column} 列"
    sheet = f" 表「{at.sheet}」" if at.sheet else " " if at.cell else ""  # CSV has cells, and no sheets
    cell = f"{sheet}单元格 {at.cell}" if at.cell else sheet
    line = f" 第 {at.line} 行" if at.line else ""
    return f"{at.file}{cell}{line}"


def _note(note: Note) -> str:
    return f"  另见 {_where(note.at)}：{note.text}"


def _excerpt(span: Span, text: str) -> list[str]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if span.line > len(lines):
        return []
    line = lines[span.line - 1].replace("\t", " ")
    start = min(span.column - 1, len(line))
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    shift = max(0, start - _BEFORE)
    shown = line[shift : max(start, min(end, start + _AFTER)) + _AFTER]
    marked = shown[start - shift : min(end, start + _AFTER) - shift]
    gutter = str(span.line)
    caret = " " * _width(shown[: start - shift]) + "^" * max(_width(marked), 1)
    return [f"  {gutter} | {shown}", f"  {' ' * len(gutter)} | {caret}"]


def _width(text: str) -> int:
    return sum(max(wcwidth(char), 0) for char in text)
