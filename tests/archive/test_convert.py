"""Cases converted once: the same cases, the same findings, every bad record told, the file whole or not there."""

import datetime as dt
import gzip
import json
import resource
import subprocess
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from checker import api
from checker.calendars.shipped import shipped_calendar
from checker.cases.fixtures import read_fixtures
from checker.cases.reading import read_cases
from checker.engines.archive.conforming import conformed
from checker.engines.archive.kernel import Kernel
from checker.engines.archive.packing import pack, unpack
from checker.engines.archive.results import findings_of
from checker.engines.archive.schema import case_schema
from checker.host.case_lines import text_of_case
from checker.model.case import Case, Fixture
from checker.model.norm import RuleSet
from hostile.program import command, run

ROOT = Path(__file__).parents[2]
AS_OF = dt.date(2026, 11, 20)
PACKS = ("duban", "petition", "macro", "nosub", "record")
RULES = [word for pack in PACKS for word in ("--rules", pack)]
GOOD = '{"case": "%s", "events": [{"act": "登记", "date": "2024-03-05"}]}\n'


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return api.compile_rules(PACKS)[0]


@pytest.fixture(scope="module")
def cases(rules: RuleSet) -> list[Case]:
    """All fixtures, each with an id of its own."""
    folders = (ROOT / "fixtures" / pack for pack in PACKS)
    items = [item for folder in folders for item in read_fixtures(str(folder), rules.vocabulary)]
    found = [item.case for item in items if isinstance(item, Fixture)]
    assert len(found) > 300
    return [bare(case.model_copy(update={"id": f"{n}号"})) for n, case in enumerate(found)]


def bare(case: Case) -> Case:
    events = tuple(event.model_copy(update={"place": None}) for event in case.events)
    return case.model_copy(update={"place": None, "remarks": (), "events": events})


def converted(source: Path, target: Path, *more: object) -> str:
    """What is said on standard error."""
    result = run("convert", source, "--output", target, *RULES, *more)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == ""
    return result.stderr


@pytest.fixture(scope="module")
def lines(cases: list[Case], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cases") / "cases.jsonl"
    path.write_text("".join(f"{text_of_case(case)}\n" for case in cases), encoding="utf-8")
    return path


def parquet_cases(path: Path, rules: RuleSet) -> pa.RecordBatch:
    return conformed(pq.read_table(path).combine_chunks().to_batches()[0], case_schema(rules.vocabulary))


@pytest.mark.parametrize("name", ["out.jsonl", "out.ndjson", "out.jsonl.gz", "OUT.JSONL.GZ"])
def test_lines_read_back_are_the_same_cases(rules, cases, lines, tmp_path, name):
    converted(lines, tmp_path / name)
    assert [bare(case) for case in read_cases([str(tmp_path / name)], rules.vocabulary)] == cases


def test_parquet_holds_the_same_cases_and_gives_the_same_findings(rules, cases, lines, tmp_path):
    said = converted(lines, tmp_path / "out.parquet")
    assert f"读入 {len(cases)}件，未读入 0处，跳过文件 0个。" in said
    batch = parquet_cases(tmp_path / "out.parquet", rules)
    assert unpack(batch, rules.vocabulary) == cases
    kernel = Kernel(rules, shipped_calendar())
    before = kernel.evaluate(pack(cases, rules.vocabulary), AS_OF, everything=True)
    after = kernel.evaluate(batch, AS_OF, everything=True)
    assert findings_of(after.findings) == findings_of(before.findings)
    assert before.findings.num_rows > 1000


def test_row_groups_end_where_they_should(rules, cases, lines, tmp_path, monkeypatch):
    monkeypatch.setattr("checker.host.case_parquet.ROWS", 100)
    converted(lines, tmp_path / "out.parquet")
    file = pq.ParquetFile(tmp_path / "out.parquet")
    assert file.metadata.num_row_groups > 3
    assert unpack(parquet_cases(tmp_path / "out.parquet", rules), rules.vocabulary) == cases


def test_the_file_says_what_it_rests_on(lines, tmp_path):
    (tmp_path / "map.yaml").write_text("time_zone: Asia/Shanghai\n", encoding="utf-8")
    said = converted(lines, tmp_path / "out.parquet", "--mapping", tmp_path / "map.yaml")
    assert "时区：Asia/Shanghai。" in said
    found = {k.decode(): v.decode() for k, v in pq.ParquetFile(tmp_path / "out.parquet").metadata.metadata.items()}
    assert found["checker.time_zone"] == "Asia/Shanghai"
    assert json.loads(found["checker.sources"]) == [str(lines)]
    assert int(found["checker.cases"]) > 300
    assert found["checker.left_out"] == "0"
    assert "时区：没有指定" in converted(lines, tmp_path / "out.parquet")


def test_columns_nobody_fills_are_not_written(tmp_path):
    (tmp_path / "a.jsonl").write_text(GOOD % "甲", encoding="utf-8")
    converted(tmp_path / "a.jsonl", tmp_path / "out.parquet")
    event = pq.read_schema(tmp_path / "out.parquet").field("events").type.value_type
    assert {field.name for field in event} == {"id", "date", "time", "act", "actor", "document", "known-none"}


def test_bad_records_are_told_and_counted_and_the_rest_is_written(rules, tmp_path):
    folder, out = tmp_path / "in", tmp_path / "out.parquet"
    folder.mkdir()
    (folder / "a.jsonl").write_text(GOOD % "甲" + "{\n" + GOOD % "乙" + GOOD % "甲", encoding="utf-8")
    (folder / "b.csv").write_text("案件,行为,日期\n丙,登记,2024-02-30\n丁,登记,2024-03-05\n", encoding="utf-8")
    (folder / "c.jsonl.gz").write_bytes(gzip.compress((GOOD % "戊").encode())[:-4])
    (folder / "d.txt").write_text("", encoding="utf-8")
    result = run("convert", folder, "--output", out, *RULES)
    assert result.exit_code == 2
    for place in ("a.jsonl 第 2 行", "a.jsonl 第 4 行", "b.csv 第 2 行", "c.jsonl.gz 第 2 行"):
        assert f"{folder}/{place}" in result.stderr
    assert "读入 4件，未读入 4处，跳过文件 1个。" in result.stderr
    assert [case.id for case in unpack(parquet_cases(out, rules), rules.vocabulary)] == ["甲", "乙", "丁", "戊"]


def test_nothing_read_leaves_what_was_there(tmp_path):
    (tmp_path / "a.jsonl").write_text("{\n", encoding="utf-8")
    (tmp_path / "out.parquet").write_text("old", encoding="utf-8")
    result = run("convert", tmp_path / "a.jsonl", "--output", tmp_path / "out.parquet", *RULES)
    assert result.exit_code == 2
    assert "没有写文件" in result.stderr
    assert (tmp_path / "out.parquet").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.jsonl", "out.parquet"]


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("out.csv", "不知道"),
        ("out", "不知道"),
        ("in/a.jsonl", "属于输入"),
        ("in/new.parquet", "属于输入"),
        ("nowhere/out.parquet", "写不了文件"),
    ],
)
def test_an_output_that_cannot_be_is_refused_before_any_work(tmp_path, output, said):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl").write_text(GOOD % "甲", encoding="utf-8")
    result = run("convert", tmp_path / "in", "--output", tmp_path / output, *RULES)
    assert result.exit_code == 2
    assert said in result.stderr
    assert (tmp_path / "in" / "a.jsonl").read_text(encoding="utf-8") == GOOD % "甲"


@pytest.mark.parametrize("name", ["out.parquet", "out.jsonl", "out.jsonl.gz"])
def test_a_disk_that_fills_up_leaves_no_half_file(tmp_path, name):
    lines = "".join(GOOD % f"{n * 7919 % 1_000_003:x}{n}" for n in range(20_000))
    (tmp_path / "in.jsonl").write_text(lines, encoding="utf-8")
    (tmp_path / name).write_text("old", encoding="utf-8")
    words = command("convert", tmp_path / "in.jsonl", "--output", tmp_path / name, "--rules", "duban")
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))  # noqa: E731
    result = subprocess.run(words, check=False, capture_output=True, text=True, preexec_fn=limit, timeout=120)
    assert result.returncode == 2
    assert f"写不了文件「{tmp_path / name}」：文件超过允许的大小" in result.stderr
    assert (tmp_path / name).read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["in.jsonl", name])


def test_batches_conform_whatever_they_leave_out():
    event = pa.struct([("act", pa.dictionary(pa.int32(), pa.string()))])
    batch = pa.RecordBatch.from_arrays(
        [
            pa.array(["甲", "乙", "丙"]).dictionary_encode(),
            pa.array([[{"act": "登记"}, {"act": "登记"}], None, [{"act": "审批"}]], pa.list_(event)),
        ],
        ["case", "events"],
    )
    wanted = pa.struct([("id", pa.string()), ("act", pa.string())])
    extent = pa.struct([pa.field("first", pa.date32(), nullable=False)])
    schema = pa.schema([("case", pa.string()), ("extent", extent), ("events", pa.list_(wanted))])
    rows = [
        {"case": "甲", "extent": None, "events": [{"id": None, "act": "登记"}, {"id": None, "act": "登记"}]},
        {"case": "乙", "extent": None, "events": None},
        {"case": "丙", "extent": None, "events": [{"id": None, "act": "审批"}]},
    ]
    assert conformed(batch, schema).to_pylist() == rows
    assert conformed(batch.slice(1), schema).to_pylist() == rows[1:]
    with pytest.raises(ValueError, match="events"):
        conformed(batch, schema.remove(2))
