"""A case packed into an Arrow batch comes back as it was, and its findings with it."""

import datetime as dt
from pathlib import Path

import pyarrow as pa
import pytest

from checker import api
from checker.calendars.shipped import shipped_calendar
from checker.cases.fixtures import read_fixtures
from checker.cases.portions import Setup, load, portions
from checker.cases.reading import ReadOptions, read_cases
from checker.engines.archive.kernel import Kernel
from checker.engines.archive.packing import pack, unpack
from checker.engines.archive.results import findings_of
from checker.engines.run import evaluate
from checker.model.case import Case, Fixture
from checker.model.norm import RuleSet

ROOT = Path(__file__).parents[2]
AS_OF = dt.date(2026, 11, 20)


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return api.compile_rules(("duban", "petition", "macro"))[0]


@pytest.fixture(scope="module")
def cases(rules: RuleSet) -> list[Case]:
    folders = (ROOT / "fixtures" / pack for pack in ("duban", "petition", "macro"))
    items = [item for folder in folders for item in read_fixtures(str(folder), rules.vocabulary)]
    return [item.case for item in items if isinstance(item, Fixture)]


def bare(case: Case) -> Case:
    events = tuple(event.model_copy(update={"place": None}) for event in case.events)
    return case.model_copy(update={"place": None, "remarks": (), "events": events})


def test_cases_come_back_as_they_were(rules: RuleSet, cases: list[Case]) -> None:
    assert len(cases) > 100
    assert unpack(pack(cases, rules.vocabulary), rules.vocabulary) == [bare(case) for case in cases]


def test_packed_cases_survive_parquet_and_dictionaries(rules: RuleSet, cases: list[Case], tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    batch = pack(cases, rules.vocabulary)
    pq.write_table(pa.Table.from_batches([batch]), tmp_path / "cases.parquet")
    again = pq.read_table(tmp_path / "cases.parquet").combine_chunks().to_batches()[0]
    assert unpack(again, rules.vocabulary) == [bare(case) for case in cases]


def test_findings_are_those_of_the_row_evaluator(rules: RuleSet, cases: list[Case]) -> None:
    kernel = Kernel(rules, shipped_calendar())
    result = kernel.evaluate(pack(cases, rules.vocabulary), AS_OF, everything=True)
    single = [evaluate(kernel.program, bare(case), AS_OF) for case in cases]
    assert findings_of(result.findings) == [(n, f) for n, one in enumerate(single) for f in one.findings]
    assert result.verdicts.sum() == result.case_verdicts.sum() == result.findings.num_rows
    untriggered = sum(len(one.counts.without_anchor) for one in single)
    assert result.triggered.sum() == len(cases) * len(rules.norms) - untriggered


def test_portions_hold_the_cases_of_a_folder_in_order(rules: RuleSet) -> None:
    folder = str(ROOT / "fixtures" / "demo")
    setup = Setup(rules.vocabulary, ReadOptions())
    chunks = [load(portion, setup) for portion in portions([folder], setup) if hasattr(portion, "where")]
    ids = [case.id for chunk in chunks for case in unpack(chunk.cases, rules.vocabulary)]
    assert ids == [case.id for case in read_cases([folder], rules.vocabulary) if isinstance(case, Case)]
