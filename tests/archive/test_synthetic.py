"""Synthetic archives are right records, with the shares that were asked for, and the same for the same seed."""

import datetime as dt
import io
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from benchmarks.archive.drawing import BLOCK, Synthetic
from benchmarks.archive.norms import TWENTY, compiled, only
from benchmarks.archive.plan import ODD, Plan
from benchmarks.archive.sql import QUERIES, violations
from benchmarks.archive.writing import json_lines, write

from checker import api
from checker.calendars.shipped import shipped_calendar
from checker.cases.problems import BadCase
from checker.cases.reading import read_cases
from checker.engines.archive.kernel import Kernel
from checker.engines.archive.packing import unpack
from checker.engines.archive.results import VERDICTS, findings_of
from checker.engines.archive.schema import case_schema
from checker.engines.run import evaluate_batch
from checker.model.case import Case
from checker.model.finding import Verdict
from checker.model.norm import RuleSet

PLAN = Plan(odd=0.3, broken=0.02)
PLAN_OF_QUERIES = Plan(odd=0.1)


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return api.compile_rules(("duban", "petition"))[0]


@pytest.fixture(scope="module")
def synthetic(rules: RuleSet) -> Synthetic:
    return Synthetic(rules, PLAN)


def bare(case: Case) -> Case:
    events = tuple(event.model_copy(update={"place": None}) for event in case.events)
    return case.model_copy(update={"place": None, "remarks": (), "events": events})


def test_lines_and_parquet_hold_the_same_right_records(synthetic: Synthetic, tmp_path: Path) -> None:
    made = write(synthetic, 600, tmp_path / "a.parquet", tmp_path / "a.jsonl")
    read = list(read_cases([str(tmp_path / "a.jsonl")], synthetic.rules.vocabulary))
    broken = [item for item in read if isinstance(item, BadCase)]
    assert len(broken) == made.broken > 0
    assert {d.code for item in broken for d in item.diagnostics} == {"unknown-act"}
    table = pq.read_table(tmp_path / "a.parquet")
    left_out = pa.array([item.id for item in broken])
    batch = table.filter(pa.compute.invert(pa.compute.is_in(table["case"], left_out))).combine_chunks().to_batches()[0]
    assert unpack(batch, synthetic.rules.vocabulary) == [bare(item) for item in read if isinstance(item, Case)]
    assert made.cases == len(read)
    assert made.events == len(table["events"].combine_chunks().flatten())


def test_columns_have_the_types_of_the_archive(synthetic: Synthetic) -> None:
    declared = case_schema(synthetic.rules.vocabulary)
    assert synthetic.schema.names == declared.names
    for name in ("case", "kind", "covers", "ordered", "extent", "answers"):
        assert synthetic.schema.field(name).type == declared.field(name).type
    events, wanted = (schema.field("events").type.value_type for schema in (synthetic.schema, declared))
    assert all(field.type == wanted.field(field.name).type for field in events)
    of_case, all_of_case = (schema.field("attributes").type for schema in (synthetic.schema, declared))
    assert all(field.type == all_of_case.field(field.name).type for field in of_case)


def test_the_same_seed_gives_the_same_bytes(synthetic: Synthetic, tmp_path: Path) -> None:
    def bytes_of(source: Synthetic) -> tuple[bytes, bytes]:
        write(source, 300, tmp_path / "a.parquet", tmp_path / "a.jsonl")
        return (tmp_path / "a.parquet").read_bytes(), (tmp_path / "a.jsonl").read_bytes()

    first = bytes_of(synthetic)
    assert bytes_of(Synthetic(synthetic.rules, PLAN)) == first
    other = bytes_of(Synthetic(synthetic.rules, replace(PLAN, seed=1)))
    assert other[0] != first[0]
    assert other[1] != first[1]


def test_a_small_archive_is_the_beginning_of_a_large_one(synthetic: Synthetic) -> None:
    batches = [batch for batch, _ in synthetic.blocks(BLOCK + 5)]
    assert [batch.num_rows for batch in batches] == [BLOCK, 5]
    few = synthetic.block(0, 7)[0]
    vocabulary = synthetic.rules.vocabulary
    assert json_lines(few, vocabulary) == b"".join(io.BytesIO(json_lines(batches[0], vocabulary)).readlines()[:7])
    assert batches[0].column("case").to_pylist() != batches[1].column("case").to_pylist()


def test_shares_are_about_those_asked_for_and_counted_as_made(synthetic: Synthetic) -> None:
    batch, made = synthetic.block(0)
    assert made.cases == BLOCK
    assert made.odd.total() / BLOCK == pytest.approx(PLAN.odd, rel=0.1)
    assert made.broken / BLOCK == pytest.approx(PLAN.broken, rel=0.2)
    assert set(made.odd) == set(ODD)
    assert 8 < made.events / made.cases < 12
    events = batch.column("events").flatten()
    assert events.field("date").null_count == made.odd["undated"]
    assert events.field("actor").null_count == made.odd["unknown-actor"]
    assert len(events.field("known-none").drop_null()) <= made.odd["known-none"]
    assert len(batch.column("covers").drop_null()) == made.odd["not-covered"]
    assert len(batch.column("ordered").drop_null()) == made.odd["unordered"]
    assert dict(made.kinds) == Counter(batch.column("kind").to_pylist())


def test_no_event_stands_after_the_end_of_the_record(synthetic: Synthetic) -> None:
    events = synthetic.block(0)[0].column("events").flatten()
    assert pa.compute.max(events.field("date")).as_py() <= PLAN.until


def test_every_verdict_occurs(rules: RuleSet) -> None:
    batch = Synthetic(rules).block(0, 800)[0]
    result = Kernel(rules, shipped_calendar()).evaluate(batch, dt.date(2026, 11, 20))
    found = dict(zip(VERDICTS, result.verdicts.sum(axis=0), strict=True))
    assert all(found[verdict] > 5 for verdict in Verdict), found


@pytest.mark.parametrize("packs", [("duban", "petition"), ("inspection",), ("trial-criminal", "trial-admin")])
def test_batches_give_the_findings_of_single_cases(packs: tuple[str, ...]) -> None:
    some = api.compile_rules(packs)[0]
    kernel = Kernel(some, shipped_calendar())
    batch = Synthetic(some, replace(PLAN, broken=0, ledgers=0.1)).block(0, 150)[0]
    result = kernel.evaluate(batch, dt.date(2026, 11, 20), everything=True)
    single = evaluate_batch(kernel.program, unpack(batch, some.vocabulary), dt.date(2026, 11, 20))
    assert findings_of(result.findings) == [(n, f) for n, one in enumerate(single) for f in one.findings]


def test_hand_written_queries_count_what_the_engine_counts(tmp_path: Path) -> None:
    every = compiled()
    write(Synthetic(every, PLAN_OF_QUERIES), 3_000, tmp_path / "cases.parquet")
    kernel = Kernel(only(every, list(QUERIES)), shipped_calendar())
    as_of = dt.date(2026, 11, 20)
    (batch,) = pq.read_table(tmp_path / "cases.parquet").combine_chunks().to_batches()
    result = kernel.evaluate(batch, as_of)
    is_violation = [verdict.is_violation for verdict in VERDICTS]
    counted = {n.id: int(row[is_violation].sum()) for n, row in zip(kernel.rules.norms, result.verdicts, strict=True)}
    assert violations(tmp_path / "cases.parquet", shipped_calendar(), as_of) == {
        name: counted[name] for name in QUERIES
    }
    assert min(counted.values()) > 0


def test_a_chosen_norm_brings_those_it_rests_on(rules: RuleSet) -> None:
    some = only(rules, [name for name in TWENTY if name.startswith("duban/逾期说明")])
    assert [norm.id for norm in some.norms] == ["duban/按期办结", "duban/逾期说明"]
    assert some.strata == ((0,), (1,))
    with pytest.raises(KeyError):
        only(rules, ["duban/没有这一条"])
