"""Every provision of the source book is accounted for in the registers, once, at its article, by a norm or a reason."""

import re
from collections import Counter
from pathlib import Path

import pytest

from checker import api
from packs.conftest import ROOT

BOOK = Path(__file__).with_name("source_book.tsv")
LEAST = 250
"""Provisions with verified wording that a case record can decide: so many at least are encoded."""


@pytest.fixture(scope="module")
def book():
    lines = [line.split("\t") for line in BOOK.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {name: (slug, article, status) for name, slug, article, status in lines}


@pytest.fixture(scope="module")
def report(rules):
    return api.articles(rules)


def test_nothing_is_wrong_between_texts_norms_and_registers(report):
    assert [f"{p.at}: {p.message}" for p in report.problems] == []


def test_every_number_of_the_book_stands_in_one_register(book, report):
    counted = Counter(one.id for one in report.provisions if one.id)
    assert sorted(set(book) - set(counted)) == []
    assert sorted(set(counted) - set(book)) == []
    assert [name for name, n in counted.items() if n > 1] == []


def test_the_registers_point_to_the_article_of_the_book(book, report):
    titles = {(piece.slug, name) for v in report.views for piece in v.pieces for name in (piece.title, piece.short)}
    wrong = []
    for one in (p for p in report.provisions if p.id in book and p.norms):
        slug, article, _ = book[one.id]
        numbered = re.match(r"第[一二三四五六七八九十百]+", article)
        if (slug, one.title) not in titles or (numbered and not one.first.startswith(numbered[0])):
            wrong.append((one.id, one.title, one.at, slug, article))
    assert wrong == []


def test_enough_verified_provisions_are_encoded(book, report):
    encoded = {one.id for one in report.provisions if one.norms and book.get(one.id, ("", "", ""))[2] == "verified"}
    assert len(encoded) >= LEAST


def test_what_is_only_recalled_is_encoded_as_a_draft_or_not_at_all(book, report, rules):
    drafts = {norm.id for norm in rules.norms if norm.draft}
    recalled = [one for one in report.provisions if book.get(one.id, ("", "", ""))[2] == "recalled"]
    assert recalled
    assert [one.id for one in recalled if not set(one.norms) <= drafts] == []


def test_some_norm_is_a_draft_and_every_draft_is_marked_in_its_file(rules):
    drafts = [norm for norm in rules.norms if norm.draft]
    assert drafts
    assert [norm.id for norm in drafts if "草案" not in norm.text] == []


def test_the_generated_pages_are_up_to_date():
    import subprocess
    import sys

    done = subprocess.run([sys.executable, "tools/pages.py", "--check"], cwd=ROOT, check=False, capture_output=True)
    assert done.stderr.decode() == ""
    assert done.returncode == 0


def test_every_generated_page_stands_in_the_navigation():
    nav = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    pages = sorted((ROOT / "docs" / "reference" / "packs").glob("*.md"))
    assert pages
    assert [page.name for page in pages if f"reference/packs/{page.name}" not in nav] == []


def test_every_region_overrides_parameters_that_exist_with_a_quoted_text():
    regions = sorted((ROOT / "rules").glob("*/regions/*.yaml"))
    assert regions
    for region in regions:
        rules, warnings = api.compile_rules((str(region.parents[1]),), str(region))
        assert [w.message for w in warnings] == []
        plain, _ = api.compile_rules((str(region.parents[1]),))
        pack = rules.packs[0]
        changed = [n for n, p in pack.parameters.items() if p != plain.packs[0].parameters[n]]
        assert changed, region
        assert all(pack.parameters[name].source.quote for name in changed)
