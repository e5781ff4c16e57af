"""A stretch of a log taken apart: Arrow splits it at every ``<``, each distinct tag is read once, numpy does the rest.

That the stretch is well-formed is known from :mod:`checker.cases.xes.pieces`. Outside of comments and the like, which
no stretch taken apart here has, every ``<`` of such a text begins a tag.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from checker.cases.xes.guard import guarded, local
from checker.cases.xes.traces import EVENT, TRACE

Codes = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

_USUAL: Final = re.compile(
    rb'([\w.-]+) key="([^"&<\t\r\n]*)" value="([^"&<\t\r\n]*)"\s*(/?)>|(trace|event)\s*(/?)>|/([\w.-]+)\s*>'
)
_OTHER, _OF_TRACE, _OF_EVENT, _DOUBTFUL = range(4)


@dataclass(frozen=True, slots=True)
class Coded:
    """Cells of one key: a code for each trace or event, -1 where there is none, into texts."""

    codes: Codes
    texts: list[str]


@dataclass(frozen=True, slots=True)
class Apart:
    """A stretch taken apart: parallel by trace, or by event in the order of the stretch.

    ``begins`` and ``ends`` are where the bytes of each trace stand; ``lines`` count from 1 at the stretch's beginning.
    ``doubtful`` traces hold something that only the reader by elements knows how to take.
    """

    begins: Codes
    ends: Codes
    lines: Codes
    doubtful: Mask
    trace_of: Codes
    of_traces: Mapping[str, Coded]
    of_events: Mapping[str, Coded]


@dataclass(slots=True)
class _Tags:
    """The distinct tags: what kind, how they change the depth, which key they are of, with what text."""

    kinds: Codes
    deltas: Codes
    keys: Codes
    newlines: Codes
    texts: list[str]


def apart(data: bytes, keys: frozenset[str]) -> Apart | None:
    """The traces and events of a stretch, with the wanted keys; None if it has to be read element by element."""
    if b"<!" in data or b"<?" in data:
        return None
    split = pc.split_pattern(pa.array([data], pa.binary()), "<").flatten()
    before = split[0].as_py()  # no tag: what stands before the first
    split = split.slice(1)
    encoded = split.dictionary_encode()
    names = sorted(keys)
    tags = _read_tags(encoded.dictionary.to_pylist(), {name: n for n, name in enumerate(names)})
    codes = encoded.indices.to_numpy().astype(np.int64)
    lengths = pc.binary_length(split).to_numpy().astype(np.int64)
    bounds = len(before) + np.concatenate(([0], np.cumsum(lengths + 1)))
    lines = before.count(b"\n") + 1 + np.cumsum(tags.newlines[codes]) - tags.newlines[codes]
    return _structure(tags, codes, bounds, lines, names)


def _read_tags(found: list[bytes], keys: Mapping[str, int]) -> _Tags:
    count = len(found)
    kinds, deltas, newlines = (np.zeros(count, np.int64) for _ in range(3))
    tags = _Tags(kinds, deltas, np.full(count, -1), newlines, [""] * count)
    known = {name.encode(): number for name, number in keys.items()}
    for n, tag in enumerate(found):
        tags.newlines[n] = tag.count(b"\n")
        usual = _USUAL.match(tag)
        if usual is None:
            _read_unusual(tags, n, tag, keys)
            continue
        name, key, text, closed, owner, owner_closed, closing = usual.groups()
        if closing is not None:
            tags.deltas[n] = -1
            tags.kinds[n] = _owner(closing)
        elif owner is not None:
            tags.deltas[n] = 0 if owner_closed else 1
            tags.kinds[n] = _owner(owner)
        else:
            tags.deltas[n] = 0 if closed else 1
            tags.keys[n] = known.get(key, -1)
            if tags.keys[n] >= 0:
                tags.texts[n] = text.decode()
            tags.kinds[n] = _DOUBTFUL if name == b"list" else _owner(name)
    return tags


def _owner(name: bytes) -> int:
    return {b"trace": _OF_TRACE, b"event": _OF_EVENT}.get(name, _OTHER)


def _read_unusual(tags: _Tags, n: int, tag: bytes, keys: Mapping[str, int]) -> None:
    """A tag in another form than nearly all have: expat reads it."""
    seen: list[tuple[str, list[str]]] = []
    ended: list[str] = []
    parser = guarded("utf-8")
    parser.Parse(b"<around>")  # text may follow the tag
    parser.StartElementHandler = lambda name, attributes: seen.append((name, attributes))
    parser.EndElementHandler = ended.append
    if tag.startswith(b"/"):
        parser.Parse(b"<" + tag[1:].partition(b">")[0] + b">")
        tags.deltas[n] = -1
    else:
        parser.Parse(b"<" + tag)
        tags.deltas[n] = 0 if ended else 1
    name, attributes = local(seen[0][0]), dict(zip(seen[0][1][::2], seen[0][1][1::2], strict=True))
    tags.kinds[n] = _owner(name.encode()) or (_DOUBTFUL if name == "list" or "value" not in attributes else _OTHER)
    if tags.kinds[n] in (_OTHER, _DOUBTFUL):
        tags.keys[n] = keys.get(attributes.get("key", ""), -1)
        tags.texts[n] = attributes.get("value", "")


def _structure(tags: _Tags, codes: Codes, bounds: Codes, lines: Codes, names: list[str]) -> Apart | None:
    kinds, deltas = tags.kinds[codes], tags.deltas[codes]
    depths = TRACE + np.cumsum(deltas) - (deltas > 0)  # of what a tag opens; what it closes stood there as well
    opens = deltas >= 0
    is_trace, is_event = kinds == _OF_TRACE, kinds == _OF_EVENT
    in_event = np.cumsum(np.where(is_event & (depths == EVENT), deltas, 0)) > 0
    if (is_trace & (depths != TRACE)).any() or (is_event & (depths != EVENT)).any():
        return None  # a trace within something else, events outside of traces
    starts = np.flatnonzero(is_trace & opens)
    trace_at = np.cumsum(is_trace & opens) - 1
    events = np.flatnonzero(is_event & opens & (depths == EVENT))
    event_at = np.cumsum(is_event & opens & (depths == EVENT)) - 1
    ends = np.flatnonzero(is_trace & (deltas <= 0))
    keys = np.where(is_trace | is_event, -1, tags.keys[codes])
    wanted_trace = np.flatnonzero((keys >= 0) & (depths == EVENT) & opens & ~in_event)
    wanted_event = np.flatnonzero((keys >= 0) & (depths == EVENT + 1) & opens & in_event)
    doubtful = np.zeros(len(starts), np.bool_)
    for wanted in (wanted_trace, wanted_event):
        doubtful[trace_at[wanted[kinds[wanted] == _DOUBTFUL]]] = True
    of_traces, of_events = {}, {}
    for number in np.unique(keys[wanted_trace]):
        these = wanted_trace[keys[wanted_trace] == number]
        of_traces[names[number]], twice = _coded(tags, codes, these, trace_at, len(starts))
        doubtful[twice] = True
    for number in np.unique(keys[wanted_event]):
        these = wanted_event[keys[wanted_event] == number]
        of_events[names[number]], twice = _coded(tags, codes, these, event_at, len(events))
        doubtful[trace_at[events[twice]]] = True
    return Apart(bounds[starts], bounds[ends + 1], lines[starts], doubtful, trace_at[events], of_traces, of_events)


def _coded(tags: _Tags, codes: Codes, at: Codes, owner_at: Codes, owners: int) -> tuple[Coded, Codes]:
    """The texts of one key by owner, and the owners that have it twice."""
    owner, code = owner_at[at], codes[at]
    present = np.zeros(len(tags.kinds), np.bool_)
    present[code] = True
    places = np.cumsum(present) - 1
    column = np.full(owners, -1, np.int64)
    column[owner] = places[code]
    twice = np.flatnonzero(np.bincount(owner, minlength=owners) > 1) if len(owner) else owner
    return Coded(column, [tags.texts[n] for n in np.flatnonzero(present)]), twice
