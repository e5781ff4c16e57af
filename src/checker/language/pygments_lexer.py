"""Norms in colour for documents: a lexer for Pygments that asks the parser what each word is.

Only Pygments imports this module, by its entry point.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from pygments.lexer import Lexer
from pygments.token import Comment, Keyword, Literal, Name, Number, Punctuation, String, Text, _TokenType

from checker.language.parse import BLOCKS, Parsed, keywords, parse
from checker.language.scan import Line, Word, words_at

_STAND_INS: Final = ("", "规范 片段\n", "词汇\n", "规程 《片段》\n", "指标 片段\n")
"""Heads under which a piece without one may stand."""

_COLOURS: Final = {
    "TITLE": Name.Namespace,
    "QUOTE": String,
    "REFERENCE": String.Other,
    "DATE": Literal.Date,
    "PERIOD": Number,
    "NUMBER": Number,
    "TIMES": Number,
    "ORDINAL": Number,
    "NAME": Name,
}
_LOOSE: Final = {"title": "TITLE", "quote": "QUOTE"}


class _Piece(NamedTuple):
    """A word as the lines show it: where it starts and ends, and its colour."""

    start: int
    end: int
    colour: _TokenType


class NormLexer(Lexer):
    """The norm language, whole files or a few lines out of one."""

    name = "checker norm"
    aliases = ("norm", "checker-norm")
    filenames = ("*.norm",)
    mimetypes = ("text/x-checker-norm",)

    def get_tokens_unprocessed(self, text: str) -> Iterator[tuple[int, _TokenType, str]]:
        """Every stretch of the text with its colour; together they are the text."""
        parsed, shift = _best(text)
        at = 0
        for line in parsed.lines[shift:]:
            indent = len(_indent(shift))
            yield from _line(line, indent, at, _pieces(parsed, line))
            at += len(line.raw) - min(indent, len(line.raw))
            if at < len(text):
                yield at, Text.Whitespace, text[at]
                at += 1


def _best(text: str) -> tuple[Parsed, int]:
    """The reading with the fewest faults, and how many lines stand before the text in it."""
    read = []
    for head in _STAND_INS:
        shift = head.count("\n")
        body = "\n".join(_indent(shift) + line for line in text.split("\n"))
        found = parse("", head + body)
        if not found.faults:
            return found, shift
        read.append((found, shift))
    return min(read, key=lambda one: len(one[0].faults))


def _indent(shift: int) -> str:
    return "  " if shift else ""


def _pieces(parsed: Parsed, line: Line) -> list[_Piece]:
    words = parsed.words.get(line.number)
    if words is None:
        return [_Piece(word.start, word.end, _loose(word)) for word in _scanned(line)]
    kinds = parsed.kinds[line.number]
    return [_Piece(word.start, word.end, _colour(word, kind)) for word, kind in zip(words, kinds, strict=True)]


def _colour(word: Word, kind: str) -> _TokenType:
    if kind in _COLOURS:
        return _COLOURS[kind]
    if word.text in BLOCKS:
        return Keyword.Declaration
    return Keyword if word.kind == "word" else Punctuation


def _loose(word: Word) -> _TokenType:
    """The colour of a word in a line that cannot be read: what it would be most often."""
    if word.text in BLOCKS:
        return Keyword.Declaration
    if word.text in keywords():
        return Keyword
    return _COLOURS.get(_LOOSE.get(word.kind, ""), Name if word.kind == "word" else Punctuation)


def _scanned(line: Line) -> Iterator[Word]:
    at = 0
    while found := words_at(line, at, reference=False):
        yield from found
        at = found[-1].end


def _line(line: Line, indent: int, at: int, pieces: list[_Piece]) -> Iterator[tuple[int, _TokenType, str]]:
    """The pieces of a line and what stands between them; ``at`` is where the line begins in the text."""
    done, raw = indent, line.raw
    for piece in [*pieces, _Piece(line.comment, len(raw), Comment.Single)]:
        if piece.start > done:
            yield at + done - indent, Text.Whitespace, raw[done : piece.start]
        if piece.end > piece.start:
            yield at + piece.start - indent, piece.colour, raw[piece.start : piece.end]
        done = max(done, piece.end)
