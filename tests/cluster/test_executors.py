"""What the executors do, without Spark between: any cut of the input gives the same findings and counts."""

import datetime as dt
import pickle

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from checker.calendars.shipped import shipped_calendar
from checker.cluster import executors
from checker.cluster.executors import Shipment, kernel_of
from checker.cluster.tagged import COLUMNS, SCHEMA
from checker.engines.archive.packing import pack
from checker.engines.archive.results import findings_of
from checker.engines.archive.schema import FINDINGS
from checker.engines.run import evaluate, prepare
from cluster.samples import ROOT, placed
from equality.budget import budget
from strategies import words as w
from strategies.cases import records
from strategies.rules import rule_sets


@st.composite
def archives(draw):
    """Rules, cases with ids of their own, a date, and sizes of batches."""
    base = draw(st.sampled_from(w.BASES))
    rules = draw(rule_sets(base, 4))
    cases = draw(st.lists(records(base, [norm.id for norm in rules.norms]), max_size=8))
    named = [readable(case).model_copy(update={"id": f"案{n}"}) for n, case in enumerate(cases)]
    sizes = draw(st.lists(st.integers(0, 3), max_size=6))
    return rules, named, base + dt.timedelta(days=draw(st.integers(0, 50))), sizes


def readable(case):
    """The case without times that have no date, which no record can say."""
    events = [one if one.date is not None else one.model_copy(update={"time": None}) for one in case.events]
    return case.model_copy(update={"events": tuple(events)})


def shipment(rules, as_of, form="records", **more):
    return Shipment(pickle.dumps((rules, shipped_calendar())), form, as_of, **more)


def cut(batch, sizes):
    start = 0
    for size in (*sizes, batch.num_rows):
        yield placed(batch.slice(start, size), start)
        start = min(start + size, batch.num_rows)


def parts(rows, name):
    table = pa.Table.from_batches(rows, SCHEMA)
    return [row[name] for row in table.to_pylist() if row[name] is not None]


def findings(rows):
    listed = [{**row, "row": 0} for row in parts(rows, "finding")]
    return [finding for _, finding in findings_of(pa.RecordBatch.from_pylist(listed, schema=FINDINGS))]


@budget(40)
@given(archives())
def test_any_cut_gives_what_the_row_evaluator_gives(archive):
    rules, cases, as_of, sizes = archive
    program = prepare(rules, shipped_calendar())
    single = [evaluate(program, case, as_of) for case in cases]
    batches = cut(pack(cases, rules.vocabulary), sizes)
    rows = list(shipment(rules, as_of, everything=True, seen=True).evaluate(batches))
    assert findings(rows) == [finding for one in single for finding in one.findings]
    assert sum(one["count"] for one in parts(rows, "count")) == len(findings(rows))
    untriggered = sum(len(one.counts.without_anchor) for one in single)
    assert sum(one["cases"] for one in parts(rows, "triggered")) == len(cases) * len(rules.norms) - untriggered
    assert sum(one["read"] for one in parts(rows, "total")) == len(cases)
    assert [one["case"] for one in parts(rows, "seen")] == [case.id for case in cases]
    assert {one["level"] for one in parts(rows, "problem")} <= {"warning"}


def lines(*texts):
    return pa.RecordBatch.from_pydict({"value": pa.array(texts, pa.binary())})


def read_lines(batches, **more):
    from checker import api

    rules, _ = api.compile_rules(("duban",))
    return list(shipment(rules, dt.date(2026, 11, 20), "lines", **more).evaluate(iter(batches)))


def problems(rows):
    return [(one["line"], one["code"], one["case"]) for one in parts(rows, "problem")]


GOOD = b'{"case": "a", "kind": "\xe7\x9d\xa3\xe5\x8a\x9e"}'


def test_lines_are_counted_from_the_first_byte_of_a_file_over_batches_and_files():
    first = placed(lines(b"\xef\xbb\xbf" + GOOD, b"", b"{"), 100, "hdfs://n/1.jsonl")
    second = placed(lines(b'{"case": "\xff"}'), 103, "hdfs://n/1.jsonl")
    third = placed(lines(b"[]"), 104, "hdfs://n/2.jsonl")
    fourth = placed(lines(b"]"), 105, "hdfs://n/2.jsonl", block=4096)
    rows = read_lines([first, second, third, fourth])
    assert problems(rows) == [
        (3, "bad-json", None),
        (4, "wrong-encoding", None),
        (1, "wrong-shape", None),
        (None, "bad-json", None),
    ]
    assert [one["file"] for one in parts(rows, "problem")][:1] == ["hdfs://n/1.jsonl"]
    total = {"read": 1, "left_out": 4, "failed": 0}
    assert {key: sum(one[key] for one in parts(rows, "total")) for key in total} == total


def test_lines_of_a_frame_that_may_be_filtered_have_no_number():
    assert problems(read_lines([placed(lines(b"{"), counted=False)])) == [(None, "bad-json", None)]


def test_a_warning_is_told_and_leaves_nothing_out():
    text = '{"case": "a", "answers": [{"norm": "duban/效果统一", "event": "e9", "answer": "是"}]}'.encode()
    rows = read_lines([placed(lines(GOOD, text))])
    assert problems(rows) == [(2, "unknown-event", "a")]
    assert parts(rows, "problem")[0]["level"] == "warning"
    assert [one["left_out"] for one in parts(rows, "total")] == [0]


def test_a_failure_of_ours_is_a_problem_of_its_case(monkeypatch):
    class Failing:
        """A kernel that dies on the second row."""

        def __init__(self, kernel):
            self.rules, self._kernel = kernel.rules, kernel

        def evaluate(self, *given, **more):
            result = self._kernel.evaluate(*given, **more)
            result.failures = ((1, "求值时程序出错（零）"),)
            return result

    monkeypatch.setattr(executors, "kernel_of", lambda compiled: Failing(kernel_of(compiled)))
    text = (ROOT / "fixtures" / "demo" / "08-tai-zhang.jsonl").read_bytes().splitlines()[0]
    rows = read_lines([placed(lines(GOOD, text))])
    failures = [one for one in parts(rows, "problem") if one["code"] == "engine-failure"]
    assert [(one["case"], one["file"]) for one in failures] == [("信访-2026-101", "/a b.parquet")]
    assert "零" in failures[0]["message"]
    assert [(one["read"], one["failed"]) for one in parts(rows, "total")] == [(2, 1)]


def test_a_worker_compiles_once():
    from checker import api

    rules, _ = api.compile_rules(("duban",))
    compiled = pickle.dumps((rules, shipped_calendar()))
    assert kernel_of(compiled) is kernel_of(bytes(bytearray(compiled)))


def test_every_column_is_null_but_one():
    rows = pa.Table.from_batches(read_lines([placed(lines(GOOD, b"{"))], seen=True)).to_pylist()
    assert {sum(row[name] is not None for name in COLUMNS) for row in rows} == {1}
