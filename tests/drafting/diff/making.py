"""The small pack, edited: what the tests compare."""

from pathlib import Path

from checker.language.compile import compile_packs
from checker.language.source import Source

HERE = Path(__file__).parent
OLD = (HERE / "old" / "rules" / "xiao" / "xiao.norm").read_text(encoding="utf-8")


def edited(*edits, text=OLD):
    """The text with each (old, new) replaced once; an edit that meets nothing is a mistake of the test."""
    for before, after in edits:
        assert before in text, before
        text = text.replace(before, after, 1)
    return text


def rules_of(*texts):
    """The rule set of some packs."""
    found, problems = compile_packs([Source(f"p{n}/p.norm", text.encode()) for n, text in enumerate(texts)])
    assert found is not None, problems
    return found
