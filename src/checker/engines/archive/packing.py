"""Case records to rows of an Arrow batch, and back; nothing is lost on the way but places and remarks."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from checker.engines.archive.schema import EVENT_FIELDS, NONE, case_schema
from checker.model.case import Answer, Case, Event, Extent
from checker.model.node import constructed
from checker.model.period_text import parse_period, text_of_period
from checker.model.values import Period, Scalar, Value, ValueType
from checker.model.vocabulary import Vocabulary

Row = Mapping[str, Any]


def pack(cases: Sequence[Case], vocabulary: Vocabulary) -> pa.RecordBatch:
    """The cases as one batch, a row each, in their order."""
    schema = case_schema(vocabulary)
    many = {field.name for field in _event_fields(schema) if pa.types.is_list(field.type)}
    many_of_case = {field.name for field in schema.field("attributes").type if pa.types.is_list(field.type)}
    rows = [_row(case, many, many_of_case) for case in cases]
    return pa.RecordBatch.from_pylist(rows, schema=schema)


def _event_fields(schema: pa.Schema) -> list[pa.Field]:
    return list(schema.field("events").type.value_type)


def _row(case: Case, many: set[str], many_of_case: set[str]) -> dict[str, object]:
    extent = case.extent
    return {
        "case": case.id,
        "kind": case.kind,
        "covers": None if case.covers is None else sorted(case.covers),
        "ordered": case.ordered,
        "extent": None if extent is None else {"first": extent.first, "last": extent.last},
        "attributes": _attributes(case.attributes, many_of_case),
        "events": [_event(event, many) for event in case.events],
        "answers": [
            {"norm": one.norm, "event": one.event, "answer": one.answer, "by": one.by or None, "date": one.date}
            for one in case.answers
        ],
    }


def _event(event: Event, many: set[str]) -> dict[str, object]:
    return {
        "id": None if event.id == f"e{event.position}" else event.id,
        "date": event.date,
        "time": event.time,
        "act": event.act,
        "actor": event.actors,
        "document": event.document,
        **_attributes(event.attributes, many),
    }


def _attributes(attributes: Mapping[str, Value], many: set[str]) -> dict[str, object]:
    known: dict[str, object] = {}
    for name, value in attributes.items():
        if isinstance(value, tuple):
            known[name] = [text_of(item) for item in value]
        elif value is not None:
            known[name] = [text_of(value)] if name in many else text_of(value)
    none = [name for name, value in attributes.items() if value is None]
    return {**known, NONE: none or None}


def text_of(value: Scalar) -> str:
    """A value as text that :func:`value_of` reads back under its declared type."""
    match value:
        case bool():
            return "是" if value else "否"
        case dt.date():
            return value.isoformat()
        case Period():
            return text_of_period(value)
        case _:
            return str(value)


@lru_cache(maxsize=65536)
def value_of(text: str, type_name: str) -> Scalar:
    """The value that a text of an archive stands for, under the name of its declared type.

    ValueError where it is none: readers let only texts in that are.
    """
    match type_name:
        case "是否":
            return {"是": True, "否": False}[text]
        case "日期":
            return dt.date.fromisoformat(text)
        case "期间":
            period = parse_period(text)
            if period is None:
                raise ValueError(f"no period: {text!r}")
            return period
        case "数":
            return int(text) if text.lstrip("+-").isdigit() else Decimal(text)
        case _:
            return text


def unpack(batch: pa.RecordBatch, vocabulary: Vocabulary, rows: Sequence[int] | None = None) -> list[Case]:
    """The cases of these rows (None: of all)."""
    wanted = batch if rows is None else batch.take(pa.array(rows, pa.int32()))
    events = iter(_events(wanted.column("events"), vocabulary))
    lengths = wanted.column("events").value_lengths().fill_null(0).to_pylist()
    names = [name for name in wanted.schema.names if name != "events"]
    held = zip(wanted.select(names).to_pylist(), lengths, strict=True)
    return [_case(row, tuple(next(events) for _ in range(length)), vocabulary) for row, length in held]


def _case(row: Row, events: tuple[Event, ...], vocabulary: Vocabulary) -> Case:
    covers, extent, ordered = row.get("covers"), row.get("extent"), row.get("ordered")
    return Case.model_construct(
        id=row["case"],
        kind=row.get("kind"),
        covers=None if covers is None else frozenset(covers),
        attributes=_read(row.get("attributes") or {}, vocabulary.case_attributes),
        events=events,
        answers=tuple(_answer(answer) for answer in row.get("answers") or ()),
        extent=None if extent is None else Extent.model_construct(first=extent["first"], last=extent.get("last")),
        ordered=ordered is not False,
        place=None,
        remarks=(),
    )


def _answer(row: Row) -> Answer:
    return Answer.model_construct(
        norm=row["norm"], event=row["event"], answer=row["answer"], by=row.get("by") or "", date=row.get("date")
    )


def _events(column: pa.ListArray, vocabulary: Vocabulary) -> Iterator[Event]:
    """The events one after the other; columns that are null throughout cost nothing."""
    flat: pa.StructArray = column.flatten()
    size = len(flat)
    fields = {field.name: flat.field(place) for place, field in enumerate(flat.type)}
    filled = {name: field for name, field in fields.items() if field.null_count < size}
    fixed = {field.name: filled.pop(field.name, None) for field in EVENT_FIELDS}
    acts = fixed["act"].to_pylist() if fixed["act"] is not None else []
    attributes = _attribute_columns(filled, fixed[NONE], acts, vocabulary)
    sides = [_listed(fixed[name], size) for name in ("id", "date", "time", "actor", "document")]
    position = _positions(column)
    for n, (act, identifier, date, time, actors, document) in enumerate(zip(acts, *sides, strict=True)):
        yield constructed(
            Event,
            {
                "id": identifier or f"e{position[n]}",
                "position": position[n],
                "act": act,
                "date": date,
                "time": time,
                "actors": None if actors is None else tuple(actors),
                "document": None if document is None else tuple(document),
                "attributes": attributes[n],
                "place": None,
            },
        )


def _listed(column: pa.Array | None, size: int) -> list[Any]:
    return [None] * size if column is None else column.to_pylist()


def _positions(column: pa.ListArray) -> list[int]:
    lengths = column.value_lengths().fill_null(0).to_pylist()
    return [n for length in lengths for n in range(1, length + 1)]


def _attribute_columns(
    filled: Mapping[str, pa.Array], none: pa.Array | None, acts: Sequence[str], vocabulary: Vocabulary
) -> list[dict[str, Value]]:
    """The attributes of every event that its act declares, column by column, in the order of the names."""
    found: list[dict[str, Value]] = [{} for _ in acts]
    for n, names in enumerate(_listed(none, len(acts))):
        for name in names or ():
            if name in vocabulary.acts[acts[n]].attributes:
                found[n][name] = None
    for name, column in filled.items():
        places = pc.indices_nonzero(column.is_valid())
        for n, raw in zip(places.to_pylist(), column.take(places).to_pylist(), strict=True):
            kind = vocabulary.acts[acts[n]].attributes.get(name)
            if kind is not None:
                found[n][name] = _typed(raw, kind)
    return found


def _read(row: Row, declared: Mapping[str, ValueType]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    none = row.get(NONE) or ()
    for name, kind in declared.items():
        raw = row.get(name)
        if raw is not None:
            found[name] = _typed(raw, kind)
        elif name in none:
            found[name] = None
    return found


def _typed(raw: str | list[str], kind: ValueType) -> Value:
    if not isinstance(raw, list):
        return value_of(raw, kind.name)
    if kind.many:
        return tuple(value_of(item, kind.name) for item in raw)
    return value_of(raw[0], kind.name)
