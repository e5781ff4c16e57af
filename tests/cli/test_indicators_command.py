"""``checker indicators``, and ``checker test`` with archives: output, errors, exit codes."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.cli.main import program
from checker.engines import counting

RULES = """规程 《甲》
  标识 jia
  效力 示范

词汇
  机关 法院
  类型 督办
  行为 交办、办结

指标 办结率
  依据 测试「原文」
  每 年
  计 案件 且 有 办结
  比 案件 且 有 交办
"""
CASES = """case: 一
events: [{date: 2025-06-02, act: 交办}, {date: 2025-06-05, act: 办结}]
---
case: 二
events: [{date: 2025-07-02, act: 交办}]
"""
EXPECTED = """archive: 档案.yaml
as_of: 2025-12-31
indicators: [{indicator: jia/办结率, total: 1, base: 2, undecided: 0, periods: {2025: [1, 2]}}]
"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    (tmp_path / "rules" / "jia").mkdir(parents=True)
    (tmp_path / "fixtures" / "jia").mkdir(parents=True)
    (tmp_path / "rules" / "jia" / "jia.norm").write_text(RULES, encoding="utf-8")
    write(tmp_path, "档案.yaml", CASES)
    write(tmp_path, "档案.expect.yaml", EXPECTED)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(home, name, text):
    path = home / "fixtures" / "jia" / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def run(*args, text=None):
    return CliRunner().invoke(program, [str(a) for a in args], input=text)


def count(*args, text=None):
    return run("indicators", *args, "--rules", "rules/jia", "--as-of", "2025-12-31", text=text)


@pytest.mark.usefixtures("home")
def test_the_report_goes_to_standard_output():
    result = count("fixtures/jia/档案.yaml")
    assert result.exit_code == 0
    assert "■ jia/办结率" in result.stdout
    assert "合计      1件；分母 2件" in result.stdout
    assert "分母不足 10，不列百分比" in result.stdout
    assert result.stderr == ""


@pytest.mark.usefixtures("home")
def test_json_lines_and_the_sum_on_standard_error():
    result = count("-", "--format", "jsonl", text=CASES)
    assert result.exit_code == 0
    record = json.loads(result.stdout)
    assert (record["indicator"], record["cases"], record["total"], record["base"]) == ("jia/办结率", 2, 1, 2)
    assert result.stderr == "截至 2025-12-31：读入 2件，未读入 0处；指标 1项。\n"


def test_a_folder_passes_the_expectations_over(home):
    assert count("fixtures/jia").exit_code == 0
    assert count(home / "fixtures").exit_code == 0


def test_a_file_is_written_whole(home):
    result = count("fixtures/jia/档案.yaml", "--output", "数.txt")
    assert result.exit_code == 0
    assert "办结率" in (home / "数.txt").read_text(encoding="utf-8")
    assert count("fixtures/jia/档案.yaml", "--output", "fixtures/jia/档案.yaml").exit_code == 2


def test_a_case_that_cannot_be_read_gives_two_and_is_not_counted(home):
    path = write(home, "坏.yaml", f"{CASES}---\ncase: 三\nevents: [{{date: 2025-06-02, act: 交班}}]\n")
    result = count(path)
    assert result.exit_code == 2
    assert "行为「交班」没有声明" in result.stderr
    assert "案件      读入 2件，未读入 1处" in result.stdout


@pytest.mark.usefixtures("home")
def test_no_cases_at_all_give_two():
    assert count("没有.yaml").exit_code == 2


def test_rules_without_indicators_give_two(home):
    bare = RULES[: RULES.index("指标 办结率")] + "规范 按期\n  依据 测试\n  当 交办\n  应当 办结，自 交办 起 3日 内\n"
    (home / "rules" / "jia" / "jia.norm").write_text(bare, encoding="utf-8")
    result = count("fixtures/jia/档案.yaml")
    assert result.exit_code == 2
    assert "所用的规则包里没有指标。" in result.stderr


@pytest.mark.usefixtures("home")
def test_the_as_of_date_hides_what_comes_after():
    result = run(
        "indicators", "fixtures/jia/档案.yaml", "--rules", "rules/jia", "--as-of", "2025-06-03", "--format", "jsonl"
    )
    record = json.loads(result.stdout)
    assert (record["total"], record["base"], record["base_undecided"]) == (0, 1, 0)


def test_an_event_table_needs_its_columns_named(home):
    (home / "表.csv").write_text("案号,环节,办理日\n一,交办,2025-06-02\n一,办结,2025-06-05\n", encoding="utf-8")
    result = count("表.csv", "--columns", "case=案号,act=环节,date=办理日", "--format", "jsonl")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["total"] == 1
    assert count("表.csv", "--columns", "case=案号", "--mapping", "m.yaml").exit_code == 2


@pytest.mark.usefixtures("home")
def test_a_fault_on_one_case_leaves_it_out_and_gives_three(monkeypatch):
    before = counting.Count.add

    def add(self, case):
        if case.id == "二":
            raise ZeroDivisionError("坏")
        before(self, case)

    monkeypatch.setattr(counting.Count, "add", add)
    result = count("fixtures/jia/档案.yaml", "--format", "jsonl")
    assert result.exit_code == 3
    assert "案件「二」计数时程序出错" in result.stderr
    assert json.loads(result.stdout)["cases"] == 1


def test_the_count_is_the_same_every_time():
    root = Path(__file__).parents[2]
    archive = root / "fixtures" / "macro" / "archive-five-years.jsonl"
    args = ("indicators", archive, "--rules", "macro", "--as-of", "2025-12-31", "--format", "jsonl")
    one, other = run(*args), run(*args)
    assert one.exit_code == 0
    assert one.stdout_bytes == other.stdout_bytes


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("name", ["办结率", "jia/办结率"])
def test_an_indicator_can_be_explained(name):
    result = run("explain", name, "--rules", "rules/jia")
    assert result.exit_code == 0
    assert result.stdout.startswith("指标 jia/办结率\n")
    assert "分母：截至之日 有 交办 的案件" in result.stdout
    assert "相近的有：jia/办结率" in run("explain", "办结", "--rules", "rules/jia").stderr


def outcome(*args):
    return run("test", *args, "--rules", "rules/jia")


@pytest.mark.usefixtures("home")
def test_an_archive_as_expected_passes():
    result = outcome()
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[-1] == "档案 1份：通过 1，没有通过 0，读不了 0；指标 1项：有用例 1，没有用例 0。"


def test_a_figure_that_differs_is_named_with_its_place(home):
    write(home, "档案.expect.yaml", EXPECTED.replace("total: 1", "total: 2").replace("[1, 2]", "[2, 2]"))
    result = outcome()
    assert result.exit_code == 1
    assert (
        "没有通过：档案「fixtures/jia/档案.yaml」（fixtures/jia/档案.expect.yaml:1），截至 2025-12-31" in result.stdout
    )
    assert "合计 期望 2，实际 1" in result.stdout
    assert "2025 期望 2、2，实际 1、2" in result.stdout


def test_a_figure_that_is_not_there_differs(home):
    write(home, "档案.expect.yaml", EXPECTED.replace("2025: [1, 2]", "2026: 1"))
    assert "2026 期望 1，实际 没有" in outcome().stdout


def test_an_unknown_indicator_fails(home):
    write(home, "档案.expect.yaml", EXPECTED.replace("jia/办结率", "jia/没有"))
    result = outcome()
    assert result.exit_code == 1
    assert "受测的规则包里没有指标「jia/没有」" in result.stdout
    assert "指标「jia/办结率」没有用例" in result.stdout


def test_an_indicator_without_expectation_fails_unless_allowed(home):
    (home / "fixtures" / "jia" / "档案.expect.yaml").write_text(
        EXPECTED.partition("indicators")[0] + "indicators: []\n", encoding="utf-8"
    )
    assert outcome().exit_code == 1
    assert outcome("--allow-uncovered").exit_code == 0
    assert outcome("fixtures/jia/档案.expect.yaml").exit_code == 0


@pytest.mark.parametrize(
    ("before", "after"), [("as_of", "as_off"), ("档案.yaml", "没有.yaml"), ("total: 1", "total: 一些")]
)
def test_what_cannot_be_read_gives_two(home, before, after):
    write(home, "档案.expect.yaml", EXPECTED.replace(before, after))
    result = outcome()
    assert result.exit_code == 2
    assert "读不了 1" in result.stdout
    assert result.stderr


def test_a_bad_case_in_an_archive_gives_two(home):
    write(home, "档案.yaml", CASES + "---\ncase: 一\n")
    result = outcome()
    assert result.exit_code == 2
    assert "案件编号「一」已经读过一次" in result.stderr


def test_an_archive_beside_a_pack_without_indicators_is_a_difference(home):
    bare = RULES[: RULES.index("指标 办结率")] + "规范 按期\n  依据 测试\n  当 交办\n  应当 办结，自 交办 起 3日 内\n"
    (home / "rules" / "jia" / "jia.norm").write_text(bare, encoding="utf-8")
    assert "受测的规则包里没有指标「jia/办结率」" in outcome("--allow-uncovered").stdout
