"""``checker analyze``: what is printed, how it exits, what it writes."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.cli.main import program

PACKS = Path(__file__).parents[1] / "drafting" / "analysis"
FAULTY, CLEAN = PACKS / "faulty", PACKS / "clean"
TEXT = """\
【两难】1 项
1. 有的案件里，「t/按期办结」要求的行为怎样按期办都违反「t/不得过早」，二者不能同时遵守。
   not-before-the-last-day.norm:12:1 「t/按期办结」（2024-01-01）
     │ 规范 按期办结
     │ 依据 测试
     │ 当 交办
     │ 应当 法院 办结，自 交办 起 30日 内
   not-before-the-last-day.norm:17:1 「t/不得过早」（2024-01-01）
     │ 规范 不得过早
     │ 依据 测试
     │ 当 法院 办结
     │ 限于 日期 不早于 交办 的 日期 45日后
   案件：不办，义务没有履行；截至 2025-04-08
     e1 2025-03-05 交办
     → 「t/按期办结」（e1）逾期未履行
   案件：按期办，违反「t/不得过早」；截至 2025-04-08
     e1 2025-03-05 交办
     e2 2025-03-06 法院 办结
     → 「t/按期办结」（e1）合规
     → 「t/不得过早」（e2）违反
   证明：在这一情形里，把各种取值、主体、先行行为和期限内的日子逐一试过，没有一种两全。

须改正 1 项，提示 0 项，未能判定 0 项，已复核 0 项。
"""


def run(*args):
    return CliRunner().invoke(program, ["analyze", *map(str, args)], catch_exceptions=False)


def test_answers_are_annotated_at_the_norm(monkeypatch):
    monkeypatch.chdir(FAULTY)
    result = run("not-before-the-last-day.norm", "--annotate", "github")
    claim = "有的案件里，「t/按期办结」要求的行为怎样按期办都违反「t/不得过早」，二者不能同时遵守。"
    place = "file=not-before-the-last-day.norm,line=12,col=1"
    assert [line for line in result.stderr.splitlines() if line.startswith("::")] == [
        f"::error {place},title=checker double-bind::{claim}"
    ]


def test_a_double_bind_is_shown_from_both_sides(monkeypatch):
    monkeypatch.chdir(FAULTY)
    result = run("not-before-the-last-day.norm")
    assert result.exit_code == 1
    assert result.stdout == TEXT


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ([CLEAN / "exception-that-matters.norm"], 0),
        ([FAULTY / "act-without-a-norm.norm"], 0),
        ([FAULTY / "act-without-a-norm.norm", "--strict"], 1),
        ([FAULTY / "report-upon-report.norm"], 1),
        ([FAULTY / "report-upon-report.norm", "--only", "gap,implied"], 0),
        (["--rules", FAULTY / "report-upon-report.norm", "--only", "endless"], 1),
        ([FAULTY / "report-upon-report.norm", "--only", "nothing"], 2),
        ([FAULTY / "nothing.norm"], 2),
    ],
)
def test_the_exit_code_tells_what_must_be_mended(args, code):
    assert run(*args).exit_code == code


def test_json_lines_hold_the_case_and_its_verdicts():
    result = run(FAULTY / "act-reserved-to-another.norm", "--format", "jsonl")
    (one,) = map(json.loads, result.stdout.splitlines())
    assert list(one)[:5] == ["kind", "title", "level", "state", "waived"]
    assert (one["kind"], one["level"], one["state"]) == ("contradiction", "error", "shown")
    assert [norm["norm"] for norm in one["norms"]] == ["t/应通报", "t/通报主体"]
    assert one["shown"][1]["expect"] == [
        {"norm": "t/应通报", "verdict": "met", "anchor": "e1"},
        {"norm": "t/通报主体", "verdict": "breached", "anchor": "e2"},
    ]


def test_markdown_is_one_list_a_kind():
    result = run(FAULTY / "each-before-the-other.norm", "--format", "markdown")
    lines = result.stdout.splitlines()
    assert lines[0] == "# 规则分析"
    assert "## 两难（1）" in lines
    assert "- 「t/先登记」、「t/先审批」互为前提：各自要求的在先行为又以它为前提，最先办的一个总是违反。" in lines


def test_waivers_settle_it_and_stale_ones_are_wrong(tmp_path):
    path = tmp_path / "复核.yaml"
    path.write_text("- {kind: endless, norms: [t/续报], reason: 定期, by: 甲}\n", encoding="utf-8")
    assert run(FAULTY / "report-upon-report.norm", "--waivers", path).exit_code == 0
    stale = run(CLEAN / "urging-once.norm", "--waivers", path)
    assert stale.exit_code == 2
    assert "没有对应的分析结果" in stale.stderr


def test_the_cases_written_are_fixtures_that_pass(tmp_path):
    pack = FAULTY / "two-duties-that-exclude-each-other.norm"
    result = run(pack, "--write", tmp_path / "案件")
    assert "写下用例 3 个" in result.stderr
    tested = CliRunner().invoke(program, ["test", str(tmp_path / "案件"), "--rules", str(pack), "--allow-uncovered"])
    assert tested.exit_code == 0
    assert "用例 3个：通过 3" in tested.stdout


def test_any_number_of_processes_say_the_same():
    args = ("review", "--format", "jsonl", "--only", "endless,implied,gap")
    assert run(*args, "--jobs", "1").stdout == run(*args, "--jobs", "2").stdout
