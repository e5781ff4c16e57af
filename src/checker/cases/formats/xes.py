"""XES logs (IEEE 1849), a trace a case, in constant memory."""

from collections.abc import Iterator
from io import BufferedReader
from typing import BinaryIO, cast
from xml.parsers.expat import ExpatError

from checker.cases.compressed import DamagedError
from checker.cases.formats import Setup
from checker.cases.problems import BadCase, Refusal, unread
from checker.cases.record import RawRecord
from checker.cases.table import Table
from checker.cases.xes.ahead import looked_ahead
from checker.cases.xes.guard import BLOCK, StoppedError, broken_off
from checker.cases.xes.keys import xes_table
from checker.cases.xes.traces import TraceReader
from checker.model.place import Place


def read(stream: BinaryIO, name: str, setup: Setup) -> Iterator[RawRecord | BadCase]:
    """The cases of a log. What cannot be read ends it; traces that were complete before have been read."""
    opened = xes_table(name, setup.layout, setup.vocabulary)
    if isinstance(opened, Refusal):
        yield unread(opened, Place(file=name))
        return
    with looked_ahead(stream, setup.again, opened) as (log, covered):
        yield from _traces(log, covered)


def _traces(stream: BinaryIO, opened: Table) -> Iterator[RawRecord | BadCase]:
    reader, name = TraceReader(opened), opened.name
    empty, more, broken = True, True, None
    while more and broken is None:
        try:
            data = cast(BufferedReader, stream).read1(BLOCK)
            reader.feed(data, last=not data)
            more = bool(data)
        except (ExpatError, StoppedError, DamagedError) as error:
            broken = broken_off(error, name, reader.at)
        if not more or broken is not None:
            reader.finish()
        empty = empty and not reader.done
        yield from reader.done
        reader.done.clear()
    if broken is not None:
        yield broken
    elif empty:
        yield unread(Refusal("empty-file", "日志里没有轨迹"), Place(file=name, line=1))
