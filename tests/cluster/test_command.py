"""``checker cluster``: what it writes, what it says, how it ends."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from checker.cli.main import program
from cluster.samples import ROOT, fixtures_of, rules_of, store

DEMO = ROOT / "fixtures" / "demo" / "08-tai-zhang.jsonl"
RULES = ("--rules", "duban", "scope", "record", "--as-of", "2026-11-20")


@pytest.fixture
def cluster(spark):
    """Run the command in the Spark there is."""
    del spark
    return lambda *args: CliRunner().invoke(program, ["cluster", *map(str, args)])


def lines(folder: Path):
    return [line for file in sorted(folder.glob("part-*")) for line in file.read_text(encoding="utf-8").splitlines()]


def test_json_lines_come_as_from_one_machine(cluster, tmp_path):
    """A folder with both formats and a file in neither; the same lines as ``check``, but for the explanations."""
    rules = rules_of("duban")
    inputs = tmp_path / "案 件"
    (inputs / "深").mkdir(parents=True)
    store(inputs / "深", fixtures_of(rules, "duban")[::3], rules, (40,))
    (inputs / "a.jsonl").write_bytes(DEMO.read_bytes())
    (inputs / "读我.txt").write_text("x", encoding="utf-8")
    out = tmp_path / "结果"
    given = (inputs, "--rules", "duban", "--as-of", "2026-11-20", "--output", out)
    result = cluster(*given, "--format", "jsonl", "--ordered")
    assert result.exit_code == 2  # one record of the demonstration is of a kind that this pack does not know
    assert "跳过其他格式的文件 1个" in result.stderr
    listed = [json.loads(line) for line in lines(out / "findings")]
    counts = [json.loads(line) for line in lines(out / "counts")]
    assert [one["norm"] for one in counts] == [norm.id for norm in rules.norms]
    assert sum(one["overdue"] + one["late"] + one["breached"] for one in counts) == len(listed) > 20
    assert sum(one["met"] for one in counts) > 0  # counted, though only violations are listed
    problems = [json.loads(line) for line in lines(out / "problems")]
    assert {one["file"] for one in problems} == {str(inputs / "a.jsonl")}
    again = CliRunner().invoke(
        program, ["check", str(DEMO), "--rules", "duban", "--as-of", "2026-11-20", "--format", "jsonl"]
    )
    single = [json.dumps({**json.loads(line), "explanation": ""}) for line in again.stdout.splitlines()]
    assert single
    assert [json.dumps(one) for one in listed[: len(single)]] == single
    assert "不符合" not in result.stdout

    refused = cluster(*given)
    assert refused.exit_code == 2
    assert f"结果文件夹「{out}」已经存在" in refused.stderr


def test_findings_in_parquet_and_exit_codes(cluster, tmp_path):
    rules = rules_of("duban")
    cases = fixtures_of(rules, "duban")[:40]
    (path,) = store(tmp_path, cases, rules, ())
    result = cluster(path, *RULES, "--output", tmp_path / "a", "--only", "all")
    assert result.exit_code == 1
    assert f"读入 {len(cases)}件，未读入 0处" in result.stderr
    table = pq.read_table(tmp_path / "a" / "findings")
    assert table.num_rows > 200
    assert table.column_names[:3] == ["case", "norm", "version"]
    calm = tmp_path / "calm.jsonl"
    calm.write_text('{"case": "平", "kind": "督办"}\n', encoding="utf-8")
    assert cluster(calm, *RULES, "--output", tmp_path / "b").exit_code == 0
    (tmp_path / "again").mkdir()
    (other,) = store(tmp_path / "again", cases, rules, ())
    twice = cluster(path, other, *RULES, "--output", tmp_path / "c", "--unique")
    assert twice.exit_code == 2
    assert "出现了 2 次" in twice.stderr
    assert f"另有 {len(cases) - 20}个案件编号重复" in twice.stderr


def test_a_file_under_any_name_where_its_format_is_said(cluster, tmp_path):
    (tmp_path / "part-0001").write_text('{"case": "平", "kind": "督办"}\n{\n', encoding="utf-8")
    unknown = cluster(tmp_path / "part-0001", *RULES, "--output", tmp_path / "out")
    assert unknown.exit_code == 2
    assert "里没有案件文件" in unknown.stderr
    assert "「--input」" in unknown.stderr
    result = cluster(tmp_path / "part-0001", *RULES, "--output", tmp_path / "out", "--input", "jsonl")
    assert result.exit_code == 2
    assert f"{tmp_path / 'part-0001'} 第 2 行" in result.stderr
    assert "读入 1件，未读入 1处" in result.stderr


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["没有.parquet", "--output", "o"], "Spark 没有做成：[PATH_NOT_FOUND]"),
        ([str(ROOT / "fixtures"), "--output", str(ROOT / "fixtures" / "out")], "在输入"),
        ([str(DEMO), "--output", "o", "--input", "parquet"], "Spark 没有做成："),
    ],
)
def test_what_cannot_be_read_or_written_is_told(cluster, args, message):
    result = cluster(*args, *RULES)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "没有检查任何案件" in result.stderr


def test_a_damaged_file_stops_the_job_and_says_that_the_results_are_no_good(cluster, tmp_path):
    (tmp_path / "a.jsonl.gz").write_bytes(b"\x1f\x8b\x08\x00")
    result = cluster(tmp_path / "a.jsonl.gz", *RULES, "--output", tmp_path / "out")
    assert result.exit_code == 2
    assert "里的结果不完整，不能用" in result.stderr
    assert not (tmp_path / "out" / "findings" / "_SUCCESS").exists()
