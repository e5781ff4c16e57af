"""``checker test``: coverage and its thresholds, known gaps, fixtures chosen, and runs that test nothing."""

import json

import pytest
from click.testing import CliRunner

from checker.cli.main import program
from cli.jia import RULES

GOOD = """case: 好
events: [{id: e1, date: 2026-06-01, act: 交办}, {id: e2, date: 2026-06-11, act: 办结}]
as_of: 2026-07-01
expect: [{norm: jia/按期, verdict: met, due: 2026-06-11}]
"""
OVERDUE = """case: 逾期
events: [{id: e1, date: 2026-06-01, act: 交办}]
as_of: 2026-06-12
expect: [{norm: jia/按期, verdict: overdue}]
"""
GAP = GOOD.replace("好", "缺").replace("2026-06-11}]\n", "2026-06-12}]\n")
GAP_MARK = "todo: {reason: 等上级定顺延口径, until: 2027-03-31}\n"


@pytest.fixture
def home(tmp_path, monkeypatch):
    (tmp_path / "rules" / "jia").mkdir(parents=True)
    (tmp_path / "fixtures" / "jia").mkdir(parents=True)
    (tmp_path / "rules" / "jia" / "jia.norm").write_text(RULES, encoding="utf-8")
    write(tmp_path, "好.yaml", GOOD)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(home, name, text):
    (home / "fixtures" / "jia" / name).write_text(text, encoding="utf-8")


def run(*args):
    return CliRunner().invoke(program, ["test", "--rules", "rules/jia", *map(str, args)])


COVERAGE = """用例 2个：通过 2，没有通过 0，读不了 0；规范 1条：有用例 1，没有用例 0。
用例覆盖
jia/按期 5/10（50%）
  结论    没有用例期望结论「逾期履行」
  结论    没有用例期望结论「待履行」
  结论    没有用例期望结论「资料不足」
  期限    没有用例在期满次日履行
  期限    没有用例截至期满当日尚未履行

  要点  试过  共有  比例
  触发  1     1     100%
  结论  2     5     40%
  期限  2     4     50%
  合计  5     10    50%
"""


def test_coverage_in_words(home):
    write(home, "逾期.yaml", OVERDUE)
    result = run("--coverage")
    assert result.exit_code == 0
    assert result.stdout == COVERAGE


def test_coverage_in_files(home):
    write(home, "逾期.yaml", OVERDUE)
    assert run("--coverage-json", "c.json", "--coverage-html", "c.html").exit_code == 0
    page = (home / "c.html").read_text(encoding="utf-8")
    assert ".norms td:last-child { grid-column: 1 / -1; }" in page, "what is lacking has the whole width of a phone"
    assert '<table class="norms">' in page
    found = json.loads((home / "c.json").read_text(encoding="utf-8"))
    assert found["totals"] == {
        "anchor": {"tried": 1, "total": 1},
        "verdicts": {"tried": 2, "total": 5},
        "edges": {"tried": 2, "total": 4},
        "all": {"tried": 5, "total": 10},
    }
    (norm,) = found["norms"]
    assert (norm["norm"], norm["version"], norm["line"], norm["tried"]) == ("jia/按期", "2024-01-01", 11, 5)
    assert norm["missing"][-1] == {"kind": "edges", "key": "as-of-on", "text": "没有用例截至期满当日尚未履行"}
    page = (home / "c.html").read_text(encoding="utf-8")
    assert "<td>jia/按期</td>" in page
    assert "没有用例在期满次日履行" in page
    assert "://" not in page


@pytest.mark.parametrize(
    ("shares", "code", "said"),
    [
        (["50"], 0, ""),
        (["51"], 1, "「jia/按期」覆盖 5/10（50%），低于要求的 51%\n"),
        (["50", "edges=50", "结论=40"], 0, ""),
        (["edges=60"], 1, "「jia/按期」的期限覆盖 2/4（50%），低于要求的 60%\n"),
        (["caps=100"], 0, ""),
    ],
)
def test_thresholds(home, shares, code, said):
    write(home, "逾期.yaml", OVERDUE)
    result = run(*[word for share in shares for word in ("--min-coverage", share)])
    assert result.exit_code == code
    assert result.stdout.partition("\n")[2] == said


@pytest.mark.parametrize(
    ("share", "said"),
    [("101", "「101」不是 0 至 100 的百分数"), ("edge=9", "没有「edge」这一类要点"), ("nan", "不是 0 至 100")],
)
@pytest.mark.usefixtures("home")
def test_a_threshold_that_makes_no_sense(share, said):
    result = run("--min-coverage", share)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize(
    ("today", "code", "said"),
    [
        ("2027-03-31", 0, "待办：案件「缺」（fixtures/jia/缺.yaml:1），可以不通过至 2027-03-31：等上级定顺延口径"),
        ("2027-04-01", 1, "待办已于 2027-03-31 到期：等上级定顺延口径"),
    ],
)
def test_a_known_gap_may_fail_until_its_day(home, today, code, said):
    write(home, "缺.yaml", GAP + GAP_MARK)
    result = run("--today", today)
    assert result.exit_code == code
    assert said in result.stdout
    counted = "没有通过 0，待办 1，读不了 0" if code == 0 else "没有通过 1，读不了 0"
    assert counted in result.stdout


def test_a_gap_that_passes_must_go(home):
    write(home, "缺.yaml", GOOD.replace("好", "缺") + GAP_MARK)
    result = run("--today", "2026-01-01")
    assert result.exit_code == 1
    assert "待办已经通过：案件「缺」（fixtures/jia/缺.yaml:1），标记应当删去（等上级定顺延口径）" in result.stdout


def test_a_gap_excuses_no_unknown_norm(home):
    write(home, "缺.yaml", GAP.replace("jia/按期", "jia/没有") + GAP_MARK)
    assert run("--today", "2026-01-01").exit_code == 1


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        ("todo: 以后再说", "待办应写明理由和截止日期"),
        ("todo: {reason: 等}", "待办没有写截止"),
        ("待办: {截止: 2027-01-01}", "待办没有写理由"),
        ("todo: {reason: 等, until: 2027-02-30}", "日历上没有「2027-02-30」这一天"),
        ("todo: {reason: 等, untill: 2027-02-20}", "待办没有「untill」这一项"),
    ],
)
def test_a_gap_needs_a_reason_and_an_end(home, mark, said):
    write(home, "缺.yaml", GAP + mark)
    result = run()
    assert result.exit_code == 2
    assert said in result.stderr


def test_fixtures_are_chosen_by_case_and_by_norm(home):
    write(home, "逾期.yaml", OVERDUE)
    write(home, "无.yaml", "case: 无\nevents: []\nas_of: 2026-06-12\nexpect: []\n")
    assert "用例 1个：通过 1，没有通过 0，读不了 0；没有选中 2；" in run("-k", "逾").stdout
    assert "用例 2个：通过 2，没有通过 0，读不了 0；没有选中 1；" in run("--norm", "jia/按期").stdout
    assert "用例 1个：" in run("--norm", "jia/按期", "-k", "好").stdout


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["-k", "没有这件"], "没有选中任何用例，1个都不符合"),
        (["--norm", "jia/按其"], "受测的规则包里没有规范「jia/按其」"),
    ],
)
@pytest.mark.usefixtures("home")
def test_a_choice_of_nothing_is_no_green_run(args, said):
    result = run(*args)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize("content", ["", "# 只有注释\n", "---\n---\n"])
def test_a_file_without_fixtures_is_no_green_run(home, content):
    write(home, "空.yaml", content)
    assert run().exit_code == 2
    assert run("fixtures/jia/空.yaml").exit_code == 2


def test_a_table_with_no_rows_is_no_green_run(home):
    write(home, "空.csv", "案件,行为,日期\n")
    result = run("fixtures/jia/空.csv")
    assert result.exit_code == 2
    assert "没有用例" in result.stderr


def test_a_fixture_must_say_what_it_expects(home):
    write(home, "忘.yaml", "case: 忘\nevents: []\nas_of: 2026-06-12\n")
    result = run()
    assert result.exit_code == 2
    assert "测试案例没有写期望" in result.stderr


def test_files_that_are_no_fixtures_are_named(home):
    write(home, "好.yamll", GOOD)
    result = run()
    assert result.exit_code == 0
    assert "跳过 1个不是用例格式的文件：fixtures/jia/好.yamll" in result.stderr


def test_thresholds_and_closed_gaps_are_annotated(home):
    write(home, "缺.yaml", GOOD.replace("好", "缺") + GAP_MARK)
    result = run("--min-coverage", "90", "--annotate", "github")
    said = [line for line in result.stderr.splitlines() if line.startswith("::error")]
    assert said == [
        "::error file=fixtures/jia/缺.yaml,line=1,col=1,title=checker gap-closed::"
        "案件「缺」：待办已经通过，标记应当删去。",
        "::error file=rules/jia/jia.norm,line=11,col=1,endLine=14,endColumn=21,title=checker coverage::"
        "「jia/按期」覆盖 3/10（30%25），低于要求的 90%25。",
    ]
