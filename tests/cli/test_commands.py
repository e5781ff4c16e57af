"""The commands, called in this process."""

import datetime as dt
import json
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from checker.cli.main import program
from checker.reports.layout import WIDTH, width

SAMPLE = Path(__file__).parents[1] / "reports" / "sample"
CASES, PACK = str(SAMPLE / "cases.yaml"), str(SAMPLE)
PAGE = Path(__file__).parents[2] / "docs" / "reference" / "commands.md"
CONTEXT = click.Context(program)
COMMANDS = {name: program.get_command(CONTEXT, name) for name in program.list_commands(CONTEXT)}
CALM = """
case: 平
kind: 督办
events:
  - {id: e1, date: 2026-03-02, act: 函告, actor: 政法委, 事项: [进度], 力度: 了解}
"""


def run(*args, text=None):
    return CliRunner().invoke(program, [str(a) for a in args], input=text)


def check(*args, text=None):
    return run("check", *args, "--rules", PACK, "--as-of", "2026-07-01", "--engine", "row", text=text)


NAMES = [
    "analyze",
    "articles",
    "check",
    "cluster",
    "convert",
    "diff",
    "explain",
    "fmt",
    "indicators",
    "intake",
    "invariants",
    "letters",
    "lint",
    "lsp",
    "mutate",
    "new",
    "register",
    "stats",
    "test",
    "verify",
    "vocabulary",
    "watch",
]


def test_there_are_the_documented_commands():
    assert sorted(COMMANDS) == NAMES


@pytest.mark.parametrize("args", [["--help"], *([name, "--help"] for name in sorted(COMMANDS))])
def test_help_is_chinese_and_fits_the_page(args):
    result = run(*args)
    assert result.exit_code == 0
    assert result.output.startswith("用法：checker")
    for word in ("Usage", "Options", "Commands", "Show this", "Error", "OPTIONS", "ARGS", "Default"):
        assert word not in result.output
    assert [line for line in result.output.splitlines() if width(line) > WIDTH] == []


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_option_is_documented(name):
    text = PAGE.read_text(encoding="utf-8")
    section = re.search(rf"^## checker {name}\n(.*?)(?=^## )", text, re.MULTILINE | re.DOTALL)[1]
    options = [p.opts[0] for p in COMMANDS[name].params if isinstance(p, click.Option)]
    assert options
    assert [option for option in options if f"`{option}" not in section] == []


def test_the_options_of_every_command_are_documented_once():
    general = PAGE.read_text(encoding="utf-8").partition("\n## ")[0]
    for name, one in COMMANDS.items():
        shared = {p.opts[0] for p in one.get_params(CONTEXT)} - {p.opts[0] for p in one.params}
        assert shared == {"--annotate", "--code-quality", "--help"}, name
        assert [option for option in shared if f"`{option}" not in general] == []


def test_no_option_is_documented_that_does_not_exist():
    options = [p for one in COMMANDS.values() for p in one.get_params(CONTEXT)]
    known = {"--version"} | {option for p in options for option in p.opts}
    assert set(re.findall(r"--[a-z][a-z-]+", PAGE.read_text(encoding="utf-8"))) <= known


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["chek"], f"没有命令「chek」；命令有：{'、'.join(NAMES)}。"),
        (["check"], "缺少参数「CASES…」。"),
        (["check", "x", "--onyl", "all"], "没有选项「--onyl」；是不是「--only」？"),
        (["check", "x", "--only", "some"], "「--only」的值有误：「some」不在可选的值之内；可选：violations、all。"),
        (["check", "x", "--as-of", "2026-02-30"], "「--as-of」的值有误：「2026-02-30」不是日期，写作 2026-03-02。"),
        (["check", "x", "--as-of"], "选项「--as-of」后面缺少值。"),
        (["test", "--allow-uncovered=1"], "选项「--allow-uncovered」不带值。"),
        (["explain", "甲", "乙"], "多余的参数「乙」。"),
        (["check", "x", "--columns", "a=b", "--mapping", "m"], "「--columns」与「--mapping」只能用一个。"),
        (["check", "x", "--rules", "没有"], "没有「没有」这个文件、文件夹或规程。"),
        (["check", "x", "--calendar", "没有.yaml"], "打不开工作日表「没有.yaml」"),
        (["check", "x", "--site", "没有.yaml"], "打不开现场文件「没有.yaml」"),
        (["check", "x", "--mapping", "没有.yaml"], "打不开文件「没有.yaml」"),
        (["check", "没有.yaml", "--engine", "row"], "找不到文件「没有.yaml」"),
    ],
)
def test_wrong_arguments_are_answered_in_chinese(args, message):
    result = run(*args)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Error" not in result.stderr


def test_no_command_shows_the_help_and_is_an_error():
    result = run()
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "用法：checker" in result.stderr


def test_violations_give_one_and_none_gives_zero():
    assert check(CASES).exit_code == 1
    result = check("-", text=CALM)
    assert result.exit_code == 0
    assert "规范实例    共 1个" not in result.stdout
    assert "共 0个：程序违规 0，越权 0" in result.stdout


def test_bad_data_wins_over_violations_and_stops_nothing(tmp_path):
    (tmp_path / "a.yaml").write_text("case: 坏\nevents: [{act: 没有的行为}]\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text(Path(CASES).read_text(encoding="utf-8"), encoding="utf-8")
    result = check(tmp_path)
    assert result.exit_code == 2
    assert "「没有的行为」" in result.stderr
    assert "本案未检查，其余照常" in result.stderr
    assert "读入 8件，未读入 1处" in result.stdout


def test_bad_rules_are_shown_with_a_caret(tmp_path):
    pack = tmp_path / "坏.norm"
    pack.write_text(
        (SAMPLE / "sample.norm").read_text(encoding="utf-8").replace("当 办结", "当 办洁"), encoding="utf-8"
    )
    result = run("check", CASES, "--rules", pack)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "办洁" in result.stderr
    assert "^" in result.stderr


def test_as_of_defaults_to_today_and_is_printed():
    result = run("check", "-", "--rules", PACK, "--engine", "row", text=CALM)
    assert f"截至      {dt.date.today()}" in result.stdout


@pytest.mark.parametrize("engine", ["row", "durable", "archive"])
def test_a_calendar_that_ends_too_early_is_told(engine):
    told = "提示：工作日表「中国大陆」没有 2031 年；"
    given = ("check", CASES, "--rules", PACK, "--engine", engine, "--as-of")
    late, early = (run(*given, day) for day in ("2031-03-03", "2026-11-20"))
    assert told in late.stderr
    assert "工作日表" not in early.stderr


def test_a_day_that_has_not_come_is_told_once():
    given = ("check", CASES, "--rules", PACK, "--engine", "row", "--as-of")
    late, early = (run(*given, day) for day in ("9000-01-01", "2020-01-01"))
    told = "提示：截至日期 9000-01-01 在今天之后；其间可能有的记录还看不见，按没有推算。"
    assert late.stderr.count(told) == 1
    assert told not in late.stdout
    assert "在今天之后" not in early.stderr


def test_json_lines_keep_to_standard_output():
    result = check(CASES, "--format", "jsonl", "--only", "all")
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(found) == 83
    assert result.stderr.startswith("截至 2026-07-01：读入 8件")


def test_output_goes_to_a_file(tmp_path):
    target = tmp_path / "结论.txt"
    result = check(CASES, "--output", target)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert target.read_text(encoding="utf-8") == check(CASES).stdout
    assert check(CASES, "--output", tmp_path / "无" / "此处").exit_code == 2


def test_a_table_by_columns(tmp_path):
    table = tmp_path / "台账.csv"
    table.write_text("案号,环节,日期\n甲,登记,2026-03-02\n甲,归档,2026-03-05\n", encoding="utf-8")
    result = check(table, "--columns", "case=案号,act=环节,date=日期", "--only", "all")
    assert "案件 甲" in result.stdout


def test_colour_only_when_asked_for():
    assert "\x1b" not in check(CASES).stdout
    assert "\x1b[1;31m" in check(CASES, "--color", "always").stdout


def test_an_unexpected_error_is_short_and_gives_three(monkeypatch):
    def fail(*_, **__):
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("checker.api.compile_rules", fail)
    monkeypatch.delenv("CHECKER_DEBUG", raising=False)
    result = run("vocabulary")
    assert result.exit_code == 3
    assert "内部错误：ZeroDivisionError" in result.stderr
    assert "Traceback" not in result.stderr
    monkeypatch.setenv("CHECKER_DEBUG", "1")
    assert "Traceback" in run("vocabulary").stderr


def test_a_lost_engine_gives_three_and_no_verdict(monkeypatch):
    from checker.engines.facts import EngineFailure

    monkeypatch.setattr(
        "checker.engines.plain.infer", lambda facts: [(c, EngineFailure(c, "推理中断。")) for c, _ in facts]
    )
    result = check(CASES)
    assert result.exit_code == 3
    assert "没有结论：推理中断。" in result.stdout
    assert "共 0个：违反 0" in result.stdout
    assert "因程序故障没有结论 7件" in result.stdout
    assert "故障：案件「一」推理中断。" in result.stderr


@pytest.fixture
def no_durable(monkeypatch):
    monkeypatch.setattr("checker.engines.infer.available", lambda: "推理引擎没有安装，请用「pip …」编译安装。")


@pytest.mark.usefixtures("no_durable")
def test_auto_falls_back_with_one_notice():
    args = ["check", CASES, "--rules", PACK, "--as-of", "2026-07-01"]
    result = run(*args)
    assert result.exit_code == 1
    assert result.stderr.count("本次改用逐案求值，结论相同。") == 1
    named = run(*args, "--engine", "durable")
    assert named.exit_code == 3
    assert "请用「pip …」编译安装" in named.stderr


def test_a_rule_set_too_large_for_durable_rules_goes_to_the_row_evaluator(monkeypatch):
    from checker.model.diagnostic import Diagnostic, RulesError

    def refuse(_):
        raise RulesError((Diagnostic(code="too-large", message="规范「甲」的例外太多。"),))

    monkeypatch.setattr("checker.engines.infer.DurableInference", refuse)
    args = ["check", CASES, "--rules", PACK, "--as-of", "2026-07-01"]
    result = run(*args)
    assert result.exit_code == 1
    assert "提示：规范「甲」的例外太多；本次改用逐案求值，结论相同。" in result.stderr
    assert run(*args, "--engine", "durable").exit_code == 2


def test_auto_takes_durable_rules_for_few_cases(monkeypatch):
    from checker import api
    from checker.host import single

    monkeypatch.setattr(single, "FEW", 7)
    rules, _ = api.compile_rules([PACK])
    engines = {n: api.check(rules, [CASES], dt.date(2026, 7, 1)).engine for n in [7]}
    monkeypatch.setattr(single, "FEW", 8)
    engines[8] = api.check(rules, [CASES], dt.date(2026, 7, 1)).engine
    assert engines == {7: "row", 8: "durable"}


def test_explain_shows_all_parts():
    result = run("explain", "按期办结", "--rules", PACK)
    assert result.exit_code == 0
    for part in (
        "原文",
        "依据",
        "效力",
        "核心形式",
        "例外",
        "参数",
        "与其他规范的关系",
        "真值表：要求本身",
        "【草案】",
        "草案",
    ):
        assert part in result.stdout or part == "【草案】"


def test_explain_suggests_the_nearest_names():
    result = run("explain", "按期办洁", "--rules", PACK)
    assert result.exit_code == 2
    assert "没有名为「按期办洁」的规范" in result.stderr
    assert "相近的有：sample/按期办结" in result.stderr


def test_vocabulary_as_text_and_json():
    assert "用于 sample/不得代定" in run("vocabulary", "--rules", PACK).stdout
    found = json.loads(run("vocabulary", "--rules", PACK, "--format", "json").stdout)
    act = next(act for act in found["acts"] if act["name"] == "函告")
    assert act["attributes"][1] == {"name": "力度", "type": "枚举", "choices": ["了解", "建议", "决定"]}
    assert "sample/不得代定" in act["norms"]


def test_a_remark_is_shown_and_changes_nothing_else(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text("case: a\nkind: 督办\nanswers: [{norm: duban/效果统一, event: e9, answer: 是}]\n", encoding="utf-8")
    result = CliRunner().invoke(program, ["check", str(path), "--rules", "duban", "--as-of", "2026-11-20"])
    assert result.exit_code == 0
    assert "提示：认定所指的事件「e9」不在本案记录中" in result.stderr
    assert "读入 1件，未读入 0处" in result.stdout
