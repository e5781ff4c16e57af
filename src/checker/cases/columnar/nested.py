"""Rows of nested columns as single records."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pyarrow as pa
from pyarrow import types

from checker.cases.columnar.native import natives
from checker.cases.columnar.pieces import is_list
from checker.cases.dates import read_moment
from checker.cases.keys import CASE, EVENT, both_ways
from checker.cases.problems import Path, Refusal
from checker.cases.record import RawRecord
from checker.cases.typed import Plain
from checker.engines.archive.schema import NONE
from checker.model.place import Place
from checker.model.values import ValueType
from checker.model.vocabulary import Vocabulary

TIME: Final = {"time": "时刻"}
"""A column of its own only where columns have types; elsewhere a part of the date."""

Data = dict[str, Any]
Spoilt = list[tuple[Refusal, Path, str]]


def raw_records(
    batch: pa.RecordBatch, numbers: Sequence[int | None], name: str, vocabulary: Vocabulary
) -> list[RawRecord]:
    """The rows of a batch, which bear these numbers in their file. A null is what the record does not say."""
    column = next((one for one in ("events", CASE["events"]) if one in batch.schema.names), "events")
    return [
        _record(_with_null(data, column), Place(file=name, line=number), vocabulary)
        for data, number in zip(_plain(batch.to_struct_array()), numbers, strict=True)
    ]


def _plain(array: pa.Array) -> list[Any]:
    kind = array.type
    if types.is_struct(kind):
        names = [field.name for field in kind]
        columns = [_plain(array.field(n)) for n in range(kind.num_fields)]
        valid = array.is_valid().to_pylist()
        rows = zip(*columns, strict=True) if columns else iter([()] * len(array))
        return [_given(names, row) if there else None for there, row in zip(valid, rows, strict=True)]
    if is_list(kind):
        items, found, at = _plain(array.flatten()), [], 0
        for length in array.value_lengths().to_pylist():
            found.append(None if length is None else items[at : at + length])
            at += length or 0
        return found
    return natives(array)


def _given(names: list[str], row: tuple[object, ...]) -> Data:
    return {name: value for name, value in zip(names, row, strict=True) if value is not None}


def _with_null(data: Data, column: str) -> Data:
    """A row without events says so: of all that a row may leave out only this is no matter of course."""
    return data if "events" in data or CASE["events"] in data else data | {column: None}


def _record(data: Data, place: Place, vocabulary: Vocabulary) -> RawRecord:
    spoilt: Spoilt = []
    names = both_ways(CASE)
    for key, value in data.items():
        if names.get(key) == "attributes" and isinstance(value, dict):
            _read_numbers(value, vocabulary.case_attributes)
            _state_none(value, (key,), spoilt)
        elif names.get(key) == "events" and isinstance(value, list):
            for n, event in enumerate(value):
                if isinstance(event, dict):
                    _tidy(event, (key, n), vocabulary, spoilt)
    return RawRecord(data, lambda _: place, lambda count: [place] * count, tuple(spoilt))


def _tidy(event: Data, at: Path, vocabulary: Vocabulary, spoilt: Spoilt) -> None:
    act = vocabulary.acts.get(str(event.get("act", event.get(EVENT["act"]))))
    for name, kind in act.attributes.items() if act is not None else ():
        value = event.get(name)
        if isinstance(value, list) and len(value) == 1 and not kind.many:
            event[name] = value[0]  # a column holds lists where another act declares many
    _read_numbers(event, {} if act is None else act.attributes)
    _join_time(event, at, spoilt)
    _state_none(event, at, spoilt)


def untyped(raw: object, kind: ValueType) -> object:
    """A number that stands in a column of texts, as packed records have it, is a number where one is declared."""
    if isinstance(raw, list):
        return [untyped(item, kind) for item in raw]
    return Plain(raw) if isinstance(raw, str) and kind.name == "数" else raw


def _read_numbers(given: Data, declared: Mapping[str, ValueType]) -> None:
    for name, kind in declared.items():
        if kind.name == "数" and name in given:
            given[name] = untyped(given[name], kind)


def _join_time(event: Data, at: Path, spoilt: Spoilt) -> None:
    for key in both_ways(TIME):
        time = event.get(key)
        if not isinstance(time, dt.time):
            continue
        del event[key]
        dated = next((name for name in ("date", EVENT["date"]) if name in event), None)
        moment = None if dated is None else read_moment(event[dated], None)
        if dated is None or moment is None:
            spoilt.append((Refusal("bad-date", "写了时刻而没有写日期"), (*at, key), str(time)))
        elif isinstance(moment, Refusal) and moment.code != "offset-without-zone":
            continue  # the date is refused, and the case with it
        elif isinstance(moment, Refusal) or moment[1] is not None:
            twice = Refusal("bad-date", "日期里已有时刻，又另写了时刻", help="只留一个")
            spoilt.append((twice, (*at, key), str(time)))
        else:
            event[dated] = dt.datetime.combine(moment[0], time)


def _state_none(given: Data, at: Path, spoilt: Spoilt) -> None:
    """What the column of names that are known to be none says, as null."""
    none = given.pop(NONE, None)
    if none is None:
        return
    if not isinstance(none, list) or not all(isinstance(name, str) for name in none):
        wrong = Refusal("wrong-shape", f"{NONE} 应是一列属性名称")
        spoilt.append((wrong, (*at, NONE), ""))
        return
    for name in none:
        if given.get(name) is not None:
            both = Refusal("duplicate-key", f"「{name}」既写了值，又列在 {NONE} 里", help="只留一个")
            spoilt.append((both, (*at, NONE), name))
        given.setdefault(name, None)
