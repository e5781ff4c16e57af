"""A struct of columns with structural fields among others, as a record's mappings have them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
from pyarrow import types

from checker.cases.columnar.bits import Mask, valid_rows
from checker.cases.columnar.coded import Lists, Reader, Texts, joined, joined_lists, read_column, single
from checker.cases.columnar.moments import Moments, joined_moments, read_moments
from checker.cases.columnar.pieces import MARK, NULL, Field, Piece, is_list, opened, read_lists, said_twice

_FLAT: Final = (
    types.is_string,
    types.is_large_string,
    types.is_integer,
    types.is_float32,
    types.is_float64,
    types.is_decimal,
    types.is_boolean,
    types.is_date,
    types.is_timestamp,
    types.is_time,
)


@dataclass(slots=True)
class Struct:
    """The structural fields, the others, and the rows on which anything is doubtful so far."""

    known: dict[str, Field]
    rest: dict[str, Field]
    doubtful: Mask

    def doubt(self, mask: Mask) -> None:
        """More rows."""
        self.doubtful |= mask

    def doubt_rest(self) -> None:
        """Where anything is said in a field that has no place here."""
        for of in self.rest.values():
            for piece in of.pieces:
                self.doubt(piece.valid)

    def texts(self, name: str, reader: Reader) -> Texts | None:
        """A field with one text a row; None if no row has it. Rows with a list are left to :meth:`lists`."""
        parts = []
        for piece in self._scalars(name):
            texts, bad = read_column(opened(piece), reader)
            self.doubt(bad)
            parts.append(texts)
        return joined(parts) if parts else None

    def text(self, name: str, reader: Reader) -> Texts | None:
        """The same of a field that may not be a list."""
        self._no_lists(name)
        return self.texts(name, reader)

    def lists(self, name: str, reader: Reader) -> Lists | None:
        """A field with a list of texts a row, one text standing for a list of it; None if no row has it."""
        texts = self.texts(name, reader)
        parts = [] if texts is None else [single(texts)]
        for piece in self.known[name].lists if name in self.known else []:
            lists, bad = read_lists(piece, reader)
            self.doubt(bad)
            parts.append(lists)
        return joined_lists(parts) if parts else None

    def moments(self, name: str, zone: str | None) -> Moments | None:
        """A field with a date a row; None if no row has it."""
        self._no_lists(name)
        parts = []
        for piece in self._scalars(name):
            if piece.mark:
                self.doubt(piece.valid)
                continue
            moments, bad = read_moments(piece.array, zone)
            self.doubt(bad)
            parts.append(moments)
        return joined_moments(parts) if parts else None

    def _scalars(self, name: str) -> list[Piece]:
        return self.known[name].scalars if name in self.known else []

    def _no_lists(self, name: str) -> None:
        for piece in self.known[name].lists if name in self.known else []:
            self.doubt(piece.valid)


def struct(
    columns: Iterable[tuple[str, pa.Array]],
    size: int,
    spelling: Mapping[str, str],
    marked: bool,
    nested: frozenset[str] = frozenset(),
) -> Struct:
    """The columns that say anything, sorted by field. ``nested`` are the fields whose columns may be of any type.

    ``marked``: the names bear marks (:mod:`checker.cases.columnar.pieces`).
    """
    found = Struct({}, {}, np.zeros(size, np.bool_))
    for column_name, array in columns:
        if array.null_count == len(array):
            continue
        bare, sign, kind = column_name.partition(MARK) if marked else (column_name, "", "")
        name = spelling.get(bare)
        piece = Piece(array, bare, sign + kind)
        if name not in nested and not (_is_flat(array.type) and (not marked or _is_exact(array.type))):
            found.doubt(piece.valid)
            continue
        of = found.rest.setdefault(bare, Field()) if name is None else found.known.setdefault(name, Field())
        of.pieces.append(piece)
    for of in (*found.known.values(), *found.rest.values()):
        twice = said_twice(of)
        if twice is not None:
            found.doubt(twice)
    return found


def one_column(fields: Struct, name: str, wanted: Callable[[pa.DataType], bool]) -> pa.Array | None:
    """The column of a nested field, both spellings together; what is said in a column of another type is doubtful."""
    pieces = [piece for piece in fields.known[name].pieces if piece.mark != NULL] if name in fields.known else []
    usable = [piece for piece in pieces if wanted(piece.array.type)]
    chosen = min(usable, key=lambda piece: int(piece.array.null_count), default=None)
    if chosen is None:
        alike = []
    else:
        alike = [piece for piece in usable if piece is chosen or piece.array.type == chosen.array.type]
    for piece in pieces:
        if not any(piece is one for one in alike):
            fields.doubt(piece.valid)
    return _either([piece.array for piece in alike])


def _either(arrays: list[pa.Array]) -> pa.Array | None:
    """Columns that never say something on the same row, as one."""
    if len(arrays) < 2:
        return arrays[0] if arrays else None
    size = len(arrays[0])
    places = np.arange(size)
    for n, array in enumerate(arrays):
        places[valid_rows(array)] = np.flatnonzero(valid_rows(array)) + n * size
    return pa.concat_arrays(arrays).take(pa.array(places))


def members(array: pa.StructArray) -> list[tuple[str, pa.Array]]:
    """The columns of a struct array by name, null wherever the struct is."""
    columns = array.flatten() if array.null_count else [array.field(n) for n in range(array.type.num_fields)]
    return [(array.type.field(n).name, column) for n, column in enumerate(columns)]


def _is_exact(kind: pa.DataType) -> bool:
    """Whether a column of a text format can still tell what was written."""
    kind = kind.value_type if is_list(kind) else kind
    return not (types.is_timestamp(kind) or types.is_floating(kind))


def _is_flat(kind: pa.DataType) -> bool:
    """One value a row, or a list of such, of a type that can be told apart value by value."""
    if is_list(kind):
        return not is_list(kind.value_type) and _is_flat(kind.value_type)
    return _is_flat(kind.value_type) if types.is_dictionary(kind) else any(test(kind) for test in _FLAT)
