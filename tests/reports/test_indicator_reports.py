"""Whole indicator reports beside their expected text; UPDATE_EXPECTED=1 rewrites them, the difference is to be read."""

import datetime as dt
import json
import os
from decimal import Decimal
from pathlib import Path

import pytest

from checker import api, counts
from checker.model.case import Case
from checker.model.figures import Figure, IndicatorFigures
from checker.reports.indicator_jsonl import sheet_jsonl
from checker.reports.indicator_text import sheet_lines
from checker.reports.layout import WIDTH, width
from explain.making import ACCUSING

HERE = Path(__file__).parent / "indicators"
KEYS = [
    "indicator", "as_of", "counted", "cases", "total", "undecided", "base", "base_undecided", "share", "low", "high",
    "uncovered", "missing", "periods",
]  # fmt: skip


@pytest.fixture(scope="module")
def sheet():
    rules, _ = api.compile_rules([str(HERE / "sample.norm")])
    run = counts.count(rules, [str(HERE / "cases.yaml")], dt.date(2025, 12, 31))
    assert all(isinstance(item, Case) for item in run)
    return run.sheet


@pytest.fixture(scope="module")
def outputs(sheet):
    return {
        "report.txt": "\n".join(sheet_lines(sheet, False)) + "\n",
        "report.jsonl": "\n".join(sheet_jsonl(sheet)) + "\n",
    }


@pytest.mark.parametrize("name", ["report.txt", "report.jsonl"])
def test_output_is_as_expected(outputs, name):
    path = HERE / name
    if os.environ.get("UPDATE_EXPECTED"):
        path.write_text(outputs[name], encoding="utf-8")
    assert outputs[name] == path.read_text(encoding="utf-8")


def test_no_line_is_wider_than_the_page(outputs):
    assert [line for line in outputs["report.txt"].splitlines() if width(line) > WIDTH] == []


def test_colour_only_adds_colour(sheet, outputs):
    import re

    coloured = "\n".join(sheet_lines(sheet, True)) + "\n"
    assert coloured != outputs["report.txt"]
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == outputs["report.txt"]


def test_keys_stand_in_the_documented_order(outputs):
    page = (Path(__file__).parents[2] / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    assert " ".join(f"`{key}`" for key in KEYS) in page
    for line in outputs["report.jsonl"].splitlines():
        assert list(json.loads(line)) == KEYS


def test_nobody_is_accused(outputs):
    assert [word for word in (*ACCUSING, "违反", "逾期", "责任") if word in outputs["report.txt"]] == []


def test_an_indicator_says_its_basis_and_what_was_counted(sheet, outputs):
    for indicator in sheet.rules.indicators:
        assert f"■ {indicator.id}" in outputs["report.txt"]
        assert all(source.quote in outputs["report.txt"] for source in indicator.sources)


def small(total, base):
    figure = Figure(
        total=Decimal(total), undecided=1, base=Decimal(base), base_undecided=0, low=Decimal(0), high=Decimal(1)
    )
    return IndicatorFigures(indicator="shili/领导批示占比", as_of=dt.date(2025, 12, 31), whole=figure)


@pytest.mark.parametrize(
    ("total", "base", "shown"),
    [(0, 10, "0.0%"), (10, 10, "100.0%"), (9999, 10000, "不到 100%"), (1, 10000, "不到 0.1%"), (1, 3000, "不到 0.1%")],
)
def test_all_is_only_said_of_all(sheet, total, base, shown):
    rules = sheet.rules.model_copy(update={"indicators": (sheet.rules.indicators[2],)})
    lines = list(sheet_lines(sheet._replace(rules=rules, figures=(small(total, base),)), False))
    assert next(line for line in lines if "占比  " in line).split() == ["占比", *shown.split()]


@pytest.mark.parametrize(("base", "is_shown"), [(9, False), (10, True), (0, False)])
def test_no_percentage_of_few(sheet, base, is_shown):
    rules = sheet.rules.model_copy(update={"indicators": (sheet.rules.indicators[2],)})
    one = sheet._replace(rules=rules, figures=(small(0, base),))
    text = "\n".join(sheet_lines(one, False))
    assert ("%" in text) is is_shown
    record = json.loads(next(sheet_jsonl(one)))
    assert [record[key] is not None for key in ("share", "low", "high")] == [is_shown] * 3
