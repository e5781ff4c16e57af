"""Spark gives what the kernel and the row evaluator give, however it cuts the data."""

import datetime as dt
import json

import pytest
import yaml

from checker.calendars.shipped import shipped_calendar
from checker.cases.reading import ReadOptions, read_cases
from checker.cluster.frames import Outcome, Terms, check_lines, check_records, frame_schema
from checker.cluster.sessions import BATCH, understood
from checker.engines.archive.kernel import Kernel
from checker.engines.archive.packing import pack
from checker.engines.archive.results import VERDICTS, findings_of
from checker.engines.run import evaluate
from checker.model.case import Case
from checker.model.diagnostic import DataError, EngineFault
from cluster.samples import PACKS, ROOT, fixtures_of, found, rules_of, store
from equality.budget import is_thorough
from strategies import words as w
from strategies.cases import records
from strategies.rules import rule_sets

AS_OF = dt.date(2026, 11, 20)


def assert_equal_everywhere(outcome: Outcome, rules, cases, as_of):
    """Findings in order, and every count, from Spark, the kernel and the row evaluator."""
    kernel = Kernel(rules, shipped_calendar())
    whole = kernel.evaluate(pack(cases, rules.vocabulary), as_of, everything=True)
    single = [evaluate(kernel.program, case, as_of) for case in cases]
    expected = [finding for one in single for finding in one.findings]
    assert [finding for _, finding in findings_of(whole.findings)] == expected
    outcome.rows.persist()
    assert found(outcome.ordered) == expected
    assert sorted(map(repr, found(outcome.findings))) == sorted(map(repr, expected))
    tally = outcome.tally()
    assert (tally.read, tally.left_out, tally.failed) == (len(cases), 0, 0)
    for position, norm in enumerate(rules.norms):
        counted = [tally.verdicts[norm.id, norm.version, verdict] for verdict in VERDICTS]
        assert counted == whole.verdicts[position].tolist()
        assert tally.triggered[norm.id, norm.version] == whole.triggered[position]
    assert sum(row["count"] for row in outcome.counts.collect()) == len(expected)
    outcome.rows.unpersist()
    return len(expected)


def test_fixtures_in_parquet_at_odd_borders(spark, tmp_path):
    rules = rules_of(*PACKS)
    cases = fixtures_of(rules, *PACKS)[:: 1 if is_thorough() else 7]
    store(tmp_path, cases, rules, (31, 0, 3))
    spark.conf.set(BATCH, "29")
    spark.conf.set("spark.sql.files.maxPartitionBytes", "60000")
    frame = spark.read.parquet(str(tmp_path))
    assert frame.rdd.getNumPartitions() > 2
    outcome = check_records(frame, Terms(rules, AS_OF, everything=True))
    assert assert_equal_everywhere(outcome, rules, cases, AS_OF) > 500


@pytest.mark.parametrize("seed", range(2 if is_thorough() else 1))
def test_random_norms_and_cases(spark, tmp_path, seed):
    import random

    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import strategies as st

    base = w.BASES[seed]
    drawn = []

    @settings(
        max_examples=40 if is_thorough() else 15,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(rule_sets(base, 8), st.data())
    def draw(rules, data):
        norms = [norm.id for norm in rules.norms]
        drawn.append((rules, data.draw(st.lists(records(base, norms), min_size=1, max_size=12))))

    draw()
    rules = max((rules for rules, _ in drawn), key=lambda one: len(one.norms))
    cases = [case for _, some in drawn for case in some]
    random.Random(seed).shuffle(cases)
    named = [readable(case).model_copy(update={"id": f"案{n}"}) for n, case in enumerate(cases)]
    store(tmp_path, named, rules, (3, 17))
    spark.conf.set(BATCH, "5")
    as_of = base + dt.timedelta(days=30)
    outcome = check_records(spark.read.parquet(str(tmp_path)), Terms(rules, as_of, everything=True))
    assert assert_equal_everywhere(outcome, rules, named, as_of) > 50


def readable(case):
    """The case as a record can say it: no time without a date."""
    events = [one if one.date is not None else one.model_copy(update={"time": None}) for one in case.events]
    return case.model_copy(update={"events": tuple(events)})


def test_a_table_that_is_not_read_from_files(spark):
    rules = rules_of("duban")
    cases = fixtures_of(rules, "duban")[:40]
    rows = pack(cases, rules.vocabulary).to_pylist()
    frame = spark.createDataFrame(rows, frame_schema(rules.vocabulary)).repartition(3)
    outcome = check_records(frame, Terms(rules, AS_OF, everything=True))
    program = Kernel(rules, shipped_calendar()).program
    expected = [finding for case in cases for finding in evaluate(program, case, AS_OF).findings]
    assert sorted(map(repr, found(outcome.findings))) == sorted(map(repr, expected))


def test_json_lines_are_read_as_on_one_machine(spark, tmp_path):
    """The same findings and the same refusals at the same lines, though Spark cuts the files in the middle."""
    rules = rules_of("duban")
    files = sorted((ROOT / "fixtures" / "duban").rglob("*.yaml"))[::3]
    documents = [one for file in files for one in yaml.safe_load_all(file.read_text(encoding="utf-8"))]
    lines = [json.dumps(one, ensure_ascii=False, default=str) for one in documents]
    bad = ["{", "", '{"case": "坏", "events": [{"act": "没有"}]}', '{"case": "a", "case": "b"}', "[1]"]
    (tmp_path / "a.jsonl").write_text("\n".join([*lines, *bad]) + "\n", encoding="utf-8")
    (tmp_path / "b.jsonl").write_bytes(b'{"case": "\xff"}\n\xef\xbb\xbf{}\r\n' + json.dumps({"case": "尾"}).encode())
    paths = [str(tmp_path / name) for name in ("a.jsonl", "b.jsonl")]
    spark.conf.set("spark.sql.files.maxPartitionBytes", "9000")
    spark.conf.set(BATCH, "7")
    frame = spark.read.text(paths)
    assert frame.rdd.getNumPartitions() > 2
    outcome = check_lines(frame, Terms(rules, AS_OF, everything=True), whole=True)
    items = list(read_cases(paths, rules.vocabulary, ReadOptions(unique=False)))
    program = Kernel(rules, shipped_calendar()).program
    expected = [f for case in items if isinstance(case, Case) for f in evaluate(program, case, AS_OF).findings]
    assert len(expected) > 10
    assert found(outcome.ordered) == expected
    refused = [
        (one.id, d.code, d.message, d.at.file, d.at.column)
        for one in items
        if not isinstance(one, Case)
        for d in one.diagnostics
    ]
    problems = outcome.problems.collect()
    assert [(p["case"], p["code"], p["message"], p["file"], p["column"]) for p in problems] == refused
    places = {(d.code, d.at.file, d.at.line) for one in items if not isinstance(one, Case) for d in one.diagnostics}
    assert {(p["code"], p["file"], p["line"]) for p in problems if p["line"] is not None} <= places
    tally = outcome.tally()
    assert tally.read + tally.left_out == len(items)
    assert tally.problems == len(refused)


def test_bad_records_are_left_out_counted_and_placed(spark, tmp_path):
    rules = rules_of("duban")
    cases = fixtures_of(rules, "duban")[:12]
    bad = {
        3: {"kind": "没有"},
        7: {"id": " "},
        10: {"events": (cases[10].events[0].model_copy(update={"id": "双"}),) * 2},
    }
    spoilt = [case.model_copy(update=bad.get(n, {})) for n, case in enumerate(cases)]
    (path,) = store(tmp_path, spoilt, rules, ())
    spark.conf.set(BATCH, "2")
    outcome = check_records(spark.read.parquet(str(path)), Terms(rules, AS_OF, everything=True))
    program = Kernel(rules, shipped_calendar()).program
    good = [case for n, case in enumerate(cases) if n not in bad]
    assert found(outcome.ordered) == [f for case in good for f in evaluate(program, case, AS_OF).findings]
    problems = {(p["line"], p["code"], p["file"]) for p in outcome.problems.collect()}
    assert {
        (4, "unknown-kind", str(path)),
        (8, "empty-name", str(path)),
        (11, "duplicate-event", str(path)),
    } <= problems
    tally = outcome.tally()
    assert (tally.read, tally.left_out) == (9, 3)


def test_case_ids_that_stand_twice(spark, tmp_path):
    rules = rules_of("duban")
    cases = fixtures_of(rules, "duban")[:6]
    store(tmp_path, [*cases, cases[2], cases[4], cases[4]], rules, (4,))
    outcome = check_records(spark.read.parquet(str(tmp_path)), Terms(rules, AS_OF, seen=True))
    twice = {row["case"]: (row["count"], len(row["files"])) for row in outcome.duplicates.collect()}
    assert twice == {cases[2].id: (2, 2), cases[4].id: (3, 1)}


def test_no_shuffle_on_the_way_to_the_findings(spark, tmp_path, capsys):
    rules = rules_of("duban")
    store(tmp_path, fixtures_of(rules, "duban")[:3], rules, ())
    check_records(spark.read.parquet(str(tmp_path)), Terms(rules, AS_OF)).findings.explain()
    plan = capsys.readouterr().out
    assert "MapInArrow" in plan
    assert "Exchange" not in plan


def test_columns_that_no_case_record_has_are_refused_before_anything_runs(spark):
    frame = spark.createDataFrame([("a", 2024)], "`case` string, `年` int")
    with pytest.raises(DataError, match="缺少列「events」，列「年」不是案件记录的项"):
        check_records(frame, Terms(rules_of("duban"), AS_OF))


@pytest.mark.parametrize(
    ("error", "kind", "message"),
    [
        (ModuleNotFoundError("No module named 'checker'"), DataError, "执行节点上的 Python 环境里没有 checker"),
        (ZeroDivisionError("零"), EngineFault, "执行节点上的程序出错：ZeroDivisionError: 零"),
    ],
)
def test_what_dies_on_an_executor_is_told_in_a_sentence(spark, error, kind, message):
    def die(_):
        raise error

    with pytest.raises(kind, match=message), understood("没有结果"):
        spark.range(3).mapInArrow(die, "id bigint").collect()
