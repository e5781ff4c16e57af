"""A small streaming reader of XES logs, plain or gzipped: one row an event, local dates, the order of the file.

python benchmarks/road_fines/xes.py LOG.xes.gz EVENTS.csv [TIME_ZONE]
"""

import csv
import gzip
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

ZONE = "Europe/Rome"
HEADER = ("case", "activity", "date")


class LogEvent(NamedTuple):
    """One event of a trace; the date is that of the instant in the local calendar."""

    case: str
    activity: str
    date: date


def read_log(path: str, zone: str = ZONE) -> Iterator[LogEvent]:
    """The events, trace by trace, in the order of the file. An event without name or time is a ValueError."""
    local = ZoneInfo(zone)
    with closing(_open(path)) as stream:
        root = None
        for step, element in ElementTree.iterparse(stream, ("start", "end")):
            tag = element.tag.rpartition("}")[2]
            if root is None:
                root = element
            elif step == "end" and tag == "trace":
                yield from _trace(element, local)
                root.clear()  # the trace is done: without this the whole log stays in memory


def _open(path: str) -> BinaryIO:
    return gzip.open(path, "rb") if path.endswith(".gz") else Path(path).open("rb")  # type: ignore[return-value]


def _trace(trace: ElementTree.Element, local: ZoneInfo) -> Iterator[LogEvent]:
    case = _values(trace).get("concept:name", "")
    for child in trace:
        if child.tag.rpartition("}")[2] == "event":
            values = _values(child)
            name, instant = values.get("concept:name"), values.get("time:timestamp")
            if not (case and name and instant):
                raise ValueError(f"trace {case!r}: an event without name or time")
            yield LogEvent(case, name, datetime.fromisoformat(instant).astimezone(local).date())


def _values(element: ElementTree.Element) -> dict[str, str]:
    return {child.get("key", ""): child.get("value", "") for child in element}


def write_table(log: str, target: str, zone: str = ZONE) -> int:
    """The log as an event table in CSV; how many events it has."""
    count = 0
    with Path(target).open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(HEADER)
        for event in read_log(log, zone):
            rows.writerow((event.case, event.activity, event.date.isoformat()))
            count += 1
    return count


if __name__ == "__main__":
    print(write_table(*sys.argv[1:4]), "events")
