"""The page of a whole run, beside its expected text; UPDATE_EXPECTED=1 rewrites it."""

import datetime as dt
import html
import json
import os
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

from checker.model.diagnostic import Diagnostic
from checker.model.naming import finding_id
from checker.model.place import Place
from checker.reports.content import CaseReport
from checker.reports.documents import Wish, written
from explain.making import ACCUSING
from reports.test_documents import SAMPLE, whole_run

HERE = Path(__file__).parent
VOID = {"meta", "br"}
DUTIES = {"承办单位": "法院", "期限": None, "在职权内": True, "来源": "领导批示"}


class Page(HTMLParser):
    """Tags that are closed as they were opened, the ids, the links, and all text."""

    def __init__(self, text):
        super().__init__()
        self.open, self.ids, self.links, self.texts, self.tags = [], Counter(), [], [], Counter()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags[tag] += 1
        found = dict(attrs)
        if "id" in found:
            self.ids[found["id"]] += 1
        if tag == "a":
            self.links.append(found["href"])
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, _):
        self.tags[tag] += 1

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)

    @property
    def text(self):
        return "".join(self.texts)


def page_of(run):
    text = written("html", run, Wish())
    page = Page(text)
    assert page.open == []
    assert max(page.ids.values()) == 1
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    assert all(link.startswith("#") for link in page.links)
    return text, page


def checked(tmp_path, cases, day="2026-07-01", packs=("duban",), only_violations=True):
    lines = "\n".join(json.dumps(one, ensure_ascii=False) for one in cases)
    (tmp_path / "cases.jsonl").write_text(f"{lines}\n", encoding="utf-8")
    return whole_run([tmp_path / "cases.jsonl"], day, packs, only_violations)


def handed_over(name, **fields):
    return {
        "case": name,
        "kind": "督办",
        "events": [
            {"date": "2026-03-02", "act": "登记", "actor": "政法委"},
            {"date": "2026-03-04", "act": "交办", "actor": "政法委", **DUTIES},
        ],
        **fields,
    }


@pytest.fixture(scope="module")
def sample():
    return whole_run([SAMPLE / "cases.yaml"], "2026-07-01", only_violations=False)._replace(sources=("cases.yaml",))


def without_folder(text):
    return text.replace(str(SAMPLE), "sample")


def test_the_page_is_as_expected(sample):
    text = without_folder(page_of(sample)[0])
    path = HERE / "expected" / "all-2026.html"
    if os.environ.get("UPDATE_EXPECTED"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_the_page_fetches_and_runs_nothing(sample):
    text, page = page_of(sample)
    assert not re.search(r"https?:|//[a-z]|url\((?!#)|@import|\bon\w+=", text)
    assert not page.tags.keys() & {"script", "link", "img", "iframe", "object", "form"}


def test_every_finding_stands_on_the_page_under_its_id(sample):
    _, page = page_of(sample)
    for one in sample.cases:
        for shown in one.shown:
            assert page.ids[finding_id(one.case, shown.finding)] == 1
            for reason in shown.reasons:
                assert reason.text in page.text
    told = [key for key in page.ids if re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}(-\d+)?", key)]
    assert len(told) == sum(len(one.shown) for one in sample.cases)


def test_no_word_accuses_and_no_name_of_python_slips_through(sample):
    text = html.unescape(page_of(sample)[0]).replace("也不认定任何人的责任", "")
    assert [word for word in (*ACCUSING, ">None<", "\x1b") if word in text] == []


def test_each_case_has_a_picture_in_words_too(sample):
    text, page = page_of(sample)
    pictures = text.count('role="img"')
    assert pictures == sum(bool(one.shown) for one in sample.cases)
    assert page.tags["desc"] == pictures
    assert text.count("时间线的文字表") == pictures


def test_the_lamps_add_up_to_the_cases_read(sample):
    text, _ = page_of(sample)
    counts = re.findall(r"</span> <strong>(\d+)</strong>件", text)
    assert sum(map(int, counts)) == sample.totals.read


HOSTILE = ["<script>alert(1)</script>", "</title></svg><b>&amp;", "\"'><x y=", "长" * 200, "W" * 200, "😀{{ 7 * 7 }}"]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_text(tmp_path, name):
    text, page = page_of(checked(tmp_path, [handed_over(name)]))
    assert page.tags["script"] == page.tags["b"] == page.tags["x"] == 0
    assert name in page.text
    assert "49" not in page.text or "7 * 7" in text


def test_a_run_without_cases_or_with_unread_ones_only_says_so():
    told = Diagnostic(
        code="x", message="行为「甲」没有声明", at=Place(file="台账.xlsx", sheet="一", cell="C3"), quote="甲<b>",
        expected="登记", help="改为「登记」", meanwhile="本案未检查，其余照常",
    )  # fmt: skip
    run = whole_run([SAMPLE / "cases.yaml"], "2026-07-01")
    nothing = run._replace(cases=(), totals=type(run.totals)())
    _, page = page_of(nothing)
    assert "没有要列出的案件" in page.text
    run.totals.left_out = 1
    _, page = page_of(nothing._replace(unread=(told,), totals=type(run.totals)(left_out=1)))
    for part in ("台账.xlsx 表「一」单元格 C3", told.message, "甲<b>", "此处可写：登记", told.help, told.meanwhile):
        assert part in page.text


def test_what_is_left_out_of_a_large_page_is_named(tmp_path, monkeypatch):
    from checker.reports.overview import choosing

    monkeypatch.setattr(choosing, "MOST_CASES", 2)
    _, page = page_of(checked(tmp_path, [handed_over(f"案{n}") for n in range(5)]))
    assert "另有 3件有结论而没有列在本页" in page.text
    assert [n for n in range(5) if f"案{n}" not in page.text] == []
    assert page.tags["article"] == 2


def test_coming_deadlines_are_listed_by_who_owes_them(tmp_path):
    _, page = page_of(checked(tmp_path, [handed_over("案甲")], day="2026-05-25"))
    assert "8至15日内届满（2个）" in page.text
    assert "8日" in page.text


def test_cases_with_nothing_to_list_are_counted_as_green(tmp_path):
    quiet = {"case": "静", "kind": "督办", "events": [{"date": "2026-07-01", "act": "督查", "actor": "政法委"}]}
    _, page = page_of(checked(tmp_path, [quiet]))
    assert "没有要列出的案件 1件" in page.text
    assert "静" in page.text


def test_a_case_on_which_the_program_failed_is_grey_and_told(sample):
    failed = CaseReport(sample.cases[0].case, (), Counter(), "求值中断")
    _, page = page_of(sample._replace(cases=(failed,)))
    assert "没有结论：求值中断" in page.text
    assert "◇ 灰 本页列出 1件" in page.text


def test_the_guide_names_the_limits_of_a_page():
    from checker.reports.overview.choosing import MOST_CASES, MOST_FINDINGS

    guide = (HERE.parents[1] / "docs/howto/report.md").read_text(encoding="utf-8")
    assert f"{MOST_CASES}件案件、{MOST_FINDINGS}个结论" in guide


def test_the_date_of_the_run_is_that_of_the_findings(sample):
    assert sample.head.as_of == dt.date(2026, 7, 1)
    assert "截至 2026-07-01" in page_of(sample)[1].text
