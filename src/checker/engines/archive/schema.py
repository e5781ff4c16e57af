"""The Arrow schemas of an archive: case records as nested rows, findings as flat ones.

Case records have the keys of the case record (docs/reference/case-record.md) with one row a case. Every attribute is
text, as :func:`checker.engines.archive.packing.text_of` writes it, so that no value loses anything on the way; a reader
may hand any text column over as a dictionary. A null is what the record does not say; the names of attributes that are
known to be none stand in the column ``known-none`` beside them.
"""

from collections.abc import Iterable
from typing import Final

import pyarrow as pa

from checker.model.values import ValueType
from checker.model.vocabulary import Vocabulary

NONE: Final = "known-none"
"""The column that names the attributes known to be none."""

TEXT: Final = pa.string()
TEXTS: Final = pa.list_(pa.string())

EVENT_FIELDS: Final = (
    pa.field("id", TEXT),
    pa.field("date", pa.date32()),
    pa.field("time", pa.time64("us")),
    pa.field("act", TEXT, nullable=False),
    pa.field("actor", TEXTS),
    pa.field("document", TEXTS),
    pa.field(NONE, TEXTS),
)
"""Of an event, before its attributes. A null ``id`` is ``e`` and the position; ``actor`` is always a list."""

ANSWER: Final = pa.struct(
    [
        pa.field("norm", TEXT, nullable=False),
        pa.field("event", TEXT, nullable=False),
        pa.field("answer", pa.bool_(), nullable=False),
        pa.field("by", TEXT),
        pa.field("date", pa.date32()),
    ]
)
EXTENT: Final = pa.struct([pa.field("first", pa.date32(), nullable=False), pa.field("last", pa.date32())])

FINDINGS: Final = pa.schema(
    [
        pa.field("row", pa.int32(), nullable=False),
        pa.field("case", TEXT, nullable=False),
        pa.field("norm", TEXT, nullable=False),
        pa.field("version", TEXT, nullable=False),
        pa.field("verdict", TEXT, nullable=False),
        pa.field("category", TEXT),
        pa.field("severity", TEXT),
        pa.field("bearer", TEXT),
        pa.field("anchor", TEXT, nullable=False),
        pa.field("due", pa.date32()),
        pa.field("due_at", pa.timestamp("us")),
        pa.field("fulfilled_by", TEXT),
        pa.field("breached_on", pa.date32()),
        pa.field("days", pa.int32()),
        pa.field("evidence", TEXTS, nullable=False),
        pa.field("missing", TEXTS, nullable=False),
        pa.field("provisional", pa.bool_(), nullable=False),
    ]
)
"""Findings without their explanations. ``row`` is the case's row in its batch; ``due_at`` only of periods in hours."""


def attribute_fields(declared: Iterable[tuple[str, ValueType]]) -> list[pa.Field]:
    """One text column for each attribute name, a list of texts where any act declares it as many."""
    many: dict[str, bool] = {}
    for name, kind in declared:
        many[name] = many.get(name, False) or kind.many
    return [pa.field(name, TEXTS if many[name] else TEXT) for name in sorted(many)]


def case_schema(vocabulary: Vocabulary) -> pa.Schema:
    """The schema of case records under a vocabulary; readers may leave out attribute columns nobody fills."""
    of_events = attribute_fields(item for act in vocabulary.acts.values() for item in act.attributes.items())
    event = pa.struct([*EVENT_FIELDS, *of_events])
    of_case = attribute_fields(vocabulary.case_attributes.items())
    return pa.schema(
        [
            pa.field("case", TEXT, nullable=False),
            pa.field("kind", TEXT),
            pa.field("covers", TEXTS),
            pa.field("ordered", pa.bool_()),
            pa.field("extent", EXTENT),
            pa.field("attributes", pa.struct([pa.field(NONE, TEXTS), *of_case])),
            pa.field("events", pa.list_(event), nullable=False),
            pa.field("answers", pa.list_(ANSWER)),
        ]
    )
