"""The golden vectors: one table row says how each vector's rule is to be read."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest

from checker.calendars.amount import Amount
from checker.calendars.derive import derive, derive_back
from checker.calendars.hours import due_instant
from checker.calendars.shipped import shipped_calendar
from checker.model.norm import Counting

VECTORS = {vector["id"]: vector for vector in json.loads(Path(__file__).with_name("period_vectors.json").read_text())}

CIVIL = Counting()
CRIMINAL = Counting(month_end=True)
CUSTODY = Counting(month_end=True, roll=False)


@dataclass(frozen=True)
class Reading:
    amount: Amount
    counting: Counting = CIVIL
    exclusions: tuple[tuple[date, date], ...] = ()


FORWARD = {
    "PV01": Reading(Amount(days=60)),
    "PV02": Reading(Amount(days=60)),
    "PV03": Reading(Amount(days=60)),
    "PV04": Reading(Amount(days=90)),
    "PV05": Reading(Amount(days=15)),
    "PV06": Reading(Amount(days=15)),
    "PV07": Reading(Amount(workdays=5)),
    "PV08": Reading(Amount(workdays=7)),
    "PV09": Reading(Amount(months=6)),
    "PV10": Reading(Amount(months=3)),
    "PV11a": Reading(Amount(months=1)),
    "PV11b": Reading(Amount(months=1), CUSTODY),
    "PV12": Reading(Amount(months=2), CUSTODY),
    "PV13": Reading(Amount(months=1, days=15), CRIMINAL),
    "PV16": Reading(Amount(days=60).plus(Amount(days=30))),
    "PV17": Reading(Amount(days=30), CIVIL, ((date(2026, 3, 10), date(2026, 3, 22)),)),
}
OTHERS = {"PV14", "PV15"}


def test_every_vector_is_read():
    assert FORWARD.keys() | OTHERS == VECTORS.keys()


@pytest.mark.parametrize("name", FORWARD)
def test_forward(name):
    vector, reading = VECTORS[name], FORWARD[name]
    start = date.fromisoformat(vector["start"])
    found = derive(shipped_calendar(), start, reading.amount, reading.counting, reading.exclusions)
    assert (found.raw.isoformat(), found.day.isoformat()) == (vector["raw_end"], vector["end"])
    assert found.provisional is vector["provisional"]


def test_unextended_due_date_of_pv16():
    start = date.fromisoformat(VECTORS["PV16"]["start"])
    assert derive(shipped_calendar(), start, Amount(days=60), CIVIL).day == date(2026, 5, 6)


@pytest.mark.parametrize("first", [date(2026, 3, 3), date(2026, 3, 20), date(2026, 4, 1)])
def test_pv17_wherever_the_twelve_days_lie(first):
    span = (first, date.fromordinal(first.toordinal() + 12))
    found = derive(shipped_calendar(), date(2026, 3, 2), Amount(days=30), CIVIL, (span,))
    assert found.day.isoformat() == VECTORS["PV17"]["end"]


def test_pv14_backward():
    vector = VECTORS["PV14"]
    found = derive_back(shipped_calendar(), date.fromisoformat(vector["start"]), Amount(days=15))
    assert found.day.isoformat() == vector["end"] == vector["raw_end"]
    assert not found.provisional


@pytest.mark.parametrize(("next_hour", "key"), [(False, "raw_end"), (True, "end")])
def test_pv15_hours(next_hour, key):
    vector = VECTORS["PV15"]
    start = datetime.fromisoformat(vector["start"])
    found = due_instant(start.date(), start.time(), Amount(hours=24), Counting(next_hour=next_hour))
    assert found.low == found.high == datetime.fromisoformat(vector[key])
