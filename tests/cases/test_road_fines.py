"""The parts of the road-fines benchmark that need no log."""

import gzip
from datetime import date
from pathlib import Path

import pytest

from checker.calendars.shipped import load_calendar
from checker.cases.mapping_file import read_layout
from checker.cases.reading import ReadOptions, read_cases
from checker.language.compile import compile_packs
from checker.language.source import Source

FOLDER = Path(__file__).parents[2] / "benchmarks/road_fines"
EVENT = '<event><date key="time:timestamp" value="{}"/><string key="concept:name" value="{}"/></event>'
LOG = f"""<?xml version="1.0"?>
<log xmlns="http://www.xes-standard.org/">
  <string key="concept:name" value="a log"/>
  <trace><string key="concept:name" value="A1"/>
    {EVENT.format("2006-07-23T22:00:00Z", "Create Fine")}
    {EVENT.format("2006-12-05T00:00:00+01:00", "Send Fine")}
  </trace>
  <trace><string key="concept:name" value="A2"/>
    {EVENT.format("2006-12-31T23:30:00Z", "Create Fine")}
  </trace>
</log>
"""


def rules():
    path = FOLDER / "road-fines.norm"
    found, problems = compile_packs([Source(path.name, path.read_bytes())])
    assert problems == ()
    return found


def read(path):
    options = ReadOptions(layout=read_layout(str(FOLDER / "mapping.yaml")))
    return list(read_cases([str(path)], rules().vocabulary, options))


@pytest.mark.parametrize("name", ["log.xes", "log.xes.gz"])
def test_the_log_becomes_local_dates_in_its_own_order(tmp_path, name):
    log = tmp_path / name
    log.write_bytes(gzip.compress(LOG.encode()) if name.endswith("gz") else LOG.encode())
    assert [(case.id, event.act, str(event.date), event.time) for case in read(log) for event in case.events] == [
        ("A1", "开单", "2006-07-24", None),
        ("A1", "寄送", "2006-12-05", None),
        ("A2", "开单", "2007-01-01", None),
    ]


def test_an_event_without_a_time_has_no_date(tmp_path):
    log = tmp_path / "log.xes"
    log.write_text(LOG.replace("time:timestamp", "time:other", 1), encoding="utf-8")
    assert [event.date is None for event in read(log)[0].events] == [True, False]


def test_the_mapping_fits_the_pack():
    layout = read_layout(str(FOLDER / "mapping.yaml"))
    assert set(layout.acts.values()) == set(rules().vocabulary.acts)
    assert len({norm.id for norm in rules().norms}) == 7


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2000, 6, 2), True),
        (date(2006, 6, 2), False),
        (date(2006, 4, 17), False),
        (date(2011, 3, 17), False),
        (date(2010, 3, 17), True),
        (date(2013, 4, 1), False),
        (date(2012, 12, 26), False),
        (date(2012, 12, 27), True),
    ],
)
def test_italian_holidays(day, works):
    assert load_calendar(FOLDER / "italy.yaml").is_workday(day) is works
