"""Rows of a case may lie anywhere in a table; what is needed to bring them together is gone afterwards."""

import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from archive.event_tables import VOCABULARY
from checker.cases.columns import Layout
from checker.cases.flat import reading, regrouping
from checker.cases.portions import Setup, load, place_of, portions
from checker.cases.problems import BadCase
from checker.cases.reading import ReadOptions
from checker.cases.table import record
from checker.engines.archive.packing import unpack

CASES = 3_000
ROWS = [(f"案{n % CASES}", "登记", f"2024-03-{n // CASES + 1:02}", str(n)) for n in range(CASES * 4)]
random.Random(7).shuffle(ROWS)
SETUP = Setup(VOCABULARY, ReadOptions())


def as_csv(folder: Path, rows=ROWS) -> str:
    path = folder / "t.csv"
    lines = ["案件,行为,日期,说明", *(",".join(row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def as_parquet(folder: Path, rows=ROWS) -> str:
    path = folder / "t.parquet"
    columns = [pa.array(column) for column in zip(*rows, strict=True)]
    pq.write_table(pa.table(columns, names=["案件", "行为", "日期", "说明"]), path, row_group_size=500)
    return str(path)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Temporary folders of its own for each test; stretches of a tenth of the table."""
    mine = tmp_path / "temporary"
    mine.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(mine))
    monkeypatch.setattr(regrouping, "CASES", CASES // 10)
    return mine


@pytest.mark.parametrize(("written", "first"), [(as_csv, 2), (as_parquet, 1)])
def test_cases_stand_by_their_first_rows_and_events_by_theirs(tmp_path, folder, written, first):
    path = written(tmp_path)
    expected: dict[str, list[str]] = {}
    lines: dict[str, int] = {}
    for line, (case, _, day, _) in enumerate(ROWS, first):
        expected.setdefault(case, []).append(day)
        lines.setdefault(case, line)
    parts = list(portions([path], SETUP))
    assert len(parts) == 10
    assert sum(part.size for part in parts) == len(ROWS)
    chunks = [(part, load(part, SETUP)) for part in parts]
    found = [case for _, chunk in chunks for case in unpack(chunk.cases, VOCABULARY)]
    assert {case.id: [str(event.date) for event in case.events] for case in found} == expected
    assert [case.id for case in found] == list(expected)
    places = [place_of(part, chunk, row) for part, chunk in chunks for row in range(chunk.cases.num_rows)]
    assert [(place.file, place.line) for place in places] == [(path, line) for line in lines.values()]
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("written", [as_csv, as_parquet])
def test_portions_are_the_same_every_time(tmp_path, written):
    path = written(tmp_path)
    first, again = (
        [(part.source, part.size, pa.ipc.open_stream(part.where.rows).read_all()) for part in portions([path], SETUP)]
        for _ in range(2)
    )
    assert first == again


def test_a_table_that_sorts_in_no_less_memory(tmp_path, monkeypatch):
    path = as_parquet(tmp_path)
    expected = [unpack(load(part, SETUP).cases, VOCABULARY) for part in portions([path], SETUP)]
    monkeypatch.setattr(regrouping, "_MEMORY", ("1MB", "160MB"))
    assert [unpack(load(part, SETUP).cases, VOCABULARY) for part in portions([path], SETUP)] == expected
    monkeypatch.setattr(regrouping, "_MEMORY", ("1MB",))
    (bad,) = portions([path], SETUP)
    assert [(one.code, "内存不足" in one.message) for one in bad.diagnostics] == [("no-room", True)]


def test_cases_with_nothing_wrong_are_not_read_one_by_one(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(
        reading, "record", lambda opened, case, *rest: asked.append(case) or record(opened, case, *rest)
    )
    rows = [*ROWS, ("案7", "登己", "2024-03-09", ""), ("案9", "登记", "2024-03-09", "", "")]
    chunks = [load(part, SETUP) for part in portions([as_csv(tmp_path, rows)], SETUP)]
    assert sorted(asked) == ["案7", "案9"]
    assert sorted(bad.id for chunk in chunks for _, bad in chunk.bad) == ["案7", "案9"]
    assert sum(chunk.cases.num_rows for chunk in chunks) == CASES - 2


def test_whoever_stops_in_the_middle_leaves_nothing_behind(tmp_path, folder):
    parts = portions([as_csv(tmp_path)], SETUP)
    next(parts)
    assert list(folder.iterdir()) != []
    parts.close()
    assert list(folder.iterdir()) == []


def test_a_broken_table_leaves_nothing_behind(tmp_path, folder):
    path = Path(as_csv(tmp_path))
    path.write_bytes(path.read_bytes() + b'"')
    (bad,) = portions([str(path)], SETUP)
    assert isinstance(bad, BadCase)
    assert [one.code for one in bad.diagnostics] == ["bad-csv"]
    assert list(folder.iterdir()) == []


def test_rows_said_to_stand_together_that_do_not(tmp_path):
    rows = [("A", "登记", "2024-03-05", ""), ("B", "登记", "2024-03-05", "")] * 400
    setup = Setup(VOCABULARY, ReadOptions(layout=Layout(grouped=True)))
    chunks = [load(part, setup) for part in portions([as_csv(tmp_path, rows)], setup)]
    assert sum(chunk.cases.num_rows for chunk in chunks) == 0
    codes = [(one.code, one.at.line) for chunk in chunks for _, bad in chunk.bad for one in bad.diagnostics]
    assert codes == [("not-grouped", line) for line in range(2, 802)]


FULL = """
import resource, sys, tempfile
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
from archive.test_regrouping import SETUP
from checker.cases.portions import portions
tempfile.tempdir = sys.argv[2]
for item in portions([sys.argv[1]], SETUP):
    print(item.diagnostics[0].code, item.diagnostics[0].message, item.diagnostics[0].help)
"""


def test_a_temporary_folder_that_takes_no_more(tmp_path, folder):
    """A limit on the size of files is the disk that fills up."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONDONTWRITEBYTECODE": "1"}
    program = [sys.executable, "-c", FULL, as_csv(tmp_path), str(folder)]
    said = subprocess.run(program, env=environment, capture_output=True, text=True, check=True).stdout
    assert said.startswith(f"no-room 临时文件夹「{folder}")
    assert "文件超过允许的大小" in said
    assert "TMPDIR" in said
    assert list(folder.iterdir()) == []
