"""Nested case records, as Spark hands them over, to what :func:`checker.cases.record.read_case` reads."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from checker.cases.problems import Path, Refusal
from checker.cases.record import RawRecord
from checker.cases.typed import Plain
from checker.engines.archive.schema import NONE
from checker.model.place import Place
from checker.model.values import ValueType
from checker.model.vocabulary import Vocabulary

Spoilt = list[tuple[Refusal, Path, str]]


def raw_record(row: Mapping[str, Any], file: str, number: int | None, vocabulary: Vocabulary) -> RawRecord:
    """One row of a table in the archive schema; ``number`` is its place in the file, from 1, where that is known."""
    spoilt: Spoilt = []
    data = {key: value for key, value in row.items() if value is not None}
    if isinstance(data.get("attributes"), dict):
        data["attributes"] = _attributes(data["attributes"], vocabulary.case_attributes, ("attributes",), spoilt)
    if isinstance(data.get("events"), list):
        data["events"] = [_event(one, ("events", n), vocabulary, spoilt) for n, one in enumerate(data["events"])]

    if isinstance(data.get("answers"), list):
        data["answers"] = [_answer(one) for one in data["answers"]]
    if data.get("events") is None:
        lacking = Refusal("no-events", "这一行的事件是空值，不知道是没有事件还是没有读到", help="没有事件的写空的列")
        spoilt.append((lacking, ("events",), ""))

    def locate(path: Path) -> Place:
        return Place(file=file, line=number, cell=_path_text(path) or None)

    return RawRecord(data, locate, _same(Place(file=file, line=number)), tuple(spoilt))


def _same(place: Place) -> Callable[[int], list[Place]]:
    return lambda count: [place] * count


def _path_text(path: Path) -> str:
    """``events[2].date``, positions from 1."""
    return "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def _event(row: object, at: Path, vocabulary: Vocabulary, spoilt: Spoilt) -> object:
    if not isinstance(row, dict):
        return row
    given = dict(row)
    fields = {name: given.pop(name, None) for name in ("id", "date", "time", "act", "actor", "document")}
    fields["date"] = _moment(fields["date"], fields.pop("time"), at, spoilt)
    act = vocabulary.acts.get(fields["act"]) if isinstance(fields["act"], str) else None
    return {**fields, **_attributes(given, {} if act is None else act.attributes, at, spoilt)}


def _answer(row: object) -> object:
    """Nobody named is an empty text in an archive."""
    return {key: value for key, value in row.items() if key != "by" or value} if isinstance(row, dict) else row


def _moment(date: object, time: object, at: Path, spoilt: Spoilt) -> object:
    if time is None:
        return date
    if isinstance(date, dt.date) and not isinstance(date, dt.datetime) and isinstance(time, dt.time):
        return dt.datetime.combine(date, time)
    refusal = Refusal("time-without-date", "事件写了时刻，却没有可用的日期", help="补上日期，或删去时刻")
    spoilt.append((refusal, (*at, "time"), str(time)))
    return date


def _attributes(
    row: Mapping[str, Any], declared: Mapping[str, ValueType], at: Path, spoilt: Spoilt
) -> dict[str, object]:
    """The attributes that the row states. Texts are left untyped: the declared type decides what they are."""
    found = {
        name: _value(value, declared.get(name)) for name, value in row.items() if value is not None and name != NONE
    }
    for name in row.get(NONE) or ():
        if name in found:
            refusal = Refusal("value-and-none", f"「{name}」写了值，又列在「{NONE}」（确知没有）里", help="只留一处")
            spoilt.append((refusal, (*at, NONE), name))
        found[name] = None
    return found


def _value(value: object, declared: ValueType | None) -> object:
    if isinstance(value, list):
        items = [_scalar(item) for item in value]
        is_one = declared is not None and not declared.many and len(items) == 1 and items[0] is not None
        return items[0] if is_one else items  # a column holds lists where any act declares it as many
    return _scalar(value)


def _scalar(value: object) -> object:
    match value:
        case str():
            return Plain(value)
        case float():
            return Decimal(repr(value))  # what was written, not what was stored
        case _:
            return value
