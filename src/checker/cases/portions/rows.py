"""Whatever format has no way of its own to be read in batches: case by case, then packed.

The source is read once, in order, by whoever asks for the portions; each portion carries its cases with it.
"""

import pickle
from collections.abc import Iterator
from itertools import islice

from checker.calendars.unreadable import reason
from checker.cases.event_record import words
from checker.cases.formats import Setup as FormatSetup
from checker.cases.formats import reader
from checker.cases.portions import CASES, Chunk, Portion, Setup
from checker.cases.problems import BadCase, Refusal, unread
from checker.cases.record import RawRecord, read_case
from checker.cases.source import Source
from checker.model.case import Case
from checker.model.place import Place


def portions(source: Source, setup: Setup) -> Iterator[Portion | BadCase]:
    """The source, a portion for every so many cases."""
    items = _items(source, setup)
    while batch := list(islice(items, CASES)):
        yield Portion("rows", source.name, pickle.dumps(chunk_of(batch, setup)), len(batch))


def load(portion: Portion, setup: Setup) -> Chunk:  # noqa: ARG001 - nothing is left to be read
    """What the portion carries."""
    assert isinstance(portion.where, bytes)
    found: Chunk = pickle.loads(portion.where)
    return found


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
        tuple(None if case.place is None else case.place.line for case in cases),
        tuple("" if case.place is None else case.place.file for case in cases),
        tuple(bad),
        tuple((row, remark) for row, case in enumerate(cases) for remark in case.remarks),
    )


def _items(source: Source, setup: Setup) -> Iterator[Case | BadCase]:
    known = words(setup.vocabulary, setup.options.zone)
    layout = FormatSetup(setup.options.layout, setup.vocabulary)
    try:
        with source.open() as stream:
            for record in reader(source.suffix)(stream, source.name, layout):
                yield read_case(record, known) if isinstance(record, RawRecord) else record
    except OSError as error:
        refusal = Refusal("unreadable", f"文件「{source.name}」读不出来（{reason(error)}）")
        yield unread(refusal, Place(file=source.name))
