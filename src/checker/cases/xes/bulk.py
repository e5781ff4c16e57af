"""A stretch of a log to case records in Arrow, asking once about every distinct value."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

from checker.cases.event_record import SYNTHETIC, Words
from checker.cases.problems import Refusal
from checker.cases.table import Cell, Table, act_of, case_text, clean, covers_of, date_of
from checker.cases.typed import Plain, read_name, read_value
from checker.cases.xes.keys import OF_TRACE
from checker.cases.xes.tokens import Apart, Coded, Codes, Mask
from checker.engines.archive.packing import text_of
from checker.engines.archive.schema import ANSWER, NONE, TEXT, TEXTS, attribute_fields, case_schema
from checker.model.values import Value, ValueType

_IGNORED: Final = -2
"""The act of an event whose activity the layout says to ignore."""


@dataclass(frozen=True, slots=True)
class Built:
    """The records of the traces in which nothing is doubtful, and which of all traces these are."""

    cases: pa.RecordBatch
    sound: Mask


def can_build(opened: Table) -> bool:
    """Whether the layout is one that is read in bulk: the case named by the trace, each attribute by one key."""
    names, of_case = list(opened.attributes.values()), list(opened.case_attributes.values())
    is_named_by_trace = opened.header[opened.roles["case"]].startswith(OF_TRACE)
    return is_named_by_trace and len(set(names)) == len(names) and len(set(of_case)) == len(of_case)


def build(found: Apart, opened: Table, known: Words) -> Built:
    """The records of a stretch; traces with anything that ``read_case`` has to judge are left for it."""
    return _Builder(found, opened, known).built()


class _Builder:
    """One stretch on its way; ``doubtful`` grows as the columns are read."""

    def __init__(self, found: Apart, opened: Table, known: Words) -> None:
        self._found, self._opened, self._known = found, opened, known
        self._doubtful = found.doubtful.copy()
        self._trace_of = found.trace_of
        self._traces, self._events = len(found.begins), len(found.trace_of)

    def built(self) -> Built:
        """Read all columns, then put together what is sound."""
        covers = covers_of(self._opened.layout)
        if covers is not None and not set(covers) <= set(self._known.vocabulary.acts):
            self._doubtful[:] = True
        acts, names = self._acts()
        of_case = {"case": self._case(), "kind": self._kind(acts), "attributes": self._case_attributes(acts)}
        of_event = self._event_columns(acts, names)
        sound = ~self._doubtful
        kept = (acts >= 0) & sound[self._trace_of]
        counts = np.bincount(self._trace_of[kept], minlength=self._traces)[sound]
        offsets = pa.array(np.concatenate(([0], np.cumsum(counts))), pa.int32())
        where = pa.array(np.flatnonzero(kept))
        events = pa.StructArray.from_arrays([one.take(where) for one in of_event.values()], list(of_event))
        rows = int(sound.sum())
        columns = {name: array.filter(pa.array(sound)) for name, array in of_case.items()}
        columns |= {"covers": _repeated(None if covers is None else sorted(set(covers)), rows, TEXTS)}
        columns |= {"ordered": _repeated(self._opened.layout.ordered, rows, pa.bool_())}
        columns |= {
            "events": pa.ListArray.from_arrays(offsets, events),
            "answers": _repeated([], rows, pa.list_(ANSWER)),
        }
        return Built(_batch(columns, case_schema(self._known.vocabulary)), sound)

    def _cells(self, position: int) -> tuple[Codes, list[Cell], bool]:
        """Codes and clean texts of a column, by event unless the last is true: by trace."""
        name = self._opened.header[position]
        of_trace = name.startswith(OF_TRACE)
        found = (self._found.of_traces if of_trace else self._found.of_events).get(name.removeprefix(OF_TRACE))
        if found is None:
            return np.full(self._traces if of_trace else self._events, -1), [], of_trace
        return (*_cleaned(found), of_trace)

    def _by_event(self, position: int) -> tuple[Codes, list[Cell]]:
        codes, cells, of_trace = self._cells(position)
        return codes[self._trace_of] if of_trace else codes, cells

    def _by_trace(self, position: int, acts: Codes) -> tuple[Codes, list[Cell]]:
        """What the kept events of each trace say alike; those that differ are doubtful."""
        codes, cells, of_trace = self._cells(position)
        if of_trace:
            return codes, cells
        said = np.flatnonzero((codes >= 0) & (acts != _IGNORED))
        most = np.full(self._traces, -1)
        least = np.full(self._traces, len(cells))
        np.maximum.at(most, self._trace_of[said], codes[said])
        np.minimum.at(least, self._trace_of[said], codes[said])
        self._doubtful |= (most >= 0) & (least != most)
        return most, cells

    def _doubt(self, codes: Codes, refused: Sequence[bool], by_trace: bool, among: Mask | None = None) -> None:
        """The traces with a value that was refused."""
        bad = np.append(np.array(refused, np.bool_), False)[codes]
        if among is not None:
            bad &= among
        if by_trace:
            self._doubtful |= bad
        else:
            self._doubtful[self._trace_of[bad]] = True

    def _acts(self) -> tuple[Codes, list[str]]:
        """The act of each event as a place among names, or :data:`_IGNORED`."""
        codes, cells = self._by_event(self._opened.roles["act"])
        acts = self._known.vocabulary.acts
        names = list(acts)
        places = {name: n for n, name in enumerate(names)}
        found = [act_of(self._opened.layout, cell) for cell in cells]
        said = [_IGNORED if one is None else places.get(one, -1) if isinstance(one, str) else -1 for one in found]
        result = np.append(np.array(said, np.int64), -1)[codes]
        self._doubtful[self._trace_of[result == -1]] = True
        return result, names

    def _case(self) -> pa.Array:
        codes, cells, _ = self._cells(self._opened.roles["case"])
        names = [read_name(case_text(cell), "") for cell in cells]
        self._doubt(codes, [isinstance(name, Refusal) for name in names], by_trace=True)
        self._doubtful |= codes < 0
        return _taken([_usable(name) for name in names], codes, TEXT)

    def _kind(self, acts: Codes) -> pa.Array:
        if "kind" not in self._opened.roles:
            return pa.nulls(self._traces, TEXT)
        codes, cells = self._by_trace(self._opened.roles["kind"], acts)
        kinds = self._known.vocabulary.kinds
        refused = [(bool(kinds) and cell not in kinds) or isinstance(read_name(cell, ""), Refusal) for cell in cells]
        self._doubt(codes, refused, by_trace=True)
        return _taken([None if cell is None else str(cell) for cell in cells], codes, TEXT)

    def _case_attributes(self, acts: Codes) -> pa.Array:
        declared = self._known.vocabulary.case_attributes
        fields = {field.name: field.type for field in attribute_fields(declared.items())}
        arrays: dict[str, pa.Array] = {NONE: pa.nulls(self._traces, TEXTS)}
        for position, name in self._opened.case_attributes.items():
            codes, cells = self._by_trace(position, acts)
            values = [self._value(cell, declared[name]) for cell in cells]
            self._doubt(codes, [isinstance(value, Refusal) for value in values], by_trace=True)
            arrays[name] = _taken([_written(value, fields[name]) for value in values], codes, fields[name])
        return pa.StructArray.from_arrays(list(arrays.values()), list(arrays))

    def _value(self, cell: Cell, kind: ValueType) -> Value | Refusal:
        return read_value(cell, kind, self._known.vocabulary, self._known.zone)

    def _event_columns(self, acts: Codes, names: list[str]) -> dict[str, pa.Array]:
        days, times = self._moments(acts)
        columns = {
            "id": self._ids(acts),
            "date": days,
            "time": times,
            "act": pa.array(names, TEXT).take(pa.array(np.maximum(acts, 0))),
            "actor": self._actors(acts),
            "document": pa.nulls(self._events, TEXTS),
            NONE: pa.nulls(self._events, TEXTS),
        }
        return columns | self._event_attributes(acts, names)

    def _moments(self, acts: Codes) -> tuple[pa.Array, pa.Array]:
        layout, roles = self._opened.layout, self._opened.roles
        codes, cells = self._by_event(roles["date"])
        pairs: list[tuple[Cell, Cell]] = [(cell, None) for cell in cells]
        if "time" in roles:
            at, hours = self._by_event(roles["time"])
            width = len(hours) + 1
            both, codes = np.unique((codes + 1) * width + at + 1, return_inverse=True)
            dates, times_of_day = [None, *cells], [None, *hours]
            pairs = [(dates[one // width], times_of_day[one % width]) for one in both]
        moments = [date_of(layout, date, time) for date, time in pairs]
        self._doubt(codes, [isinstance(one, Refusal) for one in moments], by_trace=False, among=acts != _IGNORED)
        days = [_day(one) for one in moments]
        times = [one.time() if isinstance(one, dt.datetime) else None for one in moments]
        return _taken(days, codes, pa.date32()), _taken(times, codes, pa.time64("us"))

    def _ids(self, acts: Codes) -> pa.Array:
        if "id" not in self._opened.roles:
            return pa.nulls(self._events, TEXT)
        codes, cells = self._by_event(self._opened.roles["id"])
        names = [read_name(cell, "") for cell in cells]
        refused = [isinstance(name, Refusal) or name.startswith(SYNTHETIC) for name in names]
        self._doubt(codes, refused, by_trace=False, among=acts != _IGNORED)
        return self._distinct(codes, [_usable(name) for name in names], acts)

    def _distinct(self, codes: Codes, names: list[str | None], acts: Codes) -> pa.Array:
        """Ids as records keep them, without those that are the event's default; traces that use one twice doubtful."""
        ids: list[str | None] = [None] * self._events
        trace, position, seen = -1, 0, set[str]()
        for n in np.flatnonzero(acts != _IGNORED):
            if self._trace_of[n] != trace:
                trace, position, seen = int(self._trace_of[n]), 0, set()
            position += 1
            default = f"e{position}"
            own = names[codes[n]] if codes[n] >= 0 else None
            self._doubtful[trace] |= (own or default) in seen
            seen.add(own or default)
            ids[n] = None if own == default else own
        return pa.array(ids, TEXT)

    def _actors(self, acts: Codes) -> pa.Array:
        if "actor" not in self._opened.roles:
            return pa.nulls(self._events, TEXTS)
        codes, cells = self._by_event(self._opened.roles["actor"])
        found = [[piece.strip() for piece in str(cell).split("、")] for cell in cells]
        refused = [not self._known.actors.issuperset(names) for names in found]
        self._doubt(codes, refused, by_trace=False, among=acts != _IGNORED)
        return _taken(found, codes, TEXTS)

    def _event_attributes(self, acts: Codes, names: list[str]) -> dict[str, pa.Array]:
        """A column for each attribute that any event has, read as the event's own act declares it."""
        declared = self._known.vocabulary.acts
        of_acts = (item for act in declared.values() for item in act.attributes.items())
        fields = {field.name: field.type for field in attribute_fields(of_acts)}
        arrays: dict[str, pa.Array] = {}
        present = np.unique(acts[acts >= 0])
        for position, name in self._opened.attributes.items():
            codes, cells = self._by_event(position)
            if not cells:
                continue
            kinds = {int(act): declared[names[act]].attributes.get(name) for act in present}
            arrays[name] = self._attribute(codes, cells, acts, kinds, fields[name])
        return arrays

    def _attribute(
        self, codes: Codes, cells: list[Cell], acts: Codes, kinds: dict[int, ValueType | None], form: pa.DataType
    ) -> pa.Array:
        result = np.full(self._events, -1)
        written: list[object] = []
        for kind in {kind for kind in kinds.values() if kind is not None}:
            among = np.isin(acts, [act for act, one in kinds.items() if one == kind])
            values = [self._value(cell, kind) for cell in cells]
            self._doubt(codes, [isinstance(value, Refusal) for value in values], by_trace=False, among=among)
            rows = among & (codes >= 0)
            result[rows] = codes[rows] + len(written)
            written += [_written(value, form) for value in values]
        return _taken(written, result, form)


def _cleaned(found: Coded) -> tuple[Codes, list[Cell]]:
    """Clean cells, each once; -1 also where nothing but space is written."""
    cells = [clean(Plain(text)) for text in found.texts]
    kept = {cell: n for n, cell in enumerate(dict.fromkeys(cell for cell in cells if cell is not None))}
    places = [-1 if cell is None else kept[cell] for cell in cells]
    return np.append(np.array(places, np.int64), -1)[found.codes], list(kept)


def _usable(name: str | Refusal) -> str | None:
    return None if isinstance(name, Refusal) else name


def _day(moment: object) -> dt.date | None:
    if isinstance(moment, dt.datetime):
        return moment.date()
    return moment if isinstance(moment, dt.date) else None


def _written(value: Value | Refusal, form: pa.DataType) -> object:
    """A value as the archive holds it; None where it was refused."""
    if value is None or isinstance(value, Refusal):
        return None
    if isinstance(value, tuple):
        return [text_of(item) for item in value]
    return text_of(value) if form == TEXT else [text_of(value)]


def _taken(values: Sequence[object], codes: Codes, form: pa.DataType) -> pa.Array:
    """The values at the codes, null for -1."""
    if not values:
        return pa.nulls(len(codes), form)
    return pa.array(values, form).take(pa.array(codes, mask=codes < 0))


def _repeated(value: object, count: int, form: pa.DataType) -> pa.Array:
    return pa.array([value], form).take(pa.array(np.zeros(count, np.int64)))


def _batch(columns: dict[str, pa.Array], schema: pa.Schema) -> pa.RecordBatch:
    names = [name for name in schema.names if name in columns]
    return pa.RecordBatch.from_arrays([columns[name] for name in names], names)
