"""XES logs: whoever asks for portions reads the log through, and each portion carries the bytes of its traces."""

from collections.abc import Iterator
from typing import Final
from xml.parsers.expat import ExpatError

import numpy as np
import pyarrow as pa

from checker.cases.event_record import Words, words
from checker.cases.portions import Chunk, Portion, Setup, rows
from checker.cases.problems import BadCase, Refusal, unread
from checker.cases.record import RawRecord, read_case
from checker.cases.source import Source, unreadable
from checker.cases.table import Table
from checker.cases.xes.ahead import looked_ahead
from checker.cases.xes.bulk import build, can_build
from checker.cases.xes.guard import StoppedError, broken_off
from checker.cases.xes.keys import OF_TRACE, xes_table
from checker.cases.xes.pieces import Piece, UnusualError, pieces
from checker.cases.xes.tokens import Apart, apart
from checker.cases.xes.traces import TraceReader
from checker.engines.archive.conforming import conformed
from checker.engines.archive.packing import pack
from checker.model.case import Case
from checker.model.place import Place

SEQUENTIAL: Final = True


def portions(source: Source, setup: Setup) -> Iterator[Portion | BadCase]:
    """Stretches of whole traces. A log in an unusual form is read case by case."""
    opened = xes_table(source.name, setup.options.layout, setup.vocabulary)
    if isinstance(opened, Refusal):
        yield unread(opened, Place(file=source.name))
        return
    if not can_build(opened):
        yield from rows.portions(source, setup)
        return
    try:
        with source.open() as stream, looked_ahead(stream, source.again, opened) as (log, covered):
            for item in pieces(log, covered, setup.cases):
                yield _portion(item, covered) if isinstance(item, Piece) else item
    except UnusualError:
        yield from rows.portions(source, setup)
    except OSError as error:
        yield unreadable(source.name, error)


def _portion(piece: Piece, opened: Table) -> Portion:
    """The layout goes along: what its cases cover rests on the whole log."""
    return Portion("xes", opened.name, (piece, opened.layout), len(piece.data))


def load(portion: Portion, setup: Setup) -> Chunk:
    """The cases of a stretch; those with anything doubtful in them are read by themselves."""
    assert isinstance(portion.where, tuple)
    piece, layout = portion.where
    assert isinstance(piece, Piece)
    opened = xes_table(portion.source, layout, setup.vocabulary)
    assert isinstance(opened, Table)
    known = words(setup.vocabulary, setup.options.zone)
    keys = frozenset(name.removeprefix(OF_TRACE) for name in opened.header)
    found = None if piece.is_rough else apart(piece.data, keys)
    if found is None:
        return rows.chunk_of(_read(piece, opened, known), setup)
    built = build(found, opened, known)
    if built.sound.all():
        return Chunk(built.cases, (found.lines + piece.before).tolist())
    again = {int(n): _again(piece, found, int(n), opened, known) for n in np.flatnonzero(~built.sound)}
    return _chunk(built.cases, again, (found.lines + piece.before).tolist(), setup)


def _again(piece: Piece, found: Apart, n: int, opened: Table, known: Words) -> Case | BadCase:
    """One trace by itself."""
    data = piece.data[found.begins[n] : found.ends[n]]
    (item,) = _read(Piece(data, piece.before + int(found.lines[n]) - 1, 1), opened, known)
    return item


def _read(piece: Piece, opened: Table, known: Words) -> list[Case | BadCase]:
    """The traces of a stretch, element by element."""
    reader = TraceReader(opened, piece.before)
    broken = []
    if piece.is_rough:
        reader.feed_rest(piece.data)
    else:
        try:
            reader.feed(piece.data)
        except (ExpatError, StoppedError) as error:  # a trace within another: the log was cut at the wrong place
            broken.append(broken_off(error, opened.name, reader.at))
        reader.finish()
    items = [read_case(item, known) if isinstance(item, RawRecord) else item for item in reader.done]
    return [*items, *broken]


def _chunk(sound: pa.RecordBatch, again: dict[int, Case | BadCase], lines: list[int], setup: Setup) -> Chunk:
    """The sound cases and those that were read again, in the order of the log."""
    cases = {n: item for n, item in again.items() if isinstance(item, Case)}
    kept = [n for n in range(len(lines)) if n not in again or n in cases]
    row_of = {n: row for row, n in enumerate(kept)}
    batch = sound
    if cases:
        more = pack(list(cases.values()), setup.vocabulary)
        both = pa.Table.from_batches([conformed(sound, more.schema), more]).combine_chunks().to_batches()[0]
        places = np.argsort([*(n for n in kept if n not in cases), *cases], kind="stable")
        batch = both.take(pa.array(places))
    return Chunk(
        batch,
        tuple(lines[n] for n in kept),
        bad=tuple((int(np.searchsorted(kept, n)), bad) for n, bad in again.items() if isinstance(bad, BadCase)),
        remarks=tuple((row_of[n], remark) for n, case in cases.items() for remark in case.remarks),
    )
