"""The reference page: its examples compile, and it names every word of the grammar."""

import re
from pathlib import Path

import pytest

from checker.language import Source, compile_packs, read_site
from checker.language.parse import keywords
from language.surface import PREAMBLE, source_of

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "language.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```norm\n(.*?)^```", PAGE, re.M | re.S)


def source(block):
    if block.startswith("规程"):
        return Source("page.norm", block.encode())
    return (
        Source("page.norm", f"{PREAMBLE}\n{block}".encode()) if block.startswith(("规范", "指标")) else source_of(block)
    )


@pytest.mark.parametrize("block", BLOCKS, ids=[b.split("\n")[0][:20] + f"-{i}" for i, b in enumerate(BLOCKS)])
def test_examples_compile(block):
    rules, problems = compile_packs([source(block)])
    assert rules is not None, [p.message for p in problems]
    assert not problems


def test_words_of_the_page_are_those_of_the_tests():
    assert PREAMBLE in BLOCKS


def test_every_keyword_is_documented():
    assert sorted(word for word in keywords() if word not in PAGE) == []


def test_site_example():
    (text,) = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.M | re.S)
    assert read_site("site.yaml", text.encode()).parameters
