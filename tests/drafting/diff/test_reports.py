"""Whole reports of a comparison beside the rules and cases; UPDATE_EXPECTED=1 rewrites them, the difference is read."""

import io
import json
import os
import re
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from checker.cli.main import program
from checker.reports.changes import format_names
from checker.reports.layout import WIDTH, width

HERE = Path(__file__).parent
NAMES = {"text": "txt", "markdown": "md", "jsonl": "jsonl"}
RULES = ("old/rules/xiao", "new/rules/xiao")
CASES = ("--cases", "cases.yaml", "--as-of", "2026-06-01", "--samples", "1", "--seconds", "200", "--no-proof")


@pytest.fixture(scope="module")
def run():
    def of(*words):
        before = Path.cwd()
        os.chdir(HERE)
        try:
            return CliRunner().invoke(program, ["diff", *words])
        finally:
            os.chdir(before)

    return of


@pytest.fixture(scope="module")
def outputs(run, tmp_path_factory):
    """The reports by format, each made once."""
    folder = tmp_path_factory.mktemp("reports")
    found = {}
    for form in format_names():
        file = folder / form
        result = run(*RULES, *CASES, "--format", form, "--output", str(file))
        assert result.exit_code == 2, result.output  # one case cannot be read
        found[form] = file.read_bytes()
    return found


@pytest.mark.parametrize("form", NAMES)
def test_a_report_is_as_expected(outputs, form):
    path = HERE / "expected" / f"report.{NAMES[form]}"
    text = outputs[form].decode()
    if os.environ.get("UPDATE_EXPECTED"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_no_line_is_wider_than_the_page(outputs):
    assert [line for line in outputs["text"].decode().splitlines() if width(line) > WIDTH] == []


def test_the_page_needs_nothing_else(outputs):
    page = outputs["html"].decode()
    assert not re.search(r"<script|(src|href)=|https?://", page)
    assert "<del>90日</del>" in page
    assert "<ins>60日</ins>" in page
    assert "见证案件：" in page


def test_the_workbook_has_old_and_new_in_columns_of_their_own(outputs):
    book = openpyxl.load_workbook(io.BytesIO(outputs["xlsx"]))
    assert book.sheetnames == ["小结", "规范的改动", "见证案件", "规程和词汇", "翻转", "举例"]
    rows = list(book["规范的改动"].values)
    assert rows[0] == ("规范", "种类", "项目", "旧", "新", "牵连", "作用")
    assert ("xiao/按期办结", "含义改变", "办结期限", "90日", "60日") in [row[:5] for row in rows]
    assert ("xiao/督办范围", "政法委", "合规", "违反", 1) in list(book["翻转"].values)


def test_a_witness_replays_with_the_findings_told(outputs, tmp_path):
    records = [json.loads(line) for line in outputs["jsonl"].decode().splitlines()]
    shown = [one for one in records if one["record"] == "norm" and (one["effect"] or {}).get("tag") == "differs"]
    assert len(shown) == 4
    for number, one in enumerate(shown):
        (tmp_path / f"{number}.yaml").write_text(one["effect"]["fixture"].replace("case: 例", f"case: 例{number}"))
    result = CliRunner().invoke(program, ["test", str(tmp_path), "--rules", str(HERE / RULES[1]), "--allow-uncovered"])
    assert "通过 4，没有通过 0" in result.stdout, result.output


def test_counts_add_up(outputs):
    records = [json.loads(line) for line in outputs["jsonl"].decode().splitlines()]
    cases = next(one for one in records if one["record"] == "cases")
    assert cases["read"] == cases["changed"] + cases["unchanged"] == 4
    assert cases["left_out"] == 1
    assert sum(one["count"] for one in records if one["record"] == "flip") == 3


def test_the_same_rules_have_no_change(run):
    result = run(RULES[0], RULES[0])
    assert result.exit_code == 0
    assert "没有改变结论的改动。" in result.stdout


def test_without_expectations_a_change_of_meaning_fails(run):
    assert run(*RULES, "--no-witness").exit_code == 1


def test_without_witnesses_nothing_is_claimed(run):
    stdout = run(*RULES, "--no-witness").stdout
    assert "作用" not in stdout
    assert "等价" not in stdout


def test_a_workbook_needs_a_file(run):
    result = run(*RULES, "--format", "xlsx")
    assert result.exit_code == 2
    assert "须用「--output FILE」" in result.stderr


def test_what_must_be_accounted_for_is_marked_at_its_line(run):
    stderr = run(*RULES, "--no-witness", "--annotate", "github").stderr
    assert "::error file=new/rules/xiao/xiao.norm,line=" in stderr
    assert "「xiao/督办范围」含义改变：应符合的条件·来源：久拖不决 → 上级交办" in stderr
    assert "报告要件" not in stderr


@pytest.mark.parametrize("cases", ["empty.jsonl", "没有.jsonl"])
def test_an_archive_without_cases_is_no_green_comparison(run, tmp_path, cases):
    (tmp_path / "empty.jsonl").write_text("", encoding="utf-8")
    result = run(RULES[0], RULES[0], "--cases", str(tmp_path / cases), "--no-witness")
    assert result.exit_code == 2
    assert "没有读到任何案件" in result.stderr
