"""The parts of a run over an archive: processes that die, ids seen, parts on the disk, proofs, Parquet."""

import dataclasses
import datetime as dt
import json
import multiprocessing
import os
import pickle
import random
import signal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from archive.inputs import PACK, lines
from checker import api
from checker.calendars.shipped import shipped_calendar
from checker.cases import portions
from checker.cases.portions import Portion, Setup
from checker.cases.reading import ReadOptions
from checker.engines.archive.kernel import Kernel
from checker.host import parquet
from checker.host.examining import digest
from checker.host.identity import identity
from checker.host.plan import Part, Plan
from checker.host.pool import Here, Processes
from checker.host.seen import Seen
from checker.host.store import Store
from checker.model.diagnostic import DataError, Diagnostic, EngineFault
from checker.reports.showing import Listing
from hostile.program import run

AS_OF = dt.date(2026, 6, 1)


@pytest.fixture
def place(tmp_path):
    (tmp_path / "x.norm").write_text(PACK, encoding="utf-8")
    (tmp_path / "many.jsonl").write_text("\n".join(lines(60)), encoding="utf-8")
    return tmp_path


@pytest.fixture
def plan(place):
    rules, _ = api.compile_rules([str(place / "x.norm")])
    return Plan(Listing(rules, shipped_calendar(), AS_OF), Setup(rules.vocabulary, ReadOptions(), 7))


class Fatal:
    """Loaded in a process, it does something there."""

    def __init__(self, function, *given):
        self.done = function, given

    def __reduce__(self):
        return self.done


def deadly(function, *given):
    return Portion("rows", "甲.jsonl", pickle.dumps(Fatal(function, *given)))


def kill(number):
    os.kill(os.getpid(), number)


def fail(kind):
    raise kind("坏")


@pytest.mark.parametrize(
    ("portion", "said"),
    [
        (deadly(kill, signal.SIGKILL), "「甲.jsonl」的第 4 部分的进程被终止（SIGKILL）"),
        (deadly(kill, signal.SIGSEGV), "「甲.jsonl」的第 4 部分的进程被终止（SIGSEGV）"),
        (deadly(os._exit, 7), "「甲.jsonl」的第 4 部分的进程退出（退出码 7）"),
        (deadly(fail, MemoryError), "「甲.jsonl」的一部分时内存不足"),
        (deadly(fail, ZeroDivisionError), "「甲.jsonl」的一部分时程序出错（ZeroDivisionError：坏"),
    ],
)
def test_a_process_that_dies_is_told_by_its_portion(portion, said, plan, place):
    sound = list(portions.portions([str(place / "many.jsonl")], plan.setup))[:3]
    with pytest.raises(EngineFault) as error, Processes(plan, 2) as team:
        for _ in team.parts(iter([*sound, portion, *sound])):
            pass
    assert said in str(error.value)
    assert multiprocessing.active_children() == []


def test_in_this_process_a_fault_is_told_as_well(plan):
    with Here(plan) as team, pytest.raises(EngineFault, match="ZeroDivisionError：坏"):
        list(team.parts(iter([deadly(fail, ZeroDivisionError)])))


def test_parts_come_in_order_and_few_are_under_way(plan, place):
    asked = []

    def items():
        for portion in portions.portions([str(place / "many.jsonl")], plan.setup):
            asked.append(portion)
            yield portion
            yield "between"

    with Here(plan) as team:
        wanted = list(team.parts(items()))
    asked.clear()
    with Processes(plan, 2) as team:
        found = []
        for item, part in team.parts(items()):
            found.append((item, part))
            assert len(asked) <= len(found) // 2 + 5
    assert found == wanted
    assert sum(part.read + part.left_out for _, part in found if part is not None) == sum(map(bool, lines(60)))


def test_ids_seen_are_the_ids_added():
    chance, seen, wanted = random.Random(3), Seen(), set()
    for _ in range(60):
        some = {digest(str(chance.randrange(4000))) for _ in range(chance.randrange(90))}
        assert seen.among(b"".join(some)) == some & wanted
        seen.add(b"".join(some - wanted))
        wanted |= some
    assert seen.among(b"") == frozenset()
    assert len(wanted) > 1000


PART = Part(
    "行\n".encode(), digest("甲"), 3, 1, 2, 1, ((0, 1, 5),), (2, 0),
    ("故障：甲", Diagnostic(code="x", message="坏", notes=())),
)  # fmt: skip


def test_a_part_comes_back_whole_or_not_at_all(tmp_path):
    folder = tmp_path / "out.parts"
    store = Store(folder, {"规则": "1"})
    store.keep(0, PART)
    store.keep(1, dataclasses.replace(PART, body=b"\xff\n\0", ids=b"", notices=()))
    store.close()
    again = Store(folder, {"规则": "1"})
    assert again.held == 2
    assert again.read(0) == PART
    assert again.read(1).body == b"\xff\n\0"
    assert again.read(2) is None
    path = folder / "000001.part"
    for spoilt in (path.read_bytes()[:-1], b"", b"\n", b"x" * 99):
        path.write_bytes(spoilt)
        assert again.read(1) is None
    again.remove()
    assert list(tmp_path.iterdir()) == []


def test_parts_of_another_run_are_not_touched(tmp_path):
    folder = tmp_path / "out.parts"
    store = Store(folder, {"规则": "1", "截至日期": "2026-01-01"})
    store.keep(0, PART)
    with pytest.raises(DataError, match="另一个检查正在写"):
        Store(folder, {"规则": "1", "截至日期": "2026-01-01"})
    store.close()
    with pytest.raises(DataError, match="与这次不同的是：规则、截至日期（2026-01-01，这次 2026-01-02）"):
        Store(folder, {"规则": "2", "截至日期": "2026-01-02"})
    assert store.read(0) == PART
    assert Store(folder, {"规则": "2", "截至日期": "2026-01-02"}, restart=True).held == 0
    assert store.read(0) is None


def test_whatever_bears_on_the_results_is_in_the_identity(plan, place):
    path = str(place / "many.jsonl")
    usual = identity(plan, [path])
    assert usual == identity(plan, [path])
    listing = plan.listing
    others = {
        "截至日期": dataclasses.replace(plan, listing=dataclasses.replace(listing, as_of=dt.date(2026, 6, 2))),
        "规则": dataclasses.replace(plan, listing=dataclasses.replace(listing, rules=api.compile_rules(["duban"])[0])),
        "工作日表": dataclasses.replace(
            plan, listing=dataclasses.replace(listing, calendar=shipped_calendar("weekends"))
        ),
        "列出的范围": dataclasses.replace(plan, listing=dataclasses.replace(listing, only_violations=False)),
        "格式": dataclasses.replace(plan, form="text"),
        "读入的方式": dataclasses.replace(plan, setup=dataclasses.replace(plan.setup, cases=8)),
    }
    for name, other in others.items():
        found = identity(other, [path])
        assert [key for key in usual if usual[key] != found[key]] == [name]
    facts = os.stat(path)
    data = (place / "many.jsonl").read_bytes()
    for changed, when in ((data, facts.st_mtime_ns + 1), (b"[" + data[1:], facts.st_mtime_ns), (data + b" ", 0)):
        (place / "many.jsonl").write_bytes(changed)
        os.utime(path, ns=(when, when))
        assert identity(plan, [path])["案件文件"] != usual["案件文件"]
    assert identity(plan, [path, "-"]) is None


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("days", 12345, "days 12345 与 "),
        ("bearer", "乙", "bearer 乙 与 None"),
        ("anchor", "e99", "（e99）只有批量求值得出"),
    ],
)
def test_a_finding_that_the_row_evaluator_does_not_draw_is_a_fault(column, value, said, place, monkeypatch):
    kept = Kernel.evaluate

    def wrong(self, *given, **more):
        result = kept(self, *given, **more)
        rows = result.findings.to_pylist()
        rows[-1][column] = value
        result.findings = pa.RecordBatch.from_pylist(rows, schema=result.findings.schema)
        return result

    monkeypatch.setattr(Kernel, "evaluate", wrong)
    words = ["check", place / "many.jsonl", "--rules", place / "x.norm", "--as-of", AS_OF, "--engine", "archive"]
    found = run(*words)
    assert found.exit_code == 3
    assert said in found.stderr
    assert "案件「" in found.stderr
    assert "规范「x/" in found.stderr
    assert run(*words, "--brief").exit_code == 2  # not proved again


def test_a_case_that_fails_in_the_batch_has_no_conclusion(place, monkeypatch):
    kept = Kernel.evaluate

    def failing(self, *given, **more):
        result = kept(self, *given, **more)
        row = result.findings.column("row")[0].as_py()
        result.findings = result.findings.filter(pa.compute.not_equal(result.findings.column("row"), row))
        result.verdicts = result.verdicts * 0
        result.case_verdicts[row] = 0
        result.failures = ((row, "求值时程序出错，本案没有结论"),)
        return result

    monkeypatch.setattr(Kernel, "evaluate", failing)
    found = run("check", place / "many.jsonl", "--rules", place / "x.norm", "--as-of", AS_OF, "--engine", "archive")
    assert found.exit_code == 3
    assert "没有结论：求值时程序出错，本案没有结论" in found.stdout
    assert "因程序故障没有结论 1件" in found.stdout
    assert found.stderr.count("故障：案件「") == 1


def parquet_of(place, monkeypatch, *words, size=7, rows=20):
    monkeypatch.setattr(portions, "CASES", size)
    monkeypatch.setattr(parquet, "ROWS", rows)
    path = place / "out.parquet"
    found = run(
        "check", place / "many.jsonl", "--rules", place / "x.norm", "--as-of", AS_OF, "--format", "parquet",
        "--only", "all", "--output", path, *words,
    )  # fmt: skip
    return found, path.read_bytes()


def test_parquet_holds_the_findings_and_what_they_rest_on(place, monkeypatch):
    found, data = parquet_of(place, monkeypatch, "--summary", place / "sums.json")
    assert found.exit_code == 2
    assert "读入 " in found.stderr
    file = pq.ParquetFile(place / "out.parquet")
    words = ["check", place / "many.jsonl", "--rules", place / "x.norm", "--as-of", AS_OF, "--only", "all"]
    lined = run(*words, "--format", "jsonl", "--engine", "row", "--brief").stdout.splitlines()
    findings = file.read().to_pylist()
    assert len(findings) == len(lined) > 40
    for row, line in zip(findings, map(json.loads, lined), strict=True):
        at = row.pop("due_at")
        assert at is None
        dated = {key: one.isoformat() if isinstance(one, dt.date) else one for key, one in row.items()}
        assert {**dated, "explanation": ""} == line
    groups = [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)]
    assert groups[:-1] == [20] * (len(groups) - 1)
    kept = {key.decode(): one.decode() for key, one in file.metadata.metadata.items()}
    told = {key: one for key, one in kept.items() if key.startswith("checker.")}
    sums = json.loads((place / "sums.json").read_text(encoding="utf-8"))
    assert told["checker.as_of"] == "2026-06-01"
    assert {key: one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for key, one in sums.items()} == {
        key.removeprefix("checker."): one for key, one in told.items()
    }
    assert sums["counts"]["verdicts"] | {} == {
        verdict: sum(one["verdict"] == verdict for one in findings) for verdict in sums["counts"]["verdicts"]
    }
    for more, size in ((("--jobs", 1), 7), ((), 13), ((), 1000)):
        assert parquet_of(place, monkeypatch, *more, size=size)[1] == data


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--format", "parquet"], "须用「--output FILE」写入文件"),
        (["--format", "parquet", "--output", "/dev/stdout"], "须用「--output FILE」写入文件"),
        (["--format", "parquet", "--output", "x.parquet", "--engine", "row"], "由批量求值写出"),
        (["--summary", "many.jsonl"], "「--summary」的「many.jsonl」属于输入"),
    ],
)
def test_parquet_and_sums_where_they_cannot_be(words, said, place, monkeypatch):
    monkeypatch.chdir(place)
    found = run("check", "many.jsonl", "--rules", "x.norm", *words)
    assert (found.exit_code, said in found.stderr) == (2, True)
    assert not (place / "x.parquet").exists()
