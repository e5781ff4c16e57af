"""The columns of a struct sorted by what they say: a field may be written in more than one of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pyarrow as pa
from pyarrow import types

from checker.cases.columnar.bits import Codes, Mask, valid_rows
from checker.cases.columnar.coded import Column, Lists, Reader, Texts, column, read_column
from checker.cases.columnar.native import Native, natives, numbers

MARK: Final = "\x7f"
"""After the name of a field: how its value was written, for columns hold one type only (see :class:`Piece`)."""
LIST: Final = f"{MARK}l"
NUMBER: Final = f"{MARK}d"
TRUTH: Final = f"{MARK}b"
NULL: Final = MARK


@dataclass(frozen=True, slots=True)
class Piece:
    """A column of a field, under one of its spellings; ``mark`` says that it holds the text of numbers, or nulls."""

    array: pa.Array
    spelling: str
    mark: str = ""

    @property
    def valid(self) -> Mask:
        """The rows that this column says something on."""
        return valid_rows(self.array)


@dataclass(slots=True)
class Field:
    """All columns of one field."""

    pieces: list[Piece] = field(default_factory=list)

    @property
    def scalars(self) -> list[Piece]:
        """Those with one value a row."""
        return [piece for piece in self.pieces if piece.mark != NULL and not is_list(piece.array.type)]

    @property
    def lists(self) -> list[Piece]:
        """Those with a list a row."""
        return [piece for piece in self.pieces if piece.mark != NULL and is_list(piece.array.type)]

    @property
    def nulls(self) -> list[Piece]:
        """Those that tell which rows say null."""
        return [piece for piece in self.pieces if piece.mark == NULL]


def is_list(kind: pa.DataType) -> bool:
    """Whether a type is one of lists."""
    return bool(types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind))


def said_twice(given: Field) -> Mask | None:
    """The rows on which two columns of a field both say something; a null under another spelling says nothing."""
    if len(given.pieces) == 1:
        return None
    spelt: dict[str, list[Piece]] = {}
    for piece in given.pieces:
        spelt.setdefault(piece.spelling, []).append(piece)
    counts = [np.sum([piece.valid for piece in pieces], axis=0) for pieces in spelt.values()]
    stated = [piece.valid for piece in given.pieces if piece.mark != NULL]
    twice: Mask = np.logical_or.reduce([count > 1 for count in counts])
    return twice | (np.sum(stated, axis=0) > 1) if stated else twice


def opened(piece: Piece, of: pa.Array | None = None) -> Column:
    """A piece with one value a row, as codes; or some rows ``of`` it."""
    return column(piece.array if of is None else of, _native(piece))


def _native(piece: Piece) -> Native:
    return numbers if piece.mark == NUMBER else natives


def opened_list(piece: Piece) -> tuple[Mask, Codes, Column]:
    """A piece with a list a row: where there is one, how long it is, the items."""
    lengths, items = listed(piece.array)
    return piece.valid, lengths, column(items, natives)


def listed(array: pa.Array) -> tuple[Codes, pa.Array]:
    """How long the list of each row is (0 for null), and the items of all."""
    if types.is_list(array.type) and len(array):
        offsets = np.frombuffer(array.buffers()[1], np.int32, len(array) + 1, array.offset * 4)
        lengths = np.diff(offsets)
        if not array.null_count or not lengths[~valid_rows(array)].any():
            return lengths, array.values.slice(int(offsets[0]), int(offsets[-1] - offsets[0]))
    lengths = array.value_lengths().fill_null(0).cast(pa.int32()).to_numpy(zero_copy_only=False)
    return lengths, array.flatten()


def read_lists(piece: Piece, reader: Reader) -> tuple[Lists, Mask]:
    """The lists of a piece, and the rows on which an item is refused, or null."""
    valid, lengths, items = opened_list(piece)
    texts, _ = read_column(items, reader)
    refused = texts.codes < 0
    bad = np.zeros(len(valid), np.bool_)
    if refused.any():
        bad[np.repeat(np.arange(len(valid)), lengths)[refused]] = True
    return Lists(valid, lengths, texts), bad


def expanded(given: Column, read: Callable[[object], tuple[str, ...] | None]) -> tuple[Lists, Mask]:
    """Lists from a column each of whose values stands for a list, and the rows that are refused."""
    several = [None if raw is None else read(raw) for raw in given.native(given.values)]
    flat = [text for texts in several if texts for text in texts]
    sizes = np.array([0 if texts is None else len(texts) for texts in several] + [0], np.int32)
    known = np.array([texts is not None for texts in several] + [False], np.bool_)
    valid = known[given.codes]
    lengths = np.where(valid, sizes[given.codes], 0).astype(np.int32)
    starts = (np.cumsum(sizes) - sizes)[given.codes]
    within = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    encoded = pa.array(flat, pa.string()).dictionary_encode()
    places = encoded.indices.to_numpy().astype(np.int32)
    codes = places[np.repeat(starts, lengths) + within] if len(places) else np.zeros(0, np.int32)
    return Lists(valid, lengths, Texts(codes, encoded.dictionary)), (given.codes >= 0) & ~valid
