"""Expectation files: what is read of them, and what is said where they are wrong."""

from decimal import Decimal

import pytest

from checker.cases.expectations import split_paths
from checker.cases.problems import BadCase
from checker.cases.reading import read_cases
from checker.model.figures import ArchiveExpectation
from checker.model.vocabulary import Vocabulary

GOOD = """# 注
archive: [一.jsonl, 二.jsonl]
as_of: 2025-12-31
indicators:
  - {indicator: 甲/量, total: 12.5, 资料不足: 1, base: 20, periods: {2024Q1: 3, 2024Q2: [1, 2], 日期不明: 0}}
---
档案: 三.yaml
截至: 2024年1月1日
指标: [{指标: 甲/量, 未涵盖: 0}]
"""


@pytest.fixture
def home(tmp_path):
    for name in ("一.jsonl", "二.jsonl"):
        (tmp_path / name).write_text(f'{{"case": "{name}"}}\n', encoding="utf-8")
    (tmp_path / "三.yaml").write_text("case: 三\n", encoding="utf-8")
    (tmp_path / "单.yaml").write_text("case: 单\n", encoding="utf-8")
    (tmp_path / "说明.txt").write_text("不读", encoding="utf-8")
    return tmp_path


def write(home, text):
    (home / "量.expect.yaml").write_text(text, encoding="utf-8")
    return split_paths([str(home)])


def test_both_documents_are_read(home):
    split = write(home, GOOD)
    one, other = split.archives
    assert one.paths == (str(home / "一.jsonl"), str(home / "二.jsonl"))
    (figure,) = one.figures
    assert figure.values == {"total": Decimal("12.5"), "undecided": 1, "base": 20}
    assert figure.periods == {"2024Q1": (3,), "2024Q2": (1, 2), "日期不明": (0,)}
    assert (one.as_of.isoformat(), other.as_of.isoformat()) == ("2025-12-31", "2024-01-01")
    assert (figure.place.line, other.place.line) == (5, 7)


def test_archives_are_no_single_fixtures(home):
    assert write(home, GOOD).singles == (str(home / "单.yaml"),)


def test_without_an_expectation_paths_stay_as_they_are(home):
    assert split_paths([str(home), "没有"]) == ((str(home), "没有"), ())


def test_a_file_by_itself(home):
    write(home, GOOD)
    split = split_paths([str(home / "量.expect.yaml"), str(home / "单.yaml"), str(home / "一.jsonl")])
    assert len(split.archives) == 2
    assert split.singles == (str(home / "单.yaml"),)


def test_a_folder_of_cases_passes_expectations_over(home):
    write(home, GOOD)
    stream = read_cases([str(home)], Vocabulary())
    assert len(list(stream)) == 4
    assert [name.rsplit("/", 1)[-1] for name in stream.summary.skipped] == ["说明.txt", "量.expect.yaml"]


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("as_of: 2025-12-31\n", "", "档案的期望没有写截至"),
        ("as_of: 2025-12-31", "as_of: 2025-13-31", "「2025-13-31」"),
        ("total: 12.5", "total: 多", "此处应是数，现为「多」"),
        ("total: 12.5", "totl: 1", "指标的期望没有「totl」这一项"),
        ("indicator: 甲/量, total", "total", "期望没有写指标"),
        ("{2024Q1: 3, 2024Q2: [1, 2], 日期不明: 0}", "3", "分期应逐期写"),
        ("archive: [一.jsonl, 二.jsonl]\n", "", "档案的期望没有写档案"),
        ("# 注\n", "- 甲\n---\n", "档案的期望应是一组"),
        ("  - {indicator", "  - 甲\n  - {indicator", "指标的期望应是一组"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(home, before, after, message):
    first = next(one for one in write(home, GOOD.replace(before, after, 1)).archives)
    assert isinstance(first, BadCase)
    assert any(message in problem.message for problem in first.diagnostics), first.diagnostics
    assert all(problem.at.line for problem in first.diagnostics)


def test_the_other_document_is_still_read(home):
    bad, good = write(home, GOOD.replace("as_of: 2025-12-31\n", "", 1)).archives
    assert isinstance(bad, BadCase)
    assert isinstance(good, ArchiveExpectation)
