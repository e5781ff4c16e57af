"""Whatever format has no way of its own to be read in batches: case by case, then packed.

Small files are read by whoever loads the portion. A large one, or what can be read only once, is read in order by
whoever asks for the portions, and each portion carries its cases with it.
"""

import os
import pickle
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from checker.cases.event_record import words
from checker.cases.formats import Setup as FormatSetup
from checker.cases.formats import formats, reader
from checker.cases.portions import Chunk, Portion, Setup
from checker.cases.problems import BadCase, unread
from checker.cases.record import RawRecord, read_case
from checker.cases.several import held_open
from checker.cases.source import Missing, Source, sources, unreadable
from checker.model.case import Case

_BYTES: Final = 200
"""A case is hardly shorter; so many for each case of a portion are read at once."""

_COMPRESSED: Final = 100


def is_small(source: Source, setup: Setup) -> bool:
    """Whether the source is a file that is read at once."""
    return source.is_file and _size(source) <= _BYTES * setup.cases


def is_full(small: Sequence[Source], setup: Setup) -> bool:
    """Whether the small files make a portion."""
    return len(small) >= setup.cases or sum(map(_size, small)) > _BYTES * setup.cases


def together(small: Sequence[Source]) -> Portion:
    """One portion of small files."""
    return Portion("rows", small[0].name, tuple(source.name for source in small), sum(map(_size, small)))


def portions(source: Source, setup: Setup, several: frozenset[str] = frozenset()) -> Iterator[Portion | BadCase]:
    """The source, a portion for every so many cases; ``several`` are cases that other ledgers have too."""
    yield from packed(_items(source, setup, several), source.name, setup)


def packed(items: Iterator[Case | BadCase], name: str, setup: Setup) -> Iterator[Portion]:
    """Portions that carry what was read already; ``name`` is that of the source."""
    while batch := list(islice(items, setup.cases)):
        yield Portion("rows", name, pickle.dumps(chunk_of(batch, setup)))


def load(portion: Portion, setup: Setup) -> Chunk:
    """What the portion carries, or the cases of its files."""
    if isinstance(portion.where, bytes):
        found: Chunk = pickle.loads(portion.where)
        return found
    assert isinstance(portion.where, tuple)
    items: list[Case | BadCase] = []
    for source in sources(portion.where, frozenset(suffix for suffix in formats() if suffix)):
        match source:
            case Source():
                items += _items(source, setup)
            case Missing(place, refusal):  # it was there when the portions were made
                items.append(unread(refusal, place))
    return chunk_of(items, setup)


def chunk_of(items: list[Case | BadCase], setup: Setup) -> Chunk:
    """Cases and what was left out between them, packed."""
    from checker.engines.archive.packing import pack

    cases, bad = [], []
    for item in items:
        if isinstance(item, Case):
            cases.append(item)
        else:
            bad.append((len(cases), item))
    return Chunk(
        pack(cases, setup.vocabulary),
        lines=tuple(None if case.place is None else case.place.line for case in cases),
        columns=tuple(None if case.place is None else case.place.column for case in cases),
        files=tuple("" if case.place is None else case.place.file for case in cases),
        cells=tuple((None, None) if case.place is None else (case.place.sheet, case.place.cell) for case in cases),
        bad=tuple(bad),
        remarks=tuple((row, remark) for row, case in enumerate(cases) for remark in case.remarks),
    )


def _size(source: Source) -> int:
    """About so many bytes of cases; what is compressed may hold many more than it has."""
    try:
        return os.path.getsize(source.name) * (_COMPRESSED if source.compressed else 1)
    except OSError:
        return 0


def _items(source: Source, setup: Setup, several: frozenset[str] = frozenset()) -> Iterator[Case | BadCase]:
    known = words(setup.vocabulary, setup.options.zone)
    layout = FormatSetup(setup.options.layout, setup.vocabulary, source.again, setup.options.ledger)
    try:
        with source.open() as stream:
            for found in reader(source.suffix)(stream, source.name, layout):
                record = held_open(found, several)
                yield read_case(record, known) if isinstance(record, RawRecord) else record
    except OSError as error:
        yield unreadable(source.name, error)
