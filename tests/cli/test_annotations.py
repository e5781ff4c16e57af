"""Diagnostics for GitHub and GitLab: each once, at its line, whatever stands in it."""

import json

import click
import pytest
from click.testing import CliRunner

from checker.cli.annotations import github_line, quality_text
from checker.cli.main import program
from checker.model.diagnostic import Diagnostic, Level
from checker.model.place import Place, Span

RULES = """规程 《甲》
  标识 jia
  效力 示范
  施行 2024-01-01

词汇
  机关 法院
  行为 交办、办结

规范 按期
  依据 测试
  当 交办
  应当 办结，自 交办 起 10日 内
"""
GOOD = """case: 好
events: [{id: e1, date: 2026-06-01, act: 交办}, {id: e2, date: 2026-06-05, act: 办结}]
as_of: 2026-07-01
expect:
  - {norm: jia/按期, verdict: met, due: 2026-06-11}
"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    (tmp_path / "rules" / "jia").mkdir(parents=True)
    (tmp_path / "fixtures" / "jia").mkdir(parents=True)
    (tmp_path / "rules" / "jia" / "jia.norm").write_text(RULES, encoding="utf-8")
    (tmp_path / "fixtures" / "jia" / "一.yaml").write_text(GOOD, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name in ("CHECKER_ANNOTATE", "GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def run(*args, env=None):
    return CliRunner().invoke(program, list(args), env=env)


def marks(result):
    return [line for line in result.stderr.splitlines() if line.startswith("::")]


def spoil(home, old, new):
    path = home / "fixtures" / "jia" / "一.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


SPAN = Span(file="甲,乙:丙.norm", line=3, column=5, end_line=3, end_column=7)


@pytest.mark.parametrize(
    ("diagnostic", "line"),
    [
        (
            Diagnostic(code="unknown-act", message="行为「甲」没有声明。", at=SPAN, help="是否指「乙」？"),
            "::error file=甲%2C乙%3A丙.norm,line=3,col=5,endLine=3,endColumn=7,title=checker unknown-act"
            "::行为「甲」没有声明。%0A建议：是否指「乙」？",
        ),
        (
            Diagnostic(code="gap", level=Level.WARNING, message="100% 之外\r\n另一行", expected="甲", meanwhile="略过"),
            "::warning title=checker gap::100%25 之外%0D%0A另一行%0A此处可写：甲%0A略过",
        ),
        (
            Diagnostic(code="c", message="某", at=Place(file="a.yaml", line=7)),
            "::error file=a.yaml,line=7,title=checker c::某",
        ),
        (
            Diagnostic(code="c", message="某", at=Place(file="b.xlsx", sheet="表一", cell="C4")),
            "::error file=b.xlsx,title=checker c::某%0A表「表一」单元格 C4",
        ),
    ],
)
def test_a_workflow_command(diagnostic, line):
    assert github_line(diagnostic) == line


def test_a_quality_report_keeps_its_fingerprints_when_lines_move():
    def rows(line):
        one = Diagnostic(code="c", message="某", at=Place(file="./a.yaml", line=line))
        other = Diagnostic(code="d", level=Level.WARNING, message="另", at=Place(file="a.yaml"))
        again = Diagnostic(code="c", message="某", at=Place(file="a.yaml", line=line + 9))
        return json.loads(quality_text([one, other, again]))

    before, after = rows(7), rows(8)
    assert [row["fingerprint"] for row in before] == [row["fingerprint"] for row in after]
    assert len({row["fingerprint"] for row in before}) == 3
    assert [(r["description"], r["check_name"], r["severity"], r["location"]) for r in before] == [
        ("某", "c", "major", {"path": "a.yaml", "lines": {"begin": 7}}),
        ("另", "d", "minor", {"path": "a.yaml", "lines": {"begin": 1}}),
        ("某", "c", "major", {"path": "a.yaml", "lines": {"begin": 16}}),
    ]


def test_a_failed_fixture_is_marked_at_its_line(home):
    spoil(home, "due: 2026-06-11", "due: 2026-06-12")
    result = run("test", "--rules", "rules/jia", "--annotate", "github", "--code-quality", "报告.json")
    assert result.exit_code == 1
    message = "案件「好」：「jia/按期」与期望不同：due 期望 2026-06-12，实际 2026-06-11。"
    assert marks(result) == [f"::error file=fixtures/jia/一.yaml,line=5,col=5,title=checker fixture-failed::{message}"]
    (row,) = json.loads((home / "报告.json").read_text(encoding="utf-8"))
    assert (row["description"], row["location"]) == (message, {"path": "fixtures/jia/一.yaml", "lines": {"begin": 5}})


def test_what_nobody_expects_or_tests_is_marked(home):
    spoil(home, "act: 办结", "act: 交办")
    spoil(home, "  - {norm: jia/按期, verdict: met, due: 2026-06-11}", "  - {norm: jia/没有, verdict: met}")
    result = run("test", "--rules", "rules/jia", "--annotate", "github")
    assert [line.partition(",title=checker ")[2].partition("::")[2] for line in marks(result)] == [
        "案件「好」：受测的规则包里没有规范「jia/没有」。",
        "案件「好」：没有期望「jia/按期」在 e1 处的结论，实际为「逾期未履行」。",
        "案件「好」：没有期望「jia/按期」在 e2 处的结论，实际为「逾期未履行」。",
        "规范「jia/按期」没有用例。",
    ]
    assert "file=rules/jia/jia.norm,line=10," in marks(result)[3]
    again = run("test", "--rules", "rules/jia", "--annotate", "github", "--allow-uncovered")
    assert marks(again) == marks(result)[:3]


def test_broken_rules_are_marked_by_every_command(home):
    path = home / "rules" / "jia" / "jia.norm"
    path.write_text(RULES.replace("应当 办结", "应当 办决"), encoding="utf-8")
    expected = [
        "::error file=rules/jia/jia.norm,line=13,col=6,endLine=13,endColumn=8,title=checker unknown-act"
        "::行为「办决」没有在词汇中声明。%0A建议：是否指「办结」？"
    ]
    for command in (["explain", "按期"], ["vocabulary"], ["test"], ["check", "fixtures", "--as-of", "2026-07-01"]):
        result = run(*command, "--rules", "rules/jia", "--annotate", "github")
        assert (result.exit_code, marks(result)) == (2, expected)
        assert "错误：行为「办决」没有在词汇中声明。" in result.stderr


@pytest.mark.usefixtures("home")
def test_nothing_to_tell_is_an_empty_report(home):
    result = run("test", "--rules", "rules/jia", "--code-quality", "报告.json")
    assert (result.exit_code, marks(result)) == (0, [])
    assert json.loads((home / "报告.json").read_text(encoding="utf-8")) == []


def test_the_environment_asks_too_and_the_option_wins(home):
    spoil(home, "2026-06-11", "2026-06-12")
    args = ["test", "--rules", "rules/jia"]
    assert marks(run(*args)) == []
    assert len(marks(run(*args, env={"CHECKER_ANNOTATE": "github"}))) == 1
    assert marks(run(*args, "--annotate", "none", env={"CHECKER_ANNOTATE": "github"})) == []


@pytest.mark.parametrize("variable", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"])
def test_paths_count_from_the_top_of_the_repository(home, monkeypatch, variable):
    spoil(home, "2026-06-11", "2026-06-12")
    monkeypatch.setenv(variable, str(home))
    monkeypatch.chdir(home / "rules")
    result = run("test", str(home / "fixtures"), "--rules", "jia", "--annotate", "github")
    assert [line.partition(",")[0] for line in marks(result)] == ["::error file=fixtures/jia/一.yaml"]


@pytest.mark.usefixtures("home")
def test_what_has_no_place_is_told_and_left_out_of_the_report(home):
    result = run("explain", "x", "--rules", "没有", "--annotate", "github", "--code-quality", "报告.json")
    assert result.exit_code == 2
    assert [line.partition("::没有")[0] for line in marks(result)] == ["::error title=checker no-files"]
    assert "有 1处没有位置，没有写进报告「报告.json」，见上。" in result.stderr
    assert json.loads((home / "报告.json").read_text(encoding="utf-8")) == []


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("args", "complaint"),
    [
        (["--annotate", "gitea"], "「--annotate」的值有误：「gitea」不在可选的值之内；可选：github、none"),
        (["--code-quality", ""], "「--code-quality」的值有误：不能是空的"),
        (["--code-quality", "没有/报告.json"], "写不了报告「没有/报告.json」"),
    ],
)
def test_mistaken_options_are_refused(args, complaint):
    result = run("test", "--rules", "rules/jia", *args)
    assert result.exit_code == 2
    assert complaint in result.stderr


def test_every_command_takes_both():
    context = click.Context(program)
    for name in program.list_commands(context):
        command = program.get_command(context, name)
        found = [p.opts[0] for p in command.get_params(click.Context(command))]
        assert {"--annotate", "--code-quality"} <= set(found)
        assert found[-1] == "--help"
