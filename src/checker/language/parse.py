"""Third pass: lines of words to a tree. A line that cannot be read is reported and left out; the rest is still read."""

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import zip_longest
from typing import Any, NamedTuple

from lark import Tree
from lark.exceptions import UnexpectedToken
from lark.lexer import Token
from lark.parsers.lalr_parser_state import ParseConf, ParserState

from checker.language.grammar import parser
from checker.language.nearest import nearest
from checker.language.scan import Line, Word, read_lines, words_at

BLOCKS = ("规程", "词汇", "规范", "指标")
_SHAPES = ("DATE", "PERIOD", "NUMBER", "TIMES", "ORDINAL", "NAME")
_FAULTS = 200
_DEPTH = 40
_LONGEST_WORD = 60
_MOST_WORDS = 2000


@dataclass(frozen=True)
class Fault:
    """One line that could not be read: which word, and what could have stood there (as the grammar writes it)."""

    code: str
    line: Line
    words: tuple[Word, ...] = ()
    at: int = 0
    accepted: tuple[str, ...] = ()
    insertions: tuple[str, ...] = ()
    """Keywords and marks that, written before the word, would let it stand."""

    @property
    def word(self) -> Word:
        """The word that does not fit; the end of the line if words are missing."""
        if self.at < len(self.words):
            return self.words[self.at]
        end = self.words[-1].end if self.words else max(len(self.line.text[: self.line.comment].rstrip()), 1)
        return Word("", "end", end, end + 1)


@dataclass
class Parsed:
    """A file after parsing: its lines (with comments), the words of each good line, the tree, and what went wrong.

    ``kinds`` are the terminals that its words were taken for; ``levels`` maps a good line's number to its depth;
    ``damaged`` are first lines of blocks that lost a line.
    """

    name: str
    lines: list[Line]
    tree: Tree[Token] = field(default_factory=lambda: Tree("start", []))
    words: dict[int, tuple[Word, ...]] = field(default_factory=dict)
    kinds: dict[int, tuple[str, ...]] = field(default_factory=dict)
    levels: dict[int, int] = field(default_factory=dict)
    damaged: set[int] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)


def parse(name: str, text: str) -> Parsed:
    """The tree of a file, with every line that could not be read among the faults."""
    reader = _Reader(Parsed(name, read_lines(text)))
    return reader.read()


@cache
def _terminals() -> tuple[dict[str, str], dict[str, re.Pattern[str]]]:
    """Keywords and punctuation by what is written, and the shapes of other words."""
    literal = {str(t.pattern.value): t.name for t in parser().terminals if t.pattern.type == "str"}
    shapes = {t.name: re.compile(t.pattern.value) for t in parser().terminals if t.pattern.type == "re"}
    return literal, shapes


def keywords() -> frozenset[str]:
    """Every word the grammar itself writes, marks left out."""
    return frozenset(text for text in _terminals()[0] if len(text) > 1 or text.isalpha())


def is_numeral(text: str) -> bool:
    """Whether the word reads as a number, a date or a period, and so can never be a name."""
    return any(shape.fullmatch(text) for name, shape in _terminals()[1].items() if name in _SHAPES[:-1])


def is_period(text: str) -> bool:
    """Whether the word reads as a length of time (30日, 半年)."""
    return _terminals()[1]["PERIOD"].fullmatch(text) is not None


def _written() -> dict[str, str]:
    return {name: text for text, name in _terminals()[0].items()}


class Expected(NamedTuple):
    """What could stand at a place: terminals as the grammar writes them, and the line before it.

    ``before`` are the words there with their terminals, ``begun`` is what there is already of the word at the place.
    """

    accepted: tuple[str, ...] = ()
    before: tuple[tuple[str, str], ...] = ()
    begun: str = ""
    block: str = ""


def expected(text: str, line: int, column: int) -> Expected:
    """What could stand at a place of a text; what follows the place is not read."""
    lines = read_lines(text)
    reader = _Reader(Parsed("", lines[: line - 1]))
    for here, after in zip_longest(kept := [one for one in reader.parsed.lines if not one.is_blank], kept[1:]):
        reader.line(here, after)
    there = lines[line - 1]
    cut = there.raw[: column - 1]
    return reader.expected(read_lines(cut)[0]) if there.comment >= column - 1 else Expected()


class _Reader:
    """Feeds the parser line by line; tries each line on a copy first, so that a bad one leaves no trace."""

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.state: ParserState[Any] = parser().parse_interactive().parser_state
        self.bare = _without_callbacks(self.state)
        self.indents = [0]
        self.block = 0
        self.stray: int | None = None
        self.skip_deeper: int | None = None

    def read(self) -> Parsed:
        lines = [line for line in self.parsed.lines if not line.is_blank]
        for here, after in zip_longest(lines, lines[1:]):
            if len(self.parsed.faults) >= _FAULTS:
                self.fault(Fault("too-many", here))
                break
            self.line(here, after)
        self.dedent_to(0)
        self.parsed.tree = self.state.feed_token(Token("$END", ""), is_end=True)
        return self.parsed

    def line(self, line: Line, after: Line | None) -> None:
        if self.skip_deeper is not None:
            if line.indent > self.skip_deeper:
                return
            self.skip_deeper = None
        if line.indent == 0 or (len(self.indents) == 1 and self.block == 0):
            self.top(line, after)
        else:
            self.inner(line)

    def top(self, line: Line, after: Line | None) -> None:
        first = _first(line)
        opens = after is not None and after.indent > line.indent
        if self.block and not _is_head(first, opens):
            if len(self.indents) == 1 and "_INDENT" in self.actions():
                self.indent(2)
            if len(self.indents) > 1:
                self.fault(Fault("not-indented", line, tuple(words_at(line, 0, False)[:1])))
                self.dedent_to(self.indents[1])
                self.clause(line)
                return
        self.dedent_to(0)
        self.block = line.number
        self.stray = None
        if not self.clause(line):
            self.stand_in(line, first)

    def inner(self, line: Line) -> None:
        if line.indent > self.indents[-1] and line.indent != self.stray:
            if "_INDENT" in self.actions():
                self.indent(line.indent)
            else:
                self.stray = line.indent
                self.fault(Fault("too-deep", line, tuple(words_at(line, 0, False)[:1])))
        elif line.indent < self.indents[-1]:
            self.dedent_to(line.indent)
            if line.indent < self.indents[-1] and line.indent != self.stray:
                self.stray = line.indent
                self.fault(Fault("odd-indent", line, tuple(words_at(line, 0, False)[:1])))
        if not self.clause(line):
            self.skip_deeper = max(line.indent, self.indents[-1])

    def clause(self, line: Line) -> bool:
        """Read one line; on failure note the fault and leave the parser as it was."""
        tokens, words, fault = self.probe(line)
        if fault:
            self.fault(fault)
            return False
        for token in tokens:
            self.state.feed_token(token)
        self.parsed.words[line.number] = tuple(words)
        self.parsed.kinds[line.number] = tuple(token.type for token in tokens[:-1])
        self.parsed.levels[line.number] = len(self.indents) - 1
        return True

    def probe(self, line: Line) -> tuple[list[Token], list[Word], Fault | None]:
        state = self.state.copy(deepcopy_values=False)
        state.parse_conf = self.bare
        tokens: list[Token] = []
        words: list[Word] = []
        at = depth = 0
        while found := words_at(line, at, "REFERENCE" in state.parse_conf.states[state.position]):
            for word in found:
                words.append(word)
                depth += {"（": 1, "）": -1, "非": 1}.get(word.text, 0)
                token = _token(line, word, state.parse_conf.states[state.position])
                if beyond := _beyond(depth, words):
                    return tokens, words, Fault(beyond, line, tuple(words), len(words) - 1)
                if not _feeds(state, token):
                    return tokens, words, self.misfit(line, words, state)
                tokens.append(token)
            at = found[-1].end
        ending = Token("_NL", "", line=line.number, column=at + 1)
        if not _feeds(state, ending):
            return tokens, words, Fault("unfinished", line, tuple(words), len(words), _accepted(state))
        return [*tokens, ending], words, None

    def expected(self, line: Line) -> Expected:
        """What could follow a line that is cut off, or stand for its last word."""
        if line.indent == 0:
            self.dedent_to(0)
        elif line.indent > self.indents[-1] and "_INDENT" in self.actions():
            self.indent(line.indent)
        else:
            self.dedent_to(line.indent)
        state = self.state.copy(deepcopy_values=False)
        state.parse_conf = self.bare
        before: list[tuple[str, str]] = []
        at = 0
        while found := words_at(line, at, "REFERENCE" in state.parse_conf.states[state.position]):
            for word in found:
                begun = word.kind != "punctuation" and word.end == len(line.text) and line.text[-1:] != " "
                if begun and word.kind not in ("quote", "title"):
                    return Expected(_accepted(state), tuple(before), line.raw[word.start :], self.head())
                token = _token(line, word, state.parse_conf.states[state.position])
                if not _feeds(state, token):
                    return Expected((), tuple(before), "", self.head())
                before.append((token.type, word.text))
            at = found[-1].end
        return Expected(_accepted(state), tuple(before), "", self.head())

    def head(self) -> str:
        """The word that heads the block we are in; empty at the margin."""
        lines = [line for line in self.parsed.lines if line.number == self.block]
        return _first(lines[0]) if lines and len(self.indents) > 1 else ""

    def misfit(self, line: Line, words: list[Word], state: ParserState[Any]) -> Fault:
        """The fault at the last of the words, with the rest of the line read for the message's sake."""
        at, rest = len(words) - 1, list(words)
        while (found := words_at(line, rest[-1].end, False)) and len(rest) < 400:
            rest += found
        accepted = _accepted(state)
        return Fault("unexpected", line, tuple(rest), at, accepted, _insertions(state, line, words[-1], accepted))

    def stand_in(self, line: Line, first: str) -> None:
        """Put a whole head in place of a broken one, so that what stands under it is read."""
        head = {"规程": ["规程", "TITLE"], "词汇": ["词汇"], "指标": ["指标", "NAME"]}.get(first, ["规范", "NAME"])
        words = {"TITLE": "《》", "NAME": f"第{line.number}行"}
        for name in head:
            terminal = name if name in words else _terminals()[0][name]
            self.state.feed_token(Token(terminal, words.get(name, name), line=line.number, column=1,
                                        end_line=line.number, end_column=2))  # fmt: skip
        self.state.feed_token(Token("_NL", "", line=line.number, column=1))

    def fault(self, fault: Fault) -> None:
        self.parsed.faults.append(fault)
        self.parsed.damaged.add(self.block)

    def actions(self) -> dict[str, Any]:
        return self.state.parse_conf.states[self.state.position]

    def indent(self, width: int) -> None:
        self.indents.append(width)
        self.state.feed_token(Token("_INDENT", ""))

    def dedent_to(self, width: int) -> None:
        while len(self.indents) > 1 and self.indents[-2] >= width:
            self.indents.pop()
            self.state.feed_token(Token("_DEDENT", ""))


def _beyond(depth: int, words: list[Word]) -> str:
    """The limit that the line breaks; such lines are mistakes, and would cost time or depth without end."""
    if depth > _DEPTH:
        return "too-nested"
    if words[-1].kind == "word" and len(words[-1].text) > _LONGEST_WORD:
        return "long-word"
    return "long-line" if len(words) > _MOST_WORDS else ""


def _without_callbacks(state: ParserState[Any]) -> ParseConf[Any]:
    conf = state.parse_conf
    return type(conf)(conf.parse_table, {}, conf.start)


def _feeds(state: ParserState[Any], token: Token) -> bool:
    try:
        state.feed_token(token)
    except UnexpectedToken:
        return False
    return True


def _accepted(state: ParserState[Any]) -> tuple[str, ...]:
    """What could stand here, as the grammar writes it, in the order of the grammar."""
    written = _written()
    known = [*written, *_terminals()[1], "_NL"]
    found = []
    for name in known:
        if name in state.parse_conf.states[state.position]:
            trial = state.copy(deepcopy_values=False)
            if _feeds(trial, Token(name, "")):
                found.append(written.get(name, name))
    return tuple(found)


def _insertions(state: ParserState[Any], line: Line, word: Word, accepted: tuple[str, ...]) -> tuple[str, ...]:
    literal = _terminals()[0]
    found = []
    for text in accepted:
        trial = state.copy(deepcopy_values=False)
        if text in literal and _feeds(trial, Token(literal[text], text)):
            actions = trial.parse_conf.states[trial.position]
            if _feeds(trial, _token(line, word, actions)):
                found.append(text)
    return tuple(found)


def _is_head(first: str, opens: bool) -> bool:
    """Whether a line at the margin heads a block, be it misspelt: then something stands indented under it."""
    return first in BLOCKS or (opens and (first.startswith(BLOCKS) or bool(nearest(first, BLOCKS))))


def _first(line: Line) -> str:
    found = words_at(line, 0, False)
    return found[0].text if found else ""


def _token(line: Line, word: Word, actions: dict[str, Any]) -> Token:
    return Token(_kind(word, actions), word.text, line=line.number, column=word.start + 1,
                 end_line=line.number, end_column=word.end + 1, start_pos=word.start, end_pos=word.end)  # fmt: skip


def _kind(word: Word, actions: dict[str, Any]) -> str:
    literal, shapes = _terminals()
    match word.kind:
        case "title" | "quote" | "reference":
            return word.kind.upper()
        case "punctuation":
            return literal[word.text]
        case "word":
            keyword = literal.get(word.text)
            fitting = [name for name in _SHAPES if shapes[name].fullmatch(word.text)]
            if keyword in actions:
                return str(keyword)
            return next((name for name in fitting if name in actions and _is_shape(name, fitting)), fitting[0])
        case _:
            return "BAD"


def _is_shape(name: str, fitting: list[str]) -> bool:
    """A word that reads as a date, a period or a number is never a name."""
    return name != "NAME" or len(fitting) == 1
