"""The shipped packs: compiled all together, and each with its own fixtures."""

from pathlib import Path

import pytest

from checker import api
from checker.calendars.shipped import shipped_calendar
from checker.cases.expectations import split_paths
from checker.cases.fixtures import read_fixtures
from checker.engines.run import evaluate, prepare
from checker.model.case import Fixture

ROOT = Path(__file__).parents[2]
PACKS = sorted({path.parent.name for path in (ROOT / "rules").glob("*/*.norm")})


class Tried:
    """One pack with its fixtures and what the row evaluator made of them."""

    def __init__(self, pack):
        self.rules, self.warnings = api.compile_rules((str(ROOT / "rules" / pack),))
        program = prepare(self.rules, shipped_calendar())
        folder = ROOT / "fixtures" / pack
        singles = split_paths([str(folder)]).singles if folder.is_dir() else ()  # archives are tried by themselves
        items = [item for path in singles for item in read_fixtures(path, self.rules.vocabulary)]
        self.bad = [item for item in items if not isinstance(item, Fixture)]
        self.fixtures = [item for item in items if isinstance(item, Fixture)]
        self.evaluated = [(f, evaluate(program, f.case, f.as_of)) for f in self.fixtures]


@pytest.fixture(scope="session")
def tried():
    """``tried(pack)``, worked out once."""
    held = {}

    def of(pack):
        if pack not in held:
            held[pack] = Tried(pack)
        return held[pack]

    return of


@pytest.fixture(scope="session")
def rules():
    """Every shipped pack, the opt-in ones too."""
    compiled, warnings = api.compile_rules(api.shipped_packs())
    assert [w.message for w in warnings] == []
    return compiled
