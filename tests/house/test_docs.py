"""Paths and commands that the documentation names exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([*(ROOT / "docs").rglob("*.md"), ROOT / "README.md"])
PATH = re.compile(r"`((?:src|grammar|rules|fixtures|tests|benchmarks|docs|tools)/[A-Za-z0-9_./-]*)`")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_path_named_exists(page):
    named = PATH.findall(page.read_text(encoding="utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_continuous_integration_calls_the_documented_command():
    assert "tools/test.sh" in (ROOT / ".ci" / "run").read_text()
    assert "tools/test.sh" in (ROOT / "README.md").read_text()


def test_no_machine_path_in_the_tree():
    pattern = re.compile(r"(?<![\w./-])/(?:work|root|home|Users)/\w")
    guilty = []
    for folder in ("src", "grammar", "rules", "fixtures", "docs", "tools", "benchmarks"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".py", ".md", ".sh", ".norm", ".lark", ".yaml", ".txt"} and pattern.search(
                path.read_text(encoding="utf-8", errors="ignore")
            ):
                guilty.append(str(path.relative_to(ROOT)))
    assert guilty == []
