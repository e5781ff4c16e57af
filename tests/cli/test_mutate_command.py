"""``checker mutate``: the survivors in words, the cases that would notice them, the score and the exit code."""

import json

import pytest
from click.testing import CliRunner

from checker.cli.main import program

RULES = """规程 《甲》
  标识 jia
  效力 示范
  案结 以 归档 为准

词汇
  机关 法院、检察院
  行为 交办、办结、归档

规范 按期
  依据 测试
  当 交办
  应当 办结，自 交办 起 10日 内
"""
FIXTURES = """case: JIA-按期-合规
events: [{date: 2026-06-01, act: 交办}, {date: 2026-06-05, act: 办结}]
as_of: 2026-07-01
expect: [{norm: jia/按期, verdict: met, due: 2026-06-11}]
---
case: JIA-按期-违规
events: [{date: 2026-06-01, act: 交办}]
as_of: 2026-07-01
expect: [{norm: jia/按期, verdict: overdue, category: 程序违规}]
"""
NOTICED = [
    "「情节 一般」改为「情节 严重」",
    "加上「逐一」",
    "「末日遇休假日顺延」改为「末日不顺延」",
]


@pytest.fixture
def home(tmp_path, monkeypatch):
    (tmp_path / "rules" / "jia").mkdir(parents=True)
    (tmp_path / "fixtures" / "jia").mkdir(parents=True)
    (tmp_path / "rules" / "jia" / "jia.norm").write_text(RULES, encoding="utf-8")
    (tmp_path / "fixtures" / "jia" / "yong-li.yaml").write_text(FIXTURES, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(command, *args):
    return CliRunner().invoke(program, [command, *map(str, args)])


def mutate(*args):
    return run("mutate", "rules/jia", "--no-prove", "--jobs", "1", *args)


@pytest.mark.usefixtures("home")
def test_survivors_are_told_with_the_case_that_would_notice_them():
    result = mutate()
    flat = result.stdout.replace("\n  ", "")
    for told in NOTICED:
        assert f"rules/jia/jia.norm:10：规范「jia/按期」：没有用例察觉 {told}；补上用例「JIA-按期-察觉-" in flat
    assert "    case: JIA-按期-察觉-加上逐一\n" in result.stdout
    assert "规程「jia」：变异 8处：察觉 5，等价 0，没有察觉 3；得分 62.5%\n" in result.stdout
    assert result.exit_code == 1


@pytest.mark.usefixtures("home")
def test_the_cases_written_notice_everything_and_pass(home):
    assert mutate("--write", home / "fixtures").exit_code == 1
    assert run("test", "--rules", "rules/jia").stdout.startswith("用例 5个：通过 5，")
    again = mutate()
    assert again.stdout == "规程「jia」：变异 8处：察觉 8，等价 0，没有察觉 0；得分 100.0%\n"
    assert again.exit_code == 0


@pytest.mark.usefixtures("home")
def test_what_was_written_before_is_kept(home):
    (home / "out" / "jia").mkdir(parents=True)
    (home / "out" / "jia" / "bian-yi.yaml").write_text(FIXTURES.replace("JIA", "OLD"), encoding="utf-8")
    mutate("--write", home / "out")
    text = (home / "out" / "jia" / "bian-yi.yaml").read_text(encoding="utf-8")
    assert text.startswith(FIXTURES.replace("JIA", "OLD") + "---\n# 察觉：")


@pytest.mark.usefixtures("home")
def test_a_threshold_lets_some_through():
    assert mutate("--threshold", "60").exit_code == 0
    assert mutate("--threshold", "70").exit_code == 1


@pytest.mark.usefixtures("home")
def test_one_line_a_mutant():
    rows = [json.loads(line) for line in mutate("--format", "jsonl").stdout.splitlines()]
    assert len(rows) == 8
    assert list(rows[0]) == [
        "norm", "version", "file", "line", "operator", "change", "result", "noticed_by", "reason", "bound", "fixture",
    ]  # fmt: skip
    assert [row["change"] for row in rows if row["result"] == "survived"] == NOTICED
    assert all(row["fixture"].startswith("# 察觉：") for row in rows if row["result"] == "survived")
    assert {row["noticed_by"] for row in rows if row["result"] == "noticed"} == {"JIA-按期-合规", "JIA-按期-违规"}


@pytest.mark.usefixtures("home")
def test_without_explanations_only_the_score_is_found():
    result = mutate("--no-explain")
    assert "没有用例察觉 加上「逐一」\n" in result.stdout
    assert "case:" not in result.stdout


@pytest.mark.usefixtures("home")
def test_an_unknown_norm_is_refused():
    result = mutate("--norm", "jia/按其")
    assert "受测的规则包里没有规范「jia/按其」" in result.stderr
    assert result.exit_code == 2


def test_a_fixture_that_fails_is_left_out_and_told(home):
    file = home / "fixtures" / "jia" / "yong-li.yaml"
    file.write_text(FIXTURES.replace("due: 2026-06-11", "due: 2026-06-12"), encoding="utf-8")
    result = mutate("--no-explain", "--threshold", "0")
    assert "用例「JIA-按期-合规」本身没有通过，没有用它；先用 checker test 改好。" in result.stderr
    assert result.exit_code == 1


def test_a_known_gap_is_left_out_and_is_no_failure(home):
    file = home / "fixtures" / "jia" / "yong-li.yaml"
    first, second = FIXTURES.replace("due: 2026-06-11", "due: 2026-06-12").split("---\n")
    text = f"{first}todo: {{reason: 等口径, until: 2199-01-01}}\n---\n{second}"
    file.write_text(text, encoding="utf-8")
    result = mutate("--no-explain", "--threshold", "0")
    assert "用例「JIA-按期-合规」是待办，没有用它。" in result.stderr
    assert result.exit_code == 0
