"""The file of expected changes as a gate."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.cli.main import program

HERE = Path(__file__).parent
GOOD = """预期:
  - {规范: xiao/督办范围, 改动: 含义改变, 理由: 来源按新文件, 翻转: [{从: 合规, 到: 违反, 件数: 1}]}
  - {规范: xiao/按期办结, 理由: 期限缩短, 翻转: [{从: met, 到: late, 件数: 任意}]}
  - {规范: xiao/逾期催办, 改动: 受牵连, 理由: 随办结期限, 翻转: [{从: 没有结论, 到: 逾期未履行}]}
  - {规范: xiao/先登后批, 理由: 同日也可}
  - {规范: xiao/说明原因, 改动: 删去, 理由: 已无必要}
  - {规范: xiao/报告先登记, 改动: 新增, 理由: 新规定}
  - {norm: xiao/交办次数, kind: any, reason: 不限于政法委}
"""


@pytest.fixture
def diff(tmp_path, monkeypatch):
    monkeypatch.chdir(HERE)
    cases = tmp_path / "cases.yaml"
    text = (HERE / "cases.yaml").read_text(encoding="utf-8")
    cases.write_text(text[: text.index("---\ncase: 读不了")], encoding="utf-8")
    file = tmp_path / "expected.yaml"

    def of(text=None, *words, with_cases=True):
        if text is not None:
            file.write_text(text, encoding="utf-8")
        given = ["--cases", str(cases), "--as-of", "2026-06-01"] if with_cases else []
        rules = ["old/rules/xiao", "new/rules/xiao"]
        more = ["--expected", str(file), "--no-witness", "--format", "jsonl"]
        return CliRunner().invoke(program, ["diff", *rules, *given, *more, *words])

    of.file = file
    return of


def test_all_that_is_expected_passes(diff):
    result = diff(GOOD)
    assert result.exit_code == 0, result.stderr
    assert '"unexplained"' not in result.stdout


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("  - {规范: xiao/先登后批, 理由: 同日也可}\n", "", "规范「xiao/先登后批」含义改变"),
        ("改动: 删去", "改动: 新增", "规范「xiao/说明原因」删去"),
        (", 翻转: [{从: met, 到: late, 件数: 任意}]", "", "「xiao/按期办结」的结论翻转：合规 → 逾期履行 1个"),
        ("件数: 1}", "件数: 2}", "「xiao/督办范围」的结论翻转：合规 → 违反 1个，预期 2个"),
        ("  - {norm: xiao/交办次数, kind: any, reason: 不限于政法委}\n", "", "指标「xiao/交办次数」含义改变"),
    ],
)
def test_what_is_not_expected_fails(diff, before, after, said):
    assert before in GOOD
    result = diff(GOOD.replace(before, after))
    assert result.exit_code == (2 if "改动: 新增" in after else 1)  # that line then fits nothing
    assert said in result.stdout


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("  - {规范: xiao/没有, 理由: 无}\n", "预期的改动「xiao/没有」没有发生"),
        ("  - {规范: xiao/报告要件, 理由: 只改了出处}\n", "预期的改动「xiao/报告要件」没有发生"),
        (
            "  - {规范: xiao/先登后批, 理由: 重复, 翻转: [{从: 违反, 到: 合规}]}\n",
            "预期「xiao/先登后批」的结论翻转没有发生",
        ),
    ],
)
def test_lines_that_fit_nothing_are_errors(diff, line, said):
    result = diff(GOOD + line)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "expected.yaml 第 9 行" in result.stderr


def test_flips_are_not_asked_for_without_cases(diff):
    assert diff(GOOD, with_cases=False).exit_code == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("预期:\n  - {规范: xiao/督办范围}\n", "没有写理由"),
        ("预期:\n  - {规范: a, 理由: b, 改动: 变了}\n", "改动「变了」不认识"),
        ("预期:\n  - {规范: a, 理由: b, 翻转: [{从: 好}]}\n", "结论「好」不认识"),
        ("预期:\n  - {规范: a, 理由: b, 翻转: [{件数: 多}]}\n", "件数「多」不是数"),
        ("预期:\n  - {规范: a, 理由: b, 别的: c}\n", "「别的」不认识"),
        ("别的: 1\n", "应写作「预期:」"),
        ("- : [", "不是正确的 YAML"),
    ],
)
def test_a_malformed_file_is_refused_with_its_line(diff, text, said):
    result = diff(text)
    assert result.exit_code == 2
    assert said in result.stderr


def test_accept_writes_a_file_that_passes_once_reasons_are_given(diff):
    result = diff(None, "--accept")
    assert result.exit_code == 0
    text = diff.file.read_text(encoding="utf-8")
    assert diff(text).exit_code == 2
    assert "没有写理由" in diff(text).stderr
    assert diff(text.replace("理由: ''", "理由: 见会议纪要")).exit_code == 0


def test_accept_keeps_reasons_that_were_given(diff):
    diff(GOOD, "--accept")
    text = diff.file.read_text(encoding="utf-8")
    assert "理由: 期限缩短" in text
    assert "理由: ''" not in text


def test_accept_needs_a_file(monkeypatch):
    monkeypatch.chdir(HERE)
    result = CliRunner().invoke(program, ["diff", "old/rules/xiao", "new/rules/xiao", "--accept"])
    assert result.exit_code == 2
    assert os.listdir(HERE / "old" / "rules" / "xiao") == ["xiao.norm"]
