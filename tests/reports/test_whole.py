"""What the page of a run says of all cases together, beside what the statistics say."""

import json

import pytest
from click.testing import CliRunner

from checker.cli.main import program
from checker.model.figures import FEW
from checker.reports.overview import whole as told
from checker.reports.overview.whole import whole_of
from checker.reports.stat_parts import common_part, time_cells
from checker.reports.stat_words import NONE, Survey, sum_rows
from reports.test_documents import whole_run
from reports.test_html_report import HERE, checked, handed_over, page_of

CASES = HERE / "stats" / "cases.yaml"
RULES = str(HERE / "stats" / "stats.norm")
DAY = "2026-11-20"


@pytest.fixture(scope="module")
def many():
    return whole_run([CASES], DAY, (RULES,))


def section_of(text):
    return text[text.index('<section id="whole">') : text.index('<section id="findings">')]


def test_the_page_leads_to_the_figures_of_the_statistics(many):
    text, page = page_of(many)
    assert "#whole" in page.links
    survey = Survey(many.statistics, many.head.rules)
    assert "本期 2026-01-01 至 2026-11-20" in page.text
    assert "案件的来源取自「来源」" in page.text
    for label, sentence in list(sum_rows(survey))[2:]:
        assert (sentence in page.text) == (sentence != NONE), label
    section = section_of(text)
    for table in many.statistics.tables:
        for row in table.rows:
            assert row.key[0] in section
            assert all(cell in section for cell in time_cells(row.whole))
    (grid,) = common_part(survey, common=True).grids
    assert {cell for row in grid.rows for cell in row if cell not in page.text} == set()


def test_examples_lead_to_the_case_where_it_is_on_the_page(many):
    section = section_of(page_of(many)[0])
    examples = {one.example for one in many.statistics.problems}
    assert examples
    for name in examples:
        assert f">{name}</a></td>" in section


def test_the_section_stands_between_deadlines_and_findings(many):
    text, _ = page_of(many)
    places = [text.index(f'<section id="{name}">') for name in ("overview", "coming", "whole", "findings")]
    assert places == sorted(places)
    assert text.count('id="stats-hatch"') == 1


def test_few_cases_get_a_sentence_and_no_table(tmp_path):
    few = checked(tmp_path, [handed_over(f"案{n}") for n in range(FEW - 1)])
    text, _ = page_of(few)
    section = section_of(text)
    assert f"触发规范的案件只有 {FEW - 1}件，不足 {FEW}件" in section
    assert "checker stats" in section
    assert [mark for mark in ("<table", "<svg", "<details") if mark in section] == []
    text, _ = page_of(checked(tmp_path, [handed_over(f"案{n}") for n in range(FEW)]))
    assert "按期率" in section_of(text)


def test_no_case_gets_a_sentence(tmp_path):
    (tmp_path / "空.jsonl").write_text("", encoding="utf-8")
    section = section_of(page_of(whole_run([tmp_path / "空.jsonl"], DAY, (RULES,)))[0])
    assert "没有触发规范的案件" in section
    assert "checker stats" not in section


def test_a_run_that_was_not_counted_has_no_section(many):
    text, page = page_of(many._replace(statistics=None))
    assert "#whole" not in page.links
    assert "stats-" not in text


def test_groups_beyond_the_limit_are_told(many, monkeypatch):
    monkeypatch.setattr(told, "MOST_ROWS", 2)
    found = whole_of(many)
    tables = many.statistics.tables
    assert found.left_out == tuple(
        f"按{table.dimensions[0]}共 {len(table.rows)}组，本页列出{'最近的' if table.has_period else '前'} 2组。"
        for table in tables
        if len(table.rows) > 2
    )
    assert "按季度共" in found.left_out[-1]
    shown = [[row[0] for row in one.part.grids[0].rows] for one in found.tables]
    parts = [table.rows[-2:] if table.has_period else table.rows[:2] for table in tables]
    assert shown == [[row.key[0] for row in rows] for rows in parts]


def test_one_group_alone_is_told_and_gets_no_table(tmp_path):
    section = section_of(page_of(checked(tmp_path, [handed_over(f"案{n}") for n in range(FEW)]))[0])
    assert "按类型只有一组「督办」，数目与合计相同，没有另列。" in section
    assert "<h3>按类型" not in section
    assert "<h3>按承办单位" in section


def test_indicators_of_the_rules_are_shown_and_those_with_nothing_are_named(tmp_path):
    run = checked(tmp_path, [handed_over(f"案{n}") for n in range(12)], packs=("duban", "macro"))
    section = section_of(page_of(run)[0])
    assert "macro/主动监督占比" in section
    assert "0件" in section
    silent = section[section.index("没有计到什么的指标") :]
    assert "macro/年末考核" in silent
    assert "<figure>\n<figcaption>macro/" not in section  # a single period is no course of anything
    few = checked(tmp_path, [handed_over("案")], packs=("duban", "macro"))
    assert f"{len(run.head.rules.indicators)}项指标没有列在本页" in section_of(page_of(few)[0])


def test_a_fault_in_an_indicator_is_told(many):
    statistics = many.statistics.model_copy(update={"uncounted": 2})
    assert "没有计入指标的案件 2件" in section_of(page_of(many._replace(statistics=statistics))[0])


PERSONS = """
规程 《试》
  标识 shi
  效力 示范
  施行 2020-01-01
  期间 次日起算

词汇
  机关 政法委、法院
  人员 承办人
  案件 事项 文本
  行为 交办：经办 人员
  行为 办结

规范 限期办结
  依据 《办法》第一条「限期办结」
  当 政法委 交办
  应当 经办 办结，自 交办 起 30日 内
"""


def person(n):
    event = {"date": "2024-03-01", "act": "交办", "actor": "政法委", "经办": f"张三{n}"}
    return {"case": f"试-{n}", "attributes": {"事项": f"王五的房子{n}"}, "events": [event]}


@pytest.mark.parametrize("profile", ["内部全量", "单位通报", "对外"])
def test_persons_are_no_group_under_any_profile(tmp_path, profile):
    (tmp_path / "shi.norm").write_text(PERSONS, encoding="utf-8")
    lines = "\n".join(json.dumps(person(n), ensure_ascii=False) for n in range(12))
    (tmp_path / "案.jsonl").write_text(lines, encoding="utf-8")
    made = []
    for name in ("甲.html", "乙.html"):
        outcome = CliRunner().invoke(program, [
            "check", str(tmp_path / "案.jsonl"), "--rules", str(tmp_path / "shi.norm"), "--as-of", "2024-07-01",
            "--redact", profile, "--format", "html", "--output", str(tmp_path / name),
        ])  # fmt: skip
        assert outcome.exit_code == 1, outcome.output
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]
    text = made[0].decode("utf-8")
    section = section_of(text)
    assert "（个人，不列）" in section
    assert [word for word in ("张三", "王五", "人员1") if word in section] == []
    assert ("张三" in text) == (profile == "内部全量")


def test_the_guide_names_the_limits():
    guide = (HERE.parents[1] / "docs/howto/report.md").read_text(encoding="utf-8")
    assert f"触发规范的案件不足 {FEW}件的" in guide
    assert f"每张表最多列 {told.MOST_ROWS}组" in guide
