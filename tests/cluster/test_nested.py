"""Records in the archive schema are read as any case record is: the same cases, the same refusals."""

import datetime as dt
from decimal import Decimal

import pyarrow as pa
import pytest

from checker.cases.columnar.plan import plan
from checker.cases.problems import BadCase
from checker.cluster.admission import Admission
from checker.engines.archive.packing import pack, unpack
from checker.model.values import ValueType
from checker.model.vocabulary import Act, Vocabulary
from cluster.samples import PACKS, fixtures_of, placed, rules_of

WORDS = Vocabulary(
    organs={"法院": None},
    persons=(),
    acts={
        "办": Act(name="办", attributes={"数": ValueType(name="数"), "期": ValueType(name="期间")}),
        "报": Act(name="报", attributes={"日": ValueType(name="日期"), "可": ValueType(name="是否")}),
    },
    case_attributes={"源": ValueType(name="文本")},
    kinds=("督办",),
)


def read(**row):
    """The case of one row of a table, or the refusal."""
    batch = pa.RecordBatch.from_pylist([{"case": "甲", "events": [], **row}])
    read = Admission("records", plan(WORDS, None)).admit(placed(batch, 6, "file:///卷.parquet"))
    cases = unpack(read.cases, WORDS)
    return cases[0] if cases else read.bad[0][1]


def event(**fields):
    return {"id": None, "date": dt.date(2026, 3, 2), "time": None, "act": "办", "actor": None, **fields}


@pytest.mark.parametrize("pack_id", PACKS)
def test_packed_cases_are_read_as_they_were(pack_id):
    rules = rules_of(pack_id)
    cases = fixtures_of(rules, pack_id)
    read = Admission("records", plan(rules.vocabulary, None)).admit(placed(pack(cases, rules.vocabulary)))
    assert (read.bad, read.rows) == ([], list(range(len(cases))))
    assert unpack(read.cases, rules.vocabulary) == cases


def test_values_may_have_types_of_their_own():
    case = read(
        attributes={"源": "007"},
        events=[
            {"act": "办", "date": dt.date(2026, 3, 2), "数": 2.5},
            {"act": "报", "date": dt.date(2026, 3, 3), "可": True, "日": dt.date(2026, 3, 4)},
        ],
    )
    assert [one.attributes for one in case.events] == [{"数": Decimal("2.5")}, {"可": True, "日": dt.date(2026, 3, 4)}]
    assert case.attributes == {"源": "007"}
    (one,) = read(events=[{"act": "办", "date": "2026年3月4日", "数": 3}]).events
    assert (one.date, one.attributes) == (dt.date(2026, 3, 4), {"数": 3})


@pytest.mark.parametrize(
    ("row", "code", "path"),
    [
        ({"case": None}, "missing-case", None),
        ({"case": " "}, "empty-name", "case"),
        ({"kind": "没有"}, "unknown-kind", "kind"),
        ({"covers": ["没有"]}, "unknown-act", "covers"),
        ({"attributes": {"没有": "1"}}, "unknown-attribute", "attributes.没有"),
        ({"events": None}, "no-events", "events"),
        ({"events": [None]}, "wrong-shape", "events[1]"),
        ({"events": [event(act=None)]}, "missing-act", "events[1]"),
        ({"events": [event(), event(act="没有")]}, "unknown-act", "events[2].act"),
        ({"events": [event(数="两")]}, "wrong-type", "events[1].数"),
        ({"events": [event(数=["1", "2"])]}, "wrong-type", "events[1].数"),
        ({"events": [event(日="2026-03-03")]}, "unknown-attribute", "events[1].日"),
        ({"events": [event(期="三十")]}, "wrong-type", "events[1].期"),
        ({"events": [event(date=None, time=dt.time(9))]}, "bad-date", "events[1].time"),
        ({"events": [event(date=dt.date(9999, 1, 1))]}, "year-out-of-range", "events[1].date"),
        ({"events": [event(id="a"), event(id="a")]}, "duplicate-event", "events[2]"),
        ({"events": [event(actor=["没有"])]}, "unknown-actor", "events[1].actor"),
        ({"events": [event(数="1", **{"known-none": ["数"]})]}, "duplicate-key", "events[1].known-none"),
        ({"extent": {"first": None, "last": None}}, "bad-extent", "extent"),
        ({"answers": [{"norm": None, "event": "e1", "answer": True}]}, "missing-key", "answers[1]"),
    ],
)
def test_a_bad_record_is_refused_with_its_place(row, code, path):
    bad = read(**row)
    assert isinstance(bad, BadCase)
    places = [(one.code, one.at.cell, one.at.file, one.at.line) for one in bad.diagnostics]
    assert (code, path, "/卷.parquet", 7) in places


def test_what_is_known_to_be_none_is_no_unknown():
    case = read(events=[event(**{"known-none": ["数"]}), event()])
    assert [one.attributes for one in case.events] == [{"数": None}, {}]
