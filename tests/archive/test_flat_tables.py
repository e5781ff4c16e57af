"""Event tables read in portions give exactly what the readers by rows give, whatever is wrong with them."""

import datetime as dt
import tempfile
from decimal import Decimal
from pathlib import Path
from unittest.mock import patch

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.event_tables import LAYOUTS, by_rows, in_portions, tables, written
from checker.cases.columns import Layout
from checker.cases.flat import large, regrouping
from equality.budget import budget


@pytest.fixture(autouse=True, params=[(20_000, 100_000), (2, 3)], ids=["whole", "cut"])
def _small_stretches(request, monkeypatch):
    monkeypatch.setattr(regrouping, "CASES", request.param[0])
    monkeypatch.setattr(regrouping, "ROWS", request.param[1])


@given(tables(), LAYOUTS, st.data())
@budget(50)
def test_csv_tables_with_anything_wrong(table, layout, data):
    names, rows = table
    text = written(names, [one[: data.draw(st.sampled_from((99, 99, 99, 99, 3)))] for one in rows])
    if data.draw(st.sampled_from((False, False, False, True))):
        text = text[: data.draw(st.integers(0, len(text)))]
    if data.draw(st.sampled_from((False, False, False, True))):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(st.sampled_from(('"', "\n", "\r", "\0", ",", "\r\n"))) + text[at:]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        path.write_bytes(text.encode() + data.draw(st.sampled_from((b"", b"", b"\xff\n"))))
        expected = by_rows(path, layout)
        assert in_portions(path, layout) == expected
        with patch.object(large, "FEW", 2):
            assert by_rows(path, layout) == expected


@pytest.mark.parametrize(
    "ids",
    ["e2,", "e1,", "e1,e1", "e3,", ",e1", "e2,e1", "e02,", "x,x", "x, x", "e2,x", "违反:x,", "e1,e2", "e٣,", "x,e1"],
)
def test_ids_that_meet_those_that_positions_give(tmp_path, ids):
    path = tmp_path / "t.csv"
    rows = [["A", "登记", "2024-03-05", one] for one in ids.split(",")]
    path.write_text(written(("案件", "行为", "日期", "编号"), rows), encoding="utf-8")
    assert in_portions(path, Layout()) == by_rows(path, Layout())


COLUMNS = {
    "案件": (pa.array(["A", " A", "B", None]), pa.array([1, 1, 2, None]), pa.array([1.5, 1.5, -0.0, None])),
    "行为": (pa.array(["交办", "登记", "交办", "审批"]), pa.array(["交办", "登己", None, "交办"]).dictionary_encode()),
    "日期": (
        pa.array([dt.date(2024, 3, 5), None, dt.date(2024, 3, 6), dt.date(9999, 1, 1)]),
        pa.array([dt.datetime(2024, 3, 5, 1), None, None, dt.datetime(2024, 3, 6)], pa.timestamp("ns")),
        pa.array([dt.datetime(2024, 3, 5, 20), None, None, None], pa.timestamp("us", "UTC")),
        pa.array(["2024-03-05", "x", None, "2024-03-06"]),
        pa.array([5, None, None, None]),
    ),
    "时刻": (pa.array([dt.time(9), None, None, None]), pa.nulls(4)),
    "编号": (pa.array([1, 2, 1, None]), pa.array(["e2", "e1", None, "x"])),
    "金额": (
        pa.array([0.1, -0.0, 0.0, float("nan")]),
        pa.array([Decimal("1.50"), None, Decimal("2.00"), None]),
        pa.array([1, 2, None, 3]),
        pa.array([True, None, None, False]),
        pa.array([0.1, float("inf"), None, 1], pa.float32()),
    ),
    "在押": (pa.array([True, False, None, True]), pa.array(["是", "是", None, "x"])),
    "交邮日": (pa.array([dt.datetime(2024, 3, 5, 20), None, None, None], pa.timestamp("us", "UTC")), pa.nulls(4)),
    "结论": (pa.array(["同意", None, "同义", "同意"]), pa.array([dt.date(2024, 1, 1), None, None, None])),
    "标的": (pa.array([1.0, 1.0, None, 2.0]), pa.array([1, 2, 3, 4])),
    "源": (pa.array(["领导批示"] * 4), pa.nulls(4)),
}


@given(st.data(), LAYOUTS)
@budget(40)
def test_parquet_tables_of_any_types(data, layout):
    names = [*list(COLUMNS)[:3], *data.draw(st.lists(st.sampled_from(list(COLUMNS)[3:]), unique=True))]
    rows = pa.array(data.draw(st.lists(st.integers(0, 3), max_size=10)), pa.int64())
    columns = {name: data.draw(st.sampled_from(COLUMNS[name])).take(rows) for name in names}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.parquet"
        pq.write_table(pa.table(columns), path, row_group_size=data.draw(st.integers(1, 5)))
        if data.draw(st.sampled_from((False, False, False, True))):
            path.write_bytes(path.read_bytes()[: data.draw(st.integers(0, path.stat().st_size - 1))])
        expected = by_rows(path, layout)
        assert in_portions(path, layout) == expected
        with patch.object(large, "FEW", 2):
            assert by_rows(path, layout) == expected
