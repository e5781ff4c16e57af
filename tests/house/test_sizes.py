"""The house keeps its rooms small: files at most 400 lines, functions at most 50."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "src").rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_file_and_functions_are_small(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    too_long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > 50
    ]
    assert too_long == []


def test_there_are_files():
    assert len(FILES) > 30


@pytest.mark.parametrize("word", ["utils", "common", "helpers", "manager"])
def test_no_module_has_a_name_that_says_nothing(word):
    assert [p for p in FILES if p.stem == word] == []
