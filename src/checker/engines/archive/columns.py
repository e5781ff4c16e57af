"""A batch of case records as arrays: the seen events of its clean cases in order, columns coded when first asked for.

A case is *clean* if every seen event has a date and the record leaves no doubt about their order: there a place in the
order is one number. The others (:attr:`Columns.odd`) are for the row evaluator (semantics §1).
"""

from collections.abc import Callable, Hashable
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from checker.engines.archive.coding import Codes, encode
from checker.engines.archive.packing import value_of
from checker.engines.archive.schema import NONE
from checker.engines.archive.truth import Bools, Ints
from checker.engines.ground.scope import UNKNOWN
from checker.model.values import Value, ValueType
from checker.model.vocabulary import Vocabulary

EPOCH: Final = 719163
"""The ordinal of 1970-01-01."""

UNSAID: Final = 0
"""The code of a value that the record does not state."""

NULL: Final = 1
"""The code of a value that is known to be none."""


class Coded:
    """A value for each row: ``values[codes[i]]``, with UNKNOWN at 0 and None at 1."""

    __slots__ = ("codes", "values")

    def __init__(self, codes: Ints, values: list[Any]) -> None:
        self.codes = codes
        self.values = values

    def at(self, rows: Ints) -> Ints:
        """The codes of some rows; -1 stands for no row, of which nothing is said."""
        if not len(self.codes):
            return np.full(len(rows), UNSAID)
        return np.where(rows >= 0, self.codes[rows], UNSAID)


class Columns:
    """One batch at one as-of date.

    Events are numbered from 0 in the order of their cases and, within a case, of their keys; ``case``, ``day`` (an
    ordinal), ``act`` (a place in ``acts``), ``time`` (microseconds, -1 without) and ``source`` (the event's row among
    all events of the batch) are parallel. The events of case c are ``first[c]`` to ``end[c]``.
    """

    def __init__(self, cases: pa.RecordBatch, vocabulary: Vocabulary, as_of: int) -> None:
        self.cases = cases
        self.vocabulary = vocabulary
        self.as_of = as_of
        self.size = cases.num_rows
        self.acts = {name: n for n, name in enumerate(vocabulary.acts)}
        self.memory: dict[Hashable, Any] = {}
        events = cases.column("events")
        self.events: pa.StructArray = events.flatten()
        lengths = events.value_lengths().fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64)
        self.starts = np.cumsum(lengths) - lengths
        self._order(np.repeat(np.arange(self.size), lengths))

    def _order(self, case: Ints) -> None:
        date = self._field("date", pa.date32())
        is_dated = np.asarray(date.is_valid())
        day = date.cast(pa.int32()).fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64) + EPOCH
        times = self._field("time", pa.time64("us"))
        is_timed = times.null_count < len(times)
        time = times.cast(pa.int64()).fill_null(-1).to_numpy(zero_copy_only=False) if is_timed else None
        self.odd = np.zeros(self.size, np.bool_)
        self.odd[case[~is_dated]] = True
        source = np.flatnonzero(is_dated & (day <= self.as_of))
        source = _sorted(source, case, day, time)
        self.odd |= self._doubtful(case[source], day[source], None if time is None else time[source])
        if self.odd.any():
            source = source[~self.odd[case[source]]]
        self.source = source
        self.case, self.day = case[source], day[source]
        self.time = None if time is None else time[source]
        self.first = np.searchsorted(self.case, np.arange(self.size), "left")
        self.end = np.searchsorted(self.case, np.arange(self.size), "right")
        self.day_key = self.case * DAYS + self.day
        acts = encode(self._field("act", pa.string()))
        self.act = (
            np.array([self.acts[name] for name in acts.values], np.int64)[acts.codes[source]]
            if acts.values
            else (np.zeros(0, np.int64))
        )
        order = np.argsort(self.act, kind="stable")
        bounds = np.searchsorted(self.act[order], np.arange(len(self.acts) + 1))
        self._by_act, self._bounds = order, bounds

    def _doubtful(self, case: Ints, day: Ints, time: Ints | None) -> Bools:
        """Cases with two events of one day that the record does not, or only in part, put in order."""
        doubtful = np.zeros(self.size, np.bool_)
        same = np.flatnonzero((case[1:] == case[:-1]) & (day[1:] == day[:-1]))
        if not len(same):
            return doubtful
        ordered = self.cases.column("ordered") if "ordered" in self.cases.schema.names else None
        if ordered is not None:
            loose = ~np.asarray(ordered.fill_null(True).to_numpy(zero_copy_only=False), np.bool_)
            pairs = same[loose[case[same]]]
            if time is not None:
                pairs = pairs[(time[pairs] < 0) | (time[pairs + 1] < 0) | (time[pairs] == time[pairs + 1])]
            doubtful[case[pairs]] = True
        if time is not None:
            mixed = same[(time[same] < 0) != (time[same + 1] < 0)]
            doubtful[case[mixed]] = True
        return doubtful

    def of_acts(self, names: tuple[str, ...]) -> Ints:
        """The events of these acts, in order."""
        found = self.memory.get(("acts", names))
        if found is None:
            codes = [self.acts[name] for name in dict.fromkeys(names) if name in self.acts]
            parts = [self._by_act[self._bounds[code] : self._bounds[code + 1]] for code in codes]
            found = parts[0] if len(parts) == 1 else np.sort(np.concatenate([*parts, np.zeros(0, np.int64)]))
            self.memory["acts", names] = found
        return found

    def from_day(self, case: Ints, day: Ints) -> Ints:
        """The first event of each case dated on or after a day, or the case's end."""
        return np.searchsorted(self.day_key, case * DAYS + np.clip(day, 0, DAYS - 1), "left")

    def covered(self, act: str) -> Bools | None:
        """By case, whether the absence of the act means something; None where it does in all of them."""
        names = self.cases.schema.names
        if "covers" not in names or self.cases.column("covers").null_count == self.size:
            return None
        if "covers" not in self.memory:
            covers = encode(self.cases.column("covers"))
            self.memory["covers"] = covers.codes, [frozenset(one) for one in covers.values]
        if ("covers", act) not in self.memory:
            codes, lists = self.memory["covers"]
            found = np.array([*(act in one for one in lists), True], np.bool_)[codes]
            self.memory["covers", act] = None if found.all() else found
        known: Bools | None = self.memory["covers", act]
        return known

    def attribute(self, name: str) -> Coded:
        """An attribute of every event."""
        return self._kept(("attribute", name), lambda: self._event_attribute(name))

    def actors(self) -> Coded:
        """The actors of every event, tuples of names."""
        return self._kept("actors", lambda: self._tuples("actor"))

    def documents(self) -> Coded:
        """The document parts of every event."""
        return self._kept("documents", lambda: self._tuples("document"))

    def of_case(self, name: str) -> Coded:
        """An attribute of every case; 类型 is its kind."""
        return self._kept(("case", name), lambda: self._case_attribute(name))

    def event_ids(self, events: Ints) -> pa.Array:
        """The ids of events, as printed."""
        source = self.source[events]
        position = pa.array(source - self.starts[self.case[events]] + 1).cast(pa.string())
        numbered = pc.binary_join_element_wise("e", position, "")
        given = self._field("id", pa.string())
        if given.null_count == len(given):
            return numbered
        return pc.coalesce(given.take(pa.array(source)).cast(pa.string()), numbered)

    def _kept(self, key: Hashable, make: Callable[[], Coded]) -> Coded:
        if key not in self.memory:
            self.memory[key] = make()
        found: Coded = self.memory[key]
        return found

    def _field(self, name: str, kind: pa.DataType) -> pa.Array:
        place = self.events.type.get_field_index(name)
        return pa.nulls(len(self.events), kind) if place < 0 else self.events.field(place)

    def _tuples(self, name: str) -> Coded:
        coded = encode(self._field(name, pa.list_(pa.string())))
        return Coded((coded.codes + 2 - (coded.codes < 0))[self.source], [UNKNOWN, None, *coded.values])

    def _event_attribute(self, name: str) -> Coded:
        kinds = {act: kind for act, said in self.vocabulary.acts.items() if (kind := said.attributes.get(name))}
        coded = encode(self._field(name, pa.string()))
        codes = coded.codes + (NULL + 1)
        none = self._none(name)
        codes[coded.codes < 0] = UNSAID
        if len(none):
            codes[none[codes[none] == UNSAID]] = NULL
        codes = codes[self.source]
        # An attribute may be of one type in one act and of another in the next: each has its own values.
        types = list(dict.fromkeys((kind.name, kind.many) for kind in kinds.values()))
        values: list[Any] = [UNKNOWN, None]
        for type_name, many in types:
            values += [_typed(raw, ValueType(name=type_name, many=many)) for raw in coded.values]
        if len(types) > 1:
            place = np.zeros(len(self.acts), np.int64)
            for act, said in kinds.items():
                place[self.acts[act]] = types.index((said.name, said.many))
            codes = np.where(codes > NULL, codes + place[self.act] * len(coded.values), codes)
        return Coded(codes, values)

    def _none(self, name: str) -> Ints:
        """The rows of events that have the attribute known to be none."""
        if NONE not in self.memory:
            column = self._field(NONE, pa.list_(pa.string()))
            self.memory[NONE] = {}
            if column.null_count < len(column):
                names = encode(column.flatten())
                parents = np.asarray(pc.list_parent_indices(column))
                self.memory[NONE] = {one: parents[names.codes == code] for code, one in enumerate(names.values)}
        found: Ints = self.memory[NONE].get(name, _NO_ROWS)
        return found

    def _case_attribute(self, name: str) -> Coded:
        names = self.cases.schema.names
        if name == "类型":
            coded = encode(self.cases.column("kind")) if "kind" in names else Codes(np.full(self.size, -1), [])
            return Coded(np.where(coded.codes < 0, UNSAID, coded.codes + 2), [UNKNOWN, None, *coded.values])
        unsaid = Coded(np.zeros(self.size, np.int64), [UNKNOWN, None])
        kind = self.vocabulary.case_attributes.get(name)
        if "attributes" not in names or kind is None:
            return unsaid
        held = self.cases.column("attributes")
        fields = dict(zip([field.name for field in held.type], held.flatten(), strict=True))
        none = np.zeros(self.size, np.bool_) if NONE not in fields else _named_none(fields[NONE], name)
        coded = encode(fields[name]) if name in fields else Codes(np.full(self.size, -1), [])
        codes = np.where(coded.codes < 0, np.where(none, NULL, UNSAID), coded.codes + 2)
        return Coded(codes, [UNKNOWN, None, *(_typed(raw, kind) for raw in coded.values)])


_NO_ROWS: Final = np.zeros(0, np.int64)

DAYS: Final = 1 << 22
"""More than there are days; a case and a day make one number."""


def _sorted(source: Ints, case: Ints, day: Ints, time: Ints | None) -> Ints:
    """Events in the order of their keys: by case, day, time of day where both have one, and position."""
    key = case[source] * DAYS + day[source]
    if time is None:
        return source if (key[1:] >= key[:-1]).all() else source[np.argsort(key, kind="stable")]
    return source[np.lexsort((time[source], key))]


def _named_none(column: pa.Array, name: str) -> Bools:
    """Which rows list the name among what is known to be none."""
    found = np.zeros(len(column), np.bool_)
    if column.null_count == len(column):
        return found
    hits = np.asarray(pc.equal(column.flatten(), name).fill_null(False))
    found[np.asarray(pc.list_parent_indices(column))[hits]] = True
    return found


def _typed(raw: str | tuple[str, ...], kind: ValueType) -> Value:
    """A text, or several, as the declared type. A text that only another act's type reads stands for nothing here."""
    try:
        if isinstance(raw, tuple):
            members = tuple(value_of(one, kind.name) for one in raw)
            return members if kind.many or not members else members[0]
        return value_of(raw, kind.name)
    except (ValueError, KeyError, ArithmeticError):
        return None
