"""Columns as other programs write them: the archive engine gives what the row evaluator gives, byte by byte."""

import datetime as dt
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from hostile.program import run

PACK = """规程 《试》
  标识 x
  效力 示范
  施行 1950-01-01
词汇
  机关 法院
  案件 来源 文本
  行为 登记：金额 数，期限 期间，何日 日期，急件 是否，说明 文本
  行为 办结
规范 大额
  依据 测试
  法院 不得 登记 且 金额 大于 3
规范 急件
  依据 测试
  法院 不得 登记 且 急件 为 否
规范 按期
  依据 测试
  当 登记
  应当 办结，自 登记 起 期限 内
规范 先后
  依据 测试
  登记 且 何日 早于 2024-03-01 之前 应当 有 办结
"""
DAY = dt.date(2024, 3, 5)


@pytest.fixture
def place(tmp_path):
    (tmp_path / "x.norm").write_text(PACK, encoding="utf-8")
    return tmp_path


def both(place, name, *more):
    """What either engine says: the same, or the test fails."""
    words = ("check", place / name, "--rules", place / "x.norm", "--as-of", "2026-06-01", *more)
    found = []
    for engine in ("row", "archive"):
        result = run(*words, "--format", "jsonl", "--only", "all", "--engine", engine)
        found.append((result.exit_code, result.stdout, result.stderr))
    assert found[1] == found[0]
    assert found[0][0] < 3
    return found[0]


def nested(place, **columns):
    """A file of cases with one event each, and what both engines say of it."""
    size = len(next(iter(columns.values())))
    given = {"act": pa.array(["登记"] * size), "date": pa.array([DAY] * size), "actor": pa.array(["法院"] * size)}
    given |= columns
    events = pa.StructArray.from_arrays(list(given.values()), names=list(given))
    one_each = pa.ListArray.from_arrays(pa.array(range(size + 1), pa.int32()), events)
    return cases(place, case=[f"案{n}" for n in range(size)], events=one_each)


def cases(place, **columns):
    pq.write_table(pa.table(columns), place / "c.parquet")
    return both(place, "c.parquet")


def flat(place, **columns):
    size = len(next(iter(columns.values())))
    given = {"案件": pa.array([f"案{n}" for n in range(size)]), "行为": pa.array(["登记"] * size)}
    given |= {"日期": pa.array([DAY] * size), "主体": pa.array(["法院"] * size)} | columns
    pq.write_table(pa.table(given), place / "t.parquet")
    return both(place, "t.parquet")


NUMBERS = {
    "small": pa.array([Decimal("3.00"), Decimal("3.50"), None], pa.decimal128(5, 2)),
    "decimal32": pa.array([Decimal("3.00"), Decimal("3.50"), None], pa.decimal32(5, 2)),
    "decimal64": pa.array([Decimal("3.00"), Decimal("3.50"), None], pa.decimal64(15, 2)),
    "half": pa.array([np.float16(3), np.float16(3.5), None], pa.float16()),
    "unsigned": pa.array([3, 2**64 - 1, None], pa.uint64()),
    "coded": pa.array([3.0, 3.5, None]).dictionary_encode(),
    "text": pa.array(["3.0", "1e1", None]),
}


@pytest.mark.parametrize("kind", NUMBERS)
def test_numbers_of_any_width(place, kind):
    for made in (nested, flat):
        code, out, told = made(place, 金额=NUMBERS[kind])
        assert (code, "读入 3件，未读入 0处" in told) == (1, True)
        said = [line.split('"verdict":"')[1].partition('"')[0] for line in out.splitlines() if "x/大额" in line]
        assert said == ["met", "breached", "undetermined"]


@pytest.mark.parametrize("rows", ["7,15日,2024-02-01,是,x", "7,15日,2024-02-01,是,x\n1,1个月,2024-03-02,否,\n,,,,"])
def test_values_that_norms_compare_from_a_table_of_text(place, rows):
    lines = [f"案{n},登记,2024-03-05,法院,{line}" for n, line in enumerate(rows.splitlines())]
    head = "案件,行为,日期,主体,金额,期限,何日,急件,说明"
    (place / "t.csv").write_text("\n".join((head, *lines)) + "\n", encoding="utf-8")
    code, out, told = both(place, "t.csv")
    assert (code, f"读入 {len(lines)}件，未读入 0处" in told) == (1, True)
    assert '"norm":"x/大额","version":"1950-01-01","verdict":"breached"' in out


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("zone", [None, "UTC", "America/New_York"])
def test_instants_as_far_off_as_the_column_can_hold(place, unit, zone):
    ticks = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}[unit]
    most = 2**63 // (1000 if unit == "s" else 1) - 1  # a file has no seconds: they become milliseconds
    edges = (dt.date(1900, 1, 1), dt.date(2199, 12, 31), dt.date(2200, 1, 1), dt.date(9999, 12, 31))
    days = [(edge - dt.date(1970, 1, 1)).days * 86_400 * ticks for edge in edges]
    within = [0, 1_709_600_000 * ticks, *(day - 1 for day in days), *days]
    near = [None, *(each for each in within if abs(each) <= most)]
    values = pa.array([*near, most, -most, most // 2, -most // 2], pa.int64()).cast(pa.timestamp(unit, zone))
    (place / "map.yaml").write_text("time_zone: Asia/Shanghai\n", encoding="utf-8")
    for made in (nested, flat):
        for name in ("date" if made is nested else "日期", "何日"):
            told = made(place, **{name: values})[2]
            left_out = told.partition("未读入 ")[2].partition("处")[0]
            assert int(left_out) == (len(values) - 1 if zone else len(values) - told_in_range(values))
    both(place, "c.parquet", "--mapping", place / "map.yaml")
    both(place, "t.parquet", "--mapping", place / "map.yaml")


def told_in_range(values):
    """How many lie in the years that a record may have, or are null."""
    days = values.cast(pa.int64()).to_pylist()
    a_day = 86_400 * {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}[values.type.unit]
    first, last = (dt.date(1900, 1, 1) - dt.date(1970, 1, 1)).days, (dt.date(2199, 12, 31) - dt.date(1970, 1, 1)).days
    return sum(day is None or first <= day // a_day <= last for day in days)


def test_nanoseconds_before_1970_do_not_round_into_the_next_day(place):
    last = -86_400 * 10**9 - 1
    for made in (nested, flat):
        name = "date" if made is nested else "日期"
        out = made(place, **{name: pa.array([last], pa.int64()).cast(pa.timestamp("ns"))}, 金额=pa.array([7]))[1]
        assert "触发：1969-12-30 23:59 法院 登记" in out


def test_days_beyond_the_calendar(place):
    days = pa.array([-(10**6), 10**6, 2**31 - 1, -(2**31), 19_000, None], pa.int32()).cast(pa.date32())
    for made in (nested, flat):
        for name in ("date" if made is nested else "日期", "何日"):
            assert "读入 2件，未读入 4处" in made(place, **{name: days})[2]


EVENT = pa.struct([("act", pa.string()), ("date", pa.date32())])


def test_a_row_that_does_not_tell_its_events_is_left_out(place):
    events = pa.array([None, [], [{"act": "登记", "date": DAY}]], pa.list_(EVENT))
    told = cases(place, case=["甲", "乙", "丙"], events=events)[2]
    assert "读入 2件，未读入 1处" in told
    assert told.count("事件是空值，不知道是没有事件还是没有读到") == 1
    assert "读入 0件，未读入 2处" in cases(place, case=["甲", "乙"], events=pa.array([None] * 2, pa.list_(EVENT)))[2]
    told = cases(place, case=["甲", "乙"], 事件=pa.array([None, []], pa.list_(EVENT)))[2]
    assert "读入 1件，未读入 1处" in told


def test_columns_that_hold_nothing_may_have_any_type(place):
    nothing = dict.fromkeys(("kind", "covers", "answers", "attributes", "extent", "ordered"), pa.nulls(2))
    assert "读入 2件，未读入 0处" in cases(place, case=["甲", "乙"], **nothing, events=pa.array([[], []]))[2]


@pytest.mark.parametrize("name", ["case", "events", "events.date", "attributes.来源"])
def test_two_columns_of_one_name(place, name):
    event = pa.StructArray.from_arrays([pa.array(["登记"]), *([pa.array([DAY])] * 2)], names=["act", "date", "date"])
    simple = pa.array([[{"act": "登记"}]])
    twice = pa.StructArray.from_arrays([pa.array(["x"]), pa.array(["y"])], names=["来源", "来源"])
    columns = {
        "case": [("case", pa.array(["甲"])), ("events", simple)],
        "events": [("events", simple), ("events", simple)],
        "events.date": [("events", pa.ListArray.from_arrays(pa.array([0, 1], pa.int32()), event))],
        "attributes.来源": [("attributes", twice), ("events", simple)],
    }[name]
    names, arrays = zip(("case", pa.array(["甲"])), *columns, strict=True)
    pq.write_table(pa.Table.from_arrays(list(arrays), names=list(names)), place / "c.parquet")
    code, _, told = both(place, "c.parquet")
    assert (code, f"列「{name}」出现 2 次" in told) == (2, True)


def test_texts_in_another_encoding(place):
    wrong = pa.array([b"x", "登".encode("gb18030")], pa.binary()).view(pa.string())
    assert "列「说明」里有不是 UTF-8 的文字" in flat(place, 说明=wrong)[2]
    assert "读入 2件，未读入 0处" in flat(place, 别的=wrong)[2]
    assert "读入 1件，未读入 1处" in nested(place, 说明=wrong)[2]
