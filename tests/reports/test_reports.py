"""Whole reports beside their expected text; UPDATE_EXPECTED=1 rewrites them, the difference is to be read."""

import datetime as dt
import json
import os
from pathlib import Path

import pytest

from checker import api
from checker.model.finding import Finding, Verdict
from checker.reports.content import CaseReport
from checker.reports.formats import format_names, writer
from checker.reports.layout import WIDTH, width
from checker.reports.norm_text import norm_lines
from checker.reports.sums import one_line
from checker.reports.vocabulary_text import vocabulary_json, vocabulary_lines
from explain.making import ACCUSING

HERE = Path(__file__).parent
SAMPLE = HERE / "sample"
KEYS = [
    "case", "norm", "version", "verdict", "category", "severity", "bearer", "anchor", "due", "fulfilled_by",
    "breached_on", "days", "evidence", "missing", "provisional", "explanation",
]  # fmt: skip


@pytest.fixture(scope="module")
def rules():
    return api.compile_rules([str(SAMPLE)])[0]


def run(rules, day, *, only_violations, engine="row"):
    cases = [str(SAMPLE / "cases.yaml")]
    return api.check(rules, cases, dt.date.fromisoformat(day), None, engine, only_violations)


def report(checked, form="text", colour=False):
    made = writer(form, colour)
    lines = list(made.begin(checked.head))
    for item in checked:
        assert isinstance(item, CaseReport), item
        lines += made.case(item)
    return "\n".join([*lines, *made.end(checked.totals)]) + "\n"


def check_expected(name, text):
    path = HERE / "expected" / name
    if os.environ.get("UPDATE_EXPECTED"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def outputs(rules):
    """Every output by the name of its expected file."""
    pages = [page for norm in rules.norms for page in api.explain(rules, norm.id)]
    words = api.vocabulary(rules)
    return {
        "all-2026.txt": report(run(rules, "2026-07-01", only_violations=False)),
        "violations-2027.txt": report(run(rules, "2027-01-20", only_violations=True)),
        "all-2026.jsonl": report(run(rules, "2026-07-01", only_violations=False), "jsonl"),
        "norms.txt": "\n".join(line for page in pages for line in norm_lines(page, False)) + "\n",
        "vocabulary.txt": "\n".join(vocabulary_lines(words)) + "\n",
        "vocabulary.json": vocabulary_json(words) + "\n",
    }


NAMES = ("all-2026.txt", "violations-2027.txt", "all-2026.jsonl", "norms.txt", "vocabulary.txt", "vocabulary.json")


@pytest.mark.parametrize("name", NAMES)
def test_output_is_as_expected(outputs, name):
    check_expected(name, outputs[name])


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".txt")])
def test_no_line_is_wider_than_the_page(outputs, name):
    assert [line for line in outputs[name].splitlines() if width(line) > WIDTH] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_word_accuses_and_no_name_of_python_slips_through(outputs, name):
    text = outputs[name].replace("也不认定任何人的责任", "")
    assert [word for word in (*ACCUSING, "None", "\x1b") if word in text] == []


def test_every_verdict_is_shown(outputs):
    found = {json.loads(line)["verdict"] for line in outputs["all-2026.jsonl"].splitlines()}
    assert found == set(Verdict)


def test_json_lines_keep_the_keys_and_are_compact(outputs):
    for line in outputs["all-2026.jsonl"].splitlines():
        found = json.loads(line)
        assert list(found) == KEYS == list(Finding.model_fields)
        assert line == json.dumps(found, ensure_ascii=False, separators=(",", ":"))
        assert isinstance(found["evidence"], list)


def test_the_sums_add_up(rules):
    checked = run(rules, "2026-07-01", only_violations=False)
    listed = [shown.finding for item in checked for shown in item.shown]
    totals = checked.totals
    assert totals.read == checked.head.cases
    assert sum(totals.verdicts.values()) == len(listed)
    assert totals.violations == sum(finding.verdict.is_violation for finding in listed)
    assert totals.violations == sum(totals.categories.values())
    assert totals.triggered + totals.untriggered == totals.read * len(rules.norms)
    assert f"规范实例 {len(listed)}个" in one_line(totals)


def test_violations_alone_still_count_the_others(rules):
    every, some = (run(rules, "2026-07-01", only_violations=one) for one in (False, True))
    shown = [shown.finding.verdict for item in some for shown in item.shown]
    assert all(verdict.is_violation for verdict in shown)
    list(every)
    assert some.totals == every.totals


def test_engines_print_the_same_bytes(rules):
    both = [report(run(rules, "2026-07-01", only_violations=False, engine=e), "jsonl") for e in ("row", "durable")]
    assert both[0] == both[1]


def test_colour_changes_nothing_but_colour(rules, outputs):
    coloured = report(run(rules, "2026-07-01", only_violations=False), colour=True)
    assert coloured != outputs["all-2026.txt"]
    for code in ("1", "2", "32", "1;31", "1;33", "1;35", "1;36", "0"):
        coloured = coloured.replace(f"\x1b[{code}m", "")
    assert coloured == outputs["all-2026.txt"]


def test_formats_are_found_by_walking_the_folder():
    assert format_names() == ("jsonl", "text")
