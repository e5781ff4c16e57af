"""Attributes: each column read under the types that the owners of its rows declare."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from checker.cases.columnar.bits import Codes, Mask
from checker.cases.columnar.coded import (
    Column,
    Lists,
    Reader,
    Texts,
    joined,
    joined_lists,
    list_array,
    read_column,
    text_array,
)
from checker.cases.columnar.pieces import NULL, Field, Piece, expanded, is_list, opened, opened_list, said_twice
from checker.cases.columnar.plan import Typing
from checker.cases.columnar.readers import attribute, attribute_lists
from checker.cases.event_record import Words


@dataclass(slots=True)
class Read:
    """The columns read, by name, and the rows on which anything is doubtful."""

    doubtful: Mask
    columns: dict[str, pa.Array] = field(default_factory=dict)
    none: dict[str, Mask] = field(default_factory=dict)


def read_attributes(
    given: Mapping[str, Field], typings: Mapping[str, Typing], owners: Codes, known: Words, lenient: bool
) -> Read:
    """The attributes of the rows whose owners (acts by number; 0 for a case) are given.

    ``lenient`` takes a list of one item for one value, as a column holds it where another act declares many.
    """
    read = Read(np.zeros(len(owners), np.bool_))
    places = owners.astype(np.intp)  # numpy looks up faster by its own integers
    for name, of in given.items():
        typing = typings.get(name)
        if typing is None:
            for piece in of.pieces:
                read.doubtful |= piece.valid
            continue
        twice = said_twice(of)
        if twice is not None:
            read.doubtful |= twice
        _Attribute(name, typing, places, known, lenient, read).take(of)
    return read


@dataclass(slots=True)
class _Attribute:
    """One attribute on its way; what is read of it goes into ``read``."""

    name: str
    typing: Typing
    owners: npt.NDArray[np.intp]
    known: Words
    lenient: bool
    read: Read

    @property
    def kinds(self) -> Codes:
        """The place of the declared type, by row; -1 where there is none."""
        return self.typing.of_owner[self.owners]

    def take(self, given: Field) -> None:
        for piece in given.nulls:
            stated = piece.valid
            self.read.doubtful |= stated & (self.kinds < 0)
            self.read.none[self.name] = stated
        if self.typing.is_many:
            several = [self._expanded(piece) for piece in given.scalars] + [self._lists(one) for one in given.lists]
            if several:
                self.read.columns[self.name] = list_array(joined_lists(several))
            return
        texts = [self._scalars(piece) for piece in given.scalars] + [self._singles(one) for one in given.lists]
        if texts:
            self.read.columns[self.name] = text_array(joined(texts))

    def _scalars(self, piece: Piece) -> Texts:
        """Most attributes are those of few acts: only the rows that have a value are looked at."""
        rows = np.flatnonzero(piece.valid)
        some = self._by_kind(opened(piece, of=piece.array.drop_null()), self.typing.of_owner[self.owners[rows]])
        self.read.doubtful[rows[some.codes < 0]] = True
        codes = np.full(len(self.owners), -1, np.int32)
        codes[rows] = some.codes
        return Texts(codes, some.texts)

    def _by_kind(self, given: Column, kinds: Codes) -> Texts:
        """The texts, each read under the type of its row; rows without one have none."""
        every = range(len(self.typing.kinds))
        return joined([read_column(_only(given, kinds == n), self._reader(n))[0] for n in every])

    def _reader(self, n: int) -> Reader:
        return attribute(self.typing.kinds[n], self.known, self.lenient)

    def _expanded(self, piece: Piece) -> Lists:
        given = opened(piece)
        parts = []
        kinds = self.kinds
        for n, kind in enumerate(self.typing.kinds):
            own = _only(given, kinds == n)
            parts.append(expanded(own, attribute_lists(kind, self.known, self.lenient))[0])
        lists = joined_lists(parts)
        self.read.doubtful |= (given.codes >= 0) & ~lists.valid
        return lists

    def _lists(self, piece: Piece) -> Lists:
        valid, lengths, items = opened_list(piece)
        kinds = self.kinds
        texts = self._by_kind(items, np.repeat(kinds, lengths))
        bad = np.repeat(np.arange(len(valid)), lengths)[texts.codes < 0]
        self.read.doubtful[bad] = True
        many = np.array([kind.many for kind in self.typing.kinds] + [False], np.bool_)[kinds]
        self.read.doubtful |= valid & ~(many | ((lengths == 1) & self.lenient))
        return Lists(valid, lengths, texts)

    def _singles(self, piece: Piece) -> Texts:
        """A column of lists where no act declares many: the items, if there is one a row."""
        lists = self._lists(piece)
        codes = np.full(len(self.owners), -1, np.int32)
        alone = lists.lengths == 1
        starts = np.cumsum(lists.lengths) - lists.lengths
        codes[alone] = lists.items.codes[starts[alone]]
        return Texts(codes, lists.items.texts)


def _only(given: Column, rows: Mask) -> Column:
    return Column(given.codes | (rows.view(np.int8).astype(np.int32) - 1), given.values, given.native)


def stated_none(given: Field) -> tuple[dict[str, Piece], Mask]:
    """The lists of names that are known to be none, as a column of nulls for each name; the rows it cannot be for."""
    size = len(given.pieces[0].array)
    found: dict[str, Piece] = {}
    bad = np.zeros(size, np.bool_)
    for piece in given.pieces:
        if not is_list(piece.array.type):
            bad |= piece.valid
            continue
        _, lengths, items = opened_list(piece)
        rows = np.repeat(np.arange(size), lengths)
        bad[rows[items.codes < 0]] = True
        for code, name in enumerate(items.native(items.values)):
            mask = np.ones(size, np.bool_)
            mask[rows[items.codes == code]] = False
            found[str(name)] = Piece(pa.array(~mask, mask=mask), str(name), NULL)
    return found, bad


def none_array(none: Mapping[str, Mask], size: int) -> pa.Array | None:
    """The column that names what is known to be none; None if nothing is."""
    if not any(mask.any() for mask in none.values()):
        return None
    rows, names = np.nonzero(np.stack(list(none.values()), axis=1))
    lengths = np.bincount(rows, minlength=size).astype(np.int32)
    return list_array(Lists(lengths > 0, lengths, Texts(names.astype(np.int32), pa.array(list(none), pa.string()))))
