"""The shipped packs, compiled once."""

from pathlib import Path

import pytest

from checker.language.compile import compile_packs
from checker.language.source import Source

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def rules():
    sources = [
        Source(path.relative_to(ROOT).as_posix(), path.read_bytes())
        for path in sorted((ROOT / "rules").glob("*/*.norm"))
    ]
    compiled, problems = compile_packs(sources)
    assert [p.message for p in problems] == []
    return compiled
