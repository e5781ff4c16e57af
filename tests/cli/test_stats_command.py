"""``checker stats``: the seed's figures, both engines, any number of processes, errors, exit codes."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.inputs import PACK, lines
from checker.cases import portions
from checker.cases.expectations import split_paths
from checker.cli.main import program
from checker.engines import counting
from checker.engines.ground import grounding

ROOT = Path(__file__).parents[2]
MACRO = ROOT / "fixtures" / "macro"
SAMPLE = ROOT / "tests" / "reports" / "stats"
SEED = {
    "协调件数": 16, "督办件数": 37, "督办办结": 37, "交办信访办结件数": 8, "检查卷宗数": 238, "发现问题数": 5,
    "指导会议次数": 28, "指导文件份数": 26, "工作调研次数": 12,
}  # fmt: skip


def run(*args, text=None):
    return CliRunner().invoke(program, ["stats", *(str(a) for a in args)], input=text)


def records(result, kind):
    found = [json.loads(line) for line in result.stdout.splitlines()]
    return [one for one in found if one["record"] == kind]


@pytest.mark.parametrize("engine", ["row", "archive"])
@pytest.mark.parametrize("expectation", split_paths([str(MACRO)]).archives, ids=lambda one: f"{one.as_of}")
def test_the_archives_of_the_packs_give_their_figures(expectation, engine):
    packs = ("--rules", "macro", "--rules", "duban")
    wanted = ("--as-of", expectation.as_of, "--format", "jsonl", "--engine", engine, "--jobs", 1)
    result = run(*expectation.paths, *packs, *wanted)
    assert result.exit_code == 0, result.stderr
    found = {one["indicator"]: one for one in records(result, "indicator")}
    assert len(expectation.figures) > 5
    for figure in expectation.figures:
        held = found[figure.indicator]
        assert {key: held[key] for key in figure.values} == figure.values
        periods = {one["period"] or "日期不明": (one["total"], one["base"]) for one in held["periods"]}
        for name, numbers in figure.periods.items():
            assert periods[name][: len(numbers)] == numbers


def test_the_whole_of_five_years_is_that_of_the_report():
    result = run(MACRO / "archive-five-years.jsonl", "--rules", "macro", "--rules", "duban", "--as-of", "2025-12-31")
    assert result.exit_code == 0
    flat = "".join(result.stdout.split())
    for title, number in SEED.items():
        assert f"macro/{title}" in flat
        part = flat.partition(f"■macro/{title}")[2].partition("■")[0]
        assert f"合计{number}" in part, title
    assert "macro/宏观监督占比" in flat


@pytest.fixture
def place(tmp_path):
    (tmp_path / "x.norm").write_text(PACK + INDICATOR, encoding="utf-8")
    (tmp_path / "many.jsonl").write_text("\n".join(lines(60, 1)), encoding="utf-8")
    return tmp_path


INDICATOR = """指标 办结数
  依据 测试
  每 季度
  计 案件 且 有 办结
  比 案件 且 有 登记
"""


def counted(place, *args):
    words = ("--rules", place / "x.norm", "--as-of", "2026-06-01", "--by", "承办单位,规范,季度,承办单位×月份,环节×年度")
    result = run(place / "many.jsonl", *words, *args)
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize("form", ["jsonl", "text", "html"])
def test_an_archive_in_portions_gives_the_same_bytes(form, place, monkeypatch):
    wanted = counted(place, "--format", form, "--engine", "row")
    assert wanted[0] == 2
    assert "已经读过一次" in wanted[2]
    for size in (1, 7, 1000):
        monkeypatch.setattr(portions, "CASES", size)
        assert counted(place, "--format", form, "--engine", "archive", "--jobs", 1) == wanted


def test_any_number_of_processes_gives_the_same_bytes(place, monkeypatch):
    monkeypatch.setattr(portions, "CASES", 9)
    wanted = counted(place, "--format", "jsonl", "--engine", "archive", "--jobs", 1)
    assert counted(place, "--format", "jsonl", "--engine", "archive", "--jobs", 3) == wanted
    assert wanted[1].count("\n") > 20


def test_by_anchor_or_by_due_date(place):
    def quarters(way):
        words = ("--format", "jsonl", "--engine", "row", "--by", "季度", "--dated-by", way)
        result = run(place / "many.jsonl", "--rules", place / "x.norm", "--as-of", "2026-06-01", *words)
        rows = records(result, "row")
        return {row["key"][0]: sum(row["verdicts"].values()) for row in rows}

    due, anchor = quarters("due"), quarters("anchor")
    assert due != anchor
    assert sum(due.values()) == sum(anchor.values())


def sample(*args):
    return run(SAMPLE / "cases.yaml", "--rules", SAMPLE / "stats.norm", "--as-of", "2026-11-20", *args)


def test_thresholds_decide_what_is_common():
    def common(*args):
        result = sample("--format", "jsonl", *args)
        return [one["norm"] for one in records(result, "problem") if one["common"]]

    assert common() == ["tj/按期办结"]
    assert common("--common-cases", 12) == []
    assert common("--common-share", 31) == []
    assert common("--common-share", 2, "--common-cases", 2) == ["tj/按期办结", "tj/先批后交"]


def test_rules_that_name_no_source(place):
    found = counted_plain(place)
    assert found.exit_code == 2
    assert {tuple(one["by"]) for one in records(found, "row")} == {
        (name,) for name in ("承办单位", "类型", "环节", "规范", "年度", "季度")
    }
    refused = counted_plain(place, "--by", "来源")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "词汇里没有写明案件来源的属性" in refused.stderr


def counted_plain(place, *args):
    words = ("--rules", place / "x.norm", "--as-of", "2026-06-01", "--format", "jsonl", "--engine", "row")
    return run(place / "many.jsonl", *words, *args)


def test_crossed_groups_in_any_writing():
    one = sample("--format", "jsonl", "--by", "承办单位×季度，类型").stdout
    assert sample("--format", "jsonl", "--by", " 单位 * 季度 , 类型").stdout == one
    assert '"by":["承办单位","季度"]' in one


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--by", "经办"), "不能按「经办」分组，它的种类是人员"),
        (("--by", "没有"), "不能按「没有」分组，词汇里没有这个属性"),
        (("--by", "季度×年度"), "一张表只能有一种时段，这里写了「季度」「年度」"),
        (("--by", "承办单位×单位"), "「承办单位×承办单位」里有写了两次的分组"),
        (("--source", "经办"), "不能按「经办」分组"),
        (("--period", "2027"), "时段「2027」在截至日期 2026-11-20 以后"),
        (("--period", "今年"), "「今年」不是时段"),
        (("--common-share", "101"), "「101」不是 0 至 100 的整数"),
        (("--format", "xlsx"), "须用「--output FILE」写入文件"),
        (("--output", str(SAMPLE / "cases.yaml")), "属于输入"),
    ],
)
def test_what_cannot_be_asked(args, said):
    result = sample(*args)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_files_of_every_format(tmp_path):
    for form in ("html", "xlsx", "markdown", "text", "jsonl"):
        target = tmp_path / f"统计.{form}"
        result = sample("--format", form, "--output", target)
        assert (result.exit_code, result.stdout) == (0, "")
        assert "读入 27件，未读入 0处；触发规范的 26件" in result.stderr
        first = target.read_bytes()
        sample("--format", form, "--output", target)
        assert target.read_bytes() == first


def test_no_case_at_all_is_no_result(tmp_path):
    (tmp_path / "空.jsonl").write_text("", encoding="utf-8")
    result = run(tmp_path / "空.jsonl", "--rules", SAMPLE / "stats.norm")
    assert result.exit_code == 2
    assert "文件里没有案件" in result.stderr


@pytest.mark.parametrize("engine", ["row", "archive"])
def test_a_fault_on_a_case_leaves_it_out_and_is_told(engine, monkeypatch):
    real = counting.Count.add

    def fails(self, case):
        if case.id == "案03":
            raise ZeroDivisionError("坏")
        real(self, case)

    monkeypatch.setattr(counting.Count, "add", fails)
    result = sample("--format", "jsonl", "--engine", engine, "--jobs", 1)
    assert result.exit_code == 3
    assert "故障：案件「案03」计数时程序出错（ZeroDivisionError：坏），没有计入指标" in result.stderr
    (told,) = records(result, "run")
    assert (told["read"], told["failed"], told["uncounted"]) == (27, 0, 1)
    assert records(result, "indicator")[0]["cases"] == 26


def test_a_case_without_conclusion_stands_in_no_table(monkeypatch):
    real = grounding.ground

    def fails(rule, view, number):
        if view.case.id == "案03":
            raise ZeroDivisionError("坏")
        return real(rule, view, number)

    monkeypatch.setattr("checker.engines.run.ground", fails)
    result = sample("--format", "jsonl", "--engine", "row")
    assert result.exit_code == 3
    assert "案件「案03」" in result.stderr
    (told,), (whole,) = records(result, "run"), records(result, "sum")
    assert (told["read"], told["failed"], whole["cases"]["triggered"]) == (27, 1, 25)


def page(tmp_path, *args):
    target = tmp_path / "页.html"
    words = ("check", SAMPLE / "cases.yaml", "--rules", SAMPLE / "stats.norm", "--format", "html", "--output", target)
    result = CliRunner().invoke(program, [str(one) for one in (*words, *args)])
    assert result.exit_code in (0, 1), result.stderr
    return target.read_text(encoding="utf-8")


@pytest.mark.parametrize("profile", ["内部全量", "对外"])
def test_the_page_of_a_check_shows_the_whole(profile, tmp_path):
    text = page(tmp_path, "--as-of", "2026-11-20", "--redact", profile)
    whole = text.partition('<section id="whole">')[2].partition('<section id="findings">')[0]
    assert "11/22，50.0%（按期 11，逾期履行 9，逾期未履行 2）" in whole
    assert whole.count("<svg") > 10
    assert "案04" in whole
    assert "承办人" not in whole


def test_of_few_cases_the_page_of_a_check_says_that_there_is_no_whole(tmp_path):
    text = page(tmp_path, "--as-of", "2025-03-01")
    whole = text.partition('<section id="whole">')[2].partition('<section id="findings">')[0]
    assert "没有列在本页" in whole
    assert "按承办单位" not in whole
