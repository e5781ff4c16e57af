"""The rows of whole cases as columns of events: every distinct cell is read once, by the functions of a record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from checker.cases.dates import read_moment
from checker.cases.event_record import SYNTHETIC, Words, read_actors
from checker.cases.flat.cells import Coded, Codes
from checker.cases.problems import Problems, Refusal
from checker.cases.table import Cell, Table, act_of, date_of, split_actors
from checker.cases.typed import read_name, read_value
from checker.engines.archive.packing import text_of
from checker.model.place import Place
from checker.model.values import Value, ValueType

Flags = npt.NDArray[np.bool_]
_EPOCH: Final = date(1970, 1, 1).toordinal()
_NOWHERE: Final = Place(file="")


@dataclass(frozen=True, slots=True)
class Found:
    """A column of an event: its array, and the rows whose cell cannot be taken."""

    array: pa.Array
    bad: Flags


def problems() -> Problems:
    """A list whose places nobody looks at."""
    return Problems(lambda _: _NOWHERE)


def acts(opened: Table, cells: Coded, known: Words) -> tuple[Codes, list[str], Flags]:
    """The place of each row's act in the list beside it, -1 for a row to be ignored; the rows without an act."""
    names: list[str] = []
    places, bad = np.full(len(cells.values), -1), np.zeros(len(cells.values), bool)
    for n, cell in enumerate(cells.values):
        act = act_of(opened.layout, cell)
        if isinstance(act, Refusal) or (act is not None and act not in known.vocabulary.acts):
            bad[n] = True
        elif act is not None:
            places[n] = len(names)
            names.append(act)
    return places[cells.codes], names, bad[cells.codes]


def moments(opened: Table, days: Coded, times: Coded | None, known: Words) -> tuple[Found, pa.Array]:
    """The dates, and the times of day."""
    codes, pairs = days.codes, [(cell, None) for cell in days.values]
    if times is not None:
        both, codes = np.unique(days.codes * len(times.values) + times.codes, return_inverse=True)
        pairs = [(days.values[n // len(times.values)], times.values[n % len(times.values)]) for n in both]
    read = [_moment(opened, day, clock, known.zone) for day, clock in pairs]
    bad = np.array([one is None for one in read], bool)
    dates = pa.array([None if one is None else one[0] for one in read], pa.date32())
    clocks = pa.array([None if one is None else one[1] for one in read], pa.time64("us"))
    places = pa.array(codes)
    return Found(dates.take(places), bad[codes]), clocks.take(places)


def _moment(opened: Table, day: Cell, clock: Cell, zone: str | None) -> tuple[date | None, time | None] | None:
    written = date_of(opened.layout, day, clock)
    if written is None:
        return None, None
    moment = written if isinstance(written, Refusal) else read_moment(written, zone)
    return None if isinstance(moment, Refusal) else moment


def actors(cells: Coded, known: Words) -> Found:
    """Who acted, as lists."""
    read: list[Sequence[str] | None] = []
    bad = np.zeros(len(cells.values), bool)
    for n, cell in enumerate(cells.values):
        met = problems()
        names = None if cell is None else read_actors({"actor": (split_actors(cell), ())}, known, met)
        bad[n] = met.total > 0
        read.append(names)
    return Found(pa.array(read, pa.list_(pa.string())).take(pa.array(cells.codes)), bad[cells.codes])


def attribute(cells: Coded, kinds: Sequence[ValueType | None], places: Codes, many: bool, known: Words) -> Found:
    """An attribute of the acts at these places (-1: none); ``kinds`` is what each act declares it to be.

    ``many``: the archive holds lists of it.
    """
    texts: list[object] = [None]
    bad = [False]
    codes = np.zeros(len(places), np.int64)
    for kind in dict.fromkeys(kind for kind in kinds if kind is not None):
        of_kind = np.array([one == kind for one in (*kinds, None)], bool)  # the last one is -1
        rows = np.flatnonzero((places >= 0) & of_kind[places] & (cells.codes > 0))
        used, inverse = np.unique(cells.codes[rows], return_inverse=True)
        codes[rows] = inverse + len(texts)
        for n in used:
            value = read_value(cells.values[n], kind, known.vocabulary, known.zone)
            bad.append(isinstance(value, Refusal))
            texts.append(None if isinstance(value, Refusal) else written(value, many))
    return Found(_spread(texts, codes, many), np.array(bad)[codes])


def written(value: Value, many: bool) -> object:
    """A value as the archive writes it."""
    if isinstance(value, tuple):
        return [text_of(item) for item in value]
    if value is None:
        return None
    return [text_of(value)] if many else text_of(value)


def _spread(texts: list[object], codes: Codes, many: bool) -> pa.Array:
    places = pa.array(codes, pa.int32())
    if many:
        return pa.array(texts, pa.list_(pa.string())).take(places)
    # Whoever looks at each value of a dictionary expects texts: the null in front stays out of it.
    indices = pa.array(codes - 1, pa.int32(), mask=codes == 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(texts[1:], pa.string()))


def identifiers(cells: Coded, cases: Codes, positions: Codes, counts: Codes) -> Found:
    """The ids of events, null where it is the one a position gives.

    ``cases`` is the case of each row, ``positions`` its place there from 1, ``counts`` how many events each case has.
    """
    names = [None if cell is None else read_name(cell, "") for cell in cells.values]
    bad = np.array([isinstance(name, Refusal) or (name or "").startswith(SYNTHETIC) for name in names])
    texts = [None if isinstance(name, Refusal) else name for name in names]
    same = {text: n for n, text in reversed(list(enumerate(texts)))}  # two cells may mean one name
    codes = np.array([same[text] for text in texts])[cells.codes]
    implied = np.array([_implied(text) for text in texts])[codes]
    own = implied == positions
    given = np.flatnonzero((codes > 0) & ~own)
    pairs = cases[given] * len(texts) + codes[given]
    inverse, often = np.unique(pairs, return_inverse=True, return_counts=True)[1:]
    wrong = bad[cells.codes]
    wrong[given] |= often[inverse] > 1
    wrong[given] |= (implied[given] > 0) & (implied[given] <= counts[cases[given]])  # the name of another position
    return Found(pa.array(texts, pa.string()).take(pa.array(np.where(own, 0, codes))), wrong)


def _implied(text: str | None) -> int:
    """The position whose default name this is; 0 if it is none."""
    is_default = text is not None and len(text) < 12 and text[:1] == "e" and text[1:].isdecimal() and text.isascii()
    number = int(text[1:]) if is_default and text is not None else 0
    return number if text == f"e{number}" else 0
