"""Case records to rows of an Arrow batch, and back; nothing is lost on the way but places and remarks."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

import pyarrow as pa

from checker.engines.archive.schema import NONE, case_schema
from checker.model.case import Answer, Case, Event, Extent
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
            {"norm": one.norm, "event": one.event, "answer": one.answer, "by": one.by, "date": one.date}
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
    return [_case(row, vocabulary) for row in wanted.to_pylist()]


def _case(row: Row, vocabulary: Vocabulary) -> Case:
    covers, extent, ordered = row.get("covers"), row.get("extent"), row.get("ordered")
    return Case.model_construct(
        id=row["case"],
        kind=row.get("kind"),
        covers=None if covers is None else frozenset(covers),
        attributes=_read(row.get("attributes") or {}, vocabulary.case_attributes),
        events=tuple(_read_event(event, n, vocabulary) for n, event in enumerate(row["events"] or (), 1)),
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


def _read_event(row: Row, position: int, vocabulary: Vocabulary) -> Event:
    actors, document = row.get("actor"), row.get("document")
    return Event.model_construct(
        id=row.get("id") or f"e{position}",
        position=position,
        act=row["act"],
        date=row.get("date"),
        time=row.get("time"),
        actors=None if actors is None else tuple(actors),
        document=None if document is None else tuple(document),
        attributes=_read(row, vocabulary.acts[row["act"]].attributes),
        place=None,
    )


def _read(row: Row, declared: Mapping[str, ValueType]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    none = row.get(NONE) or ()
    for name, kind in declared.items():
        raw = row.get(name)
        if raw is None:
            if name in none:
                found[name] = None
        elif not isinstance(raw, list):
            found[name] = value_of(raw, kind.name)
        elif kind.many:
            found[name] = tuple(value_of(item, kind.name) for item in raw)
        else:
            found[name] = value_of(raw[0], kind.name)
    return found
