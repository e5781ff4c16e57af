"""The page for users says of every way of writing what the readers make of it."""

import datetime as dt
import re
from pathlib import Path

import pytest

from checker.cases.ledger.values.case_numbers import read_case_number
from checker.cases.ledger.values.dates import read_date
from checker.cases.ledger.values.periods import read_period
from checker.cases.problems import Refusal
from checker.model.period_text import text_of_period
from checker.model.values import Period

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "cell-values.md"
ROW = re.compile(r"\| `([^`]+)` \| (.+) \|")
READERS = {"日期": read_date, "案号": read_case_number, "期限": read_period}


def rows():
    section = ""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        section = line.removeprefix("## ") if line.startswith("## ") else section
        found = ROW.fullmatch(line)
        if found and section in READERS:
            yield section, found[1], found[2]


def said(answer):
    match answer:
        case Refusal():
            return re.sub("「[^」]*」[的里]?", "", answer.message)
        case (dt.date(), time):
            return f"{answer[0]}" + (f" {time:%H:%M}" if time else "")
        case Period():
            return text_of_period(answer)
        case _:
            return answer


@pytest.mark.parametrize(("section", "written", "expected"), list(rows()))
def test_what_the_page_says(section, written, expected):
    assert said(READERS[section](written)) == expected


def test_all_sections_have_examples():
    assert {section for section, _, _ in rows()} == set(READERS)
