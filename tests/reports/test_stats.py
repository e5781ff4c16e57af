"""Statistics in every format, the whole output beside its input."""

import datetime as dt
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest

from checker import api
from checker.calendars.shipped import shipped_calendar
from checker.engines.census.asked import Asked, windows
from checker.engines.census.dimensions import dimension, source_attributes
from checker.engines.census.telling import Basis
from checker.host.census import Asking, RowCensus
from checker.model.statistics import Share
from checker.reports import stat_words as say
from checker.reports.layout import WIDTH, width
from checker.reports.stat_words import Survey
from checker.reports.stats import format_names, written
from explain.making import ACCUSING

HERE = Path(__file__).parent / "stats"
AS_OF = dt.date(2026, 11, 20)
BY = "承办单位 类型 环节 来源 季度 承办单位×年度 紧急"


def survey_of(rules, path, by=BY, as_of=AS_OF):
    sources = source_attributes(rules, None)
    along = tuple(tuple(dimension(name, rules, sources) for name in one.split("×")) for one in by.split())
    asked = Asked(along, as_of, *windows(as_of, None))
    calendar = shipped_calendar()
    census = RowCensus(Asking(Basis(rules, calendar.name, asked, sources), calendar, [str(path)]))
    for _ in census:
        pass
    return Survey(census.result(), rules)


@pytest.fixture(scope="module")
def survey():
    rules, _ = api.compile_rules([str(HERE / "stats.norm")])
    return survey_of(rules, HERE / "cases.yaml")


@pytest.mark.parametrize(("form", "suffix"), [("text", "txt"), ("markdown", "md"), ("jsonl", "jsonl")])
def test_the_whole_report(form, suffix, survey):
    assert written(form, survey) == (HERE / f"expected.{suffix}").read_text(encoding="utf-8")


def test_no_line_of_the_text_is_too_wide(survey):
    assert max(width(line) for line in written("text", survey).splitlines()) <= WIDTH


def test_everything_adds_up(survey):
    told = survey.statistics
    whole = told.whole.whole
    assert told.triggered + told.untriggered == told.read * len(survey.rules.norms)
    for table in told.tables:
        for verdict, number in whole.verdicts.items():
            assert sum(row.whole.verdicts[verdict] for row in table.rows) == number
        for row in table.rows:
            figures = row.whole
            assert figures.timely.late >= figures.late.n
            assert figures.cases.triggered <= figures.instances
    periods = next(table for table in told.tables if table.dimensions == ("季度",))
    assert sum(row.whole.timely.in_time.base for row in periods.rows) == whole.timely.in_time.base


@pytest.mark.parametrize("form", format_names())
def test_the_same_bytes_again_and_no_person(form, survey):
    first = written(form, survey)
    assert written(form, survey) == first
    text = first if isinstance(first, str) else "".join(str(cell) for row in cells(first) for cell in row)
    assert "承办人" not in text
    assert "（个人，不列）" in text


def cells(data):
    for sheet in openpyxl.load_workbook(io.BytesIO(data)).worksheets:
        yield from sheet.iter_rows(values_only=True)


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_nobody_is_accused(form, survey):
    text = re.sub(r"<style>.*?</style>", "", written(form, survey), flags=re.DOTALL)
    assert not [word for word in ACCUSING if word in text]


def test_the_workbook(survey):
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx", survey)))
    assert book.sheetnames == [
        "合计", "共性问题", "其他不符合的规范", "单位突出的问题", "按承办单位", "按类型", "按环节", "按来源", "按季度",
        "按承办单位×年度", "按紧急", "指标", "怎样读",
    ]  # fmt: skip
    rows = list(book["按承办单位"].iter_rows(values_only=True))
    found = dict(zip(rows[0], rows[2], strict=True))
    assert (found["承办单位"], found["触发案件"], found["不符合"], found["占触发%"]) == ("法院", 13, 7, 53.8)
    assert (found["本期按期"], found["本期期限已定"], found["本期按期率%"], found["举例"]) == (2, 6, None, "案04")


class Page(HTMLParser):
    """Counts tags and gathers what pictures say."""

    def __init__(self):
        super().__init__()
        self.stack, self.pictures, self.unnamed = [], 0, []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "svg" and given.get("role") == "img":
            self.pictures += 1
            if not given.get("aria-label"):
                self.unnamed.append(given)
        if tag not in ("meta", "rect", "line", "circle"):
            self.stack.append(tag)

    def handle_endtag(self, tag):
        if tag not in ("rect", "line", "circle"):
            assert self.stack.pop() == tag


def test_the_page_stands_alone_and_its_pictures_speak(survey):
    text = written("html", survey)
    assert not re.search(r"https?:|<script|<link|<img|url\((?!#)", text)
    page = Page()
    page.feed(text)
    page.close()
    assert page.stack == []
    assert page.pictures > 15
    assert page.unnamed == []
    assert len(re.findall(r"<title>[^<]+</title>", text)) > page.pictures
    assert len(re.findall(r"<desc>[^<]+</desc>", text)) == page.pictures
    for number in re.findall(r'(?:height|width|x|y)="(-?[\d.]+)', text):
        assert float(number) >= 0


def test_hostile_names_stay_text(survey):
    told = survey.statistics
    bad = '<b>=1+1|"x"\u202e</b>'
    rows = (told.tables[0].rows[0].model_copy(update={"key": (bad,)}),)
    table = told.tables[0].model_copy(update={"rows": rows})
    hostile = survey._replace(statistics=told.model_copy(update={"tables": (table,)}))
    page = written("html", hostile)
    assert "<b>=1" not in page
    assert "\u202e" not in page
    assert "\\<b\\>=1+1\\|" in written("markdown", hostile)
    assert "\u202e" not in written("text", hostile)


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (Share(part=0, base=0), "—"),
        (Share(part=3, base=4), "3/4"),
        (Share(part=9, base=9), "9/9"),
        (Share(part=1, base=10), "1/10，10.0%（1.8%—40.4%）"),
        (Share(part=1, base=99999), "1/99999，不到 0.1%（不到 0.1%—不到 0.1%）"),
        (Share(part=99999, base=100000), "99999/100000，不到 100%（不到 100%—不到 100%）"),
    ],
)
def test_few_have_no_percentage(share, said):
    assert say.share_and_interval(share) == said


def test_changes_of_few_have_no_percentage():
    assert say.points(Share(part=5, base=9), Share(part=50, base=90)) == ""
    assert say.points(Share(part=50, base=100), Share(part=40, base=100)) == "升 10.0 个百分点"
    assert say.points(Share(part=40, base=100), Share(part=40, base=100)) == "持平"
    assert [say.change(3, 9), say.change(30, 20), say.change(5, 50), say.change(4, 4)] == [
        "减 6", "增 10（50.0%）", "减 45（90.0%）", "持平",
    ]  # fmt: skip


def test_machines_get_no_share_of_few(survey):
    for line in written("jsonl", survey).splitlines():
        record = json.loads(line)
        for share in shares(record):
            assert (share["share"] is None) == (share["base"] < 10)


def shares(record):
    if isinstance(record, dict):
        if {"part", "base", "share"} <= record.keys():
            yield record
        for value in record.values():
            yield from shares(value)
    elif isinstance(record, list):
        for value in record:
            yield from shares(value)
