"""The reference page tells the truth about the keys, the settings, the formats and its own examples."""

import re
from pathlib import Path

import pytest

from checker.cases.columns import ROLES, parse_columns
from checker.cases.formats import formats
from checker.cases.keys import ANSWER, CASE, EVENT, EXPECT
from checker.cases.mapping_file import KEYS, read_layout
from checker.model.finding import VERDICT_NAMES
from checker.model.period_text import parse_period

PAGE = (Path(__file__).parents[2] / "docs/reference/case-records.md").read_text(encoding="utf-8")


def table(heading):
    section = PAGE.split(f"{heading}\n", 1)[1].split("\n## ")[0].split("\n### ")[0]
    return dict(re.findall(r"^\| `(\w+)` \| (\S+) \|", section, re.MULTILINE))


def block(language, n=0):
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)[n]


@pytest.mark.parametrize(
    ("heading", "keys"),
    [
        ("### 案件", CASE),
        ("### 事件", EVENT),
        ("### 认定", ANSWER),
        ("## 事件表", KEYS),
        ("## 测试案例的期望", EXPECT),
    ],
)
def test_every_key_is_on_the_page(heading, keys):
    assert table(heading) == dict(keys)


def test_every_role_suffix_and_verdict_is_on_the_page():
    assert all(f"`{role}`" in PAGE and alias in PAGE for role, alias in ROLES.items())
    assert all(f"`{suffix}`" in PAGE for suffix in formats() if suffix)
    assert all(f"`{verdict}`" in PAGE and name in PAGE for verdict, name in VERDICT_NAMES.items())


def test_the_periods_on_the_page_are_periods():
    line = next(line for line in PAGE.splitlines() if line.startswith("| 期间 |"))
    found = re.findall(r"`([^`]+)`", line)
    assert len(found) > 5
    assert all(parse_period(text) for text in found)


def test_the_examples_are_read(read, tmp_path):
    assert len(read(block("yaml")).cases[0].events) == 4
    assert [len(case.events) for case in read(block("csv"), "t.csv").cases] == [2]
    assert parse_columns(block("text").strip()).attributes == {"审批意见": "结论"}
    path = tmp_path / "mapping.yaml"
    path.write_text(block("yaml", 1), encoding="utf-8")
    text = "案号,环节,办理日期,审批意见\nA,领导审批,2024/3/6,同意\nA,备注,,\n"
    (case,) = read(text, "t.csv", layout=read_layout(str(path))).cases
    assert case.events[0].attributes == {"结论": "同意"}
