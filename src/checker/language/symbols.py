"""Where every declared name stands: its kind, its span, and whether it is declared there. For editors, about text only.

What a word means follows from its place in the tree and from the declarations; the passes that lower are not run, so
that names are known while a file is half written.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple

from lark.lexer import Token

from checker.language.lexicon import RESERVED, Lexicon, choices_of, declare
from checker.language.parse import Parsed
from checker.language.parties import SAME_DOER
from checker.language.syntax import Branch, branch, branches, names, span_of, tokens
from checker.model.place import Span


class Kind(StrEnum):
    """What a name is a name of."""

    ACT = "行为"
    ATTRIBUTE = "属性"
    CASE_ATTRIBUTE = "案件属性"
    VALUE = "取值"
    ORGAN = "机关"
    PERSON = "人员"
    CASE_KIND = "类型"
    PART = "文书"
    PARAMETER = "参数"
    NORM = "规范"
    INDICATOR = "指标"
    PACK = "规程"


class Symbol(NamedTuple):
    """A declared name. ``owner`` is the attribute of a value; norms and indicators are named ``pack/title``."""

    kind: Kind
    name: str
    owner: str = ""

    @property
    def written(self) -> str:
        """The name as it stands in its own pack."""
        return self.name.partition("/")[2] if self.kind in (Kind.NORM, Kind.INDICATOR) else self.name


class Occurrence(NamedTuple):
    """One place of a name. ``acts`` are those whose attribute it is, where the text says so."""

    symbol: Symbol
    span: Span
    declares: bool = False
    acts: tuple[str, ...] = ()


@dataclass
class Words:
    """The declarations by which names are told apart."""

    lexicon: Lexicon = field(default_factory=Lexicon)
    parameters: set[str] = field(default_factory=set)
    attributes: dict[str, set[str]] = field(default_factory=dict)
    """Of acts and of the case, with their values."""


_NORM_REFERENCES: Final = ("priority", "on_breach", "on_expiry", "breaches_at_most", "relief", "breach_count", "expiry")
_DECLARED: Final = {"organs": Kind.ORGAN, "persons": Kind.PERSON, "kinds": Kind.CASE_KIND, "pack_id": Kind.PACK}
_CASE_LINES: Final = ("applies", "cases")
_SPECIAL: Final = (*RESERVED, SAME_DOER)
_OPERANDS: Final = ("operand", "back", "on")


@dataclass(frozen=True)
class _Place:
    """What is known on the way down: the acts whose attributes stand bare, and whether those of the case do."""

    acts: tuple[str, ...] = ()
    of_case: bool = False


def words_of(files: Iterable[Parsed]) -> Words:
    """The declarations of these files."""
    found = Words()
    for file in files:
        for tree in branches(file.tree, "vocabulary"):
            declare(found.lexicon, file.name, tree)
        for line in (line for pack in branches(file.tree, "pack") for line in branches(pack, "parameter")):
            found.parameters.add(str(line.children[0]))
    lexicon = found.lexicon
    for held in (*lexicon.acts.values(), lexicon.case):
        for name, kind in held.items():
            found.attributes.setdefault(name, set()).update(kind.choices)
    return found


def pack_ids(files: Sequence[Parsed]) -> Mapping[str, str]:
    """The pack of each file by its name: its own head, or the only one beside it; empty where there is none."""
    own = {file.name: _own_id(file) for file in files}
    heads = [name for name in own.values() if name]
    only = heads[0] if len(heads) == 1 else ""
    return {name: found or only for name, found in own.items()}


def _own_id(file: Parsed) -> str:
    lines = [line for pack in branches(file.tree, "pack") for line in branches(pack, "pack_id")]
    return str(names(lines[0])[0]) if lines else ""


def occurrences(files: Sequence[Parsed]) -> tuple[Occurrence, ...]:
    """Every name of every file that can be told, in the order of the text."""
    words, packs = words_of(files), pack_ids(files)
    found: list[Occurrence] = []
    for file in files:
        found += _Walk(file.name, packs[file.name], words).below(file.tree, _Place())
    named = (one for one in found if one.symbol.name not in _SPECIAL or one.symbol.kind is not Kind.ATTRIBUTE)
    return tuple(sorted(named, key=lambda one: (one.span.file, one.span.line, one.span.column)))


@dataclass
class _Walk:
    file: str
    pack: str
    words: Words

    def below(self, tree: Branch, place: _Place) -> Iterator[Occurrence]:
        yield from self.own(tree, place)
        inner = self.inside(tree, place)
        for child in branches(tree):
            if child.data not in ("choices", "head"):
                yield from self.below(child, inner)

    def inside(self, tree: Branch, place: _Place) -> _Place:
        if tree.data in _CASE_LINES:
            return _Place(of_case=True)
        if tree.data == "pattern":
            return _Place(acts=self.acts_of(branch(tree, "head")))
        return place

    def acts_of(self, head: Branch | None) -> tuple[str, ...]:
        """The acts a head names, be it a list in （）."""
        if head is None:
            return ()
        inner = [h for h in head.iter_subtrees() if h.data == "head"]
        return tuple(str(n) for h in inner for n in names(h)[-1:] if str(n) in self.words.lexicon.acts)

    def own(self, tree: Branch, place: _Place) -> Iterator[Occurrence]:
        """The names that stand in this very node."""
        match str(tree.data):
            case "norm" | "indicator" as block:
                kind = Kind.NORM if block == "norm" else Kind.INDICATOR
                for name in names(tree)[:1]:
                    yield self.at(name, Symbol(kind, f"{self.pack}/{name}"), declares=True)
            case data if data in _NORM_REFERENCES:
                yield from map(self.norm, names(tree)[:1])
            case data if data in ("vocabulary", "pack", *_DECLARED, "is_a", "acts", "case_words", "parameter"):
                yield from self.declared(tree)
            case "compare" | "belongs" | "not_belongs" | "contains" | "not_contains" | "same_value" | "other_value":
                yield from self.compared(tree, place)
            case "head":
                yield from self.event(tree)
            case _:
                yield from self.clause(tree, place)

    def clause(self, tree: Branch, place: _Place) -> Iterator[Occurrence]:
        match str(tree.data):
            case "same" | "own" | "from_attribute":
                yield from (self.attribute(name, ()) for name in names(tree))
            case "contain" | "contain_here":
                yield from (self.at(name, Symbol(Kind.PART, str(name))) for name in names(tree))
            case "by" | "by_here":
                yield from (self.party(name) for name in names(tree))
            case "deem":
                yield from (self.at(name, Symbol(Kind.ACT, str(name))) for name in names(tree))
            case "period" | "earlier" | "later" | "lead_period":
                yield from (self.bare(name, place) for name in names(tree))
            case "term_of":
                yield from self.term(*names(tree))
            case "of" | "sum" | "total":
                yield from self.asked(tree)
        for head in branches(tree, "head") if tree.data not in ("of", "sum", "total", *_OPERANDS) else ():
            yield from self.seen(head, place) if tree.data in ("present", "absent") else self.event(head)

    def seen(self, head: Branch, place: _Place) -> Iterator[Occurrence]:
        """有 …: an act, or an attribute where no act has that name."""
        found = names(head)
        if len(head.children) == 1 and found and str(found[0]) not in self.words.lexicon.acts:
            yield self.bare(found[0], place)
        else:
            yield from self.event(head)

    def asked(self, tree: Branch) -> Iterator[Occurrence]:
        """A 的 x."""
        head, asked = branch(tree, "head"), names(tree)
        if head is not None and [str(child) for child in head.children] == ["案件"]:
            yield from (self.at(name, Symbol(Kind.CASE_ATTRIBUTE, str(name))) for name in asked)
        elif head is not None:
            yield from self.event(head)
            yield from (self.attribute(name, self.acts_of(head)) for name in asked)

    def term(self, act: Token, name: Token) -> Iterator[Occurrence]:
        if str(act) == "案件":
            yield self.at(name, Symbol(Kind.CASE_ATTRIBUTE, str(name)))
        else:
            yield self.at(act, Symbol(Kind.ACT, str(act)))
            yield self.attribute(name, (str(act),))

    def event(self, head: Branch) -> Iterator[Occurrence]:
        """主体 行为, with the date it counts by; a lone name that is no act is an actor."""
        inner, dated = branch(head, "patterns"), branch(head, "dated")
        found = names(head)
        acts = found[-1:] if inner is None and found and self.is_act(found) else []
        yield from (self.party(name) for name in found[: len(found) - len(acts)])
        yield from (self.at(name, Symbol(Kind.ACT, str(name))) for name in acts)
        if inner is not None:
            yield from self.below(inner, _Place())
        if dated is not None:
            yield from (self.attribute(name, self.acts_of(head)) for name in names(dated))

    def is_act(self, found: list[Token]) -> bool:
        lexicon = self.words.lexicon
        last = str(found[-1])
        lone = last in lexicon.organs or last in lexicon.persons or last in self.words.attributes
        return last in lexicon.acts or len(found) > 1 or not lone

    def compared(self, tree: Branch, place: _Place) -> Iterator[Occurrence]:
        first, *rest = [child for child in branches(tree) if child.data in _OPERANDS]
        left = self.operand_name(first)
        yield from self.operand(first, place)
        choices = branch(tree, "choices")
        for word in tokens(choices, "NAME") if choices is not None else ():
            yield from self.value(word, left, place)
        for other in rest:
            if tree.data in ("compare", "contains", "not_contains") and _is_bare(other):
                yield from self.value(names(branches(other, "head")[0])[0], left, place)
            else:
                yield from self.operand(other, place)

    def operand(self, tree: Branch, place: _Place) -> Iterator[Occurrence]:
        """A head directly in an operand is a bare name; anything else is met on the way down."""
        for head in branches(tree, "head"):
            if len(head.children) == 1 and names(head):
                yield self.bare(names(head)[0], place)
            else:
                yield from self.event(head)

    def operand_name(self, tree: Branch) -> Token | None:
        """The attribute that an operand asks for."""
        for child in branches(tree, "head", "of", "own"):
            found = names(child)
            return found[-1] if found else None
        return None

    def value(self, word: Token, left: Token | None, place: _Place) -> Iterator[Occurrence]:
        """A word beside an attribute: one of its values, a party, or what else may stand there."""
        lexicon, text, of = self.words.lexicon, str(word), str(left or "")
        if of == "类型" and text in lexicon.kinds:
            yield self.at(word, Symbol(Kind.CASE_KIND, text))
        elif text in self.words.attributes.get(of, ()):
            yield self.at(word, Symbol(Kind.VALUE, text, of))
        elif text in lexicon.organs or text in lexicon.persons:
            yield self.party(word)
        elif text in self.words.attributes or text in self.words.parameters:
            yield self.bare(word, place)

    def bare(self, name: Token, place: _Place) -> Occurrence:
        text = str(name)
        if place.of_case and text in self.words.lexicon.case:
            return self.at(name, Symbol(Kind.CASE_ATTRIBUTE, text))
        if text in self.words.parameters and text not in self.words.attributes:
            return self.at(name, Symbol(Kind.PARAMETER, text))
        return self.attribute(name, place.acts)

    def attribute(self, name: Token, acts: tuple[str, ...]) -> Occurrence:
        held = tuple(act for act in acts if str(name) in self.words.lexicon.acts.get(act, {}))
        return self.at(name, Symbol(Kind.ATTRIBUTE, str(name)), acts=held)

    def party(self, name: Token) -> Occurrence:
        lexicon, text = self.words.lexicon, str(name)
        if text in lexicon.organs:
            return self.at(name, Symbol(Kind.ORGAN, text))
        return self.at(name, Symbol(Kind.PERSON, text)) if text in lexicon.persons else self.attribute(name, ())

    def norm(self, name: Token) -> Occurrence:
        pack, mark, title = str(name).rpartition("/")
        found = self.at(name, Symbol(Kind.NORM, f"{pack if mark else self.pack}/{title}"))
        span = found.span  # only the title: the pack keeps its name
        return found._replace(span=span.model_copy(update={"column": span.column + len(pack + mark)}))

    def declared(self, tree: Branch) -> Iterator[Occurrence]:
        match str(tree.data):
            case "parameter":
                yield self.at(names(tree)[0], Symbol(Kind.PARAMETER, str(names(tree)[0])), declares=True)
            case "is_a":
                *lower, upper = names(tree)
                yield from (self.at(name, Symbol(Kind.ORGAN, str(name)), declares=True) for name in lower)
                yield self.at(upper, Symbol(Kind.ORGAN, str(upper)))
            case "acts":
                yield from (self.at(name, Symbol(Kind.ACT, str(name)), declares=True) for name in names(tree))
                acts = tuple(map(str, names(tree)))
                for attribute in branches(tree, "attribute"):
                    yield from self.attribute_line(attribute, Kind.ATTRIBUTE, acts)
            case "case_words":
                for attribute in branches(tree, "attribute"):
                    yield from self.attribute_line(attribute, Kind.CASE_ATTRIBUTE, ())
            case data if data in _DECLARED:
                yield from (self.at(name, Symbol(_DECLARED[data], str(name)), declares=True) for name in names(tree))

    def attribute_line(self, tree: Branch, kind: Kind, acts: tuple[str, ...]) -> Iterator[Occurrence]:
        name, choices = names(tree)[0], branch(tree, "choices")
        values = tokens(choices, "NAME") if choices is not None and choices_of(tree) else []
        if str(name) == "文书" and choices is not None:
            yield from (self.at(one, Symbol(Kind.PART, str(one)), declares=True, acts=acts) for one in values)
            return
        yield self.at(name, Symbol(kind, str(name)), declares=True, acts=acts)
        yield from (self.at(one, Symbol(Kind.VALUE, str(one), str(name)), declares=True) for one in values)

    def at(self, name: Token, symbol: Symbol, declares: bool = False, acts: tuple[str, ...] = ()) -> Occurrence:
        return Occurrence(symbol, span_of(self.file, name), declares, acts)


def _is_bare(tree: Branch) -> bool:
    """Whether an operand is one word."""
    heads = branches(tree, "head")
    return len(tree.children) == 1 and bool(heads) and len(heads[0].children) == len(names(heads[0])) == 1


def occurrence_at(found: Iterable[Occurrence], file: str, line: int, column: int) -> Occurrence | None:
    """The name at a place of a file; the end of a name counts as on it."""
    for one in found:
        span = one.span
        if span.file == file and span.line == line and span.column <= column <= span.end_column:
            return one
    return None


def declarations(found: Iterable[Occurrence], asked: Occurrence) -> tuple[Occurrence, ...]:
    """Where a name is declared; for an attribute, of the acts it is asked of, if those are known."""
    all_of_it = tuple(one for one in found if one.symbol == asked.symbol and one.declares)
    narrowed = tuple(one for one in all_of_it if set(one.acts) & set(asked.acts))
    return narrowed if asked.acts and narrowed else all_of_it
