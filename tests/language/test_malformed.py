"""Each malformed example beside the exact words the drafter gets. CHECKER_ACCEPT=1 rewrites them; review the diff."""

import os
from pathlib import Path

import pytest

from checker.language import Source, compile_packs
from checker.language.render import render

FOLDER = Path(__file__).parents[2] / "grammar" / "malformed"
EXAMPLES = sorted(FOLDER.glob("*.norm"))


def told(path):
    data = path.read_bytes()
    _, problems = compile_packs([Source(path.name, data)])
    return "\n\n".join(render(problem, data.decode()) for problem in problems) + "\n"


@pytest.mark.parametrize("path", EXAMPLES, ids=[p.stem for p in EXAMPLES])
def test_drafter_is_told(path):
    expected = path.with_suffix(".txt")
    if os.environ.get("CHECKER_ACCEPT"):
        expected.write_text(told(path), encoding="utf-8")
    assert told(path) == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", EXAMPLES, ids=[p.stem for p in EXAMPLES])
def test_something_is_wrong(path):
    _, problems = compile_packs([Source(path.name, path.read_bytes())])
    assert problems
    assert all(problem.message.endswith("。") and problem.at is not None for problem in problems)


def test_examples_and_words_are_paired():
    assert {p.stem for p in EXAMPLES} == {p.stem for p in FOLDER.glob("*.txt")}
    assert EXAMPLES


def test_five_mistakes_are_five_reports():
    path = FOLDER / "five-mistakes.norm"
    _, problems = compile_packs([Source(path.name, path.read_bytes())])
    assert [p.code for p in problems] == ["unknown-rank", "habit", "unknown-act", "discretion", "bare-permission"]
