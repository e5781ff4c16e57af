"""Where the names of a pack stand in the YAML of its fixtures: ids of norms, acts, attributes, values, parties."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

import yaml

from checker.cases.keys import CASE, EVENT, EXPECT
from checker.language.symbols import Kind, Symbol, Words
from checker.model.place import Span

Node: TypeAlias = yaml.Node
Step: TypeAlias = str | int
_YAML: Final = (".yaml", ".yml")


class FixtureText(NamedTuple):
    """A fixture file with its text; ``trees`` None where it is no readable YAML."""

    file: str
    text: str
    trees: tuple[Node, ...] | None


def fixture_files(folder: str | None) -> tuple[str, ...]:
    """Every file under the folder of fixtures."""
    return tuple(p.as_posix() for p in sorted(Path(folder).rglob("*")) if p.is_file()) if folder else ()


def read_fixture(file: str, text: str) -> FixtureText:
    """The YAML of a fixture file, with the place of every word."""
    if not file.endswith(_YAML):
        return FixtureText(file, text, None)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return FixtureText(file, text, tuple(tree for tree in yaml.compose_all(text, Loader=loader) if tree))
    except yaml.YAMLError:
        return FixtureText(file, text, None)


class Spot(NamedTuple):
    """A word of a fixture, with the keys that lead to it; ``key`` True: it is the key itself."""

    path: tuple[Step, ...]
    node: yaml.ScalarNode
    key: bool


def spots(tree: Node) -> Iterator[Spot]:
    """Every word of a document."""
    stack: list[tuple[tuple[Step, ...], Node]] = [((), tree)]
    while stack:
        path, node = stack.pop()
        if isinstance(node, yaml.ScalarNode):
            yield Spot(path, node, key=False)
        elif isinstance(node, yaml.SequenceNode):
            stack += [((*path, n), child) for n, child in enumerate(node.value)]
        elif isinstance(node, yaml.MappingNode):
            for key, child in node.value:
                if isinstance(key, yaml.ScalarNode):
                    yield Spot((*path, key.value), key, key=True)
                    stack.append(((*path, key.value), child))


def expected_norms(fixture: FixtureText) -> Iterator[frozenset[str]]:
    """For each case the norms that its expectations name."""
    for tree in fixture.trees or ():
        named = (spot for spot in spots(tree) if not spot.key and _is_expected(spot.path))
        yield frozenset(str(spot.node.value) for spot in named)


def _is_expected(path: Sequence[Step]) -> bool:
    return len(path) == 3 and _is(path[0], CASE, "expect") and _is(path[2], EXPECT, "norm")


def _is(step: Step, table: object, name: str) -> bool:
    assert isinstance(table, dict)
    return step in (name, table[name])


def mentions(fixture: FixtureText, symbol: Symbol, words: Words) -> tuple[Span, ...]:
    """Every place of a name in a fixture, in order, without the marks of quotation round it."""
    return tuple(sorted(_mentions(fixture, symbol, words), key=lambda one: (one.line, one.column)))


def _mentions(fixture: FixtureText, symbol: Symbol, words: Words) -> Iterator[Span]:
    lines = fixture.text.split("\n")
    for tree in fixture.trees or ():
        for spot in spots(tree):
            for start, length in _found(spot, symbol, words):
                span = _span(fixture.file, lines, spot.node, start, length)
                if span is not None:
                    yield span


def _found(spot: Spot, symbol: Symbol, words: Words) -> Iterator[tuple[int, int]]:
    """Where in the word the name stands: the start and the length of what a new name replaces."""
    value = str(spot.node.value)
    if symbol.kind in (Kind.NORM, Kind.INDICATOR):
        title = len(symbol.written)
        if value == symbol.name and not spot.key:
            yield len(value) - title, title
        elif not spot.key and (at := value.find(f":{symbol.name}@")) >= 0:  # 违反:pack/title@e1
            yield at + len(symbol.name) + 1 - title, title
    elif value == symbol.name and _PLACES[symbol.kind](spot, symbol, words):
        yield 0, len(value)


def _span(file: str, lines: Sequence[str], node: yaml.ScalarNode, start: int, length: int) -> Span | None:
    """The stretch in the text; None where escapes or line breaks make the text differ from the value."""
    mark = node.start_mark
    quote = 1 if node.style in ("'", '"') else 0
    begin = mark.column + quote + start
    wanted = str(node.value)[start : start + length]
    if mark.line >= len(lines) or lines[mark.line][begin : begin + length] != wanted:
        return None
    line = mark.line + 1
    return Span(file=file, line=line, column=begin + 1, end_line=line, end_column=begin + 1 + length)


def _in_event(path: Sequence[Step]) -> bool:
    return len(path) >= 3 and _is(path[0], CASE, "events")


def _of_case(path: Sequence[Step]) -> bool:
    return len(path) >= 2 and _is(path[0], CASE, "attributes")


def _owner(spot: Spot) -> str | None:
    """The attribute whose value the word is, alone or in a list."""
    path = spot.path
    if spot.key:
        return None
    if _in_event(path):
        return str(path[2]) if path[2] not in (*EVENT, *EVENT.values()) else None
    return str(path[1]) if _of_case(path) else None


def _is_act(spot: Spot, symbol: Symbol, words: Words) -> bool:
    del symbol, words
    path = spot.path
    in_event = _in_event(path) and len(path) == 3 and _is(path[2], EVENT, "act")
    return not spot.key and (in_event or (len(path) == 2 and _is(path[0], CASE, "covers")))


def _is_attribute(spot: Spot, symbol: Symbol, words: Words) -> bool:
    del symbol, words
    return spot.key and _in_event(spot.path) and len(spot.path) == 3


def _is_case_attribute(spot: Spot, symbol: Symbol, words: Words) -> bool:
    del symbol, words
    return spot.key and _of_case(spot.path) and len(spot.path) == 2


def _is_value(spot: Spot, symbol: Symbol, words: Words) -> bool:
    del words
    return _owner(spot) == symbol.owner


def _is_party(spot: Spot, symbol: Symbol, words: Words) -> bool:
    del symbol
    path = spot.path
    acting = _in_event(path) and _is(path[2], EVENT, "actor")
    owed = len(path) == 3 and _is(path[0], CASE, "expect") and _is(path[2], EXPECT, "bearer")
    owner = _owner(spot)
    held = any(
        kinds[owner].name in ("机关", "人员")
        for kinds in (*words.lexicon.acts.values(), words.lexicon.case)
        if owner in kinds
    )
    return not spot.key and (acting or owed or held)


def _is_kind(spot: Spot, symbol: Symbol, words: Words) -> bool:
    del symbol, words
    return not spot.key and len(spot.path) == 1 and _is(spot.path[0], CASE, "kind")


def _is_part(spot: Spot, symbol: Symbol, words: Words) -> bool:
    del symbol, words
    return not spot.key and _in_event(spot.path) and _is(spot.path[2], EVENT, "document")


def _nowhere(spot: Spot, symbol: Symbol, words: Words) -> bool:
    del spot, symbol, words
    return False


_PLACES: Final[dict[Kind, Callable[[Spot, Symbol, Words], bool]]] = {
    Kind.ACT: _is_act,
    Kind.ATTRIBUTE: _is_attribute,
    Kind.CASE_ATTRIBUTE: _is_case_attribute,
    Kind.VALUE: _is_value,
    Kind.ORGAN: _is_party,
    Kind.PERSON: _is_party,
    Kind.CASE_KIND: _is_kind,
    Kind.PART: _is_part,
    Kind.PARAMETER: _nowhere,
    Kind.PACK: _nowhere,
}


def registered(register: FixtureText, symbol: Symbol, pack: str, folder: str) -> Iterator[Span]:
    """Where a register of provisions lists a norm, or a site sets a parameter; a title alone means its own pack."""
    lines = register.text.split("\n")
    full = symbol.name if symbol.kind in (Kind.NORM, Kind.INDICATOR) else f"{pack}/{symbol.name}"
    is_own = register.file.startswith(f"{folder}/")
    for spot in (spot for tree in register.trees or () for spot in spots(tree)):
        value, title = str(spot.node.value), symbol.written
        listed = symbol.kind in (Kind.NORM, Kind.INDICATOR) and len(spot.path) > 1 and spot.path[1] == "规范"
        set_there = symbol.kind is Kind.PARAMETER and spot.key
        if (listed and not spot.key and (value == full or (is_own and value == title))) or (
            set_there and value == full
        ):
            span = _span(register.file, lines, spot.node, len(value) - len(title), len(title))
            if span is not None:
                yield span
