"""Synthetic archives to files: nested Parquet and JSON Lines, block by block in bounded memory."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from benchmarks.archive.drawing import UNKNOWN_ACT, Synthetic
from benchmarks.archive.plan import Made

from checker.engines.archive.schema import NONE
from checker.model.values import ValueType
from checker.model.vocabulary import Vocabulary

_BARE: Final = {"数"}
_STRUCTURAL: Final = ("id", "date", "time", "act", "actor", "document", NONE)

Write = Callable[[pa.RecordBatch], None]


def write(synthetic: Synthetic, cases: int, parquet: Path | None = None, lines: Path | None = None) -> Made:
    """Write an archive of so many cases into either file or both; what it holds.

    A block of cases is a row group of the Parquet file. The same rules, plan and number of cases give the same bytes.
    """
    made = Made()
    text = lines.open("wb") if lines else None
    nested = pq.ParquetWriter(parquet, synthetic.schema, compression="zstd") if parquet else None
    try:
        for batch, holds in synthetic.blocks(cases):
            made.add(holds)
            if nested is not None:
                nested.write_batch(batch, row_group_size=batch.num_rows)
            if text is not None:
                text.write(json_lines(batch, synthetic.rules.vocabulary))
    finally:
        if nested is not None:
            nested.close()
        if text is not None:
            text.close()
    return made


def json_lines(batch: pa.RecordBatch, vocabulary: Vocabulary) -> bytes:
    """The cases of a batch as case records, one a line; what the batch does not say is left out."""
    if batch.num_rows == 0:
        return b""
    events = batch.column("events")
    texts = _events(events.flatten(), vocabulary)
    lists = _listed(events, texts)
    parts = [
        pc.binary_join_element_wise('{"case":', quoted(batch.column("case")), ""),
        _key("kind", quoted(batch.column("kind"))),
        _key("covers", _texts(batch.column("covers"))),
        _key("ordered", pc.if_else(batch.column("ordered"), "true", "false")),
        _extent(batch.column("extent")),
        _case_attributes(batch.column("attributes"), vocabulary),
        _key("events", lists),
        _key("answers", _answers(batch.column("answers"))),
    ]
    rows = pc.binary_join_element_wise(*[pc.fill_null(part, "") for part in parts], "}\n", "")
    return _bytes_of(rows)


def _bytes_of(rows: pa.Array) -> bytes:
    """The texts one after the other: as they stand in memory."""
    whole = pa.concat_arrays([rows]) if rows.offset else rows
    _, offsets, data = whole.buffers()
    start, end = np.frombuffer(offsets, np.int32)[[whole.offset, whole.offset + len(whole)]]
    return bytes(data.to_pybytes()[start:end])


def quoted(values: pa.Array) -> pa.Array:
    """Texts as JSON; the words that generators use need no escapes but these two."""
    escaped = pc.replace_substring(pc.replace_substring(values, "\\", "\\\\"), '"', '\\"')
    return pc.binary_join_element_wise('"', escaped, '"', "")


def _key(name: str, values: pa.Array) -> pa.Array:
    return pc.binary_join_element_wise(f',"{name}":', values, "")


def _listed(of: pa.Array, texts: pa.Array) -> pa.Array:
    """Lists of JSON texts, laid out as the lists of another array, as JSON arrays."""
    starts = pc.subtract(of.offsets, of.offsets[0])
    joined = pc.binary_join(pa.ListArray.from_arrays(starts, texts), ",")
    return pc.if_else(of.is_valid(), pc.binary_join_element_wise("[", joined, "]", ""), None)


def _texts(values: pa.Array) -> pa.Array:
    """Lists of texts."""
    if values.null_count == len(values):
        return pa.nulls(len(values), pa.string())
    dense = values.filter(values.is_valid())
    made = _listed(dense, quoted(dense.flatten()))
    place = np.cumsum(np.asarray(values.is_valid())) - 1
    return made.take(pa.array(place, mask=np.asarray(values.is_null())))


def _extent(values: pa.Array) -> pa.Array:
    first, last = (quoted(pc.cast(pc.struct_field(values, name), pa.string())) for name in ("first", "last"))
    return pc.binary_join_element_wise(',"extent":[', first, ",", last, "]", "")


def _case_attributes(values: pa.Array, vocabulary: Vocabulary) -> pa.Array:
    fields = [field.name for field in values.type if field.name != NONE]
    parts = [
        pc.fill_null(_key(name, _value(values.field(name), vocabulary.case_attributes[name])), "") for name in fields
    ]
    if not parts:
        return pa.nulls(len(values), pa.string())
    joined = pc.binary_join_element_wise(*parts, "") if len(parts) > 1 else parts[0]
    inner = pc.utf8_slice_codeunits(joined, 1)
    wrapped = pc.binary_join_element_wise(',"attributes":{', inner, "}", "")
    return pc.if_else(pc.greater(pc.utf8_length(joined), 0), wrapped, None)


def _answers(values: pa.Array) -> pa.Array:
    one = values.flatten()
    texts = pc.binary_join_element_wise(
        '{"norm":',
        quoted(one.field("norm")),
        ',"event":',
        quoted(one.field("event")),
        ',"answer":',
        pc.if_else(one.field("answer"), "true", "false"),
        ',"by":',
        quoted(one.field("by")),
        "}",
        "",
    )
    lengths = pc.list_value_length(values)
    return pc.if_else(pc.greater(lengths, 0), _listed(values, texts), None)


def _events(events: pa.StructArray, vocabulary: Vocabulary) -> pa.Array:
    """Each event as a JSON object, made act by act, since an act has few attributes and all of them together many."""
    acts = events.field("act").dictionary_encode()
    code = acts.indices.to_numpy(zero_copy_only=False)
    order = np.argsort(code, kind="stable")
    bounds = np.searchsorted(code[order], np.arange(len(acts.dictionary) + 1))
    pieces = [
        _of_act(events, act, pa.array(order[bounds[n] : bounds[n + 1]]), vocabulary)
        for n, act in enumerate(acts.dictionary.to_pylist())
    ]
    back = np.empty(len(order), np.int64)
    back[order] = np.arange(len(order))
    return pa.concat_arrays(pieces).take(pa.array(back))


def _of_act(events: pa.StructArray, act: str, rows: pa.Array, vocabulary: Vocabulary) -> pa.Array:
    declared: Mapping[str, ValueType] = {} if act == UNKNOWN_ACT else vocabulary.acts[act].attributes
    there = [name for name in declared if events.type.get_field_index(name) >= 0]
    column = {name: events.field(name).take(rows) for name in (*_STRUCTURAL, *there)}
    moment = pc.cast(column["date"], pa.string())
    clock = pc.utf8_slice_codeunits(pc.cast(column["time"], pa.string()), 0, 8)
    moment = pc.coalesce(pc.binary_join_element_wise(moment, clock, "T"), moment)
    parts = [
        _key("id", quoted(column["id"])),
        _key("date", quoted(moment)),
        pa.array([f',"act":"{act}"']).take(pa.array(np.zeros(len(rows), np.int64))),
        _key("actor", _texts(column["actor"])),
        _key("document", _texts(column["document"])),
        *(_key(name, _value(column[name], declared[name])) for name in there),
    ]
    if column[NONE].null_count < len(rows):
        names = pc.list_element(
            pc.if_else(column[NONE].is_valid(), column[NONE], pa.scalar([""], column[NONE].type)), 0
        )
        said = pc.binary_join_element_wise(',"', names, '":null', "")
        parts.append(pc.if_else(column[NONE].is_valid(), said, None))
    joined = pc.binary_join_element_wise(*[pc.fill_null(part, "") for part in parts], "")
    return pc.binary_join_element_wise("{", pc.utf8_slice_codeunits(joined, 1), "}", "")


def _value(values: pa.Array, declared: ValueType) -> pa.Array:
    """Values of an attribute as JSON: numbers bare, all others as text."""
    if pa.types.is_list(values.type):
        return _texts(values)
    return values if declared.name in _BARE else quoted(values)
