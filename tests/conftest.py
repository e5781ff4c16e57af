"""All shipped packs, and every fixture that is a case."""

import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from checker.cases.fixtures import read_fixtures
from checker.language.compile import compile_packs
from checker.language.packs import load_packs
from checker.model.case import Fixture

ROOT = Path(__file__).parents[1]

# A busy machine is no fault of what is tested.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(scope="session")
def rules():
    found, problems = compile_packs(load_packs([ROOT / "rules"]))
    assert found is not None, problems
    return found


@pytest.fixture(scope="session")
def fixtures(rules):
    return [f for f in read_fixtures(str(ROOT / "fixtures"), rules.vocabulary) if isinstance(f, Fixture)]


@pytest.fixture(scope="session", autouse=True)
def _interruptible():
    """Children inherit what is ignored: started from a background job, no test could interrupt its program."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
