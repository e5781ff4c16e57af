"""How a stretch of JSON Lines writes its fields: which kinds of values, so that each gets columns that hold it exactly.

A column holds one type, and cannot tell null from what is not said. Where a field is written in two ways (one actor,
or a list of them), where numbers have fractions, and wherever null is written, the bytes are marked before they are
parsed: the name of the field gets a mark (:mod:`checker.cases.columnar.pieces`), and so a column of its own. A mark put
inside a string breaks its line, which is then read by itself.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

import pyarrow as pa
from pyarrow import types

from checker.cases.columnar.pieces import LIST, MARK, NULL, NUMBER, TRUTH
from checker.cases.keys import CASE, both_ways

MOST: Final = 1_000
"""Names looked for; a line with yet another is read by itself."""

_NESTED: Final = {
    name: key for name, key in both_ways(CASE).items() if key in ("attributes", "events", "answers", "extent")
}
_NUMBER: Final = re.compile(rb'(?<!\x7f)": ?(-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?=[,}\r\n ])')
_INT64: Final = 2**63

Key = tuple[str, str]
"""The nested field of a case that a name stands in, "" for the case itself; the name."""


@dataclass(slots=True)
class Shape:
    """The kinds of values seen, by field: s text, i whole number, d other number, b truth, l list, o object, n null.

    ``items`` are those seen in lists. Nulls are marked already.
    """

    kinds: dict[Key, set[str]] = field(default_factory=dict)
    items: dict[Key, set[str]] = field(default_factory=dict)
    splits_lists: bool = False
    splits_numbers: bool = False
    splits_truths: bool = False

    def learn(self, record: object) -> bool:
        """Whether a record, as ``json`` reads it, shows anything new."""
        return max([self._see(key, kind) for key, kind in _walk("", record)], default=False)

    def expect(self, texts: Iterable[Key]) -> None:
        """Ask for texts in fields not seen so far."""
        for key in texts:
            if key not in self.kinds:
                self._see(key, "s")

    def learn_types(self, schema: pa.Schema) -> bool:
        """Whether columns that were found without being asked for show anything that must be read again."""
        return max([self._see(key, kind) for key, kind in _unasked(schema)], default=False)

    def _see(self, key: Key, kind: str) -> bool:
        within = kind.startswith("[")
        seen = (self.items if within else self.kinds).setdefault(key, set())
        if kind in seen or len(self.kinds) > MOST:
            return False
        seen.add(kind)
        if not within:
            self._split(seen - {"n"})
        return True

    def _split(self, seen: set[str]) -> None:
        mixed = len(seen) > 1
        self.splits_lists |= mixed and "l" in seen
        self.splits_numbers |= "d" in seen or (mixed and "i" in seen)
        self.splits_truths |= mixed and "b" in seen

    def split_numbers(self) -> bool:
        """Keep numbers as they are written from now on; whether that is new."""
        new, self.splits_numbers = not self.splits_numbers, True
        return new

    def schema(self) -> pa.Schema:
        """The columns to ask for."""
        return pa.schema(list(self._fields("")))

    def _fields(self, level: str) -> Iterator[pa.Field]:
        for (at, name), kinds in self.kinds.items():
            if at == level:
                yield from self._columns(level, name, kinds)

    def _columns(self, level: str, name: str, kinds: set[str]) -> Iterator[pa.Field]:
        apart = {"l"} if self.splits_lists else set()
        apart |= {"i", "d"} if self.splits_numbers else set()
        apart |= {"b"} if self.splits_truths else set()
        nested = _NESTED.get(name) if level == "" else None
        for kind in "sibol":
            if kind in kinds - apart:
                yield from self._plain(level, name, kind, nested)
                break
        if "l" in kinds & apart:
            yield from self._plain(level, name, "l", nested, LIST)
        if kinds & apart & {"i", "d"}:
            yield pa.field(name + NUMBER, pa.string())
        if "b" in kinds & apart:
            yield pa.field(name + TRUTH, pa.bool_())
        if "n" in kinds:
            yield pa.field(name + NULL, pa.int64())

    def _plain(self, level: str, name: str, kind: str, nested: str | None, mark: str = "") -> Iterator[pa.Field]:
        flat = {"s": pa.string(), "i": pa.int64(), "b": pa.bool_()}
        items = self.items.get((level, name), set())
        if kind in flat:
            yield pa.field(name, flat[kind])
        elif kind == "o" and nested is not None:
            yield pa.field(name, pa.struct(list(self._fields(nested))))
        elif kind == "l" and nested is not None and items <= {"[o"}:
            yield pa.field(name + mark, pa.list_(pa.struct(list(self._fields(nested)))))
        elif kind == "l":
            yield pa.field(name + mark, pa.list_(pa.int64() if items == {"[i"} else pa.string()))

    def marked(self, text: bytes) -> bytes:
        """The text with the marks that the shape asks for."""
        pairs: list[tuple[str, str]] = []
        pairs += [("true", TRUTH), ("false", TRUTH)] if self.splits_truths else []
        pairs += [("[", LIST)] if self.splits_lists else []
        for value, mark in pairs:
            for gap in ("", " "):
                text = text.replace(f'":{gap}{value}'.encode(), f'{mark}":{value}'.encode())
        return _NUMBER.sub(rf'{NUMBER}":"\1"'.encode(), text) if self.splits_numbers else text


def _walk(level: str, record: object) -> Iterator[tuple[Key, str]]:
    for name, value in record.items() if isinstance(record, dict) else ():
        yield (level, name), _kind(value)
        nested = _NESTED.get(name) if level == "" else None
        if isinstance(value, list):
            yield from (((level, name), f"[{_kind(item)}") for item in value[:100] if item is not None)
        for item in value if isinstance(value, list) else [value]:
            if nested is not None:
                yield from _walk(nested, item)


def _kind(value: object) -> str:
    match value:
        case None:
            return "n"
        case bool():
            return "b"
        case int():
            return "i" if -_INT64 <= value < _INT64 else "d"
        case Decimal():
            return "d"
        case str():
            return "s"
        case list():
            return "l"
        case _:
            return "o"


def _unasked(schema: pa.Schema) -> Iterator[tuple[Key, str]]:
    """Of the columns that Arrow added by itself those whose type may not hold what was written."""
    for level, column in _leaves(schema):
        name, mark, _ = column.name.partition(MARK)
        if types.is_timestamp(column.type) and not mark:
            yield (level, name), "s"
        elif types.is_floating(column.type) and not mark:
            yield (level, name), "d"


def _leaves(schema: pa.Schema) -> Iterator[tuple[str, pa.Field]]:
    for column in schema:
        nested = _NESTED.get(column.name.partition(MARK)[0])
        inner = column.type.value_type if types.is_list(column.type) else column.type
        if nested is not None and types.is_struct(inner):
            yield from ((nested, one) for one in inner)
        else:
            yield "", column
